package apply

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// Input is what a form is filled from. Assessment, Bundle and Claims may be nil: their fields then stay empty.
type Input struct {
	Case       *survey.Case
	Assessment *assess.Assessment
	Bundle     *recommend.Bundle
	Claims     *subsidy.Claims
	Date       survey.Date // 填报日期; "" takes Case.AsOf
	Revision   int         // 1 or more; smaller counts as 1
	Guide      *Guide      // the portal that the dossier is for; nil leaves the field sheet and the guide empty
}

// filling is one pass over an Input.
type filling struct {
	in     Input
	kind   string
	c      *survey.Case
	date   survey.Date
	last   survey.Year // figures of the last calendar year, empty when unknown
	before survey.Year
	costs  costs
	claim  *subsidy.MeasureClaim // the measure filed under, nil when none is settled
	chosen bool                  // a person chose the measure
}

func newFilling(in Input, kind string) *filling {
	f := &filling{in: in, kind: kind, c: in.Case, date: in.Date}
	if f.date == "" {
		f.date = f.c.AsOf
	}
	if y := f.c.Year(f.c.LastYear()); y != nil {
		f.last = *y
	}
	if y := f.c.Year(f.c.LastYear() - 1); y != nil {
		f.before = *y
	}
	if kind == KindApplication {
		f.costs = sumCosts(f.expenses())
		f.claim, f.chosen = f.pickClaim()
	}
	return f
}

// Fill makes the 申报书 of a case with its cross-checks and missing papers.
func Fill(in Input) Application {
	f := newFilling(in, KindApplication)
	a := f.form("上云上平台奖补资金申报书", applicationSections, applicationFields)
	a.Notes = f.notes()
	for i := range a.Sections {
		s := &a.Sections[i]
		switch s.Key {
		case "maturity":
			s.Tables = append(s.Tables, f.ladderTable(), f.rateTable())
		case "cost":
			s.Tables = append(s.Tables, f.costTable(), f.contractTable(), f.paymentTable())
		case "claim":
			s.Text = f.claimText()
		case "aid":
			s.Tables = append(s.Tables, f.aidTable())
			s.Text = f.aidText()
		case "promise":
			s.Text = promise
		case "papers":
			s.Tables = append(s.Tables, f.paperTable())
		}
	}
	a.Missing = f.missing()
	a.Checks = f.checks(&a)
	return a
}

// form fills the fields of the dictionary into their sections.
func (f *filling) form(title string, sections []section, fields []FieldSpec) Application {
	a := Application{Kind: f.kind, Title: title, Number: f.number(), Date: f.date.Chinese()}
	for _, s := range sections {
		out := Section{Key: s.key, Title: s.title}
		for _, spec := range fields {
			if spec.Section == s.key {
				out.Fields = append(out.Fields, f.field(spec))
			}
		}
		a.Sections = append(a.Sections, out)
	}
	return a
}

func (f *filling) field(spec FieldSpec) Field {
	v := Field{Key: spec.Key, Label: spec.Label, Value: clean(spec.get(f)), Required: spec.Required}
	if spec.source != nil {
		v.Source = spec.source(f)
	}
	if spec.Kind == KindChoice {
		v.Options = ticks(spec.Key, v.Value)
	}
	return v
}

// ticks lays a choice out in boxes. 不清楚 ticks nothing.
func ticks(key, value string) []Tick {
	names := []string{"是", "否"}
	if key == "project.links" {
		names = survey.BusinessLinks
	}
	on := map[string]bool{}
	for _, v := range strings.Split(value, "、") {
		on[v] = true
	}
	var out []Tick
	for _, n := range names {
		out = append(out, Tick{Text: n, On: on[n]})
	}
	return out
}

// number is the 申报表编号: the case and the revision, so that a page on paper can be matched to its data.
func (f *filling) number() string {
	id := strings.ToUpper(strings.ReplaceAll(f.c.ID, "-", ""))
	if len(id) > 12 {
		id = id[len(id)-12:]
	}
	prefix := "SB"
	if f.kind == KindOnboarding {
		prefix = "DJ"
	}
	return prefix + "-" + id + "-R" + itoa(max(f.in.Revision, 1))
}

// Clean drops what no paper can hold: control characters other than line ends, and invalid UTF-8.
func Clean(s string) string { return clean(s) }

// clean drops what no paper can hold: control characters other than line ends, and invalid UTF-8.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' || r >= 0x7F && r < 0xA0 || r == 0xFEFF {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// notes are the statements that every paper carries.
func (f *filling) notes() []string {
	var out []string
	add := func(s string) {
		if s != "" {
			out = append(out, clean(s))
		}
	}
	if f.in.Claims != nil {
		add(f.in.Claims.Validity)
	}
	add(f.assessed().RuleStatus)
	add(CeilingNote)
	add(WanNote)
	return out
}

// CeilingNote and WanNote stand on every application.
const (
	CeilingNote = "申请金额为按政策文本“不超过”比例与限额计算的测算上限，不是应得金额；实际金额以主管部门核定为准。"
	WanNote     = "万元数为元数向下截取两位小数所得，两者不一致时以元数为准。"
)
