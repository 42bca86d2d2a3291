package wizard

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"sync"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// BatchCase is one exchange file, or one line of a JSON-lines file, as it was read; Err tells why it could not be.
type BatchCase struct {
	File string
	Row  int // line of a JSON-lines file, 0 for a file of its own
	Text string
	Err  error
}

// Batch scores many cases on as many workers as jobs says and gives one line for each, in the order they came. A case that cannot be read
// gives a line with its code and stops nothing. Tell, when given, hears how many are done, one at a time. Cancelling ends it with E0003.
// No store is touched.
func (d *Desk) Batch(ctx context.Context, cases iter.Seq[BatchCase], jobs int, tell func(done int)) ([]assess.Line, error) {
	type work struct {
		at int
		in BatchCase
	}
	type done struct {
		at   int
		line assess.Line
	}
	todo, ready := make(chan work, 8*max(jobs, 1)), make(chan done, 8*max(jobs, 1)) // a case is done in less time than two goroutines take to meet
	var workers sync.WaitGroup
	for range max(jobs, 1) {
		workers.Go(func() {
			for w := range todo {
				ready <- done{w.at, d.line(w.in)}
			}
		})
	}
	go func() { // ends with the cases or the context; the loop below waits for it
		n := 0
		for in := range cases {
			if ctx.Err() != nil {
				break
			}
			todo <- work{n, in}
			n++
		}
		close(todo)
		workers.Wait()
		close(ready)
	}()
	var out []assess.Line
	count := 0
	for x := range ready {
		for len(out) <= x.at {
			out = append(out, assess.Line{})
		}
		out[x.at] = x.line
		if count++; tell != nil {
			tell(count)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, survey.Wrap(survey.CodeCancelled, "wizard.batch", err)
	}
	return out, nil
}

func (d *Desk) line(in BatchCase) assess.Line {
	var c *survey.Case
	err := in.Err
	if err == nil {
		c, err = survey.DecodeCaseText(in.Text)
	}
	if err != nil {
		return assess.Line{File: in.File, Row: in.Row, Code: survey.CodeOf(err), At: brokenAt(in, err), Error: reason(err)}
	}
	l := assess.LineOf(d.Packs.Questions, c)
	l.File, l.Row = in.File, in.Row
	return l
}

// brokenAt gives the line inside a file at which its JSON breaks, 0 when that is not known.
func brokenAt(in BatchCase, err error) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(0)
	switch {
	case in.Row > 0:
		return in.Row
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	default:
		return 0
	}
	return 1 + strings.Count(in.Text[:min(max(offset, 0), int64(len(in.Text)))], "\n")
}

// reason gives what is wrong in one line, without the path of the program.
func reason(err error) string {
	if s := survey.DetailOf(err); s != "" {
		return s
	}
	var e *survey.Error
	if errors.As(err, &e) && e.Err != nil {
		return strings.TrimPrefix(e.Err.Error(), "json: ")
	}
	return err.Error()
}
