package view

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// PackRow is one rule pack that the program works with: its kind, title and how far it is verified.
type PackRow struct{ Kind, Title, Status string }

// PackRows lists questionnaire, level rule, policy and catalog. A pack that is not there is left out.
func PackRows(w Words, p wizard.Packs) []PackRow {
	var out []PackRow
	if q := p.Questions; q != nil {
		out = append(out, PackRow{w("settings.pack.questions"), join(q.Title, q.DocNo, q.Date.Chinese()), q.Status},
			PackRow{w("settings.pack.rule"), q.Edition, q.Rule.Status})
	}
	if y := p.Policy; y != nil {
		out = append(out, PackRow{w("settings.pack.policy"), y.Title, y.Validity})
	}
	if c := p.Catalog; c != nil {
		out = append(out, PackRow{w("settings.pack.catalog"), join(c.Title, w("settings.pack.offers", len(c.Offers))), join(w("settings.pack.date", c.Date.Chinese()), c.Sponsor)})
	}
	return out
}

func join(words ...string) string {
	var kept []string
	for _, s := range words {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " · ")
}

// Enrolled says which portal is enrolled, as pairs of a key and its value.
func Enrolled(w Words, e *submit.Enrolment) [][2]string {
	return [][2]string{
		{w("settings.portal.name"), e.Portal}, {w("settings.portal.address"), e.Address}, {w("settings.portal.fingerprint"), submit.Fingerprint(e.Keys.Pinned)},
		{w("settings.portal.device"), e.DeviceID},
	}
}
