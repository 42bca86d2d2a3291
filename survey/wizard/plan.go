package wizard

import (
	"context"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
)

// Need records the person's word on one need of the catalog: Yes must be covered, No is left out, Unknown follows the gaps.
func (d *Desk) Need(ctx context.Context, id, need string, want survey.Tri) (*State, error) {
	return d.Edit(ctx, id, func(c *survey.Case) error {
		setNeed(c, need, func(n *survey.NeedChoice) { n.Want = want })
		return nil
	})
}

// Offer pins (Yes) or bans (No) an offer, or takes either back (Unknown).
func (d *Desk) Offer(ctx context.Context, id, offer string, want survey.Tri) (*State, error) {
	return d.Edit(ctx, id, func(c *survey.Case) error {
		same := func(s string) bool { return s == offer }
		c.Plan.Pinned = slices.DeleteFunc(c.Plan.Pinned, same)
		c.Plan.Banned = slices.DeleteFunc(c.Plan.Banned, same)
		switch want {
		case survey.Yes:
			c.Plan.Pinned = append(c.Plan.Pinned, offer)
		case survey.No:
			c.Plan.Banned = append(c.Plan.Banned, offer)
		}
		return nil
	})
}

// Accept keeps the recommended bundle as the firm's plan, with the prices as they were shown. It is planned money: a 预测 that no
// application holds. Accepting the same bundle again changes nothing.
func (d *Desk) Accept(ctx context.Context, id string) (*State, error) {
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	if st.BundleError != nil {
		return nil, st.BundleError
	}
	if len(st.Bundle.Lines) == 0 {
		return nil, survey.Fail(survey.CodeNotReady, "wizard.accept", "还没有推荐方案，请先完成评测或选择需求")
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		c.Plan.Accepted = nil
		for _, l := range st.Bundle.Lines {
			c.Plan.Accepted = append(c.Plan.Accepted, survey.Chosen{
				Offer: l.Offer, Title: l.Vendor + " " + l.Title, Quantity: l.Quantity, FirstYear: l.FirstYear,
				PriceKind: l.PriceKind, Source: l.Source, Checked: l.Checked,
			})
		}
		return nil
	})
}

// Attach keeps a file as an attachment in a role, e.g. 营业执照 or 合同. The same bytes in the same role are kept once.
func (d *Desk) Attach(ctx context.Context, id, name, role, owner, mediaType string, data []byte) (*State, error) {
	const limit = 64 << 20
	switch {
	case len(data) == 0:
		return nil, survey.Fail(survey.CodeFileEmpty, "wizard.attach", "“%s”是空文件", clip(name))
	case len(data) > limit:
		return nil, survey.Fail(survey.CodeFileTooBig, "wizard.attach", "“%s”超过 64 MB", clip(name))
	}
	sha, err := d.Blobs.Put(ctx, data)
	if err != nil {
		return nil, err
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		for _, a := range c.Attachments {
			if a.SHA256 == sha && a.Role == role && a.For == owner {
				return nil
			}
		}
		c.Attachments = append(c.Attachments, survey.Attachment{
			ID: d.NewID(), Name: name, Role: role, For: owner, SHA256: sha, Size: int64(len(data)), Type: mediaType, Added: d.Now().UTC(),
		})
		return nil
	})
}
