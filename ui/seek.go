package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/shangyuntong/shangyun/survey/seek"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// findKey is Ctrl+K.
var findKey = &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault}

// The kinds of what is found beside a case.
const (
	foundPage = "page"
	foundTerm = "term"
	foundHelp = "help"
	foundCase = "case"
)

// mostFound bounds what a search shows; more words find less.
const mostFound = 60

// findByKey searches by Ctrl+K, also while an entry has the focus; true when it was that key.
func (u *UI) findByKey(k fyne.Shortcut) bool {
	if c, ok := k.(*desktop.CustomShortcut); !ok || *c != *findKey {
		return false
	}
	u.Seek()
	return true
}

// Seek opens the search over everything. The cases come from the case file beside it and are found as soon as they are there.
func (u *UI) Seek() {
	if u.locked || u.key == KeyGuard || u.win.Canvas().Overlays().Top() != nil {
		return
	}
	u.leave()
	places := u.places()
	index := seek.New(places)
	var shown []seek.Entry
	palette := part.NewPalette(part.Finder{Title: u.T("find.title"), Hint: u.T("find.hint"), Find: func(words string) []part.Option {
		shown = index.Find(words, mostFound)
		out := make([]part.Option, len(shown))
		for i, e := range shown {
			out[i] = part.Option{Text: u.T("find.row", u.T("find.kind."+e.Kind), e.Title), Note: e.Note}
		}
		return out
	}, Take: func(i int) { u.reach(shown[i]) }})
	palette.ShowOn(u.win.Canvas())
	var all *seek.Index
	u.loop.Add(func(ctx context.Context) {
		found, err := u.cfg.Desk.Search(ctx, wizard.Query{})
		if err != nil {
			return // the 工作台 tells what is wrong with the case file
		}
		for _, e := range found.Entries {
			places = append(places, seek.Entry{Kind: foundCase, Title: e.Name, Note: e.CreditCode, Words: e.ID, To: e.ID})
		}
		all = seek.New(places)
	}, func() {
		if all != nil {
			index = all
			palette.Again()
		}
	})
}

// places are all places but the other cases: the open case's first, then the pages, then the help.
func (u *UI) places() []seek.Entry {
	var out []seek.Entry
	add := func(key, title string) { out = append(out, seek.Entry{Kind: foundPage, Title: title, To: key}) }
	add(KeyHome, u.T("find.page.home"))
	if u.state != nil {
		for _, step := range wizard.Steps() {
			add(string(step), u.T("step."+string(step)))
		}
	}
	add(KeySettings, u.T("find.page.settings"))
	add(KeyHelp, u.T("find.page.help"))
	packs := u.cfg.Desk.Packs
	terms := view.Terms(u.T, u.cfg.Help.Terms, packs.Questions, nil)
	if u.state != nil {
		out = append(out, wizard.Say(u.T).Places(u.state)...)
	} else {
		out = append(out, wizard.Paragraphs(packs.Policies)...)
	}
	out = append(out, view.TopicEntries(foundTerm, terms)...)
	out = append(out, view.TopicEntries(foundHelp, view.Pages(view.TopicManual, u.cfg.Help.Manual))...)
	return append(out, view.TopicEntries(foundHelp, view.Pages(view.TopicGuide, u.cfg.Help.Guide))...)
}

// reach goes to the place of what was found.
func (u *UI) reach(e seek.Entry) {
	switch e.Kind {
	case foundCase:
		u.Open(e.To)
	case foundTerm, foundHelp:
		u.Help(e.To)
	case wizard.PlacePolicy:
		u.Help(view.TopicPolicy + ":" + e.To)
	case foundPage:
		if e.To == KeyHelp {
			u.Help("")
			return
		}
		u.turn(e.To)
	default:
		u.Jump(e.To)
	}
}
