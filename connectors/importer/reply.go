package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Reply is what a vendor's filled-in 报价回执 says.
type Reply struct {
	Quotes   []survey.Quote
	Problems []string // rows that cannot be taken, with their place and the reason
}

// maxReplyRows bounds what is read of a reply.
const maxReplyRows = 500

// replyColumns are the words that a column's head contains; the first five have to be there.
var replyColumns = []string{"编号", "一次性", "每年", "报价单", "报价日期", "最短期限", "有效期", "说明", "产品"}

// ReadReply reads a 报价回执 (XLSX or CSV): one quote a row that carries a price. A row without a price is passed over; one that lacks the paper or the
// date, or holds something that cannot be read, is named and left out. It fails with E0122 when no sheet has the columns of a reply, and like
// ReadLedger for broken files.
func ReadReply(data []byte) (Reply, error) {
	grids, err := readGrids(data)
	if err != nil {
		return Reply{}, err
	}
	for _, g := range grids {
		for i := range min(len(g.rows), headerDepth) {
			if at := replyHead(g.rows[i]); at != nil {
				return readReply(g, i, at), nil
			}
		}
	}
	return Reply{}, survey.Fail(survey.CodeReply, "importer.reply", "没有找到含“编号、一次性费用、每年费用、报价单、报价日期”的表头")
}

// replyHead finds the columns by their words; nil when one of the needed ones is missing.
func replyHead(row []string) map[string]int {
	at := map[string]int{}
	for _, word := range replyColumns {
		if i := slices.IndexFunc(row, func(c string) bool {
			return strings.Contains(c, word) && (word != "编号" || !strings.Contains(c, "报价单"))
		}); i >= 0 {
			at[word] = i
		}
	}
	for _, word := range replyColumns[:5] {
		if _, ok := at[word]; !ok {
			return nil
		}
	}
	return at
}

func readReply(g *grid, head int, at map[string]int) Reply {
	out := Reply{Quotes: []survey.Quote{}, Problems: []string{}}
	for i := head + 1; i < len(g.rows) && i <= head+maxReplyRows; i++ {
		cell := func(word string) string {
			if k, ok := at[word]; ok {
				return strings.TrimSpace(g.text(i, k))
			}
			return ""
		}
		if cell("一次性") == "" && cell("每年") == "" {
			continue
		}
		q, why := readQuote(cell)
		if why != "" {
			out.Problems = append(out.Problems, fmt.Sprintf("第 %d 行：%s", g.number(i), why))
			continue
		}
		out.Quotes = append(out.Quotes, q)
	}
	return out
}

func readQuote(cell func(string) string) (q survey.Quote, why string) {
	q = survey.Quote{ID: cell("编号"), Title: cell("产品"), Source: cell("报价单"), Note: cell("说明")}
	amount := func(word string) (f money.Fen) {
		if raw := cell(word); raw != "" && why == "" {
			var err error
			if f, err = money.Parse(raw); err != nil || f < 0 {
				why = word + "费用“" + clipReply(raw) + "”不是金额"
			}
		}
		return f
	}
	day := func(word string) (d survey.Date) {
		if raw := cell(word); raw != "" && why == "" {
			var err error
			if d, err = survey.ParseDate(raw); err != nil || d.Day() == 0 {
				why = word + "“" + clipReply(raw) + "”不是年月日"
			}
		}
		return d
	}
	q.OneOff, q.Yearly, q.Date, q.Until = amount("一次性"), amount("每年"), day("报价日期"), day("有效期")
	if raw := cell("最短期限"); raw != "" && why == "" {
		n, err := strconv.Atoi(strings.TrimSuffix(raw, "个月"))
		if q.Term = n; err != nil || n < 0 || n > 120 {
			why = "最短期限“" + clipReply(raw) + "”不是 0–120 的月数"
		}
	}
	switch {
	case why != "":
	case q.ID == "":
		why = "没有编号"
	case q.Source == "":
		why = "没有报价单名称或编号"
	case q.Date == "":
		why = "没有报价日期"
	}
	return q, why
}

func clipReply(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
