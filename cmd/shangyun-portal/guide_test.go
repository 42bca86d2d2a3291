package main

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Database, then attachments, then the key, copied by hand while serving, are a whole portal too.
func TestABackupTakenWhileServingIsAWholePortal(t *testing.T) {
	data, copied := t.TempDir(), t.TempDir()
	portal := serve(t, data)
	e := enrol(t, portal)
	sub, open := request(t, 1)
	receipt, err := client.New().Send(t.Context(), e, sub, open, nil)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := program(t, "backup", "--data", data, filepath.Join(copied, "portal.db")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.CopyFS(filepath.Join(copied, "blobs"), os.DirFS(filepath.Join(data, "blobs"))); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(copied, "key"), os.DirFS(filepath.Join(data, "key"))); err != nil {
		t.Fatal(err)
	}
	portal.kill()
	e.Address = serve(t, copied).address
	again, err := client.New().Send(t.Context(), e, sub, open, nil)
	if err != nil || again.Number != receipt.Number || string(again.Signature) != string(receipt.Signature) {
		t.Errorf("the receipt after restoring: %+v, %v", again, err)
	}
	if _, err := client.New().Prove(t.Context(), e, sub, open); err != nil {
		t.Error(err)
	}
	if _, err := client.New().Send(t.Context(), e, revise(t, sub, "第二版"), open, nil); err != nil {
		t.Errorf("the next revision after restoring: %v", err)
	}
}

// The guides say: another device sends the next revision only after it has announced the very bytes of an earlier one.
func TestAnotherDeviceTakesOverByTheBytesOfAnEarlierRevision(t *testing.T) {
	data := t.TempDir()
	portal := serve(t, data)
	e := enrol(t, portal)
	first, open := request(t, 1)
	if _, err := client.New().Send(t.Context(), e, first, open, nil); err != nil {
		t.Fatal(err)
	}
	out, err := program(t, "enrol-code", "--data", data).Output()
	if err != nil {
		t.Fatal(err)
	}
	code := strings.Fields(strings.TrimPrefix(string(out), "登记码 "))[0]
	code, _, _ = strings.Cut(code, "（")
	other, err := client.New().Enrol(t.Context(), client.Enrolling{
		Address: portal.address, Fingerprint: submit.Fingerprint(e.Keys.Pinned), Code: code,
		DeviceID: "01938a5e-7c00-7000-8000-00000000d002", DeviceName: "新电脑", Secret: hex.EncodeToString(make([]byte, 32)),
	})
	if err != nil {
		t.Fatal(err)
	}
	second := revise(t, first, "第二版")
	if _, err := client.New().Send(t.Context(), other, second, open, nil); survey.CodeOf(err) != survey.CodePortalRefused || !strings.Contains(survey.DetailOf(err), "无权") {
		t.Errorf("before: %v", err)
	}
	if _, err := client.New().Send(t.Context(), other, first, open, nil); err != nil {
		t.Errorf("the earlier bytes: %v", err)
	}
	if _, err := client.New().Send(t.Context(), other, second, open, nil); err != nil {
		t.Errorf("after: %v", err)
	}
}

// The partner's guide names every problem of the closed list in the row of its retry word.
func TestTheGuideNamesEveryProblem(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join("..", "..", "connectors", "portal", "INTEGRATION.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for _, line := range strings.Split(string(guide), "\n") {
		if word, _, ok := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); ok {
			rows[word] = line
		}
	}
	for kind, row := range portal.Problems {
		if !strings.Contains(rows[string(row.Retry)], "`"+string(kind)+"`") {
			t.Errorf("the row of %s lacks %s", row.Retry, kind)
		}
	}
}
