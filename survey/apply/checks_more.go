package apply

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// window holds the day of filing and the days of the invoices against the notice and the pack's windows.
func (f *filling) window() []Check {
	if f.claim == nil {
		return nil
	}
	var out []Check
	for _, n := range f.c.Notices {
		if n.Measure != f.claim.ID {
			continue
		}
		clause := strings.TrimSpace("本年申报通知 " + clean(n.Title) + " " + clean(n.DocNo))
		at := "notices." + n.Measure
		if n.Due.Before(f.date) {
			out = append(out, Check{Level: LevelMust, Code: "window-late", Clause: clause, Jump: at + ".due", Text: "填报日期（" + f.date.Chinese() + "）晚于申报截止日（" + n.Due.Chinese() + "），请核对通知或填报日期。"})
		}
		for _, e := range f.costs.lines {
			day := survey.Date(e.Issued)
			if day.Before(n.From) || n.To.Before(day) {
				out = append(out, Check{Level: LevelHint, Code: "window-line", Clause: clause, Jump: f.lineJump(e.Line),
					Text: "“" + clean(e.Title) + "”的开票日期（" + day.Chinese() + "）不在通知规定的费用期间内，不计入申请金额。"})
			}
		}
	}
	if due := f.claim.Due; due != "" && due.Before(f.date) && len(out) == 0 {
		out = append(out, Check{Level: LevelHint, Code: "window-closed", Clause: f.clause(), Jump: "notices." + f.claim.ID + ".due", Text: "所知的申报窗口已于 " + due.Chinese() + " 截止；如有新的通知，请填入截止日。"})
	}
	return out
}

var (
	scientific = regexp.MustCompile(`^[+-]?\d+(\.\d+)?[eE][+-]?\d+$`)
	manyPlaces = regexp.MustCompile(`^[+-]?[\d,]+\.\d{3,}$`)
)

// ruined names numbers that a spreadsheet has changed: written with an exponent, cut to fifteen digits, or with a tail of decimals.
func (f *filling) ruined() []Check {
	var out []Check
	say := func(level, jump, text string) {
		out = append(out, Check{Level: level, Code: "spreadsheet", Text: text, Clause: "表格软件只保留15位有效数字，超出的变为0", Jump: jump})
	}
	paths := make([]string, 0, len(f.c.Drafts))
	for p := range f.c.Drafts {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		raw := strings.TrimSpace(survey.HalfWidth(f.c.Drafts[p]))
		switch {
		case scientific.MatchString(raw):
			say(LevelMust, p, "“"+raw+"”是表格软件改成的科学计数法，原来的数字已经丢失，请对照原件重填。")
		case manyPlaces.MatchString(raw):
			say(LevelMust, p, "“"+raw+"”小数超过两位，多半是表格软件计算留下的尾数，请对照原件重填到分。")
		}
	}
	cut := func(digits string) bool {
		return len(digits) >= 18 && strings.Trim(digits, "0123456789") == "" && strings.Trim(digits[15:], "0") == ""
	}
	for _, v := range f.c.Invoices {
		if cut(v.Number) {
			say(LevelHint, "invoices."+v.ID+".number", "发票号码 "+v.Number+" 第15位以后全是0，像是经过表格软件，请对照原件核对。")
		}
	}
	if cut(f.c.Firm.Bank.Account) {
		say(LevelHint, "firm.bank.account", "银行账号第15位以后全是0，像是经过表格软件，请对照开户许可核对。")
	}
	return out
}

// names looks for names that cannot be the licence's, and for lists that name another project.
func (f *filling) names() []Check {
	var out []Check
	name := f.c.Firm.Name
	if strings.ContainsAny(name, "() ") || name != strings.TrimSpace(name) || strings.Contains(name, "（盖章）") {
		out = append(out, Check{Level: LevelHint, Code: "name-licence", Text: "企业名称含有半角括号或空格，请与营业执照逐字核对。", Clause: "名称与营业执照一致", Jump: "firm.name"})
	}
	for _, t := range f.c.Titles {
		if t.Have == survey.Yes && t.Project != "" && f.c.Project.Name != "" && survey.NormalizeText(t.Project) != survey.NormalizeText(f.c.Project.Name) {
			out = append(out, Check{Level: LevelHint, Code: "title-project", Clause: "名单、认定与申报项目一致", Jump: "titles." + t.ID + ".project",
				Text: "名单载明的项目“" + clean(t.Project) + "”与申报的项目名称不同，请核对是否为同一项目。"})
		}
	}
	return out
}

// scales finds amounts that look like another unit, and contracts that were invoiced beyond their sum.
func (f *filling) scales() []Check {
	var out []Check
	if r, s := f.last.MainRevenue, f.last.Staff; r != nil && s != nil && *s > 0 {
		per := money.Fen(int64(*r) / int64(*s))
		if per < money.Yuan(5_000) || per > money.Yuan(50_000_000) {
			out = append(out, Check{Level: LevelHint, Code: "unit", Clause: "二、财务情况（单位：万元）", Jump: f.jump("year.mainRevenue"),
				Text: "人均主营业务收入为 " + per.Display() + " 元，请核对收入是否把元与万元弄混。"})
		}
	}
	invoiced := map[string]money.Fen{}
	for _, v := range f.c.Invoices {
		for _, l := range v.Lines {
			if s, err := money.Add(invoiced[v.Contract], l.Gross); err == nil {
				invoiced[v.Contract] = s
			}
		}
	}
	for _, c := range f.c.Contracts {
		if sum := invoiced[c.ID]; c.Gross > 0 && sum > c.Gross {
			out = append(out, Check{Level: LevelHint, Code: "invoiced-over", Clause: "合同、发票、付款相符", Jump: "contracts." + c.ID + ".gross",
				Text: "合同 " + clean(c.Number) + " 的发票合计 " + sum.Display() + " 元大于合同金额 " + c.Gross.Display() + " 元，请补登补充合同或核对。"})
		}
	}
	return out
}

// linked says how many lines are tied to no machine or system, and the first of them.
func (f *filling) linked() []Check {
	n, first := 0, ""
	for _, c := range f.chains() {
		if c.Asset == "" && c.System == "" {
			if n++; first == "" {
				first = c.Jump
			}
		}
	}
	if n == 0 {
		return nil
	}
	return []Check{{Level: LevelHint, Code: "chain", Clause: "合同、发票、付款与设备、系统相互对应", Jump: first, Text: fmt.Sprintf("有 %d 行费用没有对应设备或系统，核查时难以说明用在哪里，请在发票行或合同上指明。", n)}}
}

// GlyphChecks names each field with a character that the papers cannot print. has tells which can.
func GlyphChecks(in Input, a Application, has func(rune) bool) []Check {
	f := newFilling(in, a.Kind)
	var out []Check
	say := func(place, jump, text string) {
		for _, r := range text {
			if r != '\n' && !has(r) {
				out = append(out, Check{Level: LevelMust, Code: "glyph", Clause: "打印字库", Jump: jump, Text: fmt.Sprintf("“%s”中的字符“%c”（U+%04X）字库没有，无法打印，请换用通行的写法或在盖章件上手写。", place, r, r)})
				return
			}
		}
	}
	for _, s := range a.Sections {
		for _, v := range s.Fields {
			if !strings.HasPrefix(v.Key, "cover.") && v.Key != "year.mainRevenueYuan" {
				say(v.Label, f.jump(v.Key), v.Value)
			}
		}
		for _, t := range s.Tables {
			jump := map[string]string{"expenses": "invoices", "contracts": "contracts", "payments": "payments", "aids": "aids", "papers": "attachments"}[t.Key]
			for _, r := range t.Rows {
				say(t.Title, orElse(jump, "firm.name"), strings.Join(r, "\n"))
			}
		}
	}
	return out
}
