package server

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// states are the portal's states in the order of their filters.
var states = []struct {
	state      submit.State
	word, tone string
}{
	{submit.StateReceived, "待受理", "info"},
	{submit.StateInReview, "审核中", "open"},
	{submit.StateReturned, "已退回", "err"},
	{submit.StateAccepted, "已受理", "ok"},
	{submit.StateExported, "已导出", "still"},
	{submit.StateRejected, "已驳回", "err"},
	{submit.StateWithdrawn, "已撤回", "still"},
	{submit.StateIncomplete, "未收全", "warn"},
	{submit.StateQuarantined, "已隔离", "err"},
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

func kindWord(k submit.Kind) string {
	if k == submit.Onboarding {
		return "上云对接"
	}
	return "申报"
}

func verbWord(v string) string {
	words := map[string]string{
		"announce": "登记清单", "commit": "收妥并签发回执", "review": "开始审核", "accept": "受理", "return": "退回",
		"reject": "驳回", "withdraw": "撤回", "export": "导出", "quarantine": "隔离",
	}
	if w := words[v]; w != "" {
		return w
	}
	return v
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

// sum is yuan for the decimal string of a summary.
func sum(fen string) string {
	n, err := strconv.ParseInt(fen, 10, 64)
	if err != nil {
		return yuan(nil)
	}
	return yuan(&n)
}

// when prints a time in China Standard Time.
func when(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(time.FixedZone("CST", 8*3600)).Format("2006-01-02 15:04")
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
	bars := make([]bool, 4)
	for i, words := range []string{"一1", "二2", "三3", "四4"} {
		if first := []rune(level)[0]; strings.ContainsRune(words, first) {
			for j := range i + 1 {
				bars[j] = true
			}
		}
	}
	return bars
}

var labels = map[string]string{
	"form": "申报书", "caseSummary": "企业概况", "assessment": "数字化评测", "recommendation": "推荐方案", "claims": "补贴测算",
	"evidenceIndex": "佐证目录", "policy": "政策依据", "contact": "联系人", "offers": "所选产品", "devices": "设备",
	"protocols": "通信协议", "network": "网络情况", "dates": "期望时间", "firm": "企业", "name": "名称", "creditCode": "统一社会信用代码",
	"region": "所在地", "phone": "电话", "email": "邮箱", "title": "名称", "level": "等级", "score": "得分", "total": "合计",
	"amount": "金额", "value": "值", "label": "项目", "note": "说明", "kind": "类别", "count": "数量", "vendor": "服务商",
	"clause": "条款", "id": "编号", "date": "日期", "source": "来源", "unit": "单位", "model": "型号", "role": "用途",
}

// label gives the Chinese word for a known member, else the member's own name.
func label(name string) string {
	if w := labels[name]; w != "" {
		return w
	}
	return name
}
