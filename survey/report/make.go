package report

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// maker is one pass over an Input.
type maker struct {
	Input
	c        *survey.Case
	a        *assess.Assessment
	b        *recommend.Bundle
	k        *subsidy.Claims
	next     assess.Rung // the next level; zero at the top
	measures []Measure
	proofs   []assess.Proof
}

// Make decides the whole report. Equal inputs give equal reports.
func Make(in Input) Report {
	m := &maker{Input: in, c: in.Case, a: in.Assessment, b: in.Bundle, k: in.Claims}
	if m.b == nil {
		m.b = &recommend.Bundle{}
	}
	if m.k == nil {
		m.k = &subsidy.Claims{}
	}
	for _, r := range m.a.Ladder {
		if r.Level == m.a.Level+1 {
			m.next = r
		}
	}
	m.proofs = assess.Proofs(m.a, m.c.Attachments)
	m.measures = m.rank()
	r := Report{
		Title: "数字化诊断报告", Firm: or(m.c.Firm.Name, "（企业名称"+Unknown+"）"), Number: number(m.c.ID), Date: m.c.AsOf,
		Cover: m.cover(), Measures: m.measures, Proofs: m.proofs,
	}
	for i, ch := range []Chapter{
		m.boss(), m.looked(), m.profile(), m.score(), m.findings(), m.equipment(), m.gap(), m.ranking(), m.roadmap(), m.subsidy(), m.targets(), m.risks(),
		m.method(), m.sign(), m.answers(), m.glossary(), m.standards(), m.evidence(),
	} {
		if i < lettered {
			ch.Title = strconv.Itoa(i+1) + "　" + ch.Title
		} else {
			ch.Title = "附录 " + string(rune('A'+i-lettered)) + "　" + ch.Title
		}
		r.Chapters = append(r.Chapters, ch)
	}
	r.each(func(s *string) { *s = apply.Clean(*s) })
	return r
}

// lettered is how many chapters have a number; the rest are appendices.
const lettered = 14

func (m *maker) cover() []Pair {
	versions := "评测版本 " + m.a.Edition
	if m.b.Catalog != "" {
		versions += "；产品目录 " + m.b.Catalog
	}
	if m.k.Policy != "" {
		versions += "；政策规则包 " + m.k.Policy + "@" + strconv.Itoa(m.k.Version)
	}
	if m.Program != "" {
		versions += "；程序 " + m.Program
	}
	return []Pair{
		{"企业名称", known(m.c.Firm.Name)}, {"统一社会信用代码", known(m.c.Firm.CreditCode)}, {"报告编号", number(m.c.ID)},
		{"诊断人", known(m.Adviser)}, {"基准日", known(m.c.AsOf.Chinese())}, {"版本", versions},
	}
}

// number is the report's number: the end of the case's id, so that a page on paper can be matched to its data.
func number(id string) string {
	id = strings.ToUpper(strings.ReplaceAll(id, "-", ""))
	if len(id) > 12 {
		id = id[len(id)-12:]
	}
	return "ZD-" + or(id, "0")
}

func or(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

func known(s string) string { return or(s, Unknown) }

func known3(t survey.Tri) string {
	if t == survey.Unknown {
		return Unknown
	}
	return t.Chinese()
}

func itoa(n int) string { return strconv.Itoa(n) }

// row adds a row.
func (t *Table) row(cells ...string) { t.Rows = append(t.Rows, cells) }

// limit keeps the first n rows and says what was left out.
func (t *Table) limit(n int, unit string) *Table {
	if len(t.Rows) > n {
		t.More = "另有 " + itoa(len(t.Rows)-n) + " " + unit + "见附件 JSON"
		t.Rows = t.Rows[:n]
	}
	return t
}

// fit keeps the rows that print on about so many lines, one at least, and says what was left out.
func (t *Table) fit(lines int, unit string) *Table {
	used := 0
	for i, r := range t.Rows {
		if used += t.tall(r); used > lines && i > 0 {
			return t.limit(i, unit)
		}
	}
	return t
}

// tall estimates on how many lines a row prints: a full-width sign takes about 1.6 hundredths of the page's width.
func (t *Table) tall(row []string) int {
	most := 1
	for i, s := range row {
		if i >= len(t.Widths) {
			break
		}
		wide := 0
		for _, x := range s {
			if wide++; x >= 0x2E80 {
				wide++
			}
		}
		each := max(t.Widths[i]*10/8, 2) // half-width signs a line
		most = max(most, (wide+each-1)/each)
	}
	return most
}

// some joins the first n names and counts the rest.
func some(names []string, n int, unit string) string {
	if len(names) <= n {
		return strings.Join(names, "、")
	}
	return strings.Join(names[:n], "、") + " 等 " + itoa(len(names)) + " " + unit
}

func para(text ...string) Block { return Block{Text: text} }

func warn(text ...string) Block { return Block{Text: text, Warn: true} }
