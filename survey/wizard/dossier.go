package wizard

import (
	"context"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// GuideFor gives the guide of the portal where a policy is filed: its own, else the general one; nil when there is none.
func (p Packs) GuideFor(policy *subsidy.Policy) *apply.Guide {
	var general *apply.Guide
	for _, g := range p.Portals {
		switch {
		case policy != nil && slices.Contains(g.Policies, policy.ID):
			return g
		case len(g.Policies) == 0:
			general = g
		}
	}
	return general
}

// Dossier fills every paper of the application; nothing is written.
func (st *State) Dossier() apply.Dossier { return apply.NewDossier(st.filing()) }

// Tasks lists the steps towards handing in and the duties after the award.
func (st *State) Tasks() []apply.Task { return apply.Tasks(st.filing()) }

// filing is what the papers of the application are filled from, as its next revision.
func (st *State) filing() apply.Input {
	var d *Desk // neither verb looks at its desk
	return d.input(st, d.revision(st.Requests, submit.Application))
}

// DossierOf writes the 材料包 of a state that is at hand: the papers and, with blobs at hand, the files of the case, all named 市-企业-序号-名称.
// Files that are not on this computer are named in absent; the package is then not whole.
func (d *Desk) DossierOf(ctx context.Context, st *State) (files []File, absent []string, err error) {
	if d.Dossiers == nil {
		return nil, nil, survey.Fail(survey.CodeNotReady, "wizard.dossier", "此程序不带材料包生成")
	}
	in := st.filing()
	whole := apply.NewDossier(in)
	doc, err := apply.RequestJSON(in, whole.Form)
	if err != nil {
		return nil, nil, err
	}
	if files, err = d.Dossiers.Dossier(whole, apply.Tasks(in), doc); err != nil {
		return nil, nil, err
	}
	for _, p := range whole.Packing {
		if p.Attachment == nil {
			continue
		}
		a := p.Attachment
		if d.Blobs == nil {
			absent = append(absent, p.File)
			continue
		}
		data, err := d.Blobs.Get(ctx, a.SHA256)
		switch {
		case survey.CodeOf(err) == survey.CodeUnknownItem:
			absent = append(absent, p.File)
			continue
		case err != nil:
			return nil, nil, err
		}
		files = append(files, File{Name: p.File, Role: a.Role, Type: a.Type, Data: data})
	}
	return files, absent, nil
}

// TakeDossier is DossierOf for writing it to files, after the consent.
func (d *Desk) TakeDossier(ctx context.Context, id string, l Leaving) ([]File, []string, error) {
	l.Kind = LeavesDossier
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	files, absent, err := d.DossierOf(ctx, st) // first: what cannot be made does not leave
	if err != nil {
		return nil, nil, err
	}
	return files, absent, d.Leave(ctx, id, l)
}

// Calendar gives the reminders of a state that is at hand as an .ics file.
func (d *Desk) Calendar(st *State) (File, error) {
	if d.Dossiers == nil {
		return File{}, survey.Fail(survey.CodeNotReady, "wizard.calendar", "此程序不带日历生成")
	}
	return d.Dossiers.Calendar(st.Tasks(), st.Application), nil
}

// TakeCalendar is Calendar for writing it to a file, after the consent.
func (d *Desk) TakeCalendar(ctx context.Context, id string, l Leaving) ([]File, error) {
	l.Kind = LeavesTasks
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	f, err := d.Calendar(st)
	if err != nil {
		return nil, err
	}
	return []File{f}, d.Leave(ctx, id, l)
}

// Tick notes that a task is done, or open again. It fails with E0106 for a key that is no task.
func (d *Desk) Tick(ctx context.Context, id, key string, done bool) (*State, error) {
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(st.Tasks(), func(t apply.Task) bool { return t.Tick() == key }) {
		return nil, survey.Fail(survey.CodeUnknownItem, "wizard.tick", "没有事项 %s", clip(key))
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		list := slices.DeleteFunc(slices.Clone(c.Project.Steps), func(s string) bool { return s == key })
		if done {
			list = append(list, key)
			slices.Sort(list)
		}
		if c.Project.Steps = list; len(list) == 0 {
			c.Project.Steps = nil
		}
		return nil
	})
}
