package wizard

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Note writes a note; role is survey.RoleVisit or survey.RoleCheck. An empty text is refused.
func (d *Desk) Note(ctx context.Context, id, role, about, text string) (*State, error) {
	if role != survey.RoleVisit && role != survey.RoleCheck {
		return nil, survey.Fail(survey.CodeUnknownItem, "wizard.note", "没有“%s”这种记录", clip(role))
	}
	text, err := parseText(text)
	if err != nil {
		return nil, err
	}
	if text == "" {
		return nil, survey.Fail(survey.CodeField, "wizard.note", "记录不能是空的")
	}
	n := survey.Remark{About: about, Text: text, By: d.By, At: d.Now().UTC()}
	data, err := json.Marshal(n)
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "wizard.note", err)
	}
	return d.Attach(ctx, id, role+"-"+n.At.Format("20060102-150405")+".json", role, about, "application/json", data)
}

// Notes reads the notes of a role, oldest first. One whose bytes are not on this computer is left out.
func (d *Desk) Notes(ctx context.Context, c *survey.Case, role string) ([]survey.Remark, error) {
	out := []survey.Remark{}
	for _, a := range c.Attachments {
		if a.Role != role {
			continue
		}
		data, err := d.Blobs.Get(ctx, a.SHA256)
		if survey.CodeOf(err) == survey.CodeUnknownItem {
			continue
		}
		if err != nil {
			return nil, err
		}
		var n survey.Remark
		if json.Unmarshal(data, &n) != nil { // it came from elsewhere: its name says something at least
			n = survey.Remark{Text: a.Name, At: a.Added}
		}
		n.ID, n.About = a.ID, a.For
		n.Text = strings.TrimSpace(n.Text)
		out = append(out, n)
	}
	slices.SortStableFunc(out, func(a, b survey.Remark) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}
