package view

import "github.com/shangyuntong/shangyun/survey/wizard"

// ChangedSince tells what differs from the last request that was sent: which request it was, then at most so many changes in words.
func ChangedSince(w Words, sent wizard.Request, list []wizard.Difference, most int) []string {
	out := []string{w("history.since.sent", w("review.sent.revision", sent.Revision), Clock(sent.Sealed))}
	if len(list) == 0 {
		return append(out, w("history.since.none"))
	}
	for i, x := range list {
		if i == most {
			return append(out, w("history.since.more", len(list)-most))
		}
		out = append(out, wizard.Say(w).Difference(x))
	}
	return out
}
