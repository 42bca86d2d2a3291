package wizard

import (
	"context"
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// PolicyFor gives the pack that a case is computed under: the one recorded with it (the person's choice, or the one it was filed under),
// else the first that applies to the firm's region, else Policy. The note, "" when there is nothing to say, is for the person.
func (p Packs) PolicyFor(c *survey.Case) (pack *subsidy.Policy, note string) {
	if ref := c.Project.Policy; ref != "" {
		found := subsidy.Find(p.Policies, ref)
		if found == nil && p.Policy != nil && p.Policy.Is(ref) {
			found = p.Policy
		}
		if found == nil {
			return p.Policy, fmt.Sprintf("案卷记录的规则包 %s 不在本程序中，暂按 %s 测算", ref, p.Policy.Ref())
		}
		if newer := subsidy.Find(p.Policies, found.ID); newer != nil && newer.Version > found.Version {
			note = fmt.Sprintf("按案卷记录的规则包 %s 测算；已有新版 %s，可比较后改用", found.Ref(), newer.Ref())
		}
		return found, note
	}
	if fit := subsidy.For(p.Policies, c.Firm.Region); len(fit) > 0 {
		return fit[0], ""
	}
	if c.Firm.Region != "" && p.Policy != nil && !p.Policy.Applies(c.Firm.Region) {
		note = "没有收录企业所在地区的规则包，暂按“" + p.Policy.Title + "”测算"
	}
	return p.Policy, note
}

// claim computes the subsidy of a state under its pack, and what the other programmes that apply to the firm would give.
func (d *Desk) claim(st *State) {
	var note string
	if st.Policy, note = d.Packs.PolicyFor(st.Case); st.Policy == nil {
		return
	}
	st.Policies = d.Packs.Policies
	st.Claims = subsidy.Compute(st.Policy, st.Case, st.Assessment)
	if note != "" {
		st.Claims.Warnings = append([]string{note}, st.Claims.Warnings...)
	}
	st.Programmes = subsidy.Programmes(d.Packs.Policies, st.Policy, st.Case, st.Assessment)
}

// keepPolicy records the pack with its version under which a case is filed, so that it can be computed again under the same rules.
func (d *Desk) keepPolicy(ctx context.Context, st *State) (*State, error) {
	if st.Policy == nil || st.Case.Project.Policy == st.Policy.Ref() {
		return st, nil
	}
	return d.Edit(ctx, st.Case.ID, func(c *survey.Case) error {
		c.Project.Policy = st.Policy.Ref()
		return nil
	})
}
