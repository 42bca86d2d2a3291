// Package part holds the program's own widgets: layout, text, buttons, fields, meters, charts, tables, overlays.
//
// A part is given plain values and functions; it calls back and keeps nothing of the case. Parts draw
// themselves from the tokens of ui/theme, so they follow light, dark and large text; what can be tapped
// can be reached with Tab and worked with Space or Enter. The package never imports the survey, never
// starts a goroutine and never opens a window.
package part
