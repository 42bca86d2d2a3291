package apply

import (
	"errors"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// The two levels of a finding.
const (
	LevelMust = "must" // 必改
	LevelHint = "hint" // 提示
)

// checks runs every cross-check over the case and the filled form.
func (f *filling) checks(a *Application) []Check {
	var out []Check
	for _, run := range []func() []Check{
		func() []Check { return f.emptyRequired(a) },
		f.creditCode,
		f.accountName,
		f.sizeClass,
		f.dateOrder,
		f.invoices,
		f.payments,
		f.leftOut,
		f.differences,
		f.claimChecks,
		f.window,
		f.ruined,
		f.names,
		f.scales,
		f.linked,
		f.promised,
		func() []Check { return CheckSums(a) },
	} {
		out = append(out, run()...)
	}
	if f.costs.overflow {
		out = append(out, Check{Level: LevelMust, Code: "sum-range", Text: "费用合计超出可填写的范围，请核对各行金额。", Clause: "合计", Jump: "invoices"})
	}
	return out
}

// emptyRequired reports each required field without a value.
func (f *filling) emptyRequired(a *Application) []Check {
	var out []Check
	for _, s := range a.Sections {
		for _, v := range s.Fields {
			if v.Required && v.Value == "" && !f.twin(v.Key) {
				out = append(out, Check{Level: LevelMust, Code: "required", Text: "“" + v.Label + "”未填写，请补充。", Clause: s.Title, Jump: f.jump(v.Key)})
			}
		}
	}
	if f.kind == KindApplication && len(f.costs.lines) == 0 {
		out = append(out, Check{Level: LevelMust, Code: "no-cost", Text: "没有已签约、已开票、已付款的费用，不能申报；规划中的费用不计入申报书。", Clause: "五、投入明细", Jump: "invoices"})
	}
	return out
}

// twin tells whether the field repeats another one that is checked in its own place.
func (f *filling) twin(key string) bool {
	switch key {
	case "cover.firm", "cover.project":
		return true
	case "cover.office":
		return f.c.Firm.Region == "" || f.c.Firm.County == ""
	}
	return false
}

// jump turns a field key into the path of the fact behind it.
func (f *filling) jump(key string) string {
	switch {
	case strings.HasPrefix(key, "year."):
		y := f.c.LastYear()
		if y == 0 || key == "year.year" {
			return "asOf"
		}
		return "years." + itoa(y) + strings.TrimPrefix(key, "year")
	case key == "cover.office":
		return "firm.county"
	case key == "cover.number", key == "cover.date":
		return "asOf"
	case key == "cost.gross":
		return "invoices"
	case key == "claim.measure":
		return "project.measure"
	}
	return key
}

func (f *filling) creditCode() []Check {
	code := f.c.Firm.CreditCode
	if code == "" {
		return nil
	}
	if _, _, err := survey.ParseCreditCode(code); err != nil {
		text := "统一社会信用代码有误，请对照营业执照核对。"
		var e *survey.CreditCodeError
		if errors.As(err, &e) {
			text = "统一社会信用代码有误：" + strings.TrimSuffix(e.Text, "。") + "。"
		}
		return []Check{{Level: LevelMust, Code: "credit-code", Text: text, Clause: "GB 32100-2015", Jump: "firm.creditCode"}}
	}
	return nil
}

// accountName holds the account's name against the licence's.
func (f *filling) accountName() []Check {
	if n := f.c.Firm.Bank.AccountName; n != "" && survey.NormalizeText(n) != survey.NormalizeText(f.c.Firm.Name) {
		return []Check{{Level: LevelHint, Code: "account-name", Text: "开户名与企业名称不一致，请与营业执照和开户许可核对。", Clause: "名称与营业执照一致", Jump: "firm.bank.accountName"}}
	}
	return nil
}

func (f *filling) sizeClass() []Check {
	declared, ok := survey.ParseSizeClass(f.c.Firm.DeclaredSize)
	if !ok {
		return nil
	}
	trade, _ := survey.SizeTradeOf(f.c.Firm.Industry)
	revenue := f.last.Revenue
	if revenue == nil {
		revenue = f.last.MainRevenue
	}
	class, reason := survey.ClassifySize(trade, f.last.Staff, revenue, f.last.Assets)
	switch {
	case class == survey.SizeUndetermined:
		return []Check{{Level: LevelHint, Code: "size-open", Text: "企业规模暂不能核对：" + reason + "。", Clause: survey.SizeRule, Jump: "firm.declaredSize"}}
	case class != declared:
		return []Check{{Level: LevelMust, Code: "size-class", Clause: survey.SizeRule, Jump: "firm.declaredSize",
			Text: "企业规模填为" + declared.Chinese() + "，按从业人员和营业收入应为" + class.Chinese() + "（" + reason + "），请核对。"}}
	}
	return nil
}

func (f *filling) differences() []Check {
	var out []Check
	for _, d := range f.assessed().Differences {
		if strings.TrimSpace(d.Explained) == "" {
			out = append(out, Check{Level: LevelMust, Code: "difference", Clause: "四、数字化水平自评", Jump: "answers." + d.Item + ".explanation",
				Text: d.Item + " 自报为 " + letters(d.Declared) + "，按登记表计算为 " + letters(d.Computed) + "，请改正登记或写明原因。"})
		}
	}
	return out
}

func letters(s []string) string {
	if len(s) == 0 {
		return "（空）"
	}
	return strings.Join(s, "")
}

func (f *filling) promised() []Check {
	if f.c.Project.Promised == survey.Yes {
		return nil
	}
	return []Check{{Level: LevelMust, Code: "promise", Text: "尚未确认真实性与不重复申报承诺，请阅读承诺书后确认。", Clause: "政策第十条：不得多头申报，重复享受政策", Jump: "project.promised"}}
}
