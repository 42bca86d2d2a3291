package wizard

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// settingHeard is up to which number of which portal's feed this installation has listened.
const settingHeard = "portal.heard"

// heardTo is that place. The portal is named by its pinned key: another portal's numbers mean nothing.
type heardTo struct {
	Key string `json:"key"`
	Seq int64  `json:"seq"`
}

// Feed tells in the order of a number, never of a time, which requests of a device something happened to.
type Feed interface {
	// Changes gives the ids after a number, each as often as something happened, and the number to go on from; no ids: nothing yet.
	Changes(ctx context.Context, e submit.Enrolment, after int64) (ids []string, next int64, err error)
}

// News asks the portal once what happened since the last time, for all cases, and follows only the requests that something happened to.
// The place in the feed moves on only after everything before it is kept. It gives the ids of the cases that changed.
func (d *Desk) News(ctx context.Context) ([]string, error) {
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return nil, err
	}
	feed, ok := d.Sender.(Feed)
	follower, can := d.Sender.(Follower)
	if !ok || !can {
		return nil, errNoPortal
	}
	at, err := d.heardUpTo(ctx, *e)
	if err != nil {
		return nil, err
	}
	var changed []string
	for {
		ids, next, err := feed.Changes(ctx, *e, at.Seq)
		if err != nil || next <= at.Seq {
			return changed, err
		}
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			r, err := d.mine(ctx, id)
			if err != nil {
				return changed, err
			}
			if r == nil {
				continue // known to the portal from another laptop of the same device's past
			}
			if err := d.follow(ctx, follower, *e, *r); err != nil {
				return changed, err
			}
			if !slices.Contains(changed, r.CaseID) {
				changed = append(changed, r.CaseID)
			}
		}
		at.Seq = next
		if err := d.put(ctx, settingHeard, at); err != nil {
			return changed, err
		}
	}
}

func (d *Desk) heardUpTo(ctx context.Context, e submit.Enrolment) (heardTo, error) {
	at := heardTo{Key: submit.KeyID(e.Keys.Pinned)}
	raw, err := d.Settings.Setting(ctx, settingHeard)
	var kept heardTo
	if err == nil && json.Unmarshal([]byte(raw), &kept) == nil && kept.Key == at.Key {
		at = kept
	}
	return at, err
}

// mine finds the newest revision of a request that has its receipt here, nil when there is none.
func (d *Desk) mine(ctx context.Context, id string) (*Request, error) {
	all, err := d.Outbox.Revisions(ctx, id)
	if err != nil {
		return nil, survey.Wrap(survey.CodeOf(err), "wizard.news", err)
	}
	for i := range all {
		if all[i].Receipt != nil {
			return &all[i], nil
		}
	}
	return nil, nil
}
