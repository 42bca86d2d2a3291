package wizard

import (
	"context"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// BulkFields are the fields of a machine that may be set on many lines at once: what whole lines of machines share, never what tells one from
// another.
func BulkFields() []string {
	return []string{"class", "use", "counted", "workshop", "line", "process", "keyStep", "numeric", "digital", "networked", "network", "via", "control", "onCloud", "platform", "dataGrade", "category", "bought", "note"}
}

// SetMany writes one field of many machines in one save, so that one undo takes all of it back. A value that cannot be taken changes nothing.
func (d *Desk) SetMany(ctx context.Context, id string, assets []string, field, raw string) (*State, error) {
	if !slices.Contains(BulkFields(), field) {
		return nil, survey.Fail(survey.CodeUnknownItem, "wizard.many", "“%s”不能成批填写，可用：%s", clip(field), strings.Join(BulkFields(), "、"))
	}
	if len(assets) == 0 {
		return nil, survey.Fail(survey.CodeNothingMarked, "wizard.many", "没有选中设备")
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		at := map[string]int{}
		for i := range c.Assets {
			at[c.Assets[i].ID] = i
		}
		for _, key := range assets {
			i, ok := at[key]
			if !ok {
				return survey.Fail(survey.CodeUnknownItem, "wizard.many", "没有设备 %s", clip(key))
			}
			one := &survey.Case{Assets: c.Assets[i : i+1 : i+1]} // looked at alone: the way to a line costs the same for each
			path := "assets." + key + "." + field
			if err := put(one, path, raw, d.By, d.Now()); err != nil {
				return err
			}
			delete(c.Drafts, path)
		}
		return nil
	})
}

// RemoveMany takes many machines out in one save.
func (d *Desk) RemoveMany(ctx context.Context, id string, assets []string) (*State, error) {
	if len(assets) == 0 {
		return nil, survey.Fail(survey.CodeNothingMarked, "wizard.many", "没有选中设备")
	}
	gone := map[string]bool{}
	for _, key := range assets {
		gone[key] = true
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		drop(&c.Assets, func(a survey.Asset) bool { return gone[a.ID] })
		drop(&c.Conflicts, func(x survey.Conflict) bool { return gone[x.Asset] })
		for path := range c.Drafts {
			if _, err := find(c, path, true); err != nil {
				delete(c.Drafts, path)
			}
		}
		return nil
	})
}
