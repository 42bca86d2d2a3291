package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/sqlite/powercut"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// stormPatience is how long something may take on a busy machine before the test gives up.
const stormPatience = 10 * time.Minute

// faultRounds gives n, times SHANGYUN_FAULT_ROUNDS for long runs.
func faultRounds(n int) int {
	if k, err := strconv.Atoi(os.Getenv("SHANGYUN_FAULT_ROUNDS")); err == nil && k > 1 {
		return n * k
	}
	return n
}

// delivered is what came back for one request.
type delivered struct {
	p *bundle
	r submit.Receipt
}

// storm lets four senders deliver one request after the other while strike strikes so many times; every request that was begun is delivered
// before it returns.
func storm(t *testing.T, s *sender, rounds int, strike func(ctx context.Context, round int)) (all []delivered) {
	t.Helper()
	ctx, give := context.WithCancel(t.Context())
	defer give()
	stop := make(chan struct{})
	var mu sync.Mutex
	var senders sync.WaitGroup
	next := 0
	for range 4 {
		senders.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				mu.Lock()
				next++
				p := newBundle(t, next)
				mu.Unlock()
				r, err := s.deliver(ctx, p)
				if err != nil {
					t.Errorf("refused for good: %v", err)
					give()
					return
				}
				mu.Lock()
				all = append(all, delivered{p, r})
				mu.Unlock()
			}
		})
	}
	for round := range rounds {
		s.wait(ctx, t, &s.answers, 1+rand.Int64N(40))
		if ctx.Err() != nil {
			break
		}
		strike(ctx, round)
	}
	close(stop)
	senders.Wait()
	return all
}

// wait waits until the counter has grown by n.
func (s *sender) wait(ctx context.Context, t *testing.T, of interface{ Load() int64 }, n int64) {
	t.Helper()
	until := of.Load() + n
	for end := time.Now().Add(stormPatience); of.Load() < until && ctx.Err() == nil; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nothing goes on any more")
		}
	}
}

// judge holds the store against what the senders know: every request once, its receipt the very same, its bytes the very same.
func judge(t *testing.T, s *inbox.Store, all []delivered) {
	t.Helper()
	admin := inbox.Who{Role: inbox.RoleAdmin}
	_, total, err := s.List(t.Context(), admin, inbox.Query{})
	if err != nil || total != len(all) {
		t.Errorf("%d requests are there, %d were sent (%v)", total, len(all), err)
	}
	seqs := map[int64]bool{}
	for _, d := range all {
		id := d.p.sealed.Submission.ID
		sealed, receipt, err := s.Revision(t.Context(), admin, id, 1)
		if err != nil || receipt == nil {
			t.Errorf("lost: %s, %v", id, err)
			continue
		}
		want, _ := json.Marshal(d.r)
		got, _ := json.Marshal(receipt)
		if string(want) != string(got) || string(sealed.Bytes) != string(d.p.sealed.Bytes) || seqs[d.r.Seq] {
			t.Errorf("%s: receipt %s, the sender has %s", id, got, want)
		}
		seqs[d.r.Seq] = true
		for digest, paper := range d.p.papers {
			if err := equal(t.Context(), s, id, digest, paper); err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
	}
	if err := s.CheckAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

func equal(ctx context.Context, s *inbox.Store, id, digest string, want []byte) error {
	f, err := s.BlobOf(ctx, inbox.Who{Role: inbox.RoleAdmin}, id, 1, digest)
	if err != nil {
		return err
	}
	got, err := io.ReadAll(f)
	if err == nil && string(got) != string(want) {
		err = errors.New("other bytes")
	}
	return errors.Join(err, f.Close())
}

func newSender(address string) *sender {
	s := &sender{http: &http.Client{Timeout: 2 * time.Minute}}
	s.base.Store(address)
	return s
}

func TestKilledAtRandomTheServerLosesNothingAndDoublesNothing(t *testing.T) {
	data := t.TempDir()
	r := serve(t, data)
	s := newSender(r.address)
	s.enrol(t, printed.FindStringSubmatch(r.out.String())[2])
	all := storm(t, s, faultRounds(8), func(context.Context, int) {
		r.kill()
		r = serve(t, data)
		s.base.Store(r.address)
	})
	r.kill()
	t.Logf("%d kills, %d requests", faultRounds(8), len(all))
	judge(t, opened(t, data), all)
}

func opened(t *testing.T, data string) *inbox.Store {
	t.Helper()
	s, err := inbox.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// The portal's data lie on a disk that forgets what was not synced, every other time with chance in what is left.
func TestPowerCutsAndAFullDiskLoseNothingThatWasAcknowledged(t *testing.T) {
	mount := t.TempDir()
	d, err := powercut.Mount(mount)
	if errors.Is(err, powercut.ErrUnavailable) {
		t.Skipf("needs /dev/fuse and the right to mount: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	data := mount + "/data"
	r := serve(t, data)
	s := newSender(r.address)
	s.enrol(t, printed.FindStringSubmatch(r.out.String())[2])
	cuts, full := 0, 0
	all := storm(t, s, faultRounds(6), func(ctx context.Context, round int) {
		if round%3 == 2 { // the disk is full for a while, then there is room again
			d.Strike(powercut.Fault{At: 1, Err: syscall.ENOSPC, Stays: true})
			s.wait(ctx, t, &s.refused, 3)
			d.Strike(powercut.Fault{})
			full++
			return
		}
		d.Strike(powercut.Fault{At: 1 + rand.IntN(60), Stays: true}) // from then on the disk takes nothing
		s.wait(ctx, t, &s.refused, 1)
		r.kill()
		if err := d.Cut(powercut.Keep(round % 2)); err != nil {
			t.Fatal(err)
		}
		cuts++
		r = serve(t, data)
		s.base.Store(r.address)
	})
	r.kill()
	t.Logf("%d power cuts, %d times full, %d requests", cuts, full, len(all))
	copied := t.TempDir() // this process serves the disk and must not map its files
	if err := os.CopyFS(copied, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	judge(t, opened(t, copied), all)
}
