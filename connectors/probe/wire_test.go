package probe

import (
	"net/netip"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// A device that answers more and more slowly is asked no further; two of them stop their subnet. A busy computer of our own, which makes
// everything a little slower, does not.
func TestADeviceThatGetsSlowerIsLeftAlone(t *testing.T) {
	r := (&Scanner{Now: time.Now}).newRun(&job{order: scan.Order{Profile: scan.ProfileOT}}, &frames{}, nil)
	for _, c := range []struct {
		addr  string
		took  []time.Duration
		stops bool
	}{
		{"10.1.1.1", []time.Duration{2 * time.Millisecond, 90 * time.Millisecond, 250 * time.Millisecond}, false},
		{"10.1.1.2", []time.Duration{2 * time.Second, 2100 * time.Millisecond, 1900 * time.Millisecond}, false},
		{"10.1.1.3", []time.Duration{40 * time.Millisecond, 400 * time.Millisecond}, true},
		{"10.1.1.4", []time.Duration{200 * time.Millisecond, 150 * time.Millisecond, 460 * time.Millisecond}, true},
	} {
		h := &visitor{addr: netip.MustParseAddr(c.addr)}
		for _, d := range c.took {
			r.fuse.timed(r, h, d)
		}
		if stopped := h.host.Stopped != ""; stopped != c.stops {
			t.Errorf("%s after %v: stopped %v", c.addr, c.took, stopped)
		}
		if c.stops {
			if o := r.ask(t.Context(), h, registry["s7"], 102); o != gone || r.log.count() != 0 {
				t.Errorf("%s was asked on: %d", c.addr, o)
			}
		}
	}
	if !r.fuse.blown(netip.MustParseAddr("10.1.1.9")) || r.fuse.blown(netip.MustParseAddr("10.1.2.9")) {
		t.Error("two slow devices do not stop their subnet, or stop another")
	}
}

// The frame that is sent is the identify request and nothing near it; set, flash and reset, and a source that is a group, do not pass.
func TestOnlyTheIdentifyFrameIsSentOnTheWire(t *testing.T) {
	p := registry["dcp"]
	mac := []byte{2, 0, 0, 0, 0, 1}
	good := fixed(dcpAll, append(mac, 1, 2, 3, 4)...)
	if !fits(p, good) || len(good) != 60 {
		t.Fatalf("the request itself does not pass: %d bytes", len(good))
	}
	for i := range good {
		changed := append([]byte(nil), good...)
		changed[i] ^= 1
		free := i > 6 && i < 12 || i >= 18 && i < 22
		if fits(p, changed) != free {
			t.Errorf("byte %d: passes %v", i, !free)
		}
	}
	set := append([]byte(nil), good...)
	set[15], set[16] = 0xfd, 4
	if fits(p, set) || fits(p, good[:59]) || fits(p, append(good, 0)) {
		t.Error("a frame that may not be sent passes")
	}
}

// A frame is planned only where the order touches a subnet of this computer; elsewhere the plan says why not.
func TestThePlanNamesWhyNoFrameIsSent(t *testing.T) {
	p, err := (&Scanner{Now: time.Now}).Plan(scan.Order{Targets: []string{"127.0.0.1"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range p.Steps {
		if s.Transport == Layer2 {
			t.Errorf("a frame is planned for %v", p.Ranges)
		}
	}
	for _, s := range p.Skipped {
		if s.What == registry["dcp"].Title && s.Why != "" && s.Enable != "" {
			return
		}
	}
	t.Errorf("the skipped frame is not named: %+v", p.Skipped)
}

func TestAFrameIsNotSentWhereItWouldReachWhatIsExcluded(t *testing.T) {
	i := iface{addr: netip.MustParseAddr("10.0.0.9"), prefix: netip.MustParsePrefix("10.0.0.0/24")}
	for exclude, want := range map[string]bool{"10.0.0.9": false, "10.0.0.7": true, "10.0.0.8-10": true, "10.0.1.0/24": false, "9.0.0.0-11.0.0.0": true} {
		if got := (&job{order: scan.Order{Exclude: []string{exclude}}}).excludes(i); got != want {
			t.Errorf("excluding %s: %v", exclude, got)
		}
	}
}
