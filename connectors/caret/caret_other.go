//go:build !windows

package caret

// Place does nothing here: under X11 the input method takes the place from the window's own input context, see the operator's notes on fcitx5.
func Place(window uintptr, at Spot) bool { return false }
