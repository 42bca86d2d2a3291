package caret

import (
	"testing"
	"unsafe"
)

// TestTheFormsAreLaidOutAsTheSystemReadsThem: imm.h gives COMPOSITIONFORM 28 bytes and CANDIDATEFORM 32.
func TestTheFormsAreLaidOutAsTheSystemReadsThem(t *testing.T) {
	if n := unsafe.Sizeof(compositionForm{}); n != 28 {
		t.Errorf("COMPOSITIONFORM has %d bytes", n)
	}
	if n := unsafe.Sizeof(candidateForm{}); n != 32 {
		t.Errorf("CANDIDATEFORM has %d bytes", n)
	}
}
