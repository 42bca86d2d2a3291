package page

import (
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
	"github.com/shangyuntong/shangyun/ui/view"
)

// mutedToken is the colour of second words in a table.
const mutedToken = theme.Muted

// large tells whether the person reads large text, so that tables leave out what is said elsewhere too.
func large() bool { return theme.Scale() > 1.15 }

// kindOf gives the look of a tone.
func kindOf(t view.Tone) part.Kind {
	return map[view.Tone]part.Kind{view.Good: part.OK, view.Careful: part.Warn, view.Bad: part.Err, view.Under: part.Info}[t]
}
