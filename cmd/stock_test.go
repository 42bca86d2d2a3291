package cmd

import (
	"bytes"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// TestLinesArePartedAndJoinedAndUndone walks split, join and un-merge through a real case file.
func TestLinesArePartedAndJoinedAndUndone(t *testing.T) {
	d := openTable(t)
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	first := survey.Asset{}
	for _, a := range st.Case.Assets {
		if a.Count > 1 && a.Value != nil {
			first = a
			break
		}
	}
	before, machines := len(st.Case.Assets), st.Assessment.Rates.Machines
	st, key, err := d.Split(t.Context(), d.id, first.ID, 1)
	if err != nil || len(st.Case.Assets) != before+1 || st.Assessment.Rates.Machines != machines {
		t.Fatalf("%d lines, %d machines: %v", len(st.Case.Assets), st.Assessment.Rates.Machines, err)
	}
	if st, err = d.Join(t.Context(), d.id, first.ID, key); err != nil || len(st.Case.Assets) != before {
		t.Fatalf("%d lines after joining: %v", len(st.Case.Assets), err)
	}
	for _, step := range []int{before + 1, before} {
		turned, err := d.Undo(t.Context(), d.id)
		if err != nil || len(turned.Case.Assets) != step {
			t.Fatalf("undo: %d lines, want %d: %v", len(turned.Case.Assets), step, err)
		}
	}
	if _, _, err := d.Unmerge(t.Context(), d.id, first.ID, 99); survey.CodeOf(err) != survey.CodeUnknownItem {
		t.Errorf("a witness that is not there: %v", err)
	}
	if _, err := d.Join(t.Context(), d.id, first.ID, first.ID); survey.CodeOf(err) != survey.CodeField {
		t.Errorf("a line with itself: %v", err)
	}
}

// TestTheRegisterGoesOutAndComesBack writes every format through the desk and takes two of them in again.
func TestTheRegisterGoesOutAndComesBack(t *testing.T) {
	d := openTable(t)
	if _, err := d.TakeRegister(t.Context(), d.id, wizard.RegisterSheet, wizard.Leaving{Where: "U 盘"}); survey.CodeOf(err) != survey.CodeConsent {
		t.Fatalf("without a consent: %v", err)
	}
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	files := map[wizard.RegisterFormat]wizard.File{}
	for _, format := range wizard.RegisterFormats() {
		f, err := d.TakeRegister(t.Context(), d.id, format, wizard.Leaving{Where: "U 盘", By: "张三"})
		if err != nil || len(f.Data) == 0 {
			t.Fatalf("%s: %v", format, err)
		}
		files[format] = f
	}
	for _, format := range []wizard.RegisterFormat{wizard.RegisterCodes, wizard.RegisterGLPI} {
		fresh, err := d.New(t.Context(), "回读")
		if err != nil {
			t.Fatal(err)
		}
		back, b, err := d.Import(t.Context(), fresh.Case.ID, files[format].Name, files[format].Data)
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		switch k, want := back.Assessment.Rates, st.Assessment.Rates; {
		case format == wizard.RegisterGLPI && b.Added == 0:
			t.Errorf("GLPI: nothing came back")
		case format == wizard.RegisterCodes && (k.Machines != want.Machines || k.Digital != want.Digital || k.Networked != want.Networked || len(back.Case.Assets) != len(st.Case.Assets)):
			t.Errorf("the sheet: %d lines, %+v, want %d lines, %+v; %v", len(back.Case.Assets), k, len(st.Case.Assets), want, b.Ledger.Problems)
		}
	}
}

// TestFindsAreLookedThroughAndTaken takes one of two finds into a line of the ledger, keeps the report in the case and nowhere else.
func TestFindsAreLookedThroughAndTaken(t *testing.T) {
	d := openTable(t)
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	line := st.Case.Assets[0]
	at := time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC)
	rep := scan.Report{Started: at, Hosts: []scan.Host{
		{Address: "192.168.0.7", MAC: "00:1b:1b:0a:0b:0c", Seen: at, Identities: []scan.Identity{{Protocol: "s7", Where: "192.168.0.7:102", At: at, Class: scan.ClassPLC, Nameplate: survey.Nameplate{Manufacturer: "Siemens", Model: "S7-1200", SerialNumber: "S C-1"}, Answers: []string{"0300"}}}},
		{Address: "192.168.0.8", MAC: "00:1b:1b:0a:0b:0d", Seen: at},
		{Address: "192.168.0.9"},
	}}
	offers := d.Offers(st.Case, rep.Hosts)
	if len(offers) != 2 || offers[0].Line != "" {
		t.Fatalf("%+v", offers)
	}
	before := len(st.Case.Assets)
	st, b, err := d.TakeFinds(t.Context(), d.id, rep, []wizard.FindChoice{{Address: "192.168.0.7", Into: line.ID}})
	if err != nil || len(st.Case.Assets) != before || b.Changed != 1 {
		t.Fatalf("%+v %v", b, err)
	}
	got := st.Case.Assets[0]
	if got.Name != line.Name || got.Reach.MACs[0] != "00:1b:1b:0a:0b:0c" || got.Count != line.Count {
		t.Errorf("%+v", got)
	}
	if again := d.Offers(st.Case, rep.Hosts); again[0].Line != line.ID || len(again[0].Gains) != 0 {
		t.Errorf("the same find again: %+v", again[0])
	}
	kept := st.Case.Attachments[len(st.Case.Attachments)-1]
	if kept.Role != survey.RoleScan || !kept.Stays() {
		t.Fatalf("the report is not kept: %+v", kept)
	}
	papers, err := d.Papers(t.Context(), d.id, submit.Application)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range papers {
		if bytes.Contains(f.Data, []byte(kept.SHA256)) {
			t.Errorf("%s names the report of the network", f.Name)
		}
	}
	if st, err = d.Undo(t.Context(), d.id); err != nil || len(st.Case.Assets[0].Reach.MACs) != 0 {
		t.Errorf("undo: %v", err)
	}
	if _, err := d.AttachPlate(t.Context(), d.id, line.ID, "铭牌.txt", []byte("no picture")); survey.CodeOf(err) != survey.CodeFileKind {
		t.Errorf("a text as a picture: %v", err)
	}
	if st, err = d.AttachPlate(t.Context(), d.id, line.ID, "铭牌.jpg", []byte("\xff\xd8\xff\xe0 photo")); err != nil || st.Case.Attachments[len(st.Case.Attachments)-1].For != line.ID {
		t.Errorf("a picture: %v", err)
	}
}

// What the inventory works with stays in the case: neither a plate's picture nor a report of the network is part of a sealed request, and a
// picture whose bytes are on another computer holds no request up.
func TestTheInventorysOwnFilesAreNeverSent(t *testing.T) {
	b, d := openBureau(t, "株洲市工信局"), openTable(t)
	b.enrol(t, d.Desk)
	d.agree(t, submit.Application)
	own := map[string]string{survey.RolePlate: submit.Digest([]byte("铭牌")), survey.RoleScan: submit.Digest([]byte("网络"))}
	if _, err := d.Edit(t.Context(), d.id, func(c *survey.Case) error {
		for role, sha := range own {
			c.Attachments = append(c.Attachments, survey.Attachment{ID: "own-" + role, Name: role, Role: role, SHA256: sha, Size: 6, Type: "image/jpeg"})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s := d.manifest(t, d.seal(t, submit.Application))
	for role, sha := range own {
		if bytes.Contains(s.Bytes, []byte(sha)) {
			t.Errorf("%s is part of the request", role)
		}
	}
	if len(s.Submission.Attachments) == 0 {
		t.Error("nothing is attached: the test looks at nothing")
	}
}
