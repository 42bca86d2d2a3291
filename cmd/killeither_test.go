package cmd

import (
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Either side is killed with SIGKILL at random moments while the queue is sent, a large file in pieces among it: in the end every request
// is at the portal once, byte for byte, and whatever was acknowledged stayed.
func TestEitherSideKilledAtRandomLosesAndDoublesNothing(t *testing.T) {
	o := openOffice(t)
	dir := t.TempDir()
	o.enrol(t, dir, o.address)
	seed := rand.Uint64()
	dice := rand.New(rand.NewPCG(seed, 1))
	var all []submit.Sealed
	add := func() {
		d, closer, err := join.Desk(t.Context(), dir, "顾问")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = closer.Close() }()
		e, err := d.Enrolment(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, bag(t, d, e.Portal, 900, 2_600_000+dice.IntN(1000)))
	}
	add()
	took := timed(func() { runCtl(t, o.bin, dir, "outbox", "run", "--once", "--now").want(t, 0, "送达 1 份") })
	rounds := faultRounds(4)
	for i := range rounds {
		add()
		cmd := exec.CommandContext(t.Context(), filepath.Join(o.bin, "shangyunctl"), "--data", dir, "--by", "测试", "outbox", "run", "--once", "--now")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		portalToo := dice.IntN(2) == 0
		timer := time.NewTimer(time.Duration(dice.Int64N(int64(took))))
		<-timer.C // the moment is the test's matter: any will do
		if portalToo {
			o.kill()
			_ = cmd.Wait()
			o.start(t)
		} else {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
		if i%25 == 24 || i == rounds-1 {
			for range 5 {
				if r := runCtl(t, o.bin, dir, "outbox", "run", "--once", "--now"); r.code == 0 {
					break
				}
			}
		}
	}
	o.kill()
	store, err := inbox.Open(t.Context(), o.data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	d, closer, err := join.Desk(t.Context(), dir, "顾问")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = closer.Close() }()
	if n := wantWhole(t, d, store, all); n != 0 {
		q, _ := d.Queue(t.Context())
		t.Errorf("%d of %d wait after %d rounds (seed %d): %+v", n, len(all), rounds, seed, q)
	}
	t.Logf("%d rounds, %d requests, seed %d", rounds, len(all), seed)
}
