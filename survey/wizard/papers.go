package wizard

import (
	"context"
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Papers makes the documents of a request from the case as it stands: 申报书.docx, 申报书.pdf, 汇总表.xlsx and the request's JSON, all
// from one data set. Equal cases give equal bytes.
func (d *Desk) Papers(ctx context.Context, id string, kind submit.Kind) ([]File, error) {
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.PapersOf(st, kind)
}

// PapersOf is Papers of a state that is at hand; it touches no store.
func (d *Desk) PapersOf(st *State, kind submit.Kind) ([]File, error) {
	files, _, err := d.papers(st, kind, d.revision(st.Requests, kind))
	return files, err
}

func (d *Desk) papers(st *State, kind submit.Kind, revision int) ([]File, []byte, error) {
	if d.Filler == nil {
		return nil, nil, survey.Fail(survey.CodeNotReady, "wizard.papers", "此程序不带文书生成")
	}
	in := d.input(st, revision)
	form := apply.Fill(in)
	if kind == submit.Onboarding {
		form = apply.FillOnboarding(in)
	}
	doc, err := apply.RequestJSON(in, form)
	if err != nil {
		return nil, nil, err
	}
	files, err := d.Filler.Fill(form, doc)
	return files, doc, err
}

// FileNames lists the names of files for the log.
func FileNames(files []File) string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	return strings.Join(names, "、")
}

// ConsentText is the sentence that the person agrees to before anything leaves: what, to whom, for what.
func ConsentText(kind submit.Kind, recipient string) string {
	if kind == submit.Onboarding {
		return fmt.Sprintf("同意把企业名称、信用代码、所在地区、联系人、所选产品、待接入设备及协议、网络情况和希望的时间发给“%s”，只用于上云对接；不含银行账户、证件、财务数据和其他供应商的报价。", recipient)
	}
	return fmt.Sprintf("材料真实、完整，费用未在别处重复申报；同意把申报书、汇总表、评测结果、费用明细和所附证明材料发给“%s”，只用于本次申报。", recipient)
}

// Agree records the person's consent to send one kind of request to the enrolled portal.
func (d *Desk) Agree(ctx context.Context, id string, kind submit.Kind) (*State, error) {
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return nil, err
	}
	text := ConsentText(kind, e.Portal)
	return d.Edit(ctx, id, func(c *survey.Case) error {
		if consent(c, kind, e.Portal) != nil {
			return nil
		}
		c.Consents = append(c.Consents, survey.Consent{
			ID: d.NewID(), Kind: string(kind), Recipient: e.Portal, Text: text, By: d.By, At: d.Now().UTC(),
		})
		return nil
	})
}

func consent(c *survey.Case, kind submit.Kind, recipient string) *survey.Consent {
	for i := range c.Consents {
		k := &c.Consents[i]
		if k.Kind == string(kind) && k.Recipient == recipient && k.Text == ConsentText(kind, recipient) {
			return k
		}
	}
	return nil
}
