package view

import (
	"strconv"

	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// ReturnedAt gives what the portal returned at the field of a path, nil for nothing.
func ReturnedAt(st *wizard.State, path string) *wizard.Returned {
	for i := range st.Returned {
		if st.Returned[i].Path == path {
			return &st.Returned[i]
		}
	}
	return nil
}

// ReturnedText says why a place was returned.
func ReturnedText(w Words, r wizard.Returned) string {
	return w("returned.text", w("returned."+r.Reason.Code), r.Reason.Text)
}

// ReturnedTodos lists the places of a kind that the portal returned, each with the way to its field.
func ReturnedTodos(w Words, st *wizard.State, kind submit.Kind) []Todo {
	var out []Todo
	for _, r := range st.Returned {
		if r.Kind != kind {
			continue
		}
		label := r.Label
		if label == "" {
			label = w("returned.whole")
		}
		out = append(out, Todo{Text: label, Note: ReturnedText(w, r), Jump: r.Path})
	}
	return out
}

// AnswerLines says what the platform operator answered, oldest first.
func AnswerLines(w Words, r wizard.Request) []ReviewFact {
	var out []ReviewFact
	for _, a := range r.Said().Answers {
		text := w("answer." + string(a.Step))
		if a.QuoteFen != "" {
			text += " " + w("answer.quote", quote(a.QuoteFen))
		}
		if a.GoLive != "" {
			text += " " + w("answer.live.at", a.GoLive, a.Months)
		}
		if a.Note != "" {
			text += "　" + a.Note
		}
		out = append(out, ReviewFact{a.Operator, text})
	}
	return out
}

// quote prints the operator's whole fen in yuan.
func quote(fen string) string {
	n, err := strconv.ParseInt(fen, 10, 64)
	if err != nil {
		return fen
	}
	return money.Fen(n).String()
}
