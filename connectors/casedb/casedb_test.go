package casedb

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/connectors/sqlite"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

var day = time.Date(2026, 11, 23, 1, 2, 3, 456, time.UTC)

func start(t *testing.T, dir string) *DB {
	t.Helper()
	db, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// fill gives every field of v a value of its own, so that a field that is not stored is missed.
func fill(v reflect.Value, n *int) {
	*n++
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(day.Add(time.Duration(*n) * time.Second)))
		return
	case v.Type() == reflect.TypeFor[survey.Tri]():
		v.SetInt(int64(1 + *n%2))
		return
	case v.Type() == reflect.TypeFor[survey.Date]():
		v.SetString(fmt.Sprintf("20%02d-03-05", *n%80))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"firm.capital": "三十万左右", "years.2025.tax": "约 5 万"}))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.String:
		v.SetString(fmt.Sprintf("值%d", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n))
	default:
		panic("a case holds a kind that the test does not fill: " + v.Type().String())
	}
}

func fullCase(id string) *survey.Case {
	c, n := &survey.Case{}, 0
	fill(reflect.ValueOf(c).Elem(), &n)
	c.Schema, c.ID, c.AsOf = survey.SchemaCase, id, "2026-11-23"
	return c
}

func create(t *testing.T, db *DB, c *survey.Case) {
	t.Helper()
	if err := db.Create(t.Context(), c, "张工", day); err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, db *DB, id string) *survey.Case {
	t.Helper()
	c, err := db.Load(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func change(t *testing.T, kind, id string, v any) wizard.Change {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return wizard.Change{Fact: survey.Fact{Kind: kind, ID: id, Data: data}}
}

func save(t *testing.T, db *DB, id string, at time.Time, changes ...wizard.Change) {
	t.Helper()
	if err := db.Save(t.Context(), id, changes, "李工", at); err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, code survey.Code, says string) {
	t.Helper()
	if err == nil || survey.CodeOf(err) != code || !strings.Contains(survey.DetailOf(err), says) {
		t.Fatalf("got %v, want %s saying %q", err, code, says)
	}
}

func count(t *testing.T, db *DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.sql.Read.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEveryFieldOfACaseComesBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "资料 #1", "深")
	want := fullCase("case-1")
	db := start(t, dir)
	create(t, db, want)
	if diff := cmp.Diff(want, load(t, db, "case-1")); diff != "" {
		t.Fatal(diff)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, load(t, start(t, dir), "case-1")); diff != "" {
		t.Error("after another start: " + diff)
	}
	if st, err := os.Stat(dir); err != nil || st.Mode().Perm() != 0o700 {
		t.Errorf("folder: %v, %v; want mode 700", st.Mode(), err)
	}
}

func TestListShowsNewestFirstAndOpensOnlyTheFirm(t *testing.T) {
	db := start(t, t.TempDir())
	for i, id := range []string{"a", "b", "c"} {
		c := &survey.Case{ID: id, Created: day, Firm: survey.Firm{Name: "企业" + id, Region: "430200"}}
		if err := db.Create(t.Context(), c, "", day.Add(time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	later := day.Add(time.Hour)
	save(t, db, "a", later, change(t, "firm", "firm", survey.Firm{Name: "新名", Region: "430100"}))
	got, err := db.List(t.Context())
	want := []wizard.Entry{
		{ID: "a", Name: "新名", Region: "430100", Created: day, Updated: later},
		{ID: "c", Name: "企业c", Region: "430200", Created: day, Updated: day.Add(2 * time.Second)},
		{ID: "b", Name: "企业b", Region: "430200", Created: day, Updated: day.Add(time.Second)},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestADamagedFirmIsNamedAndHidesNoOther(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, fullCase("good"))
	create(t, db, fullCase("bad"))
	raw(t, db, `UPDATE case_ SET state = 'resealing' WHERE id = 'bad'`)
	raw(t, db, `UPDATE fact SET payload = x'7b7b' WHERE case_id = 'bad' AND kind = 'firm'`)
	list, err := db.List(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("%v, %v", list, err)
	}
	for _, e := range list {
		if (e.Name == unreadable) != (e.ID == "bad") {
			t.Errorf("case %s shows as %q", e.ID, e.Name)
		}
	}
	_, err = db.Load(t.Context(), "bad")
	wantCode(t, err, survey.CodeStoreDamaged, "firm")
	load(t, db, "good")
}

func raw(t *testing.T, db *DB, query string, args ...any) {
	t.Helper()
	if _, err := db.sql.Write.Exec(query, args...); err != nil {
		t.Fatal(sqlite.Explain(err))
	}
}

func TestUnknownAndDoubleCasesAreRefused(t *testing.T) {
	db := start(t, t.TempDir())
	create(t, db, fullCase("x"))
	_, err := db.Load(t.Context(), "y")
	wantCode(t, err, survey.CodeNoCase, "工作台")
	wantCode(t, db.Save(t.Context(), "y", nil, "", day), survey.CodeNoCase, "")
	wantCode(t, db.Save(t.Context(), "y", []wizard.Change{change(t, "firm", "firm", survey.Firm{})}, "", day), survey.CodeNoCase, "")
	wantCode(t, db.Create(t.Context(), &survey.Case{ID: "x"}, "", day), survey.CodeStore, "已经存在")
	wantCode(t, db.Create(t.Context(), &survey.Case{}, "", day), survey.CodeInternal, "编号")
	if diff := cmp.Diff(fullCase("x"), load(t, db, "x")); diff != "" {
		t.Error("the refused verbs changed the case: " + diff)
	}
}

func TestSettingsKeepTheLastValue(t *testing.T) {
	dir := t.TempDir()
	db := start(t, dir)
	for _, v := range []string{"一", "", "{\"token\":\"三\"}"} {
		if err := db.PutSetting(t.Context(), "portal", v); err != nil {
			t.Fatal(err)
		}
		if got, err := db.Setting(t.Context(), "portal"); err != nil || got != v {
			t.Errorf("got %q, %v; want %q", got, err, v)
		}
	}
	if got, err := db.Setting(t.Context(), "absent"); err != nil || got != "" {
		t.Errorf("absent key: %q, %v", got, err)
	}
}
