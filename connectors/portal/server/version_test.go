package server

import (
	"strings"
	"testing"
)

// TestPagesShowTheProgramsVersion to those who are let in, and to nobody else.
func TestPagesShowTheProgramsVersion(t *testing.T) {
	for open, want := range map[bool]bool{true: true, false: false} {
		d := openDesk(t, open)
		d.Version = "12.34.56"
		page := d.ask("GET", map[bool]string{true: "/", false: "/login"}[open], "")
		if page.Code != 200 || strings.Contains(page.Body.String(), "v12.34.56") != want {
			t.Errorf("let in %v: %d\n%s", open, page.Code, page.Body)
		}
	}
}
