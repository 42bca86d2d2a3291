package ui

import "github.com/shangyuntong/shangyun/survey/wizard"

// View is one thing the window can show; pictures and tests walk over them.
type View struct {
	Name string
	Show func()
}

// Tabbed is a page with parts of its own, e.g. 补贴与申报书.
type Tabbed interface {
	Tabs() []string
	ShowTab(i int)
}

// Views lists every page, and every tab of a page, for a case: 工作台, the steps in order, 设置.
func (u *UI) Views(caseID string) []View {
	out := []View{{KeyHome, u.Home}}
	for i, key := range wizard.Steps() {
		show := func() { u.Go(key) }
		if i == 0 {
			show = func() { u.Open(caseID); u.Go(key) }
		}
		out = append(out, u.tabs(string(key), show)...)
	}
	for _, key := range []string{KeyVisit, KeyCheck} {
		out = append(out, View{key, func() { u.turn(key) }})
	}
	out = append(out, u.many(KeyCompare), u.many(KeyBatch), View{KeySettings, u.Settings})
	return append(out, u.tabs(KeyHelp, func() { u.turn(KeySettings); u.Help("") })...)
}

// many is a page about several cases, shown for all that there are.
func (u *UI) many(key string) View {
	return View{key, func() {
		u.Find(wizard.Query{}, func(f wizard.Found) {
			var ids []string
			for _, e := range f.Entries {
				ids = append(ids, e.ID)
			}
			u.Many(key, ids)
		})
	}}
}

func (u *UI) tabs(key string, show func()) []View {
	out := []View{{key, show}}
	p, ok := u.pageOf(key).(Tabbed)
	if !ok {
		return out
	}
	for i := range p.Tabs() {
		if i > 0 {
			name := key + "-" + string(rune('1'+i))
			out = append(out, View{name, func() {
				show()
				if t, ok := u.pages[key].(Tabbed); ok {
					t.ShowTab(i)
				}
			}})
		}
	}
	return out
}
