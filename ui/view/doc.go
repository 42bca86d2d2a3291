// Package view turns a wizard.State into the words and numbers that a page shows. It is pure: no widgets, no clock, no files; every
// function is tested by a table. Words come from the person's language by key; figures come from the State as they are.
package view

// Words gives the words of a key in the person's language.
type Words func(key string, args ...any) string
