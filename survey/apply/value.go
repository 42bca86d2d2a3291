package apply

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

func itoa(n int) string { return strconv.Itoa(n) }

func nothing(*filling) string { return "" }

func yuan(v *money.Fen) string {
	if v == nil {
		return ""
	}
	return v.Display()
}

func wan(v *money.Fen) string {
	if v == nil {
		return ""
	}
	return v.Wan()
}

func count(n *int) string {
	if n == nil {
		return ""
	}
	return itoa(*n)
}

func tri(t survey.Tri) string {
	if t == survey.Unknown {
		return ""
	}
	return t.Chinese()
}

// points prints thousandths of a point without a float: 52500 is "52.5".
func points(p assess.Points) string {
	sign, n := "", int64(p)
	if n < 0 {
		sign, n = "-", -n
	}
	s := strconv.FormatInt(n/1000, 10)
	if rest := n % 1000; rest > 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(1000+rest, 10)[1:], "0")
	}
	return sign + s
}

func (f *filling) assessed() assess.Assessment {
	if f.in.Assessment == nil {
		return assess.Assessment{}
	}
	return *f.in.Assessment
}

func (f *filling) region() string {
	if r, ok := survey.RegionByCode(f.c.Firm.Region); ok {
		return r.Name + "（" + f.c.Firm.Region + "）"
	}
	return f.c.Firm.Region
}

// office is the 县市区 office that reviews first (2024 年省级申报流程); which one follows from the county.
func (f *filling) office() string {
	r, ok := survey.RegionByCode(f.c.Firm.Region)
	if !ok || f.c.Firm.County == "" {
		return ""
	}
	return r.Name + f.c.Firm.County + "工业和信息化主管部门"
}

func (f *filling) industry() string {
	if i, ok := survey.IndustryByCode(f.c.Firm.Industry); ok {
		return f.c.Firm.Industry + " " + i.Name
	}
	return f.c.Firm.Industry
}

func (f *filling) size() string {
	if c, ok := survey.ParseSizeClass(f.c.Firm.DeclaredSize); ok {
		return c.Chinese()
	}
	return ""
}

func (f *filling) vatPayer() string {
	switch f.c.Firm.VATPayer {
	case survey.VATGeneral:
		return "一般纳税人"
	case survey.VATSmall:
		return "小规模纳税人"
	}
	return ""
}

// titles names the titles held; "selected:x" prints as x.
func (f *filling) titles() string {
	var out []string
	for _, t := range f.c.Titles {
		if t.Have != survey.Yes {
			continue
		}
		_, name, ok := strings.Cut(t.Kind, ":")
		if !ok {
			name = t.Kind
		}
		if t.DocNo != "" {
			name += "（" + t.DocNo + "）"
		}
		out = append(out, name)
	}
	return strings.Join(out, "、")
}

func (f *filling) lastYear() string {
	if f.last.Year == 0 {
		return ""
	}
	return itoa(f.last.Year)
}

func (f *filling) auditPage() string {
	if f.last.Page == "" {
		return ""
	}
	return "审计报告" + f.last.Page
}

func (f *filling) links() string { return strings.Join(f.c.Project.Links, "、") }

func (f *filling) coreSystem() string {
	if s := f.c.System(f.c.Project.CoreSystem); s != nil {
		if s.Product != "" && s.Product != s.Name {
			return s.Name + "（" + s.Product + "）"
		}
		return s.Name
	}
	return ""
}

func (f *filling) deployment() string {
	if s := f.c.System(f.c.Project.CoreSystem); s != nil {
		return survey.NameOf(survey.DeploymentNames, s.Deployment)
	}
	return ""
}

// suppliers lists the suppliers of the lines that entered, each once.
func (f *filling) suppliers() string {
	var out []string
	for _, e := range f.costs.lines {
		if e.Supplier != "" && !slices.Contains(out, e.Supplier) {
			out = append(out, e.Supplier)
		}
	}
	return strings.Join(out, "、")
}

func (f *filling) score() string {
	if f.in.Assessment == nil {
		return ""
	}
	return points(f.in.Assessment.Score)
}

// counters prints the three counters of the level reached, or of 一级 while none is.
func (f *filling) counters() string {
	for _, r := range f.assessed().Ladder {
		if r.Level == max(f.in.Assessment.Level, 1) {
			return points(r.HaveScore) + " 分 / " + itoa(r.HaveScenes) + " 个 / " + itoa(r.HaveStars) + " 个（" + r.Name + "要求 " +
				points(r.NeedScore) + " 分 / " + itoa(r.NeedScenes) + " 个 / " + itoa(r.NeedStars) + " 个）"
		}
	}
	return ""
}

func (f *filling) machines() string {
	if f.in.Assessment == nil {
		return ""
	}
	r := f.in.Assessment.Rates
	return itoa(r.Machines) + "、" + itoa(r.Digital) + "、" + itoa(r.Networked) + "、" + itoa(r.OnCloud)
}
