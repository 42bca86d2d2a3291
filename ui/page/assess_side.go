package page

import (
	"reflect"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// sideSteps is how many improvements stand beside a question; the result page has them all.
const sideSteps = 3

// sideView is what the card beside the question shows.
type sideView struct {
	standing view.Standing
	steps    []view.Upgrade
	all      int
}

func (p *assessPage) drawSide() {
	all := view.Upgrades(p.a.T, p.st)
	v := sideView{view.StandingOf(p.a.T, p.st.Assessment), all[:min(sideSteps, len(all))], len(all)}
	if p.beside != nil && reflect.DeepEqual(*p.beside, v) {
		return
	}
	p.beside = &v
	p.side.Set(p.makeSide(v))
}

func (p *assessPage) makeSide(v sideView) fyne.CanvasObject {
	s := v.standing
	stack := part.VStack(10,
		part.NewDial(s.Of100, s.Score, p.a.T("assess.of100"), s.Reached),
		part.Muted(s.Sums).Aligned(fyne.TextAlignCenter), part.Hairline(), part.Strong(s.Need))
	for _, c := range counterBlocks(s.Counters) {
		stack.Add(c)
	}
	if len(v.steps) > 0 {
		title := p.a.T("assess.how.top")
		if s.Next != "" {
			title = p.a.T("assess.how", s.Next)
		}
		stack.Add(part.Hairline())
		stack.Add(part.HStack(8, part.Grow(part.Strong(title)), part.Link(p.a.T("assess.how.all", v.all), func() { p.a.Go(wizard.StepResult) })))
		for _, u := range v.steps {
			stack.Add(part.NewStepCard(stepSpec(u, 0), false, func() { p.a.Jump(u.Path) }))
		}
	}
	stack.Add(part.Hairline())
	stack.Add(part.HStack(8, part.Icon("info", 14, theme.Warn), part.Grow(part.Muted(s.Rule))))
	return part.CardWith(part.HeadRow(p.a.T("assess.live"), "", part.NewBadgeIcon(part.Neutral, p.a.T("assess.now", s.Now), "")), stack)
}

func counterBlocks(list []view.Counter) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(list))
	for i, c := range list {
		out[i] = part.NewCounterBlock(part.Counter{Label: c.Label, Have: c.Have, Need: c.Need, Met: c.Met, Word: c.Word, Fraction: c.Part})
	}
	return out
}

// stepSpec turns an improvement into a card.
func stepSpec(u view.Upgrade, number int) part.StepSpec {
	s := part.StepSpec{Number: number, Title: u.Title, Text: u.Text, Price: u.Price, PriceKind: priceKind(u.PriceKind)}
	for _, g := range u.Gains {
		icon := ""
		if g.Rise {
			icon = "arrow-up"
		}
		s.Gains = append(s.Gains, part.Gain{Kind: kindOf(g.Tone), Text: g.Text, Icon: icon})
	}
	return s
}

// priceKind gives the tag of a price kind of the catalog.
func priceKind(kind string) part.PriceKind {
	return map[string]part.PriceKind{"list": part.ListOf, "quoted": part.Quoted, "estimate": part.Estimate}[kind]
}
