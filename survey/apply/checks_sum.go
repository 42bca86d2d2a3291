package apply

import (
	"github.com/shangyuntong/shangyun/survey/money"
)

// CheckSums reads the filled form back and holds its printed amounts against each other: parts = total, table = total,
// 元 = 万元 within the rounding, 小写 = 大写. It works on the paper's own words, so that a wrong print cannot pass.
func CheckSums(a *Application) []Check {
	v := map[string]string{}
	var rows [][]string
	for _, s := range a.Sections {
		for _, f := range s.Fields {
			v[f.Key] = f.Value
		}
		for _, t := range s.Tables {
			if t.Key == "expenses" {
				rows = t.Rows
			}
		}
	}
	var out []Check
	fail := func(code, text, jump string) {
		out = append(out, Check{Level: LevelMust, Code: code, Text: text, Clause: "五、投入明细；六、申请奖补金额", Jump: jump})
	}
	total := read(v["cost.gross"])
	if parts := sum(v["cost.software"], v["cost.cloud"], v["cost.equipment"], v["cost.network"], v["cost.service"], v["cost.merger"]); parts != total {
		fail("parts-total", "按类别相加 "+parts.Display()+" 元与项目总投入 "+total.Display()+" 元不等，请给每一行费用选择类别。", "invoices")
	}
	if both := sum(v["cost.net"], v["cost.tax"]); both != total {
		fail("net-tax-total", "不含税加税额 "+both.Display()+" 元与含税总投入 "+total.Display()+" 元不等，请核对各行金额。", "invoices")
	}
	var lines []string
	for _, r := range rows {
		if len(r) > 9 {
			lines = append(lines, r[9])
		}
	}
	if l := sum(lines...); l != total {
		fail("lines-total", "投入明细各行相加 "+l.Display()+" 元与项目总投入 "+total.Display()+" 元不等，请核对。", "invoices")
	}
	for _, p := range [][2]string{{"cost.gross", "cost.grossWan"}, {"claim.amount", "claim.amountWan"}, {"year.mainRevenueYuan", "year.mainRevenue"}} {
		if !sameWan(v[p[0]], v[p[1]]) {
			fail("yuan-wan", "“"+p[0]+"”的元数与万元数不一致。", p[0])
		}
	}
	if !sameCapital(v["claim.amount"], v["claim.capital"]) {
		fail("capital", "申请金额的大写与小写不一致，请核对。", "project.measure")
	}
	return out
}

func read(s string) money.Fen {
	f, err := money.Parse(s)
	if err != nil {
		return 0
	}
	return f
}

func sum(s ...string) money.Fen {
	var total money.Fen
	for _, v := range s {
		total += read(v)
	}
	return total
}

// sameWan holds an amount in 元 against its 万元 with two decimals, cut down.
func sameWan(yuan, wan string) bool {
	y, errY := money.Parse(yuan)
	w, errW := money.ParseUnit(wan, money.UnitWan)
	if errY != nil || errW != nil {
		return yuan == wan || (yuan == "" && wan == "")
	}
	return y-w < money.Yuan(100) && w-y < money.Yuan(100)
}

func sameCapital(small, capital string) bool {
	s, errS := money.Parse(small)
	c, errC := money.ParseCapital(capital)
	if errS != nil && errC != nil {
		return small == capital
	}
	return errS == nil && errC == nil && s == c
}
