package view

import (
	"strconv"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// QueueRow is one request that waits to be sent.
type QueueRow struct {
	Title, Note, State string
	Tone               Tone
	Problem            error // why the last attempt failed; nil when it did not
}

// QueueRows lists what waits to be sent, of all cases.
func QueueRows(w Words, all []wizard.Waiting) []QueueRow {
	var out []QueueRow
	for _, q := range all {
		row := QueueRow{Title: w("outbox.row", q.Firm, w("kind."+string(q.Kind)), q.Revision), State: w("request." + string(q.State)), Tone: Careful}
		switch {
		case q.Held:
			row.Note, row.Tone = w("outbox.tries", q.Attempts, w("outbox.held")), Bad
		case q.Rest > 0:
			row.Note = w("outbox.tries", q.Attempts, w("outbox.rest", restText(w, q.Rest)))
		default:
			row.Note = w("outbox.tries", q.Attempts, w("outbox.rest.now"))
		}
		if q.Problem != "" {
			row.Problem = &survey.Error{Code: survey.Code(q.Problem), Op: "outbox", Detail: q.Detail}
		}
		out = append(out, row)
	}
	return out
}

func restText(w Words, d time.Duration) string {
	if d < 2*time.Minute {
		return w("outbox.seconds", int(d.Round(time.Second).Seconds()))
	}
	return w("outbox.minutes", int(d.Round(time.Minute).Minutes()))
}

// RateOptions are the bounds of the upload that can be chosen, value and words; now is the one that is set.
func RateOptions(w Words, rate int64) (options [][2]string, now string) {
	for _, v := range []string{"0", "100000", "500000", "2000000"} {
		options = append(options, [2]string{v, w("outbox.rate." + v)})
	}
	now = strconv.FormatInt(rate, 10)
	for _, o := range options {
		if o[0] == now {
			return options, now
		}
	}
	return append(options, [2]string{now, FileSize(rate) + "/s"}), now
}

// Uploading says how far a sending is: the file on its way, and all of them, with the fraction of the whole (negative: unknown).
func Uploading(w Words, p submit.Progress) (string, float64) {
	fraction := -1.0
	if p.Total > 0 {
		fraction = float64(p.All) / float64(p.Total)
	}
	if p.File == "" {
		return w("review.busy.bytes", FileSize(p.All), FileSize(p.Total)), fraction
	}
	return w("outbox.file", p.File, FileSize(p.Done), FileSize(p.Size), FileSize(p.All), FileSize(p.Total)), fraction
}
