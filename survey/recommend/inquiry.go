package recommend

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Letter is an inquiry (询价函) to one vendor: what is asked for, for which quantities, and what an answer has to say. It holds the firm's
// name and place and the quantities, nothing else of the firm.
type Letter struct {
	Vendor string       `json:"vendor"`
	Firm   string       `json:"firm"`
	Date   survey.Date  `json:"date"`
	Number string       `json:"number"` // tells the reply's file apart
	Items  []LetterItem `json:"items"`
	Asks   []string     `json:"asks"` // what an answer has to state
}

// LetterItem is one product asked for.
type LetterItem struct {
	Offer    string `json:"offer"`
	Title    string `json:"title"`
	Covers   string `json:"covers"`   // needs in words
	Quantity string `json:"quantity"` // for which quantities
	Now      string `json:"now"`      // what the catalog says today: a range, or nothing
}

// letterAsks are the facts that the catalog lacks and a vendor can give.
var letterAsks = []string{
	"含税总价，分为一次性费用和每年费用；价格适用的数量和档位", "最短合同期限和报价有效期", "能否覆盖下表所列需求，覆盖不了的部分", "支持的设备协议和接口", "数据存放地点、等保级别及证明",
	"合同终止后数据以什么格式交还", "是否列入省、市公布的服务商或平台名单及出处", "从签约到上线的周期",
}

// MaxLetter is how many products one letter asks for.
const MaxLetter = 100

// LetterTo writes an inquiry for some offers, all of one vendor; without offers, all of the bundle's lines at estimates and all that has no price.
// An unknown offer is E0106.
func LetterTo(b *Bundle, cat *Catalog, c *survey.Case, q Quantities, offers []string) ([]Letter, error) {
	if len(offers) == 0 {
		for _, l := range b.Lines {
			if PriceKind(l.PriceKind) == PriceEstimate {
				offers = append(offers, l.Offer)
			}
		}
		for _, i := range b.Inquiries {
			offers = append(offers, i.Offer)
		}
	}
	var out []Letter
	for _, id := range offers {
		o := cat.Offer(id)
		if o == nil {
			return nil, survey.Fail(survey.CodeUnknownItem, "recommend.letter", "目录里没有编号为 %s 的产品", id)
		}
		vendor := cat.VendorName(o.Vendor)
		i := slices.IndexFunc(out, func(l Letter) bool { return l.Vendor == vendor })
		if i < 0 {
			i = len(out)
			out = append(out, Letter{Vendor: vendor, Firm: c.Firm.Name, Date: c.AsOf, Asks: slices.Clone(letterAsks),
				Number: fmt.Sprintf("XJ-%s-%d", strings.ReplaceAll(string(c.AsOf), "-", ""), i+1)})
		}
		if len(out[i].Items) < MaxLetter {
			out[i].Items = append(out[i].Items, letterItem(cat, o, q))
		}
	}
	return out, nil
}

func letterItem(cat *Catalog, o *Offer, q Quantities) LetterItem {
	item := LetterItem{Offer: o.ID, Title: o.Title}
	var needs []string
	for _, v := range cat.CoversOf(o) {
		if n := cat.Need(v.Need); n != nil {
			needs = append(needs, n.Title)
		}
	}
	item.Covers = strings.Join(needs, "、")
	if r, ok := o.Resolve(q); ok {
		item.Quantity = r.Metric
	} else {
		item.Quantity = fmt.Sprintf("%d 人，待联网设备 %d 台，生产设备 %d 台，产线 %d 条，厂区 %d 个", q.Users, q.Devices, q.Machines, q.Lines, q.Sites)
	}
	var ranges []string
	for _, p := range o.Prices {
		if p.Range != nil {
			ranges = append(ranges, p.What+" "+yuan(p.Range.Low)+" – "+yuan(p.Range.High))
		}
	}
	item.Now = strings.Join(ranges, "；")
	return item
}
