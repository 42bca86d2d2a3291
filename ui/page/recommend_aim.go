package page

import (
	"context"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// level chooses the needs by the cheapest way to a level.
func (p *recommendPage) level(level int) {
	id := p.a.Case()
	p.a.Do(p.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
		return d.TakeWay(ctx, id, level)
	})
}

// weigh asks for the weight of a need; nothing typed takes the catalog's again.
func (p *recommendPage) weigh(need, title string) {
	id := p.a.Case()
	p.a.Prompt(Prompt{Title: p.a.T("choose.weigh.title", title), Text: p.a.T("choose.weigh.text"), Label: p.a.T("choose.weigh.label"), Yes: p.a.T("choose.keep")}, func(raw string) {
		p.a.Do(p.a.T("recommend.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			n, err := strconv.ParseInt(strings.TrimSpace(survey.HalfWidth(raw)), 10, 64)
			if err != nil && strings.TrimSpace(raw) != "" {
				return nil, survey.Fail(survey.CodeNumber, "page.weigh", "权重是 1–100 的整数")
			}
			return d.Weigh(ctx, id, need, n)
		})
	})
}
