package page

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// wordChips is a field that holds several words of a list, one chip each: a tap saves them. Words that the list does not know stay. The
// chips are made anew only when the list changes, so that the keyboard stays where it is.
type wordChips struct {
	a     Actions
	path  string
	place *part.Slot
	list  []view.Pick
	have  []string
	chips []*part.Chip
}

func newWordChips(a Actions, path string) *wordChips {
	return &wordChips{a: a, path: path, place: part.NewSlot(nil)}
}

// show brings the chips up to date.
func (c *wordChips) show(list []view.Pick, have []string) *wordChips {
	c.have = have
	if c.chips == nil || !slices.Equal(c.list, list) {
		c.make(list)
	}
	for i, k := range c.list {
		c.chips[i].Set(slices.Contains(have, k.Value))
	}
	return c
}

func (c *wordChips) make(list []view.Pick) {
	c.list, c.chips = list, nil
	row := part.Flow(8)
	for _, k := range list {
		chip := part.NewChip(k.Text, k.Note, false, func(on bool) { c.turn(k.Value, on) })
		c.chips = append(c.chips, chip)
		row.Add(chip)
	}
	c.place.Set(row)
}

func (c *wordChips) turn(word string, on bool) {
	words := slices.DeleteFunc(slices.Clone(c.have), func(w string) bool { return w == word })
	if on {
		words = append(words, word)
	}
	c.a.Set(c.path, strings.Join(words, "、"))
}
