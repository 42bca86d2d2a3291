package server

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// states are the portal's states in the order of their filters; mark is the path of their sign on a 24 grid.
var states = []struct {
	state            submit.State
	word, tone, mark string
}{
	{submit.StateReceived, "待受理", "info", "M12 5v14m-6-6 6 6 6-6"},
	{submit.StateInReview, "审核中", "open", "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9.5v5M9.5 12h5"},
	{submit.StateReturned, "已退回", "err", "M9 6 4 11l5 5M4 11h11c3 0 5 2 5 5v2"},
	{submit.StateAccepted, "已受理", "ok", "M4.5 12.5 10 18 19.5 7"},
	{submit.StateExported, "已导出", "still", "M12 15V4M7 9l5-5 5 5M4 15v5h16v-5"},
	{submit.StateRejected, "已驳回", "err", "M6 6l12 12M18 6 6 18"},
	{submit.StateWithdrawn, "已撤回", "still", "M9 6 4 11l5 5M4 11h11c3 0 5 2 5 5v2"},
	{submit.StateIncomplete, "未收全", "warn", "M12 3v3M12 18v3M3 12h3M18 12h3M6 6l2 2M16 16l2 2"},
	{submit.StateQuarantined, "已隔离", "err", "M12 4 2.5 20h19zM12 10v5M12 17.5v.5"},
}

func stateWord(s submit.State) string {
	for _, row := range states {
		if row.state == s {
			return row.word
		}
	}
	return string(s)
}

func stateTone(s submit.State) string {
	for _, row := range states {
		if row.state == s {
			return row.tone
		}
	}
	return "still"
}

func stateMark(s submit.State) string {
	for _, row := range states {
		if row.state == s {
			return row.mark
		}
	}
	return ""
}

func kindWord(k submit.Kind) string {
	if k == submit.Onboarding {
		return "上云对接"
	}
	return "申报"
}

// yuan prints fen as yuan with two decimals; a dash where the request states no sum.
func yuan(fen *int64) string {
	if fen == nil {
		return "—"
	}
	whole := strconv.FormatInt(*fen/100, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return fmt.Sprintf("%s.%02d", whole, *fen%100)
}

// grouped is a decimal string with thousands apart; anything else stays as it is.
func grouped(s string) string {
	whole, cents, _ := strings.Cut(s, ".")
	if whole == "" || len(whole) > 15 || strings.Trim(whole+cents, "0123456789") != "" {
		return s
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if cents != "" {
		whole += "." + cents
	}
	return whole
}

// sum is yuan for the decimal string of a summary.
func sum(fen string) string {
	n, err := strconv.ParseInt(fen, 10, 64)
	if err != nil {
		return yuan(nil)
	}
	return yuan(&n)
}

var china = time.FixedZone("CST", 8*3600)

// when prints a time in China Standard Time.
func when(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(china).Format("2006-01-02 15:04")
}

// near is when for people who look at the list now.
func near(at, now time.Time, t func(string, ...any) string) string {
	if at.IsZero() {
		return "—"
	}
	days := daysBetween(at, now)
	at = at.In(china)
	switch days {
	case 0:
		return t("今天") + " " + at.Format("15:04")
	case 1:
		return t("昨天") + " " + at.Format("15:04")
	}
	if at.Year() == now.In(china).Year() {
		return at.Format("01-02 15:04")
	}
	return at.Format("2006-01-02")
}

// daysBetween counts midnights of China Standard Time.
func daysBetween(from, to time.Time) int {
	const day = 24 * 60 * 60
	return int((to.Unix()+8*3600)/day - (from.Unix()+8*3600)/day)
}

// waited is for how many days a request has waited for the staff, 0 where it waits for nobody.
func waited(s submit.State, since, now time.Time) int {
	if s != submit.StateReceived && s != submit.StateInReview || since.IsZero() {
		return 0
	}
	return max(0, daysBetween(since, now))
}

// regionWord names the 市州 of a code; a name or a foreign code stays as it is.
func regionWord(code string) string {
	if code == "" {
		return "—"
	}
	if r, ok := survey.RegionByCode(code); ok {
		return r.Name
	}
	return code
}

func verdictWord(v string) string {
	switch v {
	case "met":
		return "满足"
	case "notMet":
		return "不满足"
	}
	return "待核实"
}

func verdictTone(v string) string {
	switch v {
	case "met":
		return "ok"
	case "notMet":
		return "still"
	}
	return "warn"
}

var roles = map[string]string{
	"application-docx": "申报书（Word）", "application-pdf": "申报书（PDF）", "application-xlsx": "汇总表（Excel）", "request-json": "申报数据（JSON）",
	"onboarding-docx": "对接单（Word）", "onboarding-pdf": "对接单（PDF）", "onboarding-xlsx": "对接单（Excel）",
}

func roleWord(role string) string {
	if w := roles[role]; w != "" {
		return w
	}
	return role
}

func sizeWord(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d 字节", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", (n+1<<9)>>10)
	}
	return fmt.Sprintf("%d.%d MB", n>>20, n&(1<<20-1)*10>>20)
}

// levelBars tells for each of four bars whether it is lit; nil when the request states no level.
func levelBars(level string) []bool {
	if level == "" {
		return nil
	}
	lit := 0
	for i, words := range []string{"一1", "二2", "三3", "四4"} {
		if strings.ContainsRune(words, []rune(level)[0]) {
			lit = i + 1
		}
	}
	return bars(lit)
}

func bars(lit int) []bool {
	list := make([]bool, 4)
	for i := range list {
		list[i] = i < lit
	}
	return list
}

var labels = map[string]string{
	"form": "申报书", "caseSummary": "企业概况", "assessment": "数字化评测", "recommendation": "推荐方案", "claims": "补贴测算",
	"evidenceIndex": "佐证目录", "policy": "政策依据", "contact": "联系人", "offers": "所选产品", "devices": "设备",
	"protocols": "通信协议", "network": "网络情况", "dates": "期望时间", "firm": "企业", "name": "名称", "creditCode": "统一社会信用代码",
	"region": "所在地", "phone": "电话", "email": "邮箱", "title": "名称", "level": "等级", "score": "得分", "total": "合计",
	"amount": "金额", "value": "值", "label": "项目", "note": "说明", "kind": "类别", "count": "数量", "vendor": "服务商",
	"clause": "条款", "id": "编号", "date": "日期", "source": "来源", "unit": "单位", "model": "型号", "role": "用途",
	"protocol": "协议", "quantity": "数量", "offer": "产品编号", "text": "说明", "from": "开始", "to": "结束", "counts": "登记数量", "year": "上年度",
	"asOf": "截止日期", "caseId": "案卷编号", "covers": "覆盖的需求", "verdict": "结论", "explain": "计算过程", "measures": "措施", "lines": "明细",
	"county": "县市区", "park": "园区", "industry": "行业", "size": "规模", "staff": "从业人员", "revenue": "营业收入", "mainRevenue": "主营业务收入",
	"page": "审计报告页码", "assets": "设备", "systems": "系统", "contracts": "合同", "invoices": "发票", "payments": "付款", "attachments": "附件",
	"manufacturer": "制造商", "vatPayer": "纳税人类型", "aboveScale": "规模以上", "position": "职务",
}

// label gives the Chinese word for a known member, else the member's own name.
func label(name string) string {
	if w := labels[name]; w != "" {
		return w
	}
	return name
}
