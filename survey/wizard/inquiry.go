package wizard

import (
	"context"
	"fmt"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

// Letters writes inquiries as files and reads the replies.
type Letters interface {
	Inquiry(l recommend.Letter) (File, error)
	Reply(data []byte) (quotes []survey.Quote, problems []string, err error)
	Comparison(title string, rows []Compared) (File, error)
}

// TakeComparison (比价表) writes the comparison table of a state as a file, with every offer under every wanted need. It carries the firm's name, so it
// leaves by consent.
func (d *Desk) TakeComparison(ctx context.Context, st *State, l Leaving) (File, error) {
	if d.Letters == nil {
		return File{}, survey.Fail(survey.CodeNotReady, "wizard.comparison", "此程序不能导出比价表")
	}
	rows := ComparisonOf(st)
	if len(rows) == 0 {
		return File{}, survey.Fail(survey.CodeNotReady, "wizard.comparison", "还没有要比价的需求")
	}
	f, err := d.Letters.Comparison(firmName(st.Case)+" 比价表（"+string(st.Case.AsOf)+"）", rows)
	if err != nil || d.Cases == nil {
		return f, err
	}
	l.Kind = LeavesComparison
	return f, d.Leave(ctx, st.Case.ID, l)
}

// Inquiries (索取报价) writes the inquiries for some offers, one file a vendor; without offers for all that is estimated or has no price. They
// carry the firm's name, so they leave by consent.
func (d *Desk) Inquiries(ctx context.Context, st *State, offers []string, l Leaving) ([]File, error) {
	if d.Letters == nil {
		return nil, survey.Fail(survey.CodeNotReady, "wizard.inquiry", "此程序不带询价函")
	}
	letters, err := recommend.LetterTo(&st.Bundle, st.Catalog, st.Case, recommend.QuantitiesOf(st.Assessment, st.Case), offers)
	if err != nil {
		return nil, err
	}
	if len(letters) == 0 {
		return nil, survey.Fail(survey.CodeNotReady, "wizard.inquiry", "没有要询价的产品")
	}
	var out []File
	for _, x := range letters {
		f, err := d.Letters.Inquiry(x)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	if d.Cases != nil {
		l.Kind = LeavesInquiry
		if err := d.Leave(ctx, st.Case.ID, l); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RepliesTaken tells what an import of a reply did.
type RepliesTaken struct {
	Taken    int      `json:"taken"`
	Problems []string `json:"problems"`
}

// ImportReply reads a vendor's 报价回执 into the quotes of a case. Rows that cannot be taken are named and change nothing; the good ones are kept.
func (d *Desk) ImportReply(ctx context.Context, id string, data []byte) (*State, RepliesTaken, error) {
	out := RepliesTaken{Problems: []string{}}
	if d.Letters == nil {
		return nil, out, survey.Fail(survey.CodeNotReady, "wizard.reply", "此程序不带询价函")
	}
	quotes, problems, err := d.Letters.Reply(data)
	if err != nil {
		return nil, out, err
	}
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		out = RepliesTaken{Problems: slices.Clone(problems)}
		for _, q := range quotes {
			if err := d.keepQuote(d.catalog(ctx), c, q); err != nil {
				out.Problems = append(out.Problems, fmt.Sprintf("%s：%s", clip(q.ID), survey.DetailOf(err)))
				continue
			}
			out.Taken++
		}
		return nil
	})
	return st, out, err
}
