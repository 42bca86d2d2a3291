package cmd

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/connectors/casedb"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// held is what a case folder holds: every case, every attachment read, every request read.
type held struct {
	Cases    map[string]*survey.Case
	Requests map[string]string // SHA-256 of the bytes by id and revision
	Untried  map[string]bool   // those of which nothing has left: what is sealed next may take their place
}

// holding opens the folder, which checks the file, and reads all of it.
func holding(t *testing.T, data string) (h held, err error) {
	t.Helper()
	db, err := casedb.Open(t.Context(), data)
	if err != nil {
		return h, err
	}
	defer func() { _ = db.Close() }()
	h = held{map[string]*survey.Case{}, map[string]string{}, map[string]bool{}}
	list, err := db.List(t.Context())
	for _, e := range list {
		c, err := db.Load(t.Context(), e.ID)
		if err != nil {
			return h, err
		}
		h.Cases[e.ID] = c
		for _, a := range c.Attachments {
			if _, err := db.Blobs().Get(t.Context(), a.SHA256); err != nil {
				return h, err
			}
		}
		all, err := db.Outbox().Requests(t.Context(), e.ID)
		if err != nil {
			return h, err
		}
		for _, r := range all {
			b, err := db.Outbox().Bytes(t.Context(), r.ID, r.Revision)
			if err != nil {
				return h, err
			}
			name := fmt.Sprint(r.ID, " ", r.Revision)
			h.Requests[name] = submit.Digest(b)
			if r.Attempts == 0 && r.State == submit.StateSealed {
				h.Untried[name] = true
			}
		}
	}
	return h, err
}

// deed is one kind of command line that is killed; after tells what must hold.
type deed struct {
	name string
	line func() []string
	code int                                      // the exit code that acknowledges
	idle []int                                    // the exit codes that say there is nothing to do
	only func(was, is held, id string) held       // is, without what this deed may change
	done func(was, is held, id string) (all bool) // whether all of the deed is there
	took time.Duration                            // a guess that follows what happens
}

// kill runs the deed and kills it at some moment; hit tells that the kill came in time, acked that the program had said it was done.
func (d *deed) kill(t *testing.T, bin, data string) (hit, acked bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "shangyunctl"), append([]string{"--data", data, "--by", "测试", "--json"}, d.line()...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(time.Duration(float64(d.took)*(0.3+rand.Float64()*0.8)), func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	timer.Stop()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if status := cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() {
		d.took += d.took / 50
		return true, false
	}
	d.took -= d.took / 20
	switch code := cmd.ProcessState.ExitCode(); {
	case slices.Contains(d.idle, code):
		return false, false
	case code != d.code:
		t.Fatalf("%s: exit %d, want %d", d.name, code, d.code)
	}
	return false, true
}

// TestKilledAtAnyMomentNothingIsLostOrDamaged kills the real program over and over while it sets fields, attaches files, undoes, seals
// requests, makes cases, backs up, restores and migrates. Only kills that came in time count. After each the folder opens, every case,
// attachment and request in it can be read, what was acknowledged is there, and what was not is there whole or not at all.
func TestKilledAtAnyMomentNothingIsLostOrDamaged(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	o.enrol(t, data, o.address)
	runCtl(t, o.bin, data, "send", "--agree").want(t, 0, "已报送")
	o.kill() // from here on sending seals, and says that the portal is down
	was, err := holding(t, data)
	if err != nil {
		t.Fatal(err)
	}
	id := ""
	for id = range was.Cases {
	}
	deeds, tally := deedsIn(t.TempDir(), id), map[string]int{}
	for i := range deeds {
		deeds[i].took = timed(func() { runCtl(t, o.bin, data, "status").want(t, 0, "") }) * 3 / 2
	}
	look := search{words: []string{was.Cases[id].Firm.Name, was.Cases[id].Firm.CreditCode, was.Cases[id].Firm.Contact.Phone, "47300000.00"}, seen: map[string]bool{}}
	out := t.TempDir()
	runCtl(t, o.bin, data, "case", "export", "--agree", "测试", "-o", filepath.Join(out, "案卷.json")).want(t, 0, "")
	if n := look.in(t, out); n < len(look.words) {
		t.Fatalf("in a readable export the search finds %d of %d words", n, len(look.words))
	}
	kills, unsaid := 0, 0
	for round := 0; kills < faultRounds(12); round++ {
		d := &deeds[round%len(deeds)]
		hit, acked := d.kill(t, o.bin, data)
		if hit {
			kills++
			tally[d.name]++
		}
		if n := look.in(t, data); n > 0 {
			t.Fatalf("round %d, %s: words of the firm stand in files of the folder", round, d.name)
		}
		is, err := holding(t, data)
		if err != nil {
			t.Fatalf("round %d, %s: %v", round, d.name, err)
		}
		done := d.done(was, is, id)
		if acked && !done {
			t.Fatalf("round %d: %s was acknowledged and is lost", round, d.name)
		}
		if hit && done {
			unsaid++
		}
		if diff := cmp.Diff(d.only(was, was, id), d.only(was, is, id)); diff != "" {
			t.Fatalf("round %d: %s changed something else: %s", round, d.name, diff)
		}
		if !done && d.name != "back up" {
			if diff := cmp.Diff(was, is); diff != "" {
				t.Fatalf("round %d: %s is there in part: %s", round, d.name, diff)
			}
		}
		was = is
	}
	t.Logf("%d kills: %v; %d came between the commit and the word", kills, tally, unsaid)
}

// deedsIn lists the deeds on a case; files to attach are made in dir.
func deedsIn(dir, id string) []deed {
	n := 0
	address := func() string { return fmt.Sprintf("第 %d 号", n) }
	file, last := "", (*survey.Case)(nil)
	return []deed{
		{name: "set", line: func() []string { n++; return []string{"set", "--id", id, "firm.address=" + address()} },
			only: func(_, is held, id string) held {
				return is.with(id, func(c *survey.Case) { c.Firm.Address, c.Firm.Evidence = "", nil })
			},
			done: func(_, is held, id string) bool { return is.Cases[id].Firm.Address == address() }},
		{name: "attach", line: func() []string {
			n++
			file = filepath.Join(dir, fmt.Sprintf("附件-%d.pdf", n))
			_ = os.WriteFile(file, fmt.Appendf(make([]byte, 200<<10), "%d", n), 0o600)
			return []string{"attach", "--id", id, "--role", "合同", file}
		},
			only: func(was, is held, id string) held {
				return is.with(id, func(c *survey.Case) {
					c.Attachments = c.Attachments[:min(len(c.Attachments), len(was.Cases[id].Attachments))]
				})
			},
			done: func(was, is held, id string) bool {
				return len(is.Cases[id].Attachments) == len(was.Cases[id].Attachments)+1
			}},
		{name: "seal", code: 5, idle: []int{0} /* what stands is what was sent */, line: func() []string { return []string{"send", "--id", id} },
			only: func(was, is held, id string) held { // the policy it is computed under is written down first, in a save of its own
				is = is.knownTo(was)
				if c := is.Cases[id]; c != nil {
					c = c.Clone()
					c.Project.Policy = ""
					is.Cases = maps.Clone(is.Cases)
					is.Cases[id] = c
				}
				return is
			},
			done: func(was, is held, id string) bool {
				if n := len(is.Requests); n == len(was.Requests) && was.Cases[id].Project.Policy != is.Cases[id].Project.Policy {
					was.Cases[id].Project.Policy = is.Cases[id].Project.Policy // killed between the two: the save stands
				}
				replaced := false
				for name := range was.Untried {
					replaced = replaced || is.Requests[name] != was.Requests[name]
				}
				if replaced || len(is.Requests) == len(was.Requests)+1 {
					last = is.Cases[id]
					return true
				}
				return cmp.Equal(last, is.Cases[id]) // is sealed already
			}},
		{name: "undo", idle: []int{4}, line: func() []string { return []string{"undo", "--id", id} },
			only: func(_, is held, id string) held { return is.with(id, func(c *survey.Case) { *c = survey.Case{} }) },
			done: func(was, is held, _ string) bool { return !cmp.Equal(was.Cases, is.Cases) }},
		{name: "new case", line: func() []string { return []string{"case", "new", "另一家"} },
			only: func(was, is held, _ string) held { return is.casesOf(was) },
			done: func(was, is held, _ string) bool { return len(is.Cases) == len(was.Cases)+1 }},
		{name: "back up", line: func() []string { return []string{"backup", "now"} },
			only: func(_, is held, _ string) held { return is },
			done: func(_, _ held, _ string) bool { return true }},
	}
}
