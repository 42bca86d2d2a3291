package subsidy

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// amount computes the ceiling and says in words how.
func (d *desk) amount(m *Measure, n *survey.Notice, t terms, w *worked) {
	k := &w.claim
	outside := outsideText(k.Conditions)
	switch {
	case k.Verdict == rule.NotMet:
		k.AmountText, k.Explain = "条件不满足，不测算", unmet(k.Conditions)
	case outside != "":
		k.AmountText, k.Note = outside, joinNotes(outside, k.Note)
	case m.Kind == KindExternal:
		k.AmountText = "按另行政策执行，本政策未列金额"
	case t.none:
		k.AmountText, k.Explain = "没有符合的档次，不测算", t.why
	case t.open:
		k.AmountText, k.Explain = "档次待核实，暂不测算", t.why
	case m.Kind == KindOpen && k.Rate == nil:
		k.AmountText = byNotice
		k.Explain = "政策文本只写“适当奖补”，未列比例和上限；在“当年申报通知”中填入后测算"
		if d.p.Summary {
			k.Explain = "所见来源未列比例和上限；在“当年申报通知”中填入后测算"
		}
	case m.Kind == KindLump && t.lump != nil:
		w.set(*t.lump, "定额 "+t.lump.Display()+" 元"+tierWords(t))
		w.app.lump = t.lump
	case k.Base <= 0:
		k.AmountText = "没有已签合同、已开票、已付清的对应费用，暂不测算"
	case k.Rate == nil && t.layers == nil:
		k.AmountText = byNotice
	default:
		if k.Cap != nil {
			w.app.limit = *k.Cap
		}
		d.rated(t, &w.app)
		w.set(w.app.worth(d.bases(), w.app.takes), d.explain(t, &w.app, k)+tierWords(t))
	}
	if k.Amount != nil && k.Unverified != "" {
		k.AmountText += "（待核实）"
	}
	k.Note = joinNotes(append(t.notes, k.Note, k.Unverified)...)
	if n != nil {
		k.Note = joinNotes(noticeNote(n), k.Note)
	}
	k.IfTitled = k.Amount != nil && w.held != rule.Met
}

func (w *worked) set(amount money.Fen, why string) {
	w.claim.Amount, w.claim.AmountText, w.claim.Explain = &amount, amount.Display()+" 元", why
	w.able = amount > 0
}

func noticeNote(n *survey.Notice) string {
	s := "依据人工填入的通知《" + n.Title + "》" + n.DocNo
	if n.Rate != nil && (*n.Rate > money.One || *n.Rate < 0) {
		s += "，其比例超过 100%，未采用，请核对"
	}
	if n.From == "" && n.To == "" {
		s += "，通知未填费用期间，未按期间筛选"
	}
	return s
}

func outsideText(traces []rule.Trace) string {
	for _, t := range traces {
		if t.Outside {
			return t.Needed
		}
		if s := outsideText(t.Parts); s != "" && t.Verdict == rule.Open {
			return s
		}
	}
	return ""
}

func unmet(traces []rule.Trace) string {
	var out []string
	for _, t := range traces {
		if t.Verdict == rule.NotMet {
			out = append(out, t.Text)
		}
	}
	return "不满足：" + strings.Join(out, "、")
}

func joinNotes(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(s string) bool { return s == "" }), "。")
}
