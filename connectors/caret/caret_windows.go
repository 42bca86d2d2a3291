package caret

import (
	"syscall"
	"unsafe"
)

var (
	imm                 = syscall.NewLazyDLL("imm32.dll")
	getContext          = imm.NewProc("ImmGetContext")
	releaseContext      = imm.NewProc("ImmReleaseContext")
	setCompositionPlace = imm.NewProc("ImmSetCompositionWindow")
	setCandidatePlace   = imm.NewProc("ImmSetCandidateWindow")
)

type rect struct{ left, top, right, bottom int32 }

// compositionForm is COMPOSITIONFORM of imm.h.
type compositionForm struct {
	style uint32
	at    Spot
	area  rect
}

// candidateForm is CANDIDATEFORM of imm.h.
type candidateForm struct {
	index, style uint32
	at           Spot
	area         rect
}

// The styles of imm.h: at the point, and the candidates' upper left corner at the point.
const (
	cfsPoint        = 0x0002
	cfsCandidatePos = 0x0040
)

// Place tells the input method of a window (its HWND) where the cursor is; false when the window has no input method or the system does not take it.
func Place(window uintptr, at Spot) bool {
	if window == 0 || imm.Load() != nil {
		return false
	}
	context, _, _ := getContext.Call(window)
	if context == 0 {
		return false
	}
	defer releaseContext.Call(window, context)
	composition := compositionForm{style: cfsPoint, at: at}
	candidate := candidateForm{style: cfsCandidatePos, at: at}
	a, _, _ := setCompositionPlace.Call(context, uintptr(unsafe.Pointer(&composition)))
	b, _, _ := setCandidatePlace.Call(context, uintptr(unsafe.Pointer(&candidate)))
	return a != 0 && b != 0
}
