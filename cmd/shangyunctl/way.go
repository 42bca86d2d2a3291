package main

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// counterNames are the three counters of a level.
var counterNames = map[string]string{"score": "得分", "scenes": "场景", "stars": "★场景"}

// way prints the cheapest set of steps to a level.
func (c *assessShowCmd) way(r *run, st *wizard.State) error {
	w, err := recommend.WayTo(r.ctx, recommend.WayFrom{
		Questions: st.Questions, Catalog: st.Catalog, Assessment: st.Assessment, Case: st.Case, Engine: join.Engine(),
	}, c.Goal)
	if err != nil {
		return err
	}
	if r.cli.JSON {
		return r.json(w)
	}
	fmt.Fprintf(r.out, "到%s（预测）\n", w.LevelName)
	for _, s := range w.Short {
		fmt.Fprintf(r.out, "  %s：现有 %s，要 %s，差 %s；步骤全做完最多 %s\n", counterNames[s.Counter], s.Have, s.Need, s.Lack, s.Most)
	}
	switch {
	case w.There:
		fmt.Fprintln(r.out, "已经达到，不用再做。")
	case !w.Feasible:
		fmt.Fprintln(r.out, "按目录和台账到不了：")
	case !w.Priced:
		fmt.Fprintln(r.out, "只买目录里有价格的到不了，还要询价：")
	}
	for _, why := range w.Why {
		fmt.Fprintf(r.out, "  %s\n", why)
	}
	for i, s := range w.Steps {
		fmt.Fprintf(r.out, "%2d. %s  %s\n    得分 +%s → %s，%s\n", i+1, s.Title, stepPrice(s), s.Gain, s.After.Score, s.After.LevelName)
		for _, o := range s.Offers {
			if o.Shared {
				continue
			}
			fmt.Fprintf(r.out, "    买：%s %s  首年 %s 元（%s，%s）\n", o.Vendor, o.Title, o.FirstYear.Display(), r.text.T("price."+o.PriceKind), o.Metric)
		}
	}
	if len(w.Steps) > 0 {
		fmt.Fprintf(r.out, "首年合计 %s 元", w.Cost.Display())
		if !w.Priced {
			fmt.Fprintf(r.out, "，另有 %d 项待询价，没有计入", len(w.Asks))
		}
		fmt.Fprintln(r.out)
		proof := "已证明没有更好的"
		if !w.Proved {
			proof = "未能在限定步数内证明"
		}
		fmt.Fprintf(r.out, "%s；%s。\n", w.Rule, proof)
	}
	fmt.Fprintln(r.out, st.Assessment.RuleStatus)
	return nil
}

// stepPrice says what a step costs; a step without a known price is never shown as free.
func stepPrice(s recommend.WayStep) string {
	var words []string
	if s.Cost > 0 {
		words = append(words, "首年 "+s.Cost.Display()+" 元")
	}
	for _, o := range s.Offers {
		if o.Shared {
			words = append(words, "用前面已买的"+o.Title)
		}
	}
	if len(s.Asks) > 0 {
		words = append(words, "待询价："+strings.Join(s.Asks, "、"))
	}
	switch {
	case s.Ready:
		return "台账里的系统已经做到，确认等级即可"
	case words == nil:
		return "自己动手，不用采购"
	}
	return strings.Join(words, "；")
}
