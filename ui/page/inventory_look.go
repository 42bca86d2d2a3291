package page

import (
	"github.com/shangyuntong/shangyun/survey/scan"
)

// look is a look at the network with what it was asked and what it found. It outlives the page, which a change of language or style makes
// anew: the page that is there shows it.
type look struct {
	tab *scanTab // the one that shows it

	// What the person typed, also before there was a look.
	targets, exclude, gateway, community, profile string
	third                                         bool // SNMPv3 instead of a community
	user, auth, priv                              string

	order     scan.Order
	plan      scan.Plan
	firm      string // id of the case that the look belongs to
	listening bool   // nothing is asked
	running   bool
	stopping  bool
	last      scan.Event // with the latest progress
	hosts     []scan.Host
	report    *scan.Report
	notes     []string

	ticked, apart map[string]bool // of the finds
}

const keptLook = "look"

// kept gives the look that an earlier page began, or a new one.
func (t *scanTab) kept() *look {
	l, _ := t.a.Remembered(keptLook).(*look)
	if l == nil {
		l = &look{profile: string(scan.ProfileOT)}
		t.a.Remember(keptLook, l)
	}
	l.tab = t
	return l
}

// begin makes room for a new look.
func (l *look) begin(firm string, listening bool) {
	l.running, l.stopping, l.listening, l.firm = true, false, listening, firm
	l.last, l.hosts, l.report, l.notes = scan.Event{}, nil, nil, nil
}

// forget drops everything that belongs to a firm; where the computer hangs stays.
func (l *look) forget() {
	l.begin("", false)
	l.running, l.order, l.plan = false, scan.Order{}, scan.Plan{}
	l.community, l.user, l.auth, l.priv, l.third = "", "", "", "", false
}

// event takes one piece of news and tells whether the finds changed, and whether there is something new to read.
func (l *look) event(e scan.Event) (finds, notes bool) {
	switch e.Kind {
	case scan.EventHost:
		finds = true
		for i := range l.hosts {
			if l.hosts[i].Key() == e.Host.Key() {
				l.hosts[i] = *e.Host
				return finds, false
			}
		}
		l.hosts = append(l.hosts, *e.Host)
	case scan.EventNote:
		l.notes = append(l.notes, e.Text)
		notes = true
	case scan.EventProgress:
		l.last = e
	}
	return finds, notes
}
