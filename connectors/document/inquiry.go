package document

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey/recommend"
)

// ReplySheet is the worksheet of an inquiry that a vendor fills in; ReplyHead are its columns. The importer reads them back by these words.
const ReplySheet = "报价回执"

// ReplyHead names the columns of the reply.
var ReplyHead = []string{"编号", "产品", "一次性费用（元）", "每年费用（元）", "最短期限（月）", "报价单名称或编号", "报价日期", "有效期至", "说明"}

// Inquiry (询价函) writes one letter as a workbook: the letter, what is asked for, and the reply to be filled in. It holds the firm's name and
// quantities and nothing else of the firm.
func Inquiry(l recommend.Letter) ([]byte, error) {
	rows := [][]any{{"致", l.Vendor}, {"询价单位", l.Firm}, {"日期", string(l.Date)}, {"编号", l.Number},
		{"事由", "我单位拟采购下列产品或服务，请按所列数量报价，并填写“" + ReplySheet + "”工作表后发回。本函只为询价，不构成采购承诺。"}}
	for i, a := range l.Asks {
		rows = append(rows, []any{fmt.Sprintf("请答复 %d", i+1), a})
	}
	items, reply := [][]any{}, [][]any{}
	for i, it := range l.Items {
		now := it.Now
		if now == "" {
			now = "未见价格"
		}
		items = append(items, []any{i + 1, it.Offer, it.Title, it.Quantity, it.Covers, now})
		reply = append(reply, []any{it.Offer, it.Title, "", "", "", "", "", "", ""})
	}
	return workbook([]sheet{
		{name: "询价函", title: "询价函", under: strings.TrimSpace(l.Number), widths: []float64{14, 84}, head: []any{"栏目", "内容"}, rows: rows, upright: true},
		{name: "询价清单", widths: []float64{6, 22, 30, 34, 40, 34}, head: []any{"序号", "编号", "产品", "数量口径", "希望覆盖的需求", "公开资料里的区间"}, rows: items},
		{name: ReplySheet, widths: []float64{22, 30, 16, 16, 14, 24, 13, 13, 30}, head: anys(ReplyHead), rows: reply},
	})
}
