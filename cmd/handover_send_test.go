package cmd

import (
	"testing"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// post hands the case over from one desk to the other.
func post(t *testing.T, from, to *table) *wizard.State {
	t.Helper()
	name := to.By
	if _, err := from.AgreeHandover(t.Context(), from.id, name); err != nil {
		t.Fatal(err)
	}
	f, err := from.HandOver(t.Context(), from.id, name)
	if err != nil {
		t.Fatal(err)
	}
	st, _, err := to.Take(t.Context(), f.Data)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func introduced(t *testing.T, a, b *table) {
	t.Helper()
	for _, p := range [][2]*table{{a, b}, {b, a}} {
		c, err := p[1].Card(t.Context())
		if err == nil {
			_, err = p[0].Trust(t.Context(), p[1].By, c.String(), c.Fingerprint())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestTwoLaptopsNeverSendTheSameRevisionDifferently: what was confirmed travels as knowledge with the case, numbers go on behind the highest
// that is known, and where two laptops do not know of each other the portal takes one.
func TestTwoLaptopsNeverSendTheSameRevisionDifferently(t *testing.T) {
	portal := openBureau(t, "株洲市受理处")
	a := openTable(t)
	dir := t.TempDir()
	desk, closer, err := join.Desk(t.Context(), dir, "顾问")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = closer.Close() })
	b := &table{Desk: desk, id: a.id, data: dir}
	introduced(t, a, b)
	portal.enrol(t, a.Desk)
	portal.enrol(t, b.Desk)

	a.agree(t, submit.Application)
	a.seal(t, submit.Application)
	first, err := a.send(t, submit.Application)
	if err != nil {
		t.Fatal(err)
	}
	st := post(t, a, b)
	if got := st.Requests; len(got) != 1 || got[0].From != a.By || got[0].Receipt == nil || got[0].Receipt.Number != first.Receipt.Number {
		t.Fatalf("b knows of %+v", got)
	}
	if _, err := b.Send(t.Context(), b.id, submit.Application, nil); err != nil {
		t.Errorf("sending what is sent: %v", err)
	}

	// Both go on apart; a has not sent yet.
	a.set(t, "firm.contact.name", "张三")
	mine := a.seal(t, submit.Application)
	b.set(t, "firm.contact.name", "李四")
	theirs := b.seal(t, submit.Application)
	if mine.ID != theirs.ID || mine.Revision != 2 || theirs.Revision != 2 {
		t.Fatalf("%+v and %+v", mine, theirs)
	}
	if theirs, err = b.send(t, submit.Application); err != nil || theirs.Receipt == nil {
		t.Fatalf("the next revision from another laptop: %+v, %v", theirs, err)
	}
	st = post(t, b, a)
	if r := st.Requests[0]; r.Revision != 2 || r.SHA256 != theirs.SHA256 || r.From != b.By || r.Receipt == nil {
		t.Fatalf("a's own second revision did not give way: %+v", r)
	}
	if st, err = a.SettleClash(t.Context(), a.id, "firm", "firm", wizard.KeepMine, 0); err != nil || len(st.Clashes) != 0 {
		t.Fatalf("%v, %+v", err, st.Clashes)
	}
	third := a.seal(t, submit.Application)
	if third.ID != first.ID || third.Revision != 3 {
		t.Errorf("numbers go on behind the highest known: %+v", third)
	}
	if third, err = a.send(t, submit.Application); err != nil || third.Receipt == nil {
		t.Fatal(err)
	}

	// Nobody tells b: its third revision is refused, and the portal keeps a's.
	b.set(t, "firm.contact.name", "王五")
	if r := b.seal(t, submit.Application); r.Revision != 3 {
		t.Fatalf("%+v", r)
	}
	_, err = b.send(t, submit.Application)
	wantCode(t, err, survey.CodeConflict, "")
	if held := heldIn(t, portal.store); len(held) != 1 {
		t.Errorf("the portal holds %+v", held)
	}
}
