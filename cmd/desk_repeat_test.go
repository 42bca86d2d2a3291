package cmd

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func (d *table) wantSame(t *testing.T, step string, do func() error) {
	t.Helper()
	if err := do(); err != nil { // the first time may change something
		t.Fatalf("%s: %v", step, err)
	}
	before, err := d.Cases.Load(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	if err := do(); err != nil {
		t.Fatalf("%s again: %v", step, err)
	}
	after, err := d.Cases.Load(t.Context(), d.id)
	if diff := cmp.Diff(before, after); diff != "" || err != nil {
		t.Errorf("%s again changed the case: %s %v", step, diff, err)
	}
}

func TestRepeatingAnyStepChangesNothing(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	ctx := t.Context()
	file := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(d.files, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	steps := map[string]func() error{
		"set":    func() error { _, err := d.Set(ctx, d.id, "firm.address", "天元区新址"); return err },
		"year":   func() error { _, err := d.Set(ctx, d.id, "years.2025.staff", "151"); return err },
		"answer": func() error { _, err := d.Answer(ctx, d.id, "Q9", []string{"C", "B"}, "有说明"); return err },
		"scene":  func() error { _, err := d.Scene(ctx, d.id, "planning", 2); return err },
		"import": func() error { _, _, err := d.Import(ctx, d.id, "台账.xlsx", file("台账.xlsx")); return err },
		"accept": func() error { _, err := d.Accept(ctx, d.id); return err },
		"need":   func() error { _, err := d.Need(ctx, d.id, "scene:energy", survey.Yes); return err },
		"ban":    func() error { _, err := d.Offer(ctx, d.id, "x", survey.No); return err },
		"attach": func() error {
			_, err := d.Attach(ctx, d.id, "合同.png", "合同", "", "image/png", file("附件-合同.png"))
			return err
		},
		"enrol": func() error {
			if e, err := d.Enrolment(ctx); e != nil || err != nil {
				return err
			}
			b.enrol(t, d.Desk)
			return nil
		},
		"draft": func() error { _, _ = d.Set(ctx, d.id, "firm.founded", "去年"); return nil },
	}
	for _, step := range []string{"set", "year", "answer", "scene", "import", "accept", "need", "ban", "attach", "enrol", "draft"} {
		d.wantSame(t, step, steps[step])
	}
	d.wantSame(t, "agree", func() error { _, err := d.Agree(ctx, d.id, submit.Application); return err })
}

// An answer keeps its place among the others when it is given anew.
func TestAnAnswerGivenAnewKeepsItsPlace(t *testing.T) {
	d := openTable(t)
	order := func() (keys []string) {
		c, err := d.Cases.Load(t.Context(), d.id)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range c.Answers {
			keys = append(keys, a.Item)
		}
		for _, s := range c.Scenes {
			keys = append(keys, s.Scene)
		}
		return keys
	}
	before := order()
	if _, err := d.Answer(t.Context(), d.id, before[0], []string{"A"}, "改答"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Scene(t.Context(), d.id, "process-design", 0); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, order()); diff != "" {
		t.Error(diff)
	}
}

// What the portal refused stands aside: the mended request is sent alone.
func TestARefusedRequestDoesNotHoldUpTheMendedOne(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	d.agree(t, submit.Application)
	refused := d.seal(t, submit.Application)
	real := b.Config.Handler
	b.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPut {
			real.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", portal.TypeProblem)
		w.WriteHeader(http.StatusUnprocessableEntity)
		_ = json.NewEncoder(w).Encode(portal.NewProblem(portal.Validation, "项目名称"))
	})
	got, err := d.send(t, submit.Application)
	wantCode(t, err, survey.CodePortalRefused, "项目名称")
	if got.State != submit.StateBlocked {
		t.Errorf("refused: %+v", got)
	}
	d.set(t, "project.name", "刀具制造数据项目")
	if next := d.seal(t, submit.Application); next.ID == refused.ID || next.Revision != 1 {
		t.Errorf("mended: %+v", next)
	}
	if got, err := d.send(t, submit.Application); survey.CodeOf(err) != survey.CodePortalRefused || got.State != submit.StateBlocked {
		t.Errorf("refused again: %+v, %v", got, err) // the mended one was tried, not the first
	}
	b.Config.Handler = real
	got, err = d.send(t, submit.Application)
	if err != nil || got.Receipt == nil || got.ID == refused.ID {
		t.Errorf("mended: %+v, %v", got, err)
	}
	if all := heldIn(t, b.store); len(all) != 1 || all[0].receipts != 1 || all[0].id != got.ID {
		t.Errorf("the portal holds %+v", all)
	}
}

// The case came from another computer, its attachments did not: they are named before anything is sealed.
func TestAttachmentsThatAreElsewhereAreNamedBeforeSealing(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	d.agree(t, submit.Application)
	st, err := d.Edit(t.Context(), d.id, func(c *survey.Case) error {
		c.Attachments = append(c.Attachments, survey.Attachment{
			ID: "a-9", Name: "厂房证.pdf", Role: "其他", SHA256: submit.Digest([]byte("厂房证")), Size: int64(len("厂房证")), Type: "application/pdf",
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = d.Seal(t.Context(), d.id, submit.Application)
	wantCode(t, err, survey.CodeNotReady, "“厂房证.pdf”")
	if st, err = d.Open(t.Context(), d.id); err != nil || len(st.Requests) != 0 {
		t.Errorf("sealed: %+v, %v", st.Requests, err)
	}
	if _, err := d.Attach(t.Context(), d.id, "厂房证.pdf", "其他", "", "application/pdf", []byte("厂房证")); err != nil {
		t.Fatal(err)
	}
	d.seal(t, submit.Application)
	if r, err := d.send(t, submit.Application); err != nil || r.Receipt == nil {
		t.Errorf("attached again: %+v, %v", r, err)
	}
}
