package view

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Sent is one request of the outbox.
type Sent struct {
	Request       wizard.Request
	State         string
	Tone          Tone
	Title, Sealed string
	Problem       error  // why the last attempt failed; nil when it did not
	Retry         bool   // it may be sent again as it is
	Number, At    string // of the receipt
}

// Outbox lists the requests of a kind, newest first.
func Outbox(w Words, st *wizard.State, kind submit.Kind) []Sent {
	var out []Sent
	for _, r := range st.Requests {
		if r.Kind != kind {
			continue
		}
		s := Sent{Request: r, State: w("request." + string(r.State)), Title: w("review.sent.revision", r.Revision), Sealed: Clock(r.Sealed)}
		switch {
		case r.Receipt != nil:
			s.Tone, s.Number, s.At = Good, r.Receipt.Number, Clock(r.Receipt.ReceivedAt)
			if r.State == submit.StateReturned || r.State == submit.StateRejected {
				s.Tone = Bad
			}
		case r.Problem != "":
			s.Tone, s.Problem = Bad, &survey.Error{Code: survey.Code(r.Problem), Op: "outbox", Detail: r.Detail}
			s.Retry = true
		default:
			s.Tone, s.Retry = Careful, true
		}
		out = append(out, s)
	}
	return out
}

// Operators are the vendors of the accepted offers; a request to one of them names none of the others.
func Operators(st *wizard.State) []Pick {
	var out []Pick
	for _, o := range acceptedLines(st) {
		if !slices.ContainsFunc(out, func(p Pick) bool { return p.Value == o.vendor }) {
			out = append(out, Pick{Value: o.vendor, Text: o.vendor})
		}
	}
	return out
}

// OperatorOffers are the accepted offers of one operator, without their prices.
func OperatorOffers(st *wizard.State, operator string) []Pick {
	var out []Pick
	for _, o := range acceptedLines(st) {
		if o.vendor == operator && operator != "" {
			out = append(out, Pick{Value: o.id, Text: o.title})
		}
	}
	return out
}

type acceptedLine struct{ id, vendor, title string }

// acceptedLines are the accepted offers that the present bundle still holds, since only there the vendor is known.
func acceptedLines(st *wizard.State) []acceptedLine {
	var out []acceptedLine
	for _, k := range st.Case.Plan.Accepted {
		for _, l := range st.Bundle.Lines {
			if l.Offer == k.Offer {
				out = append(out, acceptedLine{l.Offer, l.Vendor, l.Title})
			}
		}
	}
	return out
}

// DevicePicks are the machines of the register that can be connected, with how many and by which protocol.
func DevicePicks(w Words, c *survey.Case) []Pick {
	var out []Pick
	for _, a := range c.Assets {
		note := w("review.device.count", a.Count)
		if len(a.Protocols) > 0 {
			note += " · " + strings.Join(a.Protocols, "、")
		}
		out = append(out, Pick{Value: a.ID, Text: strings.TrimSpace(a.Name + " " + a.Nameplate.Model), Note: note})
	}
	return out
}

// Parcel is what would leave: to whom, which parts, which files, and what stays here.
type Parcel struct {
	Recipient string
	Sections  []FormSection
	Files     []ReviewFact // name and size
	Total     string
	Never     []string
}

// ParcelOf lists what would be sent; papers are the documents made for it. Attachments go along with an application only.
func ParcelOf(w Words, st *wizard.State, kind submit.Kind, papers []wizard.File) Parcel {
	p := Parcel{Recipient: w("review.parcel.nobody"), Sections: FormSections(st, FormOf(st, kind))}
	if st.Enrolment != nil {
		p.Recipient = st.Enrolment.Portal + "（" + st.Enrolment.Address + "）"
	}
	var total int64
	for _, f := range papers {
		total += int64(len(f.Data))
		p.Files = append(p.Files, ReviewFact{f.Name, FileSize(int64(len(f.Data)))})
	}
	if kind == submit.Application {
		for _, a := range st.Case.Attachments {
			total += a.Size
			p.Files = append(p.Files, ReviewFact{a.Role + " · " + a.Name, FileSize(a.Size)})
		}
	}
	p.Total = w("review.parcel.total", len(p.Files), FileSize(total))
	keys := []string{"prices", "forecast", "trace"}
	if kind == submit.Onboarding {
		keys = []string{"bank", "identity", "finance", "rivals"}
	}
	for _, k := range keys {
		p.Never = append(p.Never, w("review.never."+k))
	}
	return p
}

// ReviewTodos lists what stands against sending a kind of request and what would help: findings, missing papers and entries that cannot be taken.
func ReviewTodos(w Words, st *wizard.State, kind submit.Kind, reason func(error) string) []Todo {
	var out []Todo
	paths := make([]string, 0, len(st.Problems))
	for path := range st.Problems {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		out = append(out, Todo{Text: reason(st.Problems[path]), Note: w("review.draft", survey.MaskDraft(path, st.Case.Drafts[path])), Jump: path, Must: true})
	}
	return append(out, Todos(w, FormOf(st, kind))...)
}

// Unexplained names the items whose declared answer differs from the register and was not explained.
func Unexplained(st *wizard.State) []string {
	var out []string
	for _, d := range st.Assessment.Differences {
		if strings.TrimSpace(d.Explained) == "" {
			out = append(out, d.Item)
		}
	}
	return out
}

// Musts counts the 必改 among todos.
func Musts(todos []Todo) int {
	n := 0
	for _, t := range todos {
		if t.Must {
			n++
		}
	}
	return n
}
