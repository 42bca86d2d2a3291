package cmd

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/casedb"
)

// laptop is one computer: a folder of cases and a person, used by the real command line.
type laptop struct {
	t    *testing.T
	dir  string
	by   string
	env  []string
	card string
	sum  string
}

func newLaptop(t *testing.T, by string) *laptop {
	t.Helper()
	o := &laptop{t: t, dir: t.TempDir(), by: by}
	var c struct{ Card, Fingerprint string }
	o.json(&c, "parcel", "identity")
	o.card, o.sum = c.Card, c.Fingerprint
	return o
}

func (o *laptop) run(code int, args ...string) string {
	o.t.Helper()
	out, errs, got := ctl(o.t, o.env, append([]string{"--data", o.dir, "--by", o.by}, args...)...)
	if got != code {
		o.t.Fatalf("%s: %v gave %d, want %d\n%s%s", o.by, args, got, code, out, errs)
	}
	return out + errs
}

func (o *laptop) json(v any, args ...string) {
	o.t.Helper()
	out, errs, code := ctl(o.t, o.env, append([]string{"--json", "--data", o.dir, "--by", o.by}, args...)...)
	if code != 0 {
		o.t.Fatalf("%s: %v gave %d\n%s", o.by, args, code, errs)
	}
	if err := json.Unmarshal([]byte(out), v); err != nil {
		o.t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

func (o *laptop) knows(p *laptop) *laptop {
	o.t.Helper()
	o.run(0, "parcel", "trust", p.by, p.card, "--check", p.sum)
	return o
}

// send makes a parcel for p and gives the file.
func (o *laptop) send(p *laptop, id string) string {
	o.t.Helper()
	file := filepath.Join(o.t.TempDir(), "usb.syparcel")
	o.run(0, "parcel", "make", id, "--to", p.by, file, "--agree")
	return file
}

func (o *laptop) value(id, what string) string {
	o.t.Helper()
	var c struct {
		Firm struct{ Name, Address string }
	}
	o.json(&c, "case", "show", "--id", id)
	if what == "name" {
		return c.Firm.Name
	}
	return c.Firm.Address
}

func (o *laptop) clashes(id string) int {
	var list []struct{ Kind string }
	o.json(&list, "parcel", "conflicts", id)
	return len(list)
}

// steps lists the history, the newest first, as "who: field".
func (o *laptop) history(id string) []string {
	var list []struct {
		By, From string
		What     []struct{ Field, New string }
	}
	o.json(&list, "history", "--id", id)
	var out []string
	for _, s := range list {
		for _, w := range s.What {
			out = append(out, s.By+": "+w.Field+" "+w.New)
		}
	}
	return out
}

func begin(o *laptop) string {
	var made struct{ ID string }
	o.json(&made, "case", "new", "株洲恒硬刀具有限公司")
	o.run(0, "set", "--id", made.ID, "firm.address=一号路")
	return made.ID
}

func TestOwnerToAdviserAndBackKeepsBothHistories(t *testing.T) {
	owner, adviser := newLaptop(t, "厂长"), newLaptop(t, "顾问")
	owner.knows(adviser)
	adviser.knows(owner)
	id := begin(owner)
	first := owner.send(adviser, id)
	if out := adviser.run(0, "parcel", "show", first); !strings.Contains(out, "厂长") || !strings.Contains(out, "本机还没有这个案卷") {
		t.Errorf("shown as %s", out)
	}
	adviser.run(0, "parcel", "take", first)
	adviser.run(0, "set", "--id", id, "firm.address=二号路", "add:assets")
	owner.run(0, "set", "--id", id, "firm.name=株洲恒硬刀具股份有限公司")
	back := adviser.send(owner, id)
	owner.run(0, "parcel", "take", back)
	if owner.clashes(id) != 1 || owner.value(id, "address") != "一号路" {
		t.Fatalf("%d clashes, address %s", owner.clashes(id), owner.value(id, "address"))
	}
	owner.run(0, "parcel", "settle", id, "1", "--use", "both")
	if owner.clashes(id) != 0 || owner.value(id, "address") != "二号路" || owner.value(id, "name") != "株洲恒硬刀具股份有限公司" {
		t.Errorf("joined: %s, %s", owner.value(id, "address"), owner.value(id, "name"))
	}
	owner.run(0, "undo", "--id", id)
	if owner.clashes(id) != 1 || owner.value(id, "address") != "一号路" {
		t.Error("the settlement was not taken back")
	}
	owner.run(0, "redo", "--id", id)
	second := owner.send(adviser, id)
	for _, file := range []string{second, first, second, first} { // twice, and an old one late
		adviser.run(0, "parcel", "take", file)
		if adviser.clashes(id) != 0 || adviser.value(id, "address") != "二号路" || adviser.value(id, "name") != "株洲恒硬刀具股份有限公司" {
			t.Fatalf("adviser holds %s, %s", adviser.value(id, "address"), adviser.value(id, "name"))
		}
	}
	adviser.run(4, "undo", "--id", id) // what others built on is not taken back from under them
	got := adviser.history(id)
	for _, want := range []string{"厂长: address 一号路", "厂长: name 株洲恒硬刀具股份有限公司", "顾问: address 二号路"} {
		if !slices.Contains(got, want) {
			t.Errorf("the adviser's history lacks %q: %q", want, got)
		}
	}
	n := len(got)
	adviser.run(0, "parcel", "take", second)
	if m := len(adviser.history(id)); m != n {
		t.Errorf("the same parcel once more made %d lines of history out of %d", m, n)
	}
	for _, o := range []*laptop{owner, adviser} {
		db, err := casedb.Open(t.Context(), o.dir)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := db.VerifyLog(t.Context(), ""); err != nil || c.Problem != "" {
			t.Errorf("%s's log: %+v, %v", o.by, c, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAParcelForSomebodyElseOrFromAStrangerIsRefused(t *testing.T) {
	owner, adviser, other := newLaptop(t, "厂长"), newLaptop(t, "顾问"), newLaptop(t, "旁人")
	owner.knows(adviser)
	id := begin(owner)
	owner.run(4, "parcel", "make", id, "--to", "顾问", filepath.Join(t.TempDir(), "x")) // without consent
	file := owner.send(adviser, id)
	if out := adviser.run(3, "parcel", "take", file); !strings.Contains(out, "E0209") || !strings.Contains(out, "联系人") {
		t.Error(out)
	}
	other.knows(owner)
	if out := other.run(3, "parcel", "take", file); !strings.Contains(out, "不是封给本机的") {
		t.Error(out)
	}
	adviser.run(3, "parcel", "trust", "厂长", owner.card, "--check", other.sum)
	adviser.knows(owner)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	bad := filepath.Join(t.TempDir(), "bad")
	if err := os.WriteFile(bad, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := adviser.run(3, "parcel", "take", bad); !strings.Contains(out, "E0209") {
		t.Error(out)
	}
	if out := adviser.run(0, "case", "list"); strings.Contains(out, id) {
		t.Error("a refused parcel left something")
	}
}

func TestALostLaptopIsContinuedFromItsBackupAndFromAParcel(t *testing.T) {
	usb := t.TempDir()
	a, b := newLaptop(t, "甲"), newLaptop(t, "乙")
	a.knows(b)
	b.knows(a)
	id := begin(a)
	var lock struct{ Recovery string }
	a.env = []string{"SHANGYUN_PASSPHRASE=gong-chang-2026!", "SHANGYUN_NEW_PASSPHRASE=gong-chang-2026!"}
	a.json(&lock, "lock", "set")
	a.run(0, "backup", "now", "--to", usb)
	a.run(0, "set", "--id", id, "firm.address=三号路") // after the backup, but in the parcel
	b.run(0, "parcel", "take", a.send(b, id))
	b.run(0, "set", "--id", id, "firm.name=株洲恒硬刀具股份有限公司")
	a.dir = t.TempDir() // lost: only the USB folder and the recovery code are left
	a.env = []string{"SHANGYUN_PASSPHRASE=" + lock.Recovery}
	a.run(0, "backup", "restore", "--in", usb, "--yes")
	if a.value(id, "address") != "一号路" {
		t.Errorf("the backup has %s", a.value(id, "address"))
	}
	a.run(0, "set", "--id", id, "add:assets") // goes on
	a.run(0, "parcel", "take", b.send(a, id))
	if a.clashes(id) != 0 || a.value(id, "address") != "三号路" || a.value(id, "name") != "株洲恒硬刀具股份有限公司" {
		t.Errorf("%d clashes, %s, %s", a.clashes(id), a.value(id, "address"), a.value(id, "name"))
	}
	if !slices.Contains(a.history(id), "甲: address 三号路") {
		t.Error("the change that only the parcel had is not in the history")
	}
	a.run(0, "set", "--id", id, "firm.address=四号路")
	b.run(0, "parcel", "take", a.send(b, id))
	if b.value(id, "address") != "四号路" || b.clashes(id) != 0 {
		t.Errorf("b has %s", b.value(id, "address"))
	}
}

// ctl runs the real command line.
func ctl(t *testing.T, env []string, args ...string) (out, errs string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(programs(t), "shangyunctl"), args...)
	cmd.Env = append(os.Environ(), env...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}
