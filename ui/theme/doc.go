// Package theme gives the program its font, colours and sizes, in a light and a dark form, as one fyne.Theme.
//
// Colours and sizes are named tokens (Color, Text, Scale) that follow the theme in force; no other room
// writes a colour down. The font and the icons are handed in as bytes. The package never reads a file,
// never draws a widget and knows nothing of the survey.
package theme
