package wizard

import (
	"context"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// Split parts n machines of a line off into a line of their own, right behind it, and gives the new line's id. Undo takes it back.
func (d *Desk) Split(ctx context.Context, id, asset string, n int) (*State, string, error) {
	key := d.NewID()
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		i, err := assetAt(c, asset)
		if err != nil {
			return err
		}
		rest, apart, err := inventory.Split(c.Assets[i], n, func() string { return key })
		if err != nil {
			return err
		}
		said := d.person("拆分设备")
		rest.Evidence = append(slices.Clone(rest.Evidence), said)
		apart.Evidence = append(apart.Evidence, said)
		c.Assets[i] = rest
		c.Assets = slices.Insert(c.Assets, i+1, apart)
		return nil
	})
	return st, key, err
}

// Unmerge takes witness number i (from 0, as Asset.Evidence lists them) out of a line and makes a line of what it said, right behind.
// Conflicts that it raised go with it. Undo takes it back.
func (d *Desk) Unmerge(ctx context.Context, id, asset string, i int) (*State, string, error) {
	key := d.NewID()
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		at, err := assetAt(c, asset)
		if err != nil {
			return err
		}
		line := c.Assets[at]
		rest, apart, err := inventory.Unmerge(line, i, func() string { return key })
		if err != nil {
			return err
		}
		gone := line.Evidence[i]
		c.Assets[at] = rest
		c.Assets = slices.Insert(c.Assets, at+1, apart)
		drop(&c.Conflicts, func(x survey.Conflict) bool {
			return x.Asset == asset && x.Evidence.Source == gone.Source && x.Evidence.By == gone.By && x.Evidence.Ref == gone.Ref
		})
		return nil
	})
	return st, key, err
}

// Join makes one line of two that the person says are the same machine; what points to the other points to the first then. Fields on which
// they differ become conflicts, side by side. Undo takes it back.
func (d *Desk) Join(ctx context.Context, id, asset, other string) (*State, error) {
	return d.Edit(ctx, id, func(c *survey.Case) error {
		i, err := assetAt(c, asset)
		if err != nil {
			return err
		}
		j, err := assetAt(c, other)
		if err != nil {
			return err
		}
		if i == j {
			return survey.Fail(survey.CodeField, "wizard.join", "请选两行不同的设备")
		}
		line, conflicts := inventory.Join(c.Assets[i], c.Assets[j])
		c.Assets[i] = line
		c.Assets = slices.Delete(c.Assets, j, j+1)
		d.dispute(c, conflicts)
		repoint(c, other, asset)
		return nil
	})
}

func assetAt(c *survey.Case, id string) (int, error) {
	i := slices.IndexFunc(c.Assets, func(a survey.Asset) bool { return a.ID == id })
	if i < 0 {
		return 0, survey.Fail(survey.CodeUnknownItem, "wizard.asset", "没有这一行设备")
	}
	return i, nil
}

// dispute adds the conflicts that are not known yet.
func (d *Desk) dispute(c *survey.Case, list []survey.Conflict) {
	for _, x := range list {
		known := slices.ContainsFunc(c.Conflicts, func(k survey.Conflict) bool { return k.Asset == x.Asset && k.Field == x.Field && k.Got == x.Got })
		if !known {
			x.ID = d.NewID()
			c.Conflicts = append(c.Conflicts, x)
		}
	}
}

// repoint leads everything that speaks of one line to another one.
func repoint(c *survey.Case, from, to string) {
	for i := range c.Conflicts {
		if c.Conflicts[i].Asset == from {
			c.Conflicts[i].Asset = to
		}
	}
	if i := slices.Index(c.Onboarding.Assets, from); i >= 0 {
		c.Onboarding.Assets = slices.Delete(c.Onboarding.Assets, i, i+1)
		if !slices.Contains(c.Onboarding.Assets, to) {
			c.Onboarding.Assets = slices.Insert(c.Onboarding.Assets, i, to)
		}
	}
	for i := range c.Invoices {
		for j := range c.Invoices[i].Lines {
			if l := &c.Invoices[i].Lines[j]; l.Asset == from {
				l.Asset = to
			}
		}
	}
	for i := range c.Attachments {
		if c.Attachments[i].For == from {
			c.Attachments[i].For = to
		}
	}
	for path, raw := range c.Drafts {
		if tail, ok := strings.CutPrefix(path, "assets."+from+"."); ok {
			delete(c.Drafts, path)
			if _, taken := c.Drafts["assets."+to+"."+tail]; !taken {
				c.Drafts["assets."+to+"."+tail] = raw
			}
		}
	}
}
