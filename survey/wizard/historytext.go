package wizard

import "strings"

// Label names the field of a difference, with the fact it stands in: 设备“五轴加工中心”· 台数.
func (t Text) Label(x Difference) string {
	kind := t.T("fact." + x.Kind)
	switch {
	case x.Kind == "draft":
		return t.T("history.draft", t.labelOf(x.ID))
	case x.Name != "":
		kind = t.T("history.named", kind, x.Name)
	}
	if x.Field == "" {
		return kind
	}
	return t.T("history.field", kind, t.labelOf(x.Kind+"."+x.Field))
}

// labelOf names the field of a path such as "firm.capital", "assets.<id>.count" or, with "*" for a key, "invoice.lines.*.net".
func (t Text) labelOf(path string) string {
	if t.Has("fact." + path) {
		return t.T("fact." + path)
	}
	head, rest, _ := strings.Cut(shape(path), ".")
	return t.T("fact." + strings.TrimSuffix(head, "s") + "." + strings.TrimPrefix(rest, "*."))
}

// Difference tells one difference in words: which field, old → new.
func (t Text) Difference(x Difference) string {
	switch x.Sort {
	case DiffAdded, DiffGone, DiffSaid:
		return t.T("history."+x.Sort, t.Label(x))
	}
	empty := func(s string) string {
		if s == "" {
			return t.T("history.empty")
		}
		return s
	}
	return t.T("history.changed", t.Label(x), empty(x.Old), empty(x.New))
}

// Turn tells in a few words what an undo or redo is about.
func (t Text) Turn(x *Turn) string {
	switch {
	case x == nil:
		return ""
	case len(x.What) == 0:
		return t.T("history.order")
	case len(x.What) == 1 && x.Count == 1:
		return t.Label(x.What[0])
	}
	return t.T("history.more", t.Label(x.What[0]), max(x.Count, len(x.What)))
}

// Step names what a save was: an edit, an undo, a redo or the beginning of the case.
func (t Text) Step(s Saved) string {
	switch {
	case s.First:
		return t.T("history.step.first")
	case s.Mark == nil:
		return t.T("history.step.edit")
	case s.Mark.Undo != "":
		return t.T("history.step.undo")
	}
	return t.T("history.step.redo")
}
