package main

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// printClaims writes the claims in words: every measure, the totals, what settles the open conditions, the switches.
func printClaims(r *run, k subsidy.Claims) {
	fmt.Fprintf(r.out, "%s（规则包 %s@%d，基数 %s）\n", k.Title, k.Policy, k.Version, k.VATBase)
	for _, m := range k.Measures {
		amount := m.AmountText
		if m.IfTitled {
			amount = "若入选 " + amount + "（资格尚未取得，不计入下面的合计）"
		}
		fmt.Fprintf(r.out, "  %s %s（%s，条件%s，资格%s）：%s  %s\n", m.ID, m.Name, m.Clause, m.Verdict.Chinese(), m.TitlesHeld.Chinese(), amount, m.Explain)
		if m.Amount != nil && m.Note != "" {
			fmt.Fprintf(r.out, "      %s\n", m.Note)
		}
	}
	for _, t := range append([]subsidy.Total{k.Conservative, k.Disjoint, k.IfSelected}, k.Others...) {
		fmt.Fprintf(r.out, "%s：%s  %s\n", t.Name, amountWords(t), t.Note)
	}
	printSettle(r, k)
	for _, x := range k.Readings {
		if x.OtherAmount != nil {
			fmt.Fprintf(r.out, "读法 %s %s：现为“%s”；若“%s”（--reading %s=%s）则为 %s 元\n", x.ID, x.Text, x.Choice, x.Other, x.ID, x.OtherKey, x.OtherAmount.Display())
		}
	}
	for _, w := range k.Warnings {
		fmt.Fprintln(r.out, "注意：", w)
	}
	fmt.Fprintln(r.out, k.Validity)
}

// printSettle lists each thing to obtain once, for the measures that are still open.
func printSettle(r *run, k subsidy.Claims) {
	seen := map[string]bool{}
	for _, m := range k.Measures {
		for _, s := range m.Settle {
			if !seen[s.Text] {
				fmt.Fprintf(r.out, "待核实 → %s\n", s.Text)
			}
			seen[s.Text] = true
		}
	}
}

func amountWords(t subsidy.Total) string {
	if t.Amount == nil {
		return "不计算金额"
	}
	return t.Amount.Display() + " 元（人民币" + t.Capital + "，测算上限）"
}

func orNone(f *money.Fen) string {
	if f == nil {
		return "不计算金额"
	}
	return f.Display() + " 元"
}
