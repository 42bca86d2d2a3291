package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// revise is the next revision of sub with the same papers.
func revise(t *testing.T, sub submit.Sealed, title string) submit.Sealed {
	t.Helper()
	next := sub.Submission
	next.Base, next.Revision, next.Summary.Title = sub.Submission.Revision, sub.Submission.Revision+1, title
	sealed, err := submit.Seal(next)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

// A key rotated while the portal serves signs the very next receipt, and a device that pinned the first key accepts it
// through the signed chain; the receipts from before stay as they were.
func TestARotationTakesEffectWhileServing(t *testing.T) {
	data := t.TempDir()
	portal := serve(t, data)
	e := enrol(t, portal)
	first, open := request(t, 1)
	before, err := client.New().Send(t.Context(), e, first, open, nil)
	if err != nil {
		t.Fatal(err)
	}
	sub, keys := first, map[string]bool{before.PortalKeyID: true}
	for _, title := range []string{"第二版", "第三版"} {
		if out, err := program(t, "key", "rotate", "--data", data).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		sub = revise(t, sub, title)
		after, err := client.New().Send(t.Context(), e, sub, open, nil)
		if err != nil {
			t.Fatalf("%s after a rotation: %v", title, err)
		}
		if keys[after.PortalKeyID] {
			t.Errorf("%s is still signed with an old key", title)
		}
		keys[after.PortalKeyID] = true
	}
	key, err := client.New().Key(t.Context(), portal.address)
	if err != nil || len(key.Rotations) != 2 || !key.Rotations[0].Old.Equal(e.Keys.Pinned) || !keys[key.KeyID] {
		t.Errorf("published: %+v, %v", key, err)
	}
	if again, err := client.New().Receipt(t.Context(), e, first); err != nil || again.PortalKeyID != before.PortalKeyID {
		t.Errorf("the first receipt: %+v, %v", again, err)
	}
}

// A key file that was exchanged without the old key's word is not taken over while serving; after a restart the devices refuse it by name.
func TestASwappedKeyIsNotTakenOver(t *testing.T) {
	data, other := t.TempDir(), t.TempDir()
	portal := serve(t, data)
	e := enrol(t, portal)
	first, open := request(t, 1)
	before, err := client.New().Send(t.Context(), e, first, open, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{other, other} { // the stranger's key has a rotation of its own: its chain starts elsewhere
		if out, err := program(t, "key", "rotate", "--data", dir).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	stranger, err := os.ReadFile(filepath.Join(other, "key", "portal.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "key", "portal.key"), stranger, 0o600); err != nil {
		t.Fatal(err)
	}
	second := revise(t, first, "第二版")
	receipt, err := client.New().Send(t.Context(), e, second, open, nil)
	if err != nil || receipt.PortalKeyID != before.PortalKeyID {
		t.Errorf("while serving: %+v, %v", receipt, err)
	}
	portal.kill()
	if n := strings.Count(portal.out.String(), "key file not taken over"); n != 1 {
		t.Errorf("the log names the exchange %d times\n%s", n, portal.out)
	}
	e.Address = serve(t, data).address
	_, err = client.New().Send(t.Context(), e, revise(t, second, "第三版"), open, nil)
	if survey.CodeOf(err) != survey.CodePortalKey {
		t.Errorf("after a restart: %v, want %s", err, survey.CodePortalKey)
	}
	if survey.CodePortalKey != "E0602" {
		t.Errorf("the code is %s", survey.CodePortalKey)
	}
}

// A damaged key file stops nothing while serving, and names itself at the next start.
func TestADamagedKeyFileIsNotTakenOver(t *testing.T) {
	data := t.TempDir()
	portal := serve(t, data)
	e := enrol(t, portal)
	path := filepath.Join(data, "key", "portal.key")
	good, err := os.ReadFile(path)
	if err != nil || !json.Valid(good) {
		t.Fatalf("%v", err)
	}
	if err := os.WriteFile(path, good[:len(good)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	sub, open := request(t, 1)
	if _, err := client.New().Send(t.Context(), e, sub, open, nil); err != nil {
		t.Errorf("while serving: %v", err)
	}
	portal.kill()
	out, err := program(t, "serve", "--data", data, "--listen", "127.0.0.1:0").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "密钥文件") {
		t.Errorf("at the next start: %v\n%s", err, out)
	}
}
