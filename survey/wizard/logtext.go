package wizard

import (
	"maps"
	"slices"
	"strings"
)

// Deed names what a line of the log says was done.
func (t Say) Deed(l Logged) string { return t("audit.deed." + string(l.Deed)) }

// What tells what a line of the log is about: its own words, and how many facts of which kind were written.
func (t Say) What(l Logged) string {
	if l.By == "" && l.What == "" {
		return t("audit.gone")
	}
	var parts []string
	if l.What != "" {
		parts = append(parts, l.What)
	}
	var facts []string
	for _, kind := range slices.Sorted(maps.Keys(l.Facts)) {
		if kind != "mark" { // is the undo or redo itself
			facts = append(facts, t("audit.facts", t("fact."+kind), l.Facts[kind]))
		}
	}
	if len(facts) > 0 {
		parts = append(parts, strings.Join(facts, t("audit.and")))
	}
	return strings.Join(parts, t("audit.colon"))
}

// Logged tells a line of the log in words: who, the deed, what and where to.
func (t Say) Logged(l Logged) string {
	s := t("audit.line", l.By, t.Deed(l), t.What(l))
	if l.By == "" {
		s = t("audit.silent", t.Deed(l), t.What(l))
	}
	if l.Where != "" {
		s += t("audit.to", l.Where)
	}
	return s
}
