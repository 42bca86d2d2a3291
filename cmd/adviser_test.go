package cmd

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/view"
)

// twins gives the table three cases: the whole sample firm, an empty firm, and the sample firm again.
func twins(t *testing.T, d *table) (whole, empty, again string) {
	t.Helper()
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	bare, err := d.New(t.Context(), "株洲空白机械有限公司")
	if err != nil {
		t.Fatal(err)
	}
	twin, err := d.Adopt(t.Context(), st.Case)
	if err != nil {
		t.Fatal(err)
	}
	return d.id, bare.Case.ID, twin.Case.ID
}

// A batch sends what is ready and agreed, and neither a firm that is not ready, nor a case that cannot be read, nor one without consent stops it.
func TestABatchSendsTheReadyOnesAndNoBadCaseBlocksTheRest(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	whole, empty, again := twins(t, d)
	ids := []string{"0198c0de-0000-7000-8000-000000000000", empty, whole, again}
	list, err := d.Outgoings(t.Context(), ids, submit.Application, nil)
	if err != nil {
		t.Fatal(err)
	}
	if list[0].Code != survey.CodeNoCase || len(list[1].Open) == 0 || !list[2].Ready() || !list[3].Ready() {
		t.Fatalf("before the batch: %+v", list)
	}
	if want := wizard.ConsentText(submit.Application, "株洲市工信局"); list[2].Consent != want || list[2].Agreed {
		t.Errorf("consent %q, agreed %v", list[2].Consent, list[2].Agreed)
	}
	var told []int
	list, err = d.SendMany(t.Context(), list, submit.Application, []string{again}, func(at int, _ wizard.Outgoing, _, _ int64, ended bool) {
		if ended {
			told = append(told, at)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if list[2].Code != survey.CodeConsent || list[2].Sent {
		t.Errorf("without consent: %+v", list[2])
	}
	if !list[3].Sent || list[3].Receipt == "" {
		t.Errorf("the ready one: %+v", list[3])
	}
	if !slices.Equal(told, []int{2, 3}) {
		t.Errorf("told of %v", told)
	}
	if st, err := d.Open(t.Context(), whole); err != nil || len(st.Requests) != 0 || len(st.Case.Consents) != 0 {
		t.Errorf("the firm that did not agree has requests %v, consents %v, %v", st.Requests, st.Case.Consents, err)
	}
	again2, err := d.Outgoings(t.Context(), ids, submit.Application, nil)
	if err != nil || !again2[3].Sent || again2[3].Receipt != list[3].Receipt {
		t.Errorf("after the batch: %+v, %v", again2, err)
	}
}

func TestABatchWithoutAPortalSealsAndStopsTrying(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	whole, _, again := twins(t, d)
	b.CloseClientConnections()
	b.Server.Close()
	list, err := d.Outgoings(t.Context(), []string{whole, again}, submit.Application, nil)
	if err != nil {
		t.Fatal(err)
	}
	if list, err = d.SendMany(t.Context(), list, submit.Application, []string{whole, again}, nil); err != nil {
		t.Fatal(err)
	}
	for _, o := range list {
		if o.Code.Class() != survey.ClassNetwork || !o.Sealed || o.Sent {
			t.Errorf("without a portal: %+v", o)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	fresh := []wizard.Outgoing{{ID: whole, Name: "甲"}, {ID: again, Name: "乙"}}
	list, err = d.SendMany(ctx, fresh, submit.Application, []string{whole, again}, nil)
	if err == nil && (list[0].Code != survey.CodeCancelled || list[1].Code != survey.CodeCancelled) {
		t.Errorf("cancelled: %+v", list)
	}
}

func TestFirmsAreLaidBesideEachOther(t *testing.T) {
	d := openTable(t)
	whole, empty, _ := twins(t, d)
	list, err := d.Compare(t.Context(), []string{whole, "0198c0de-0000-7000-8000-000000000000", empty}, nil)
	if err != nil {
		t.Fatal(err)
	}
	st, err := d.Open(t.Context(), whole)
	if err != nil {
		t.Fatal(err)
	}
	if f := list[0]; !f.Assessed || f.Score != st.Assessment.Score || f.Bundle == nil || *f.Bundle != st.Bundle.FirstYear || f.Claim == nil || *f.Claim != *st.Claims.Conservative.Amount || f.Digital == "" {
		t.Errorf("the sample firm: %+v", f)
	}
	if list[1].Code != survey.CodeNoCase {
		t.Errorf("a case that is not there: %+v", list[1])
	}
	if f := list[2]; f.Code != "" || f.Assessed || f.Claim != nil || f.Digital != "" {
		t.Errorf("an empty firm must know nothing: %+v", f)
	}
	w := func(key string, _ ...any) string { return key }
	sheet := view.CompareSheet(w, list)
	if len(sheet.Rows) != 3 || len(sheet.Rows[0]) != len(sheet.Head) {
		t.Errorf("sheet %d×%d, head %d", len(sheet.Rows), len(sheet.Rows[0]), len(sheet.Head))
	}
	f, err := d.TakeBeside(t.Context(), []string{whole, empty}, sheet, wizard.Leaving{Where: "/tmp/x.xlsx", By: "顾问"})
	if err != nil || !bytes.HasPrefix(f.Data, []byte("PK")) {
		t.Fatal(err)
	}
	_, err = d.TakeBeside(t.Context(), []string{whole}, sheet, wizard.Leaving{Where: "/tmp/x.xlsx"})
	wantCode(t, err, survey.CodeConsent, "对比表")
	if _, err := d.Compare(t.Context(), nil, nil); survey.CodeOf(err) != survey.CodeNothingMarked {
		t.Errorf("none: %v", err)
	}
}

// While a case is checked nothing of it changes, by whatever verb; remarks are kept, and the digest that is signed does not move by them.
func TestACaseOpenForCheckingCannotBeChanged(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	d.agree(t, submit.Application)
	if _, err := d.Set(t.Context(), d.id, "firm.contact.name", "改前"); err != nil {
		t.Fatal(err)
	}
	st, err := d.BeginCheck(t.Context(), d.id)
	if err != nil || st.Checking != "测试" {
		t.Fatalf("checking %q, %v", st.Checking, err)
	}
	before, err := wizard.CheckDigest(st.Case)
	if err != nil {
		t.Fatal(err)
	}
	verbs := map[string]func() error{
		"set":    func() error { _, err := d.Set(t.Context(), d.id, "firm.name", "别的名字"); return err },
		"draft":  func() error { _, err := d.Set(t.Context(), d.id, "firm.creditCode", "错的"); return err },
		"remove": func() error { _, err := d.Remove(t.Context(), d.id, wizard.AddAsset, st.Case.Assets[0].ID); return err },
		"many": func() error {
			_, err := d.SetMany(t.Context(), d.id, []string{st.Case.Assets[0].ID}, "workshop", "二车间")
			return err
		},
		"undo": func() error { _, err := d.Undo(t.Context(), d.id); return err },
		"attach": func() error {
			_, err := d.Attach(t.Context(), d.id, "a.txt", "合同", "", "text/plain", []byte("x"))
			return err
		},
		"visit": func() error { _, err := d.Note(t.Context(), d.id, survey.RoleVisit, "workshop:一", "x"); return err },
		"seal":  func() error { _, _, err := d.Seal(t.Context(), d.id, submit.Application); return err },
	}
	for name, verb := range verbs {
		if err := verb(); survey.CodeOf(err) != survey.CodeForCheck {
			t.Errorf("%s: %v, want %s", name, err, survey.CodeForCheck)
		}
	}
	if _, err := d.Note(t.Context(), d.id, survey.RoleCheck, "firm", "联系人写错了"); err != nil {
		t.Fatal(err)
	}
	if st, err = d.Open(t.Context(), d.id); err != nil {
		t.Fatal(err)
	}
	after, err := wizard.CheckDigest(st.Case)
	if err != nil || after != before {
		t.Errorf("the digest moved from %s to %s, %v", before, after, err)
	}
	sheet, err := d.SignSheetOf(t.Context(), st)
	if err != nil || len(sheet.Remarks) != 1 || sheet.Remarks[0].Text != "联系人写错了" || sheet.Remarks[0].By != "测试" || sheet.Digest != before {
		t.Errorf("sheet %+v, %v", sheet, err)
	}
	files, err := d.TakeSignSheet(t.Context(), d.id, wizard.Leaving{Where: "/tmp", By: "检查人"})
	if err != nil || !bytes.HasPrefix(files[0].Data, []byte("%PDF")) {
		t.Fatal(err)
	}
	if keep := os.Getenv("SHANGYUN_SHOTS"); keep != "" {
		_ = os.WriteFile(filepath.Join(keep, "sign.pdf"), files[0].Data, 0o600)
	}
	if _, err := d.EndCheck(t.Context(), d.id); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Set(t.Context(), d.id, "firm.contact.name", "改后"); err != nil {
		t.Errorf("after the check: %v", err)
	}
}

// One field is written to many lines and one undo takes it back.
func TestManyLinesAreSetAndTakenBackAsOne(t *testing.T) {
	d := openTable(t)
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	was := map[string]string{}
	var ids []string
	for _, a := range st.Case.Assets {
		ids, was[a.ID] = append(ids, a.ID), a.Workshop
	}
	if st, err = d.SetMany(t.Context(), d.id, ids, "workshop", "总装车间"); err != nil {
		t.Fatal(err)
	}
	for _, a := range st.Case.Assets {
		if a.Workshop != "总装车间" {
			t.Errorf("%s stayed in %q", a.Name, a.Workshop)
		}
	}
	if st, err = d.Undo(t.Context(), d.id); err != nil {
		t.Fatal(err)
	}
	for _, a := range st.Case.Assets {
		if a.Workshop != was[a.ID] {
			t.Errorf("%s is in %q after one undo, was in %q", a.Name, a.Workshop, was[a.ID])
		}
	}
	_, err = d.SetMany(t.Context(), d.id, ids, "bought", "不是日期")
	wantCode(t, err, survey.CodeDate, "")
	_, err = d.SetMany(t.Context(), d.id, ids, "name", "一样的名字")
	wantCode(t, err, survey.CodeUnknownItem, "workshop")
	_, err = d.SetMany(t.Context(), d.id, nil, "workshop", "x")
	wantCode(t, err, survey.CodeNothingMarked, "")
}
