package ui

import (
	"testing"
	"time"
)

func TestTheIdleTimeFollowsTheSetting(t *testing.T) {
	for minutes, want := range map[string]time.Duration{
		"": 10 * time.Minute, "3": 3 * time.Minute, "0": 0, "-1": 10 * time.Minute, "soon": 10 * time.Minute, "100000": 10 * time.Minute,
	} {
		if got := idleAfter(minutes); got != want {
			t.Errorf("%q: %v, want %v", minutes, got, want)
		}
	}
}
