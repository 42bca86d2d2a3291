package join

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/update"
	"github.com/shangyuntong/shangyun/installer"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// publish makes this test the publisher and gives what it signs with.
func publish(t *testing.T) minisign.PrivateKey {
	t.Helper()
	public, private, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	was := updateKeys
	updateKeys = func() update.Keys { return update.Keys{public.String()} }
	t.Cleanup(func() { updateKeys = was })
	return private
}

// packageOf signs one changed file of our own packs and writes it to a stick.
func packageOf(t *testing.T, key minisign.PrivateKey, stick string, number int, name string, change func(string) string) {
	t.Helper()
	text, err := assets.Policy.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	after := change(string(text))
	if after == string(text) {
		t.Fatal("nothing changed")
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(after), 0o644); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	m := update.Manifest{Kind: update.KindPacks, Number: number, Date: "2026-11-28", Notes: []string{"改了标题"}}
	if err := update.Make(&b, m, dir, []string{name}, key); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(stick, "packs"+update.Ext), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

const textPack = "policy/hunan-text-v1.yaml"

// TestAPolicyComesOnAStick takes a changed policy through the desk's verbs, opens the case file with it, and goes back.
func TestAPolicyComesOnAStick(t *testing.T) {
	key := publish(t)
	data, stick := filepath.Join(t.TempDir(), "data"), t.TempDir()
	own, err := Packs()
	if err != nil {
		t.Fatal(err)
	}
	title := own.Policy.Title
	packageOf(t, key, stick, installer.Packs()+1, textPack, func(s string) string { return strings.Replace(s, "\ntitle: "+title, "\ntitle: "+title+"（新）", 1) })
	d := Updates(data)
	list, err := d.LookForUpdates(t.Context(), stick)
	if err != nil || len(list) != 1 || list[0].Refused != nil || len(list[0].Changed) != 1 || list[0].Changed[0] != "~ "+textPack {
		t.Fatalf("found %+v, %v", list, err)
	}
	if err := d.TakeUpdate(t.Context(), list[0], func(float64) {}); err != nil {
		t.Fatal(err)
	}
	titleNow := func() string {
		desk, closer, err := Desk(t.Context(), data, "测试")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = closer.Close() }()
		return desk.Packs.Policy.Title
	}
	if got := titleNow(); got != title+"（新）" {
		t.Errorf("the case file opens with %q", got)
	}
	if s, err := d.UpdateState(t.Context()); err != nil || s.Packs != installer.Packs()+1 || !s.PacksBefore {
		t.Errorf("state %+v, %v", s, err)
	}
	if err := d.UndoUpdate(t.Context(), wizard.UpdatePacks); err != nil {
		t.Fatal(err)
	}
	if got := titleNow(); got != title {
		t.Errorf("after going back %q", got)
	}
}

// TestAPackThatFailsItsOwnExamplesIsRefused: a rate is changed, the pack's worked examples are not.
func TestAPackThatFailsItsOwnExamplesIsRefused(t *testing.T) {
	key := publish(t)
	data, stick := filepath.Join(t.TempDir(), "data"), t.TempDir()
	packageOf(t, key, stick, installer.Packs()+1, "policy/voucher-hubei-2025.yaml", func(s string) string { return strings.Replace(s, `rate: "0.20"`, `rate: "0.25"`, 1) })
	d := Updates(data)
	list, err := d.LookForUpdates(t.Context(), stick)
	if err != nil || len(list) != 1 {
		t.Fatalf("found %+v, %v", list, err)
	}
	if err := d.TakeUpdate(t.Context(), list[0], func(float64) {}); survey.CodeOf(err) != survey.CodePack || !strings.Contains(err.Error(), "样例") && !strings.Contains(err.Error(), "example") {
		t.Errorf("taken: %v", err)
	}
	if s, err := d.UpdateState(t.Context()); err != nil || s.Packs != installer.Packs() {
		t.Errorf("state %+v, %v", s, err)
	}
}
