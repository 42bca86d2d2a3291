package cmd

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// deedsOf lists the deeds of the log of the only case after a line, with where they went.
func deedsOf(t *testing.T, bin, data string, after int64) (out []string, newest int64) {
	t.Helper()
	var all []wizard.Logged
	runCtl(t, bin, data, "audit", "list", "--json").want(t, 0, "").into(t, &all)
	for _, l := range all {
		if l.Seq > after {
			out = append(out, string(l.Deed)+" "+l.Where)
		}
		newest = l.Seq
	}
	return out, newest
}

// Every verb leaves the lines it should, and every file that leaves is named before it is there.
func TestEveryVerbLeavesItsLine(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	out := t.TempDir()
	file := func(name string) string { return filepath.Join(out, name) }
	_, newest := deedsOf(t, bin, data, 0)
	for _, c := range []struct {
		args string
		want []string
	}{
		{"case list", nil},
		{"case show", []string{"view "}},
		{"assess", []string{"view "}},
		{"subsidy", []string{"view "}},
		{"history", []string{"view "}},
		{"changes", []string{"view "}},
		{"status", []string{"view "}},
		{"set firm.address=新址", []string{"change "}},
		{"set firm.address=新址", nil},
		{"undo", []string{"change "}},
		{"case export --agree 测试", []string{"consent 标准输出", "export 标准输出"}},
		{"case export --agree 测试 -o " + file("13812345678.json"), []string{"consent " + file("138****5678.json"), "export " + file("138****5678.json")}},
		{"apply --agree 测试 -o " + file("papers"), []string{"consent " + file("papers"), "export " + file("papers")}},
		{"recommend", []string{"view "}},
		{"recommend --agree 测试 --lp " + file("m.lp"), []string{"view ", "consent " + file("m.lp"), "export " + file("m.lp")}},
		{"audit list", nil},
		{"audit verify", nil},
	} {
		runCtl(t, bin, data, strings.Fields(c.args)...).want(t, 0, "")
		var got []string
		if got, newest = deedsOf(t, bin, data, newest); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.args, got, c.want)
		}
	}
}

func TestTheLogIsListedCheckedAndWrittenOut(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	runCtl(t, bin, data, "--by", "=1+1", "case", "show").want(t, 0, "")
	runCtl(t, bin, data, "audit", "list").want(t, 0, "新建案卷")
	runCtl(t, bin, data, "--lang", "en", "audit", "list").want(t, 0, "view")
	var check wizard.LogCheck
	runCtl(t, bin, data, "audit", "verify", "--json").want(t, 0, "").into(t, &check)
	runCtl(t, bin, data, "case", "show").want(t, 0, "")
	runCtl(t, bin, data, "audit", "verify", "--head", check.Head[:16]).want(t, 0, "记录完整")
	runCtl(t, bin, data, "audit", "verify", "--head", strings.Repeat("0", 16)).want(t, 3, "E0309")
	runCtl(t, bin, data, "audit", "verify", "--head", "不对").want(t, 3, "E0101")

	table := filepath.Join(t.TempDir(), "记录.csv")
	var all []wizard.Logged
	runCtl(t, bin, data, "audit", "list", "--json").want(t, 0, "").into(t, &all)
	runCtl(t, bin, data, "audit", "export", "--agree", "测试", all[0].CaseID[:8], table).want(t, 0, "已写出")
	written, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	text := string(written)
	if n := strings.Count(text, "\r\n"); n != len(all)+3 { // with its head, the consent and its own line
		t.Errorf("%d lines in the table, want %d", n, len(all)+3)
	}
	if !strings.Contains(text, "'=1+1") || strings.Contains(text, ",=1+1") {
		t.Error("a name that reads as a formula stands as one")
	}

	db, err := sqlite.Open(t.Context(), filepath.Join(data, "cases.db"), os.DirFS("../connectors/casedb/migrations"))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{`DROP TRIGGER audit_append_only`, `UPDATE audit SET deed = 'view' WHERE seq = 3`} {
		if _, err := db.Write.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	runCtl(t, bin, data, "audit", "verify").want(t, 3, "E0309")
	runCtl(t, bin, data, "audit", "verify", "--json").want(t, 3, `"bad": 3`)
}

// noisy is a log that keeps everything it was given readable, to look for numbers of persons in.
type noisy struct {
	wizard.Audit
	said *[]wizard.Logged
}

func (n noisy) Log(ctx context.Context, l wizard.Logged) error {
	*n.said = append(*n.said, l)
	return n.Audit.Log(ctx, l)
}

// No line holds the telephone or account number of the firm, whatever is done with it.
func TestNoLineHoldsANumberOfAPerson(t *testing.T) {
	data, _ := firm(t)
	desk, closer, err := join.Desk(t.Context(), data, "张工 13812345678")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = closer.Close() }()
	var said []wizard.Logged
	desk.Audit = noisy{desk.Audit, &said}
	list, err := desk.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := list[0].ID
	st, err := desk.View(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	secrets := []string{"13812345678", "430102199001011234", "6222020200112233445", st.Case.Firm.Contact.Phone, st.Case.Firm.Bank.Account}
	if err := desk.NoteExport(t.Context(), id, strings.Join(secrets, "、"), "/u/430102199001011234.json"); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Set(t.Context(), id, "firm.contact.phone", "13812345678"); err != nil {
		t.Fatal(err)
	}
	stored, err := desk.LogOf(t.Context(), "")
	if err != nil || len(said) != 2 {
		t.Fatal(err, len(said))
	}
	for _, l := range stored {
		for _, s := range secrets {
			if s != "" && strings.Contains(l.By+l.What+l.Where, s) {
				t.Errorf("line %d shows %q", l.Seq, s)
			}
		}
	}
	if diff := cmp.Diff("张工 138****5678", stored[len(stored)-1].By); diff != "" {
		t.Error(diff)
	}
}
