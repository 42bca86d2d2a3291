package probe

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
)

// Template is one request that may leave this computer: hex digits with ?? for a byte that is free (an id, a random number). A template
// that ends in * is followed by bytes that Check holds; Check always sees the whole frame.
type Template struct {
	Name  string
	Mask  string
	Check func(frame []byte) bool
	Rule  string // what Check demands, for people; "" without one
	// Hide gives the parts of a frame that the log writes as 2a: [from, to) pairs.
	Hide func(frame []byte) [][2]int
}

// Fits tells whether a frame is this request.
func (t *Template) Fits(frame []byte) bool {
	mask := strings.ReplaceAll(t.Mask, " ", "")
	mask, open := strings.CutSuffix(mask, "*")
	n := len(mask) / 2
	if len(frame) < n || len(frame) > n && !open {
		return false
	}
	for i := range n {
		pair := mask[2*i : 2*i+2]
		if pair != "??" && pair != fmt.Sprintf("%02x", frame[i]) {
			return false
		}
	}
	return !open && t.Check == nil || t.Check != nil && t.Check(frame)
}

// String shows the template to people.
func (t *Template) String() string {
	s := t.Name + ": " + t.Mask
	if t.Rule != "" {
		s += " (" + t.Rule + ")"
	}
	return s
}

// shown gives the frame in hex with its secrets hidden.
func (t *Template) shown(frame []byte) string {
	if t.Hide != nil {
		frame = bytes.Clone(frame)
		for _, r := range t.Hide(frame) {
			for i := max(r[0], 0); i < min(r[1], len(frame)); i++ {
				frame[i] = '*'
			}
		}
	}
	return hex.EncodeToString(frame)
}

// fixed gives the bytes of a template without free bytes; free ones are filled in order from fill.
func fixed(mask string, fill ...byte) []byte {
	mask = strings.ReplaceAll(mask, " ", "")
	out := make([]byte, len(mask)/2)
	for i := range out {
		if mask[2*i] == '?' {
			out[i], fill = fill[0], fill[1:]
			continue
		}
		_, _ = hex.Decode(out[i:i+1], []byte(mask[2*i:2*i+2])) // masks are constants that a test checks
	}
	return out
}

// text writes ASCII as a mask.
func text(s string) string { return hex.EncodeToString([]byte(s)) }
