package inventory

import "github.com/shangyuntong/shangyun/survey"

// Merged is what became of a register when other witnesses' machines were laid over it by
//
//	Merge(have, got []survey.Asset, newID func() string) Merged
//
// survey/wizard calls Merge with exactly this shape; conflicts are nouns of survey so that a case can keep them.
type Merged struct {
	Assets    []survey.Asset    // the whole register after merging
	At        []int             // for each proposal, in its own order, the line it came to
	Added     int               // lines added
	Changed   int               // known lines that gained a value
	Unchanged int               // known lines that gained nothing
	Changes   []Change          // every new line and every value gained, with its witness
	Conflicts []survey.Conflict // ID empty; fields on which a person's or an earlier word stays until settled
}
