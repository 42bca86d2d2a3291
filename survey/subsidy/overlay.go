package subsidy

import (
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Overlay is this year's notice (本年度申报通知) as a person fills it in, to be laid over a pack: rate, cap, window and list per measure, with
// the source and the date. The YAML tags are the file's keys.
type Overlay struct {
	Overlay  string           `yaml:"overlay"` // the pack it is laid over, ID or ID@version
	Title    string           `yaml:"title"`   // of the notice
	DocNo    string           `yaml:"docNo"`
	Date     survey.Date      `yaml:"date"`
	Office   string           `yaml:"office"`   // who takes the papers
	Source   string           `yaml:"source"`   // where the notice can be read
	FilledBy string           `yaml:"filledBy"` // who typed it in
	Example  bool             `yaml:"example"`  // the figures are invented to show the form; they are refused for a case
	Measures []OverlayMeasure `yaml:"measures"`
}

// OverlayMeasure is what the notice says of one measure.
type OverlayMeasure struct {
	Measure string       `yaml:"measure"`
	Rate    *money.Rate  `yaml:"rate"`
	Cap     *money.Fen   `yaml:"cap"`
	From    survey.Date  `yaml:"from"` // window of the spending that counts
	To      survey.Date  `yaml:"to"`
	Due     survey.Date  `yaml:"due"` // last day for handing in
	List    *OverlayList `yaml:"list"`
}

// OverlayList is a published list of firms that hold a title.
type OverlayList struct {
	Title    string      `yaml:"title"` // key of the pack's titles
	DocNo    string      `yaml:"docNo"`
	Date     survey.Date `yaml:"date"`
	Complete bool        `yaml:"complete"` // every firm of the list is here: who is not on it does not hold the title
	Firms    []string    `yaml:"firms"`    // 统一社会信用代码
}

// Check tells whether the overlay is complete and fits the pack.
func (o *Overlay) Check(p *Policy) error {
	k := checker{p: p, ids: map[string]bool{}, titles: map[string]bool{}, choices: map[string]bool{}}
	k.must(p.Is(o.Overlay), "通知是为规则包 %s 填的", o.Overlay)
	k.must(o.Title != "" && o.Date != "" && o.Source != "" && o.FilledBy != "", "通知缺少 title、date、source 或 filledBy")
	k.must(len(o.Measures) > 0, "通知没有写任何条款")
	for _, t := range p.Titles {
		k.titles[t.Key] = true
	}
	for _, m := range o.Measures {
		k.once("通知条款", m.Measure)
		k.must(slices.ContainsFunc(p.Measures, func(x Measure) bool { return x.ID == m.Measure }), "通知写了未知条款 %s", m.Measure)
		k.rate("通知 "+m.Measure, m.Rate)
		k.must(m.Cap == nil || *m.Cap > 0, "通知 %s 的 cap 应大于零", m.Measure)
		k.must(!m.To.Before(m.From), "通知 %s 的 from 晚于 to", m.Measure)
		if l := m.List; l != nil {
			k.must(k.titles[l.Title], "通知 %s 的名单指向未知资格 %s", m.Measure, l.Title)
			k.must(l.DocNo != "" && l.Date != "", "通知 %s 的名单缺少 docNo 或 date", m.Measure)
		}
	}
	if k.err != nil {
		return k.err
	}
	return nil
}

// Lay gives a copy of the case with the notices of the overlay, and with the titles that its lists settle where the case says nothing yet.
func (o *Overlay) Lay(c *survey.Case) *survey.Case {
	c = c.Clone()
	for _, m := range o.Measures {
		n := survey.Notice{
			Measure: m.Measure, Title: o.Title, DocNo: o.DocNo, Date: o.Date, Rate: m.Rate, Cap: m.Cap, From: m.From, To: m.To, Due: m.Due,
			Office: o.Office, By: o.FilledBy,
		}
		c.Notices = append(slices.DeleteFunc(c.Notices, func(x survey.Notice) bool { return x.Measure == m.Measure }), n)
		if m.List != nil {
			o.enlist(c, m.List)
		}
	}
	return c
}

func (o *Overlay) enlist(c *survey.Case, l *OverlayList) {
	if slices.ContainsFunc(c.Titles, func(t survey.Title) bool { return t.Kind == l.Title }) || c.Firm.CreditCode == "" {
		return
	}
	have := survey.Unknown
	switch listed := slices.ContainsFunc(l.Firms, func(s string) bool { return survey.NormalizeText(s) == survey.NormalizeText(c.Firm.CreditCode) }); {
	case listed:
		have = survey.Yes
	case l.Complete:
		have = survey.No
	default:
		return
	}
	c.Titles = append(c.Titles, survey.Title{ID: "notice " + l.Title, Kind: l.Title, Have: have, DocNo: l.DocNo, Date: l.Date,
		Evidence: []survey.Evidence{{Source: survey.SourceDocument, By: o.FilledBy, Ref: o.Title}}})
}
