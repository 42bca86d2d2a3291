// Package caret tells the system's input method where the text cursor stands, so that the window with the candidates opens there and not in a corner.
// It knows windows by their number only and nothing of what is typed; it imports no GUI, so that it is type-checked for every system without a C
// compiler. Where a system needs no telling, or offers no way, it does nothing.
package caret

// Spot is a place inside a window, in its pixels from the top left corner of its content.
type Spot struct{ X, Y int32 }
