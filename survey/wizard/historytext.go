package wizard

import "strings"

// Say gives the words of a key, as Text.T does.
type Say func(key string, args ...any) string

// label names the field of a difference, with the fact it stands in: 设备“五轴加工中心”· 台数.
func (t Say) label(x Difference) string {
	kind := t("fact." + x.Kind)
	switch {
	case x.Kind == "draft":
		return t("history.draft", t.labelOf(x.ID))
	case x.Name != "":
		kind = t("history.named", kind, x.Name)
	}
	if x.Field == "" {
		return kind
	}
	return t("history.field", kind, t.labelOf(x.Kind+"."+x.Field))
}

// Fact names a fact as a whole: 企业信息, 设备“五轴加工中心”.
func (t Say) Fact(kind, name string) string { return t.label(Difference{Kind: kind, Name: name}) }

// Field names the field of a difference with the fact that it stands in.
func (t Say) Field(x Difference) string { return t.label(x) }

// labelOf names the field of a path such as "firm.capital", "assets.<id>.count" or, with "*" for a key, "invoice.lines.*.net".
func (t Say) labelOf(path string) string {
	if s := t("fact." + path); s != "fact."+path {
		return s
	}
	head, rest, _ := strings.Cut(shape(path), ".")
	return t("fact." + strings.TrimSuffix(head, "s") + "." + strings.TrimPrefix(rest, "*."))
}

// Difference tells one difference in words: which field, old → new.
func (t Say) Difference(x Difference) string {
	switch x.Sort {
	case DiffAdded, DiffGone, DiffSaid:
		return t("history."+x.Sort, t.label(x))
	}
	empty := func(s string) string {
		if s == "" {
			return t("history.empty")
		}
		return s
	}
	return t("history.changed", t.label(x), empty(x.Old), empty(x.New))
}

// Turn tells in a few words what an undo or redo is about.
func (t Say) Turn(x *Turn) string {
	switch {
	case x == nil:
		return ""
	case len(x.What) == 0:
		return t("history.order")
	case len(x.What) == 1 && x.Count == 1:
		return t.label(x.What[0])
	}
	return t("history.more", t.label(x.What[0]), max(x.Count, len(x.What)))
}

// Step names what a save was: an edit, an undo, a redo, the beginning of the case, or an edit that a parcel brought.
func (t Say) Step(s Saved) string {
	switch {
	case s.Taken != nil:
		return t("parcel.step", s.From)
	case s.First:
		return t("history.step.first")
	case s.Mark == nil:
		return t("history.step.edit")
	case s.Mark.Undo != "":
		return t("history.step.undo")
	}
	return t("history.step.redo")
}
