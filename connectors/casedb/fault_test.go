package casedb

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// childJob and childDir make this test binary a program that works on a folder until it is killed.
const (
	childJob = "CASEDB_TEST_JOB"
	childDir = "CASEDB_TEST_DIR"
)

func TestMain(m *testing.M) {
	if job, ok := jobs[os.Getenv(childJob)]; ok {
		if err := job(context.Background(), os.Getenv(childDir)); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var jobs = map[string]func(ctx context.Context, dir string) error{"write": writeForEver}

func child(t *testing.T, job, dir string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childJob+"="+job, childDir+"="+dir)
	return cmd
}

func content(n int) []byte { return bytes.Repeat([]byte(strconv.Itoa(n)+" "), 2000) }

// writeForEver saves counted facts and contents and prints the number of each one that was acknowledged.
func writeForEver(ctx context.Context, dir string) error {
	db, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	err = db.Create(ctx, &survey.Case{ID: "x"}, "", day)
	if err != nil && survey.CodeOf(err) != survey.CodeStore {
		return err
	}
	c, err := db.Load(ctx, "x")
	if err != nil {
		return err
	}
	for n := len(c.Sites); ; n++ {
		if err := step(ctx, db, n); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// step stores content n, two facts and now and then a request and a backup.
func step(ctx context.Context, db *DB, n int) error {
	if _, err := db.Blobs().Put(ctx, content(n)); err != nil {
		return err
	}
	name := strconv.Itoa(n)
	if n%3 == 0 {
		s, err := sealRequest(requestID(n), 1, name)
		if err != nil {
			return err
		}
		if err := db.Outbox().Put(ctx, s, day); err != nil {
			return err
		}
	}
	if n%10 == 9 {
		if err := db.Backup(ctx, day.Add(time.Duration(n)*time.Second)); err != nil {
			return err
		}
	}
	// Two facts in one save: they stand or fall together.
	changes := []wizard.Change{
		{Fact: survey.Fact{Kind: "site", ID: name, Order: n, Data: fmt.Appendf(nil, `{"id":%q,"name":"甲"}`, name)}},
		{Fact: survey.Fact{Kind: "firm", ID: "firm", Data: fmt.Appendf(nil, `{"name":%q}`, name)}},
	}
	return db.Save(ctx, "x", changes, "", day.Add(time.Duration(n)))
}

func requestID(n int) string { return fmt.Sprintf("01932f4a-0000-7000-8000-%012d", n) }

func rounds(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("SHANGYUN_FAULT_ROUNDS"))
	if err != nil || n < 1 {
		return 3
	}
	return n
}

func TestNothingAcknowledgedIsLostByAKill(t *testing.T) {
	dir, acked := t.TempDir(), -1
	for round := range rounds(t) {
		acked = max(acked, writeAndKill(t, dir, 1+rand.IntN(25)))
		db, err := Open(t.Context(), dir) // at once: a dead process holds no lock
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := verify(t.Context(), db, acked); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		wantWhole(t, db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// The check can fail: one fact more than was acknowledged is missed.
	db := start(t, dir)
	if n := len(load(t, db, "x").Sites); verify(t.Context(), db, n) == nil {
		t.Errorf("site %d, never written, was not missed", n)
	}
}

// writeAndKill lets a child write, kills it after some acknowledgements and gives the last number it acknowledged.
func writeAndKill(t *testing.T, dir string, after int) int {
	t.Helper()
	return writeAndKillJob(t, "write", dir, after)
}

func writeAndKillJob(t *testing.T, job, dir string, after int) int {
	t.Helper()
	cmd := child(t, job, dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := -1
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatalf("child: %s", lines.Text())
		}
		if n == after {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) {
		t.Fatalf("child ended by itself: %v", err)
	}
	if last < 0 {
		t.Fatal("child acknowledged nothing")
	}
	return last
}

// verify holds that everything up to the last acknowledged number is there, whole.
func verify(ctx context.Context, db *DB, acked int) error {
	c, err := db.Load(ctx, "x")
	if err != nil {
		return err
	}
	for n := range acked + 1 {
		if len(c.Sites) <= n || c.Sites[n].ID != strconv.Itoa(n) {
			return fmt.Errorf("site %d of %d acknowledged ones is lost", n, acked+1)
		}
		if b, err := db.Blobs().Get(ctx, submit.Digest(content(n))); err != nil || !bytes.Equal(b, content(n)) {
			return fmt.Errorf("content %d of %d: %w", n, acked+1, err)
		}
		if n%3 != 0 {
			continue
		}
		want, err := sealRequest(requestID(n), 1, strconv.Itoa(n))
		if err != nil {
			return err
		}
		if b, err := db.Outbox().Bytes(ctx, requestID(n), 1); err != nil || !bytes.Equal(b, want.Bytes) {
			return fmt.Errorf("request %d of %d: %w", n, acked+1, err)
		}
	}
	if len(c.Sites) == 0 {
		return nil
	}
	if c.Firm.Name != strconv.Itoa(len(c.Sites)-1) {
		return fmt.Errorf("firm says %s, sites say %d: a save came apart", c.Firm.Name, len(c.Sites)-1)
	}
	if h, err := db.History(ctx, "x", "firm", "firm"); err != nil || len(h) != len(c.Sites)+1 {
		return fmt.Errorf("history has %d revisions, want %d: %w", len(h), len(c.Sites)+1, err)
	}
	return nil
}
