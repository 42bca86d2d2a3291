package part

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Points are paragraphs with a dot or, numbered, with 1. 2. 3. before each.
func Points(numbered bool, texts []string) *fyne.Container {
	list := VStack(6)
	for i, s := range texts {
		mark := "•"
		if numbered {
			mark = strconv.Itoa(i+1) + "."
		}
		list.Add(container.New(keyLayout{24}, Colored(mark, theme.SizeStep, theme.Accent, true), Body(s)))
	}
	return list
}
