package importer

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// sort fills class, use and the denominator flag.
func (rec *record) sort(a *survey.Asset) {
	kind, c := rec.cell(FieldKind)
	known := true
	if a.Class, a.Use, known = classify(kind, a.Name); !known {
		rec.problem(c, "类别“"+cut(kind, 20)+"”看不出是生产、检测、物流、辅助还是公用，请选择")
		a.Note = joinNote(a.Note, "类别："+kind)
	}
	a.Counted = rec.tri(FieldCounted)
}

// tri reads a yes/no cell; what is neither stays unknown and is named.
func (rec *record) tri(f Field) survey.Tri {
	t, c := rec.cell(f)
	v, err := readTri(t)
	if err != nil {
		rec.problem(c, "“"+cut(t, 20)+"”看不出是或否，请填 是 或 否")
	}
	return v
}

// process reads 工序 and 关键工序; a process named in the yes/no column is a yes with its name.
func (rec *record) process(a *survey.Asset) {
	a.Process = rec.words(FieldProcess)
	t, c := rec.cell(FieldKeyStep)
	v, err := readTri(t)
	if err != nil {
		if len([]rune(t)) > 12 {
			rec.problem(c, "“"+cut(t, 20)+"”看不出是或否，请填 是 或 否")
			return
		}
		if v = survey.Yes; a.Process == "" {
			a.Process = t
		}
	}
	a.KeyStep = v
}

// numeric reads 数控: its own column, else a control system that is one, else a name that says so.
func (rec *record) numeric(a *survey.Asset) {
	if a.Numeric = rec.tri(FieldNumeric); a.Numeric != survey.Unknown {
		return
	}
	if isNumericControl(a.Control) || hasAny(fold(a.Name), []string{"数控", "cnc", "加工中心"}) {
		a.Numeric = survey.Yes
	}
}

// connection reads interfaces, protocols and the network. The yes/no of 联网 itself is read with the split.
func (rec *record) connection(a *survey.Asset) {
	for i := range rec.r.h.columns {
		c := &rec.r.h.columns[i]
		if c.Field != FieldPorts {
			continue
		}
		t := rec.at(c)
		ports, protocols, other := readPorts(t)
		for _, p := range ports {
			a.Ports = addOnce(a.Ports, p)
		}
		for _, p := range protocols {
			a.Protocols = addOnce(a.Protocols, p)
		}
		if other {
			a.Note = joinNote(a.Note, c.Header+"："+cut(t, 60))
		}
	}
}

// flows reads 采集数据. Without a target system, or in words that name no kind of data, it stays a note.
func (rec *record) flows(a *survey.Asset) {
	data := rec.words(FieldData)
	if data == "" {
		return
	}
	to := rec.words(FieldDataTo)
	if a.Flows = readFlows(data, to); len(a.Flows) == 0 {
		a.Note = joinNote(a.Note, "采集数据："+data)
		return
	}
	rec.r.ledger.Systems = addOnce(rec.r.ledger.Systems, to)
}

// cloud reads 是否上云 and the platform; a named platform is a yes where the yes/no column is silent.
func (rec *record) cloud(a *survey.Asset) {
	a.Platform = rec.words(FieldPlatform)
	a.OnCloud = rec.tri(FieldOnCloud)
	platform, c := rec.cell(FieldPlatform)
	switch {
	case a.OnCloud == survey.No && a.Platform != "":
		rec.problem(c, "写了上云平台，但是否上云填的是否，请核对")
	case a.OnCloud == survey.Unknown && a.Platform != "":
		a.OnCloud = survey.Yes
	case a.OnCloud == survey.Unknown && isNone(platform) && strings.TrimSpace(platform) != "" && fold(platform) != "/" && fold(platform) != "-":
		a.OnCloud = survey.No
	}
	a.DataGrade = rec.grade()
}

func (rec *record) grade() string {
	t, c := rec.cell(FieldGrade)
	for _, g := range [][3]string{{"一级", "1级", "1"}, {"二级", "2级", "2"}, {"三级", "3级", "3"}} {
		if f := fold(t); f == g[0] || f == g[1] || f == g[2] {
			return g[0]
		}
	}
	if !isNone(t) {
		rec.problem(c, "“"+cut(t, 20)+"”不是数据等级，请填一级、二级或三级")
	}
	return ""
}

// state keeps 报废、闲置 in the note: whether such a machine counts is for a person to say.
func (rec *record) state(a *survey.Asset) {
	t, c := rec.cell(FieldState)
	if isNone(t) || hasAny(t, []string{"在用", "正常", "完好", "使用中", "良好"}) {
		return
	}
	a.Note = joinNote(a.Note, "使用状态："+cut(t, 40))
	if hasAny(t, []string{"报废", "闲置", "封存", "停用", "出租"}) {
		rec.problem(c, "使用状态是“"+cut(t, 20)+"”，是否计入生产设备请确认")
	}
}
