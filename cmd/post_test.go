package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// acquaint enters the cards of a portal and a desk with each other and gives the portal's end of parcels.
func acquaint(t *testing.T, b *bureau, d *wizard.Desk) server.Parcels {
	t.Helper()
	p := server.Parcels{Server: server.New(server.Config{Store: b.store, Keys: b.keys, Name: b.name, Now: time.Now})}
	theirs, err := p.Card(t.Context())
	if err == nil {
		_, err = d.Trust(t.Context(), b.name, theirs.String(), theirs.Fingerprint())
	}
	if err != nil {
		t.Fatal(err)
	}
	e, err := d.Enrolment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	mine, err := d.Card(t.Context())
	if err == nil {
		_, err = p.Trust(t.Context(), inbox.Who{Role: inbox.RoleAdmin, Login: "console"}, e.DeviceID, mine.String(), mine.Fingerprint())
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Requests go to the portal on a stick and receipts come back on it: twice, in any order, and mixed with the line, with the same result.
func TestTheStickIsALineToo(t *testing.T) {
	b := openBureau(t, "株洲市受理处")
	d := adviser(t, b, b.URL)
	p := acquaint(t, b, d)
	all := []submit.Sealed{bag(t, d, b.name, 500, 90_000), bag(t, d, b.name)}
	first, err := d.PackRequests(t.Context(), b.name)
	if err != nil || len(first.Requests) != 2 || first.Requests[0].State != submit.StateSending {
		t.Fatalf("%+v %v", first.Requests, err)
	}
	all = append(all, bag(t, d, b.name, 33))
	second, err := d.PackRequests(t.Context(), b.name)
	if err != nil {
		t.Fatal(err)
	}
	var receipts []submit.Receipt
	for i, data := range [][]byte{second.File.Data, first.File.Data, second.File.Data, first.File.Data} {
		done, err := p.Import(t.Context(), data)
		if err != nil || len(done.Refused) != 0 || len(done.Receipts) != map[bool]int{true: 3, false: 2}[i%2 == 0] {
			t.Fatalf("import %d: %+v %v", i, done, err)
		}
		if i == 0 {
			receipts = done.Receipts
		}
		if i == 2 {
			for j, r := range done.Receipts {
				if !bytes.Equal(r.Signature, receipts[j].Signature) {
					t.Error("the same parcel again gave another receipt")
				}
			}
		}
	}
	back, err := p.Return(t.Context(), receiptsDevice(t, d), nil, "back-1")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		heard, err := d.TakeWords(t.Context(), back)
		if err != nil || heard.Receipts != map[int]int{0: 3, 1: 0}[i] {
			t.Errorf("taken %d times: %+v %v", i+1, heard, err)
		}
	}
	if n := wantWhole(t, d, b.store, all); n != 0 {
		t.Errorf("%d wait", n)
	}
	if round, err := d.Flush(t.Context(), true, nil); err != nil || round.Sent+round.Failed != 0 {
		t.Errorf("the line sends again what the stick brought: %+v %v", round, err)
	}

	// A decision goes back by stick; the older parcel after it changes nothing.
	id := all[0].Submission.ID
	clerk := b.program(t, inbox.Account{Login: "clerk", Name: "受理员", Role: inbox.RoleReviewer})
	b.ask(t, clerk, id, "decisions", portal.Decide{Event: submit.EventReview})
	b.ask(t, clerk, id, "decisions", portal.Decide{Event: submit.EventReturn, Reasons: []submit.Reason{{Pointer: "/attachments/1", Code: "D03", Text: "看不清"}}})
	later, err := p.Return(t.Context(), receiptsDevice(t, d), nil, "back-2")
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{later, back, later} {
		if _, err := d.TakeWords(t.Context(), data); err != nil {
			t.Fatal(err)
		}
		st, err := d.Open(t.Context(), all[0].Submission.CaseID)
		if err != nil || st.Requests[0].State != submit.StateReturned || st.Requests[0].Said().Decision == nil {
			t.Errorf("%+v %v", st.Requests, err)
		}
	}
}

func receiptsDevice(t *testing.T, d *wizard.Desk) string {
	t.Helper()
	e, err := d.Enrolment(t.Context())
	if err != nil || e == nil {
		t.Fatal(err)
	}
	return e.DeviceID
}

func TestAStickThatIsNotRightIsRefusedByName(t *testing.T) {
	b, other := openBureau(t, "株洲市受理处"), openBureau(t, "长沙市受理处")
	d := adviser(t, b, b.URL)
	p := acquaint(t, b, d)
	foreign := acquaint(t, other, adviser(t, other, other.URL))
	bag(t, d, b.name, 5000)
	packed, err := d.PackRequests(t.Context(), b.name)
	if err != nil {
		t.Fatal(err)
	}
	data := packed.File.Data
	flipped := bytes.Clone(data)
	flipped[len(flipped)/2] ^= 1
	for name, c := range map[string]struct {
		at    server.Parcels
		data  []byte
		words string
	}{
		"tampered":          {p, flipped, "内容被改动"},
		"cut short":         {p, data[:len(data)-3000], "不是交接包"},
		"for another":       {foreign, data, "联系人"},
		"a bomb":            {p, bytes.Repeat([]byte{0}, 4<<20), "不是交接包"},
		"something else":    {p, []byte("PK\x03\x04"), "不是交接包"},
		"the way back sent": {p, mustReturn(t, p, receiptsDevice(t, d)), "联系人"},
	} {
		done, err := c.at.Import(t.Context(), c.data)
		if survey.CodeOf(err) != survey.CodeParcel || !strings.Contains(survey.DetailOf(err), c.words) {
			t.Errorf("%s: %+v %v", name, done, err)
		}
	}
	if held := heldIn(t, b.store); len(held) != 0 {
		t.Errorf("the portal holds %+v", held)
	}
	e, err := d.Enrolment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.store.Revoke(t.Context(), inbox.Who{Role: inbox.RoleAdmin, Login: "console"}, e.DeviceID, time.Time{}, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Import(t.Context(), data); err == nil {
		t.Error("a revoked device's parcel was taken")
	}
}

func mustReturn(t *testing.T, p server.Parcels, device string) []byte {
	t.Helper()
	data, err := p.Return(t.Context(), device, nil, "back")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTheStickOnTheCommandLine(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	o.enrol(t, data, o.address)
	o.kill()
	runCtl(t, o.bin, data, "send", "--agree").want(t, 5, "E0501")
	at := func(args ...string) string { return o.tool(t, append(args, "--data", o.data)...) }
	card := strings.Fields(strings.SplitN(at("parcel", "card"), "\n", 2)[1])[0]
	check := strings.TrimPrefix(strings.SplitN(at("parcel", "card"), "\n", 2)[0], "核对码 ")
	runCtl(t, o.bin, data, "parcel", "trust", "受理处", card, "--check", check).want(t, 0, "已登记 受理处")
	var mine struct{ Card, Fingerprint string }
	runCtl(t, o.bin, data, "--json", "parcel", "identity").into(t, &mine)
	device := strings.Fields(at("device", "list"))[0]
	at("parcel", "trust", "--device", device, mine.Card, "--check", mine.Fingerprint)
	stick := t.TempDir()
	out, back := filepath.Join(stick, "去.syparcel"), filepath.Join(stick, "回.syparcel")
	runCtl(t, o.bin, data, "parcel", "requests", "--to", "受理处", out).want(t, 0, "已把 1 份申请封入")
	if said := at("parcel", "import", out, "--back", back); !strings.Contains(said, "SY-") {
		t.Fatal(said)
	}
	runCtl(t, o.bin, data, "parcel", "words", back).want(t, 0, "新回执 1 份")
	runCtl(t, o.bin, data, "status").want(t, 0, "回执 SY-")
	if _, err := os.Stat(back); err != nil {
		t.Error(err)
	}
	o.wantOne(t, 1)
}
