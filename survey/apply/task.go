package apply

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Task (事项) is something to do by a day: a step towards handing in, or a duty after the award.
type Task struct {
	Key   string      `json:"key"` // "step.system", "duty.selfReview", "title.t1"; stable, the calendar's UID is made of it
	After bool        `json:"after"`
	Title string      `json:"title"`
	Text  string      `json:"text,omitempty"`
	Who   string      `json:"who,omitempty"`
	Due   survey.Date `json:"due,omitempty"`  // "" when no day is known
	Open  string      `json:"open,omitempty"` // why no day is known
	Basis string      `json:"basis"`          // source
	Done  bool        `json:"done"`
	Jump  string      `json:"jump,omitempty"` // path of the day
}

// Tick is the key under which a task is ticked off (Project.Steps).
func (t Task) Tick() string { return strings.TrimPrefix(t.Key, "step.") }

// Tasks lists the steps of the guide and the duties after the award, each in order: steps as they follow each other, duties by day.
func Tasks(in Input) []Task {
	f := newFilling(in, KindApplication)
	return append(f.steps(), f.duties()...)
}

// deadline is the last day for handing in, with its source.
func (f *filling) deadline() (survey.Date, string) {
	if f.claim == nil {
		return "", ""
	}
	for _, n := range f.c.Notices {
		if n.Measure == f.claim.ID && n.Due != "" {
			return n.Due, strings.TrimSpace(clean(n.Title) + " " + clean(n.DocNo))
		}
	}
	if f.claim.Due != "" {
		return f.claim.Due, f.in.Claims.Title
	}
	return "", ""
}

func (f *filling) steps() []Task {
	if f.in.Guide == nil {
		return nil
	}
	due, _ := f.deadline()
	var out []Task
	for _, s := range f.in.Guide.Steps {
		t := Task{Key: "step." + s.Key, Title: s.Title, Text: s.Text, Who: s.Who, Basis: f.in.Guide.source(s.Source), Done: slices.Contains(f.c.Project.Steps, s.Key)}
		switch {
		case s.Before == nil:
		case due == "":
			t.Open = "申报截止日未知：填入本年申报通知的截止日后给出日期"
		default:
			t.Due = daysBefore(due, *s.Before)
		}
		if s.Before != nil && f.claim != nil {
			t.Jump = "notices." + f.claim.ID + ".due"
		}
		out = append(out, t)
	}
	return out
}

// duties follow the award, and what else runs out. The policy text sets no day for any of them: a day comes from the decision, or is open.
func (f *filling) duties() []Task {
	w := f.c.Project.Award
	byNotice := "日期以下达文件或当年通知为准，填入后提醒"
	one := func(key, title, text, basis string, due survey.Date, jump string) Task {
		t := Task{Key: "duty." + key, After: true, Title: title, Text: text, Who: "企业", Due: due, Basis: basis, Jump: jump, Done: slices.Contains(f.c.Project.Steps, "duty."+key)}
		if due == "" {
			t.Open = byNotice
		}
		return t
	}
	out := []Task{
		one("ledger", "专账核算", "专项资金到账后单独核算，支出凭证注明项目名称；按不征税收入处理的，对应支出不得税前扣除和加计扣除，请会计确认。", "政策第一、二、五、七条为项目资金；专账要求见一般专项资金管理办法，待核实", w.Date, "project.award.date"),
		one("selfReview", "绩效自评", "按时完成绩效自评并留存报告；未完成的，可能不得再次申报。", "湘工信财务〔2020〕429号（未完成绩效评价的不得申报）；岳财企指〔2025〕18号", w.SelfReview, "project.award.selfReview"),
		one("inspection", "接受监督检查", "备齐合同、发票、付款凭证原件和在用系统，供现场核查。", "承诺书第四条", w.Inspection, "project.award.inspection"),
		one("keep", "材料保存期满", "期满前不得销毁申报材料和会计凭证。政策文本没有规定保存年限，按下达文件和会计档案规定确定。", "政策文本未规定，待核实", w.KeepUntil, "project.award.keepUntil"),
	}
	for _, t := range f.c.Titles {
		if t.Have == survey.Yes && t.ValidUntil != "" {
			_, name, _ := strings.Cut(t.Kind, ":")
			out = append(out, Task{Key: "title." + t.ID, After: true, Title: clean(orElse(name, t.Kind)) + "有效期满", Text: "到期前办理换证或复核，否则相关条款的资格失效。", Who: "企业", Due: t.ValidUntil,
				Basis: clean(t.DocNo), Jump: "titles." + t.ID + ".validUntil", Done: slices.Contains(f.c.Project.Steps, "title."+t.ID)})
		}
	}
	if g := f.c.Project.Agent; g.Until != "" {
		out = append(out, Task{Key: "duty.agent", After: true, Title: "授权委托期满", Text: "需要继续代办的，重新出具授权委托书。", Who: "企业", Due: g.Until, Basis: "授权委托书", Jump: "project.agent.until", Done: slices.Contains(f.c.Project.Steps, "duty.agent")})
	}
	slices.SortStableFunc(out, func(a, b Task) int {
		if (a.Due == "") != (b.Due == "") {
			if a.Due == "" {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Due, b.Due)
	})
	return out
}

// writeGuide is the 报送指引 for the firm itself: the portal, the steps with their days, the field sheet, the duties after the award.
func writeGuide(w *writer) {
	g := w.f.in.Guide
	if g == nil {
		g = &Guide{}
	}
	due, from := w.f.deadline()
	head := w.section("head", "")
	head.Fields = []Field{
		{Key: "guide.title", Label: "申报系统", Value: g.Title}, {Key: "guide.address", Label: "地址", Value: g.Address},
		{Key: "guide.due", Label: "申报截止日", Value: orElse(due.Chinese(), "待核实，以当年申报通知为准")}, {Key: "guide.from", Label: "截止日依据", Value: from},
		{Key: "guide.status", Label: "核实情况", Value: g.Status},
	}
	head.Text = []string{NoInterfaceText}
	if warn := Warning(g.Address); warn != "" {
		head.Text = append(head.Text, "警告："+warn)
	}
	for i := range head.Fields {
		head.Fields[i].Value = clean(head.Fields[i].Value)
	}
	var before, after []Task
	for _, t := range append(w.f.steps(), w.f.duties()...) {
		if t.After {
			after = append(after, t)
		} else {
			before = append(before, t)
		}
	}
	w.section("steps", "一、办理步骤").Tables = []Table{taskTable("steps", "办理步骤与日期", before)}
	fields := Table{Key: "sheet", Title: "字段表（按屏幕顺序，供粘贴）", Keys: []string{"no", "screen", "label", "value", "note"}, Columns: []string{"序号", "屏幕", "栏目", "粘贴内容", "说明"}}
	for _, s := range w.dossier.Sheet {
		for _, f := range s.Fields {
			fields.row(f.No, s.Title, f.Label, f.Copy, f.Note)
		}
	}
	w.section("sheet", "二、字段表").Tables = []Table{fields}
	uploads := Table{Key: "uploads", Title: "上传项", Keys: []string{"no", "label", "files"}, Columns: []string{"序号", "上传项", "电子文件"}}
	for i, u := range g.Uploads {
		uploads.row(itoa(i+1), u.Label, strings.Join(w.dossier.uploads(u.Papers), "\n"))
	}
	w.section("uploads", "三、上传").Tables = []Table{uploads}
	w.section("after", "四、获批以后").Tables = []Table{taskTable("after", "后续事项与日期", after)}
}

func taskTable(key, title string, tasks []Task) Table {
	t := Table{Key: key, Title: title, Keys: []string{"no", "title", "text", "who", "due", "basis"}, Columns: []string{"序号", "事项", "做法", "谁做", "日期", "依据"}}
	for i, k := range tasks {
		t.row(itoa(i+1), k.Title, k.Text, k.Who, orElse(k.Due.Chinese(), k.Open), k.Basis)
	}
	return t
}

// uploads names the files of some papers.
func (d *Dossier) uploads(papers []string) []string {
	var out []string
	for _, p := range d.Packing {
		if slices.Contains(papers, p.Paper.Key) {
			out = append(out, orElse(p.File, p.No+"　"+p.Name+"（缺）"))
		}
	}
	return out
}
