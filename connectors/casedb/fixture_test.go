package casedb

import (
	"crypto/ed25519"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/submit"
)

var writeFixture = flag.Bool("fixture", false, "write the fixture of this schema when there is none yet")

const (
	fixtureV1 = "testdata/v1.db"
	fixtureV2 = "testdata/v2" // a whole folder: the key file belongs to it
	fixtureV6 = "testdata/v6" // with log, overviews, erasures and parcels
)

// fixtureCase is the small case of the fixture. It may lose a field here only when a migration takes that field out.
func fixtureCase() *survey.Case {
	at := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	revenue := money.Yuan(46_800_000)
	return &survey.Case{
		Schema: survey.SchemaCase, ID: "x", Created: at, AsOf: "2026-11-23",
		Firm:    survey.Firm{Name: "株洲恒硬刀具有限公司", Region: "430200", Industry: "C33", AboveScale: survey.Yes},
		Years:   []survey.Year{{Year: 2025, Revenue: &revenue}},
		Assets:  []survey.Asset{{ID: "a1", Name: "五轴加工中心", Count: 2, Digital: survey.Yes, Evidence: []survey.Evidence{{Source: survey.SourcePerson, By: "张工", At: at}}}},
		Answers: []survey.Answer{{Item: "Q6", Options: []string{"B", "C"}}},
		Drafts:  map[string]string{"firm.capital": "三十万左右"},
	}
}

// TestEveryReleasedVersionOpensForEver holds that what a released schema wrote opens, migrated or not, with all that was in it.
func TestEveryReleasedVersionOpensForEver(t *testing.T) {
	if *writeFixture {
		makeFixture(t)
	}
	for name, released := range map[string]struct {
		put   func(dir string) error
		began string // the first line of the log
	}{
		"v1": {func(dir string) error { return copyFile(fixtureV1, filepath.Join(dir, fileName)) }, begunLater},
		"v2": {func(dir string) error { return os.CopyFS(dir, os.DirFS(fixtureV2)) }, begunLater},
		"v6": {func(dir string) error { return os.CopyFS(dir, os.DirFS(fixtureV6)) }, "change 张工 新建案卷"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := released.put(dir); err != nil {
				t.Fatal(err)
			}
			db := start(t, dir)
			wantReleased(t, db, released.began)
			save(t, db, "x", day, change(t, "firm", "firm", survey.Firm{Name: "改名"}))
			wantWhole(t, db)
		})
	}
}

const begunLater = "begin 上云通 记录自此开始" // how the log of a case begins that is older than the log

func wantFixture(t *testing.T, db *DB) {
	t.Helper()
	wantReleased(t, db, begunLater)
}

func wantReleased(t *testing.T, db *DB, began string) {
	t.Helper()
	if diff := cmp.Diff(fixtureCase(), load(t, db, "x")); diff != "" {
		t.Error(diff)
	}
	if h, err := db.History(t.Context(), "x", "firm", "firm"); err != nil || len(h) != 2 || h[0].By != "张工" || h[1].By != "李工" {
		t.Errorf("history = %+v, %v", h, err)
	}
	want := sealed(t, idA, 1, "甲")
	if r := only(t, db.Outbox()); r.State != submit.StateSent || r.SHA256 != want.SHA256 || r.Receipt == nil || r.Receipt.Verify(key.Public().(ed25519.PublicKey), want) != nil {
		t.Errorf("request = %+v", r)
	}
	if v, err := db.Setting(t.Context(), "language"); err != nil || v != "zh" {
		t.Errorf("setting = %q, %v", v, err)
	}
	if got := said(logged(t, db, "x")); len(got) == 0 || got[0] != began {
		t.Errorf("the log begins with %q, want %q", got, began)
	}
	if check, err := db.VerifyLog(t.Context(), ""); err != nil || check.Problem != "" {
		t.Errorf("the log does not hold: %+v, %v", check, err)
	}
	wantWhole(t, db)
}

func makeFixture(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(fixtureV6); err == nil {
		t.Fatal("the fixture is there already; it is never written again")
	}
	dir := t.TempDir()
	db := start(t, dir)
	c := fixtureCase()
	firm := c.Firm
	c.Firm.Name = "恒硬刀具"
	create(t, db, c)
	save(t, db, "x", day, change(t, "firm", "firm", firm))
	putRequest(t, db.Outbox(), sealed(t, idA, 1, "甲"))
	walk(t, db.Outbox(), sealed(t, idA, 1, "甲"), submit.StateSending, submit.StateSent)
	if err := db.PutSetting(t.Context(), "language", "zh"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(fixtureV6, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fileName, vault.FileName} {
		if err := copyFile(filepath.Join(dir, name), filepath.Join(fixtureV6, name)); err != nil {
			t.Fatal(err)
		}
	}
}
