package casedb

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func init() { jobs["saves"] = saveForEver }

// saveForEver saves, takes back and views, and prints a number after each.
func saveForEver(ctx context.Context, dir string) error {
	db, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	if err := db.Create(ctx, &survey.Case{ID: "x"}, "", day); err != nil && survey.CodeOf(err) != survey.CodeStore {
		return err
	}
	for n := 0; ; n++ {
		at := day.Add(time.Duration(n))
		f := survey.Fact{Kind: "firm", ID: "firm", Data: fmt.Appendf(nil, `{"name":"%d %d"}`, n, rand.Int())}
		if err := db.Save(ctx, "x", []wizard.Change{{Fact: f}}, "", at); err != nil {
			return err
		}
		if err := db.SaveMarked(ctx, "x", nil, wizard.Mark{Undo: strconv.Itoa(n)}, "", at); err != nil {
			return err
		}
		if err := db.Log(ctx, wizard.Logged{CaseID: "x", Deed: wizard.DeedView, At: at}); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// Killed at any moment, no save stands without its line and no line without its save.
func TestAKillPartsNoSaveFromItsLine(t *testing.T) {
	dir := t.TempDir()
	for range 4 * rounds(t) {
		cmd := child(t, "saves", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		from := time.Now()
		for n := 0; lines.Scan(); n++ {
			if n == 0 {
				from = time.Now()
			}
			if n == 3 { // some moment of the next round, whose length the last ones tell
				took := time.Since(from) / 3
				time.AfterFunc(time.Duration(rand.Int64N(int64(took)+1)), func() { _ = cmd.Process.Kill() })
			}
		}
		if cmd.Wait() == nil {
			t.Fatal("the child ended by itself")
		}
		db, err := Open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		wantWhole(t, db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
