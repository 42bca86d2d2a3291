package casedb

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// home is one computer of a hand-over.
type home struct {
	db *DB
	by string
	n  int
}

func homes(t *testing.T, names ...string) []*home {
	t.Helper()
	var out []*home
	for _, by := range names {
		out = append(out, &home{db: start(t, t.TempDir()), by: by})
	}
	return out
}

func (h *home) threads(t *testing.T) []handover.Thread {
	t.Helper()
	all, err := h.db.Threads(t.Context(), "x", false)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// parcel is what leaves: the bytes, and what another computer reads in them.
func (h *home) parcel(t *testing.T) []handover.Thread {
	t.Helper()
	data, err := handover.Content{CaseID: "x", Created: day, Threads: h.threads(t)}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	c, err := handover.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return c.Threads
}

func (h *home) graft(t *testing.T, parcel []handover.Thread, at time.Time) wizard.Graft {
	h.n++
	return wizard.Graft{CaseID: "x", Created: day, AsOf: "2026-11-23", Threads: handover.MergeAll(h.threads(t), parcel), By: h.by, At: at,
		From: wizard.Received{ID: fmt.Sprintf("%x-%d", at.UnixNano(), h.n), Name: "寄件人", Log: []handover.Line{{Seq: 1, At: at, By: "寄件人", Deed: "view"}}}}
}

// heads is what holds of each fact and how much is known of it, by the names that are the same everywhere.
func heads(threads []handover.Thread) map[string]string {
	out := map[string]string{}
	for i := range threads {
		t := &threads[i]
		var keys []string
		for p := range t.Revisions {
			keys = append(keys, t.Key(p)[:12])
		}
		slices.Sort(keys)
		order := t.Order
		if t.Fact(t.Head) == nil {
			order = -1
		}
		out[t.Kind+"/"+t.ID] = fmt.Sprintf("%s %d %s", t.Key(t.Head)[:12], order, strings.Join(keys, " "))
	}
	return out
}

func (h *home) take(t *testing.T, parcel []handover.Thread, at time.Time) {
	t.Helper()
	g := h.graft(t, parcel, at)
	want := heads(g.Threads)
	if err := h.db.Graft(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, heads(h.threads(t))); d != "" {
		t.Fatalf("what was stored reads back otherwise: %s", d)
	}
}

// TestWhatParcelsBringIsReadBackAsItWasMerged lets three folders work apart and exchange parcels in any order; after each one the store
// knows exactly the tree that thinking made, the case loads, and the log counts every row.
func TestWhatParcelsBringIsReadBackAsItWasMerged(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 3))
		all, at := homes(t, "甲", "乙", "丙"), day
		tick := func() time.Time { at = at.Add(time.Second); return at }
		create(t, all[0].db, &survey.Case{Schema: survey.SchemaCase, ID: "x", Created: day, AsOf: "2026-11-23", Firm: survey.Firm{Name: "甲厂"}})
		for _, h := range all[1:] {
			h.take(t, all[0].parcel(t), tick())
		}
		var post [][]handover.Thread
		for range 25 {
			h := all[r.IntN(3)]
			switch r.IntN(5) {
			case 0:
				save(t, h.db, "x", tick(), change(t, "firm", "firm", survey.Firm{Name: fmt.Sprint("厂", r.IntN(3))}))
			case 1:
				id := fmt.Sprint("s", r.IntN(4))
				c := change(t, "site", id, survey.Site{ID: id, Name: fmt.Sprint(r.IntN(3))})
				c.Order, c.Gone = len(load(t, h.db, "x").Sites), r.IntN(3) == 0
				save(t, h.db, "x", tick(), c)
			case 2:
				post = append(post, h.parcel(t))
			case 3:
				settleOne(t, h, tick())
			default:
				if len(post) > 0 {
					h.take(t, post[r.IntN(len(post))], tick())
				}
			}
		}
		for range 2 {
			for _, from := range all {
				for _, to := range all {
					to.take(t, from.parcel(t), tick())
				}
			}
		}
		for _, h := range all {
			load(t, h.db, "x")
			wantWhole(t, h.db)
			rows := count(t, h.db, `SELECT count(*) FROM fact`) + count(t, h.db, `SELECT count(*) FROM strand`)
			for _, p := range post {
				h.take(t, p, tick())
			}
			if n := count(t, h.db, `SELECT count(*) FROM fact`) + count(t, h.db, `SELECT count(*) FROM strand`); n != rows {
				t.Errorf("old parcels once more made %d rows out of %d", n, rows)
			}
		}
	}
}

// settleOne ends the first clash in favour of the other side.
func settleOne(t *testing.T, h *home, at time.Time) {
	t.Helper()
	all, err := h.db.Threads(t.Context(), "x", true)
	if err != nil {
		t.Fatal(err)
	}
	settled := load(t, h.db, "x").Settlements
	for i := range all {
		k := all[i].Clash(settled)
		if k == nil {
			continue
		}
		s := all[i].Settle(settled)
		s.ID, s.By, s.At = fmt.Sprint("z", at.UnixNano()), h.by, at
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		c := wizard.Change{Fact: survey.Fact{Kind: k.Kind, ID: k.ID}, Gone: true}
		if f := k.Other[0].Fact; f != nil {
			c = wizard.Change{Fact: *f}
		}
		save(t, h.db, "x", at, c, wizard.Change{Fact: survey.Fact{Kind: "settlement", ID: s.ID, Data: data}})
		return
	}
}

// TestAParcelIsTakenWholeOrNotAtAll breaks each kind of row that a parcel writes.
func TestAParcelIsTakenWholeOrNotAtAll(t *testing.T) {
	for _, table := range []string{"case_", "key_", "fact", "strand", "parcel", "audit"} {
		t.Run(table, func(t *testing.T) {
			all := homes(t, "甲", "乙")
			a, b := all[0], all[1]
			create(t, a.db, secretCase())
			if table != "case_" && table != "key_" { // known here already, and gone on with apart
				b.take(t, a.parcel(t), day)
				save(t, a.db, "x", day.Add(time.Second), change(t, "firm", "firm", survey.Firm{Name: "一"}))
				save(t, b.db, "x", day.Add(time.Second), change(t, "firm", "firm", survey.Firm{Name: "二"}))
				save(t, a.db, "x", day.Add(2*time.Second), change(t, "site", "s9", survey.Site{ID: "s9", Name: "九"}))
			}
			state := func() []int {
				var n []int
				for _, q := range []string{"case_", "key_", "fact", "strand", "parcel", "audit"} {
					n = append(n, count(t, b.db, `SELECT count(*) FROM `+q))
				}
				return n
			}
			before := state()
			raw(t, b.db, `CREATE TRIGGER fault BEFORE INSERT ON `+table+` BEGIN SELECT RAISE(ABORT, 'fault'); END`)
			wantCode(t, b.db.Graft(t.Context(), b.graft(t, a.parcel(t), day.Add(time.Hour))), survey.CodeStore, "")
			if d := cmp.Diff(before, state()); d != "" {
				t.Errorf("a part of it stayed: %s", d)
			}
			raw(t, b.db, `DROP TRIGGER fault`)
			b.take(t, a.parcel(t), day.Add(time.Hour))
			load(t, b.db, "x")
			wantWhole(t, b.db)
		})
	}
}

func TestAParcelIsRefusedWhenTheFactsWentOnMeanwhileOrWereErased(t *testing.T) {
	all := homes(t, "甲", "乙")
	a, b := all[0], all[1]
	create(t, a.db, secretCase())
	b.take(t, a.parcel(t), day)
	late := b.graft(t, a.parcel(t), day)
	save(t, b.db, "x", day.Add(time.Second), change(t, "firm", "firm", survey.Firm{Name: "二"}))
	wantCode(t, b.db.Graft(t.Context(), late), survey.CodeConflict, "请再收一次")
	raw(t, b.db, `UPDATE case_ SET state = 'erasing'`)
	for _, table := range append(slices.Clone(ofCase), "case_") {
		raw(t, b.db, `DELETE FROM `+table)
	}
	raw(t, b.db, `UPDATE key_ SET wrapped = x'', destroyed = 'now' WHERE case_id = 'x'`)
	wantCode(t, b.db.Graft(t.Context(), b.graft(t, a.parcel(t), day)), survey.CodeNoCase, "已按企业要求")
}

// TestWhatCameByParcelIsSealed looks for plain words in every file, rows that never held here and the sender's log included.
func TestWhatCameByParcelIsSealed(t *testing.T) {
	dir := t.TempDir()
	a := homes(t, "甲")[0]
	create(t, a.db, secretCase())
	b := &home{db: start(t, dir), by: secrets[0]}
	b.take(t, a.parcel(t), day)
	save(t, a.db, "x", day.Add(time.Second), change(t, "firm", "firm", survey.Firm{Name: secrets[0] + "一"}))
	save(t, b.db, "x", day.Add(time.Second), change(t, "firm", "firm", survey.Firm{Name: secrets[0] + "二"}))
	g := b.graft(t, a.parcel(t), day)
	g.From.Name, g.From.Log[0].What = secrets[0], secrets[0]
	if err := b.db.Graft(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	if n := count(t, b.db, `SELECT count(*) FROM strand`); n == 0 {
		t.Fatal("nothing stands aside")
	}
	if n := places(t, dir); n > 0 {
		t.Errorf("%d readable places", n)
	}
	got, err := b.db.Parcels(t.Context(), "x")
	if err != nil || len(got) != 2 || got[1].Log[0].What != secrets[0] {
		t.Errorf("%+v, %v", got, err)
	}
}
