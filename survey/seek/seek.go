// Package seek finds things by words: a few characters of what they are called, of what stands beside them, or the pinyin initials of their name
// ("lwl" finds 联网率). It knows nothing of what the things are and keeps no text but what it was handed.
package seek

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Entry is one thing that can be found.
type Entry struct {
	Kind  string `json:"kind"`            // what it is, e.g. "field"
	Title string `json:"title"`           // what it is called
	Note  string `json:"note,omitempty"`  // shown beside the title, found as well
	Words string `json:"-"`               // found as well, not shown
	To    string `json:"to,omitempty"`    // where it is: a path, a page or an id, as Kind says
	Extra string `json:"extra,omitempty"` // the whole text, when the title is only its beginning
}

// Index holds entries, ready to be searched.
type Index struct{ lines []line }

type line struct {
	Entry
	title, rest string // normalised
	sounds      []letters
}

// New prepares entries; among equals the earlier one comes first.
func New(entries []Entry) *Index {
	x := &Index{lines: make([]line, len(entries))}
	for i, e := range entries {
		x.lines[i] = line{Entry: e, title: survey.NormalizeText(e.Title), rest: survey.NormalizeText(e.Note + "\n" + e.Words + "\n" + e.Extra), sounds: soundsOf(e.Title)}
	}
	return x
}

// Find gives the entries in which each word of the query occurs, best first: in the title's beginning, in the title, in the initials, elsewhere.
// An empty query finds nothing. Limit 0 gives all.
func (x *Index) Find(query string, limit int) []Entry {
	words := strings.Fields(survey.NormalizeText(query))
	if len(words) == 0 {
		return nil
	}
	type hit struct{ at, rank int }
	var hits []hit
	for i := range x.lines {
		if rank, ok := x.lines[i].rank(words); ok {
			hits = append(hits, hit{i, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.rank, b.rank) })
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	out := make([]Entry, len(hits))
	for i, h := range hits {
		out[i] = x.lines[h.at].Entry
	}
	return out
}

// rank tells how well a line answers: the sum over the words, smaller is better.
func (l *line) rank(words []string) (sum int, ok bool) {
	for _, w := range words {
		switch at := strings.Index(l.title, w); {
		case l.title == w:
		case at == 0:
			sum++
		case at > 0:
			sum += 2
		default:
			from := sounding(l.sounds, w)
			switch {
			case from == 0:
				sum += 3
			case from > 0:
				sum += 4
			case strings.Contains(l.rest, w):
				sum += 5
			default:
				return 0, false
			}
		}
	}
	return sum, true
}
