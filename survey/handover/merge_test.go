package handover

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
)

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

// laptop is a store in ten lines: threads, and a person who edits them.
type laptop struct {
	name    string
	now     *time.Time
	threads []Thread
}

func (l *laptop) tick() time.Time { *l.now = l.now.Add(time.Second); return *l.now }

func (l *laptop) thread(kind, id string) *Thread {
	for i := range l.threads {
		if l.threads[i].Kind == kind && l.threads[i].ID == id {
			return &l.threads[i]
		}
	}
	l.threads = append(l.threads, NewThread(kind, id))
	return &l.threads[len(l.threads)-1]
}

func (l *laptop) say(kind, id, value string) {
	l.write(kind, id, Revision{Data: json.RawMessage(value)})
}

func (l *laptop) write(kind, id string, r Revision) {
	t := l.thread(kind, id)
	r.By, r.At = l.name, l.tick()
	if t.Fact(t.Head) == nil { // at the end of its list
		t.Order = len(l.threads)
	}
	r.Order = t.Order
	t.Head = t.Put(t.Head, r)
}

func (l *laptop) drop(kind, id string) {
	t := l.thread(kind, id)
	l.write(kind, id, Revision{Gone: true, Data: t.Revisions[t.Head].Data})
}

// parcel is what leaves: bytes and back, as another computer would read them.
func (l *laptop) parcel(t testing.TB) []Thread {
	t.Helper()
	data, err := Content{CaseID: "c", Created: noon, Threads: l.threads}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return c.Threads
}

func (l *laptop) take(parcel []Thread) { l.threads = MergeAll(l.threads, parcel) }

func (l *laptop) clashes() []Clash {
	var out []Clash
	for i := range l.threads {
		if c := l.threads[i].Clash(Settled(l.threads)); c != nil {
			out = append(out, *c)
		}
	}
	return out
}

// settle chooses: the value that holds here, or the first of the others'.
func (l *laptop) settle(c Clash, theirs bool) {
	t := l.thread(c.Kind, c.ID)
	s := t.Settle(Settled(l.threads))
	if theirs {
		r := Revision{Gone: true, Data: t.Revisions[t.Head].Data}
		if f := c.Other[0].Fact; f != nil {
			r = Revision{Data: f.Data}
		}
		l.write(c.Kind, c.ID, r)
	}
	s.ID, s.By, s.At = fmt.Sprintf("s-%s-%d", l.name, l.now.UnixNano()), l.name, l.tick()
	data, _ := json.Marshal(s)
	l.say("settlement", s.ID, string(data))
}

func (l *laptop) value(kind, id string) string {
	for i := range l.threads {
		if t := &l.threads[i]; t.Kind == kind && t.ID == id && t.Fact(t.Head) != nil {
			return string(t.Fact(t.Head).Data)
		}
	}
	return "gone"
}

func pair() (a, b *laptop) {
	now := noon
	return &laptop{name: "甲", now: &now}, &laptop{name: "乙", now: &now}
}

const x, y, z = `"2026-01-01"`, `"2026-02-02"`, `"2026-03-03"`

func TestTwoHistoriesOfOneFact(t *testing.T) {
	for _, c := range []struct {
		name         string
		edit         func(a, b *laptop)
		atA, atB     string
		clashA       int
		clashB       int
		afterSettleA string // a keeps its own, both exchange
	}{
		{"one side went on", func(a, b *laptop) { a.say("asOf", "asOf", y); a.say("asOf", "asOf", z) }, z, z, 0, 0, z},
		{"both went on differently", func(a, b *laptop) { a.say("asOf", "asOf", y); b.say("asOf", "asOf", z) }, y, z, 1, 1, y},
		{"both came to the same value", func(a, b *laptop) { a.say("asOf", "asOf", y); b.say("asOf", "asOf", y) }, y, y, 0, 0, y},
		{"one had the other's value and went on", func(a, b *laptop) { a.say("asOf", "asOf", y); a.say("asOf", "asOf", z); b.say("asOf", "asOf", y) }, z, y, 1, 1, z},
		{"each had the other's value before", func(a, b *laptop) {
			a.say("asOf", "asOf", y)
			a.say("asOf", "asOf", z)
			b.say("asOf", "asOf", z)
			b.say("asOf", "asOf", y)
		}, z, y, 1, 1, z},
		{"taken out here, changed there", func(a, b *laptop) { a.drop("asOf", "asOf"); b.say("asOf", "asOf", z) }, "gone", z, 1, 1, "gone"},
		{"taken out on both sides", func(a, b *laptop) { a.drop("asOf", "asOf"); b.drop("asOf", "asOf") }, "gone", "gone", 0, 0, "gone"},
		{"changed and undone here, changed there", func(a, b *laptop) { a.say("asOf", "asOf", y); a.say("asOf", "asOf", x); b.say("asOf", "asOf", z) }, x, z, 1, 1, x},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := pair()
			a.say("asOf", "asOf", x)
			b.take(a.parcel(t))
			c.edit(a, b)
			toB, toA := a.parcel(t), b.parcel(t)
			a.take(toA)
			b.take(toB)
			if a.value("asOf", "asOf") != c.atA || b.value("asOf", "asOf") != c.atB {
				t.Fatalf("a has %s, b has %s", a.value("asOf", "asOf"), b.value("asOf", "asOf"))
			}
			if len(a.clashes()) != c.clashA || len(b.clashes()) != c.clashB {
				t.Fatalf("clashes %v and %v", a.clashes(), b.clashes())
			}
			for _, k := range a.clashes() {
				a.settle(k, false)
			}
			b.take(a.parcel(t))
			if len(a.clashes())+len(b.clashes()) != 0 || b.value("asOf", "asOf") != c.afterSettleA {
				t.Errorf("after settling b has %s, open %v", b.value("asOf", "asOf"), b.clashes())
			}
		})
	}
}

func TestTwoPeopleWhoSettleDifferentlyClashAgain(t *testing.T) {
	a, b := pair()
	a.say("asOf", "asOf", x)
	b.take(a.parcel(t))
	a.say("asOf", "asOf", y)
	b.say("asOf", "asOf", z)
	toB, toA := a.parcel(t), b.parcel(t)
	a.take(toA)
	b.take(toB)
	a.settle(a.clashes()[0], false)
	b.settle(b.clashes()[0], false)
	toB, toA = a.parcel(t), b.parcel(t)
	a.take(toA)
	b.take(toB)
	if len(a.clashes()) != 1 || len(b.clashes()) != 1 {
		t.Fatalf("two contrary decisions hide one another: %v, %v", a.clashes(), b.clashes())
	}
	a.settle(a.clashes()[0], true)
	b.take(a.parcel(t))
	if a.value("asOf", "asOf") != z || b.value("asOf", "asOf") != z || len(a.clashes())+len(b.clashes()) != 0 {
		t.Errorf("a %s %v, b %s %v", a.value("asOf", "asOf"), a.clashes(), b.value("asOf", "asOf"), b.clashes())
	}
}

func TestASettlementTakenBackOpensTheChoiceOnBothSides(t *testing.T) {
	a, b := pair()
	a.say("asOf", "asOf", x)
	b.take(a.parcel(t))
	a.say("asOf", "asOf", y)
	b.say("asOf", "asOf", z)
	a.take(b.parcel(t))
	a.settle(a.clashes()[0], true)
	b.take(a.parcel(t))
	a.drop("settlement", Settled(a.threads)[0].ID) // as an undo does: the record and the value
	a.say("asOf", "asOf", y)
	b.take(a.parcel(t))
	if len(a.clashes()) != 1 || len(b.clashes()) != 1 || b.value("asOf", "asOf") != y {
		t.Errorf("a: %v; b has %s: %v", a.clashes(), b.value("asOf", "asOf"), b.clashes())
	}
}

// rounds is how many random lives of three laptops are tried.
func rounds() int {
	if n, err := strconv.Atoi(os.Getenv("SHANGYUN_FAULT_ROUNDS")); err == nil {
		return n
	}
	return 40
}

func TestParcelsInAnyOrderLoseNothingAndConverge(t *testing.T) {
	for seed := range rounds() {
		t.Run(strconv.Itoa(seed), func(t *testing.T) { life(t, rand.New(rand.NewPCG(uint64(seed), 7))) })
	}
}

func life(t *testing.T, r *rand.Rand) {
	now := noon
	all := []*laptop{{name: "甲", now: &now}, {name: "乙", now: &now}, {name: "丙", now: &now}}
	all[0].say("asOf", "asOf", x)
	all[0].say("site", "s0", `{"id":"s0","name":"一"}`)
	for _, l := range all[1:] {
		l.take(all[0].parcel(t))
	}
	written := map[string]bool{}
	var post [][]Thread
	for range 60 {
		l := all[r.IntN(3)]
		note := func(kind, id string) {
			th := l.thread(kind, id)
			written[th.Key(th.Head)] = true
		}
		switch r.IntN(8) {
		case 0, 1:
			l.say("asOf", "asOf", fmt.Sprintf(`"2026-0%d-01"`, 1+r.IntN(9)))
			note("asOf", "asOf")
		case 2:
			id := fmt.Sprintf("s%d", r.IntN(6))
			l.say("site", id, fmt.Sprintf(`{"id":%q,"name":"%d"}`, id, r.IntN(4)))
			note("site", id)
		case 3:
			if id := fmt.Sprintf("s%d", r.IntN(6)); l.value("site", id) != "gone" {
				l.drop("site", id)
				note("site", id)
			}
		case 4:
			if c := l.clashes(); len(c) > 0 {
				l.settle(c[r.IntN(len(c))], r.IntN(2) == 0)
			}
		case 5:
			post = append(post, l.parcel(t))
		default:
			if len(post) > 0 { // twice, late, in any order
				l.take(post[r.IntN(len(post))])
			}
		}
	}
	for i := 0; ; i++ { // exchange everything, settle all at one desk, exchange
		for range 2 {
			for _, from := range all {
				for _, to := range all {
					to.take(from.parcel(t))
				}
			}
		}
		open := 0
		for _, l := range all {
			open += len(l.clashes())
		}
		if open == 0 {
			break
		}
		if i == 4 {
			t.Fatalf("still open after settling: %v %v %v", all[0].clashes(), all[1].clashes(), all[2].clashes())
		}
		for _, l := range all {
			if cs := l.clashes(); len(cs) > 0 {
				for _, c := range cs {
					l.settle(c, r.IntN(2) == 0)
				}
				break
			}
		}
	}
	for _, l := range all {
		known := map[string]bool{}
		for i := range l.threads {
			for p := range l.threads[i].Revisions {
				known[l.threads[i].Key(p)] = true
			}
		}
		for k := range written {
			if !known[k] {
				t.Fatalf("%s lost a revision", l.name)
			}
		}
		if d := cmp.Diff(all[0].holding(), l.holding()); d != "" {
			t.Fatalf("%s holds something else: %s", l.name, d)
		}
		before := len(l.revisions())
		for _, p := range post {
			l.take(p)
		}
		if n := len(l.revisions()); n != before {
			t.Fatalf("old parcels once more made %d revisions out of %d", n, before)
		}
		if d := cmp.Diff(all[0].holding(), l.holding()); d != "" {
			t.Fatalf("old parcels once more changed what %s holds: %s", l.name, d)
		}
	}
}

func (l *laptop) revisions() []Revision {
	var out []Revision
	for _, t := range l.threads {
		out = append(out, t.Revisions...)
	}
	return out
}

// holding is the case as it stands, lists in their order.
func (l *laptop) holding() *survey.Case {
	var facts []survey.Fact
	for i := range l.threads {
		if f := l.threads[i].Fact(l.threads[i].Head); f != nil {
			facts = append(facts, *f)
		}
	}
	c := &survey.Case{}
	if err := c.Assemble(facts); err != nil {
		panic(err)
	}
	c.Settlements = nil // their order says nothing
	return c
}

func FuzzDecode(f *testing.F) {
	a, _ := pair()
	a.say("asOf", "asOf", x)
	data, _ := Content{CaseID: "c", Created: noon, Threads: a.threads}.Encode()
	f.Add(data)
	f.Add([]byte(`{"schema":"shangyun-handover/1","caseId":"c","created":"2026-01-01T00:00:00Z","threads":[{"kind":"asOf","id":"asOf","head":0,"revisions":[{"parent":5}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Decode(data)
		if err != nil {
			if survey.CodeOf(err) != survey.CodeParcel {
				t.Fatal(err)
			}
			return
		}
		again, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		d, err := Decode(again)
		if err != nil {
			t.Fatal(err)
		}
		once := MergeAll(nil, c.Threads)
		if n, m := len(once), len(MergeAll(once, d.Threads)); n != m {
			t.Fatalf("the same again: %d, then %d", n, m)
		}
	})
}

func FuzzReadCard(f *testing.F) {
	f.Add(Card{Name: "甲", Recipient: "age1x", Key: "RWQ"}.String())
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := ReadCard(s); err == nil {
			if d, err := ReadCard(c.String()); err != nil || d != c {
				t.Fatalf("%+v %+v %v", c, d, err)
			}
		}
	})
}
