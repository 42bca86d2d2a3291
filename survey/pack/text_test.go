package pack_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
)

// codes reads the closed list of codes from its source, so that a new one cannot be forgotten here.
func codes(t *testing.T) []survey.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../error.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []survey.Code
	ast.Inspect(file, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if s, err := strconv.Unquote(l.Value); err == nil && len(s) == 5 && s[0] == 'E' && strings.Trim(s[1:], "0123456789") == "" {
				out = append(out, survey.Code(s))
			}
		}
		return true
	})
	return out
}

func TestEveryCodeHasItsSentenceAndItsNextStepInEveryLanguage(t *testing.T) {
	texts, err := pack.Texts(assets.Text)
	if err != nil {
		t.Fatal(err)
	}
	all := codes(t)
	if len(all) < 40 || len(texts) < 2 {
		t.Fatalf("%d codes, %d languages", len(all), len(texts))
	}
	for tag, text := range texts {
		for _, c := range all {
			for _, key := range []string{"error." + string(c), "error.next." + string(c)} {
				if !text.Has(key) {
					t.Errorf("%s: %s is missing", tag, key)
				}
			}
		}
	}
	got := texts["zh"].Error(survey.Fail(survey.CodeMoney, "x", "“很多”不是金额。"))
	if want := "E0103 金额看不懂：“很多”不是金额。"; !strings.HasPrefix(got, want) || strings.Contains(got, "。。") || got == want {
		t.Errorf("sentence is %q", got)
	}
}

func TestLanguagesWithDifferentKeysAreRefused(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"a key only one has": {"text/zh/a.yaml": {Data: []byte("a: 甲\nb: 乙\n")}, "text/en/a.yaml": {Data: []byte("a: A\n")}},
		"a key twice":        {"text/zh/a.yaml": {Data: []byte("a: 甲\n")}, "text/zh/b.yaml": {Data: []byte("a: 乙\n")}},
		"an empty word":      {"text/zh/a.yaml": {Data: []byte("a: \"\"\n")}},
	} {
		if _, err := pack.Texts(files); survey.CodeOf(err) != survey.CodePack {
			t.Errorf("%s: %v", name, err)
		}
	}
}
