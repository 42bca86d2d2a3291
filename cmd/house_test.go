package cmd

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/shangyuntong/shangyun/"

// row is one room of the house: what it may import besides the standard library and, where the room thinks only, which parts of the
// standard library it may not.
type row struct {
	room string
	may  []string // prefixes; rooms without the module, third parties in full
	not  []string // standard-library prefixes that are forbidden
}

var world = []string{"os", "net", "database/sql", "log", "syscall", "plugin"}

// thinking lists what every survey room may import of the house; the arrows of the house forbid the rest one by one.
var house = []row{
	{"survey/money", nil, world},
	{"survey/rule", []string{"survey", "survey/money"}, world},
	{"survey/inventory", []string{"survey", "survey/money"}, world},
	{"survey/assess", []string{"survey", "survey/money", "survey/inventory", "survey/rule"}, world},
	{"survey/recommend", []string{"survey", "survey/money", "survey/assess", "survey/rule", "survey/recommend/exact"}, world},
	{"survey/recommend/exact", nil, world},
	{"survey/subsidy", []string{"survey", "survey/money", "survey/assess", "survey/rule"}, world},
	{"survey/apply", []string{"survey", "survey/money", "survey/inventory", "survey/rule", "survey/assess", "survey/recommend", "survey/subsidy"}, world},
	{"survey/report", []string{"survey", "survey/money", "survey/rule", "survey/assess", "survey/recommend", "survey/subsidy", "survey/apply"}, world},
	{"survey/submit", []string{"survey", "survey/apply"}, world},
	{"survey/intake", []string{"survey", "survey/submit"}, world},
	{"survey/scan", []string{"survey"}, world},
	{"survey/handover", []string{"survey", "survey/submit"}, world},
	{"survey/pack", []string{"survey", "survey/money", "survey/inventory", "survey/rule", "survey/assess", "survey/recommend", "survey/subsidy", "survey/apply", "survey/intake", "go.yaml.in/yaml/v3"}, world},
	{"survey/manual", []string{"survey"}, world},
	{"survey/seek", []string{"survey"}, world},
	{"survey/wizard", []string{"survey/", "survey"}, world},
	{"survey", []string{"survey/money"}, world},
	{"connectors/host", []string{"survey", "survey/inventory", "github.com/shirou/gopsutil/v3", "golang.org/x/sys"}, nil},
	{"connectors/chooser", nil, []string{"net", "database/sql"}},
	{"connectors/importer", []string{"survey", "survey/money", "survey/inventory", "github.com/xuri/excelize/v2", "golang.org/x/text", "github.com/makiuchi-d/gozxing"}, nil},
	{"connectors/document", []string{"survey", "survey/money", "survey/apply", "survey/recommend", "survey/report", "survey/manual", "survey/submit", "codeberg.org/go-pdf/fpdf", "github.com/xuri/excelize/v2", "github.com/skip2/go-qrcode", "golang.org/x/image"}, nil},
	{"connectors/register", []string{"survey", "survey/inventory"}, []string{"os", "net", "database/sql"}},
	{"connectors/caret", nil, []string{"os", "net", "database/sql"}},
	{"connectors/sqlite", []string{"modernc.org/sqlite", "github.com/pressly/goose/v3"}, nil},
	{"connectors/postgres", []string{"github.com/jackc/pgx/v5", "github.com/pressly/goose/v3"}, nil},
	{"connectors/sqlite/powercut", []string{"github.com/hanwen/go-fuse/v2"}, nil},
	{"connectors/vault", []string{"golang.org/x/crypto", "filippo.io/age", "github.com/zalando/go-keyring", "github.com/emmansun/gmsm"}, nil},
	{"connectors/casedb", []string{"survey", "survey/", "connectors/sqlite", "connectors/vault", "golang.org/x/sys"}, nil},
	{"connectors/parcel", []string{"survey", "survey/", "filippo.io/age", "aead.dev/minisign"}, nil},
	{"connectors/update", []string{"survey", "aead.dev/minisign"}, nil},
	{"connectors/solver", []string{"survey", "survey/recommend", "survey/recommend/exact", "github.com/tetratelabs/wazero"}, nil},
	{"connectors/probe", []string{"survey", "survey/scan", "github.com/gosnmp/gosnmp", "github.com/gopacket/gopacket", "go.yaml.in/yaml/v3", "golang.org/x/sys", "golang.org/x/net", "golang.org/x/time", "golang.org/x/text"}, nil},
	{"connectors/platform", []string{"survey", "survey/intake", "survey/submit", "github.com/go-resty/resty/v2"}, nil},
	{"connectors/portal/client", []string{"survey", "survey/submit", "connectors/portal", "github.com/go-resty/resty/v2"}, nil},
	// The server writes its exports as XLSX itself: a portal has no part in the firm's papers (connectors/document). x/exp is tusd's own logger.
	{"connectors/portal/server", []string{"survey", "survey/", "connectors/portal", "connectors/portal/inbox", "connectors/parcel", "golang.org/x/crypto", "github.com/tus/tusd/v2", "golang.org/x/exp/slog", "github.com/coreos/go-oidc/v3", "golang.org/x/oauth2", "github.com/xuri/excelize/v2", "github.com/prometheus/client_golang"}, nil},
	{"connectors/portal/inbox", []string{"survey", "survey/submit", "connectors/sqlite", "connectors/postgres", "connectors/portal", "github.com/minio/minio-go/v7"}, nil},
	{"connectors/portal/inbox/enginetest", []string{"github.com/jackc/pgx/v5"}, nil},
	{"connectors/portal", []string{"survey", "survey/submit"}, nil},
	{"assets", nil, []string{"os", "net", "database/sql"}},
	{"ui/page", []string{"survey", "survey/", "ui/view", "ui/part", "ui/theme", "fyne.io/fyne/v2"}, []string{"net", "database/sql", "os"}},
	{"ui/view", []string{"survey", "survey/"}, []string{"net", "database/sql", "os"}},
	{"ui/part", []string{"ui/theme", "fyne.io/fyne/v2"}, []string{"net", "database/sql"}},
	{"ui/theme", []string{"fyne.io/fyne/v2"}, []string{"net", "database/sql"}},
	{"ui", []string{"survey", "survey/", "ui/", "fyne.io/fyne/v2"}, []string{"net", "database/sql"}},
	{"cmd", []string{""}, nil},
	{"installer", nil, nil},
}

type listed struct {
	ImportPath, Dir, Doc string
	GoFiles, CgoFiles    []string
	Imports, Deps        []string
	Standard             bool
}

func list(t *testing.T, args ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-e", "-json"}, args...)...)
	cmd.Dir = ".."
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, errs.String())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestEveryPackageKeepsToItsRoom(t *testing.T) {
	for _, p := range list(t, "./...") {
		room, ok := roomOf(strings.TrimPrefix(p.ImportPath, module))
		if !ok {
			t.Errorf("%s has no room in the house", p.ImportPath)
			continue
		}
		if p.Doc == "" {
			t.Errorf("%s has no package comment that states its law", p.ImportPath)
		}
		if base := filepath.Base(p.ImportPath); slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "models", "core", "manager", "internal"}, base) {
			t.Errorf("%s: no room of that name", p.ImportPath)
		}
		for _, imp := range p.Imports {
			if why := room.refuses(imp); why != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, imp, why)
			}
		}
	}
}

// TestTheGuardRefuses shows that the table refuses what it should: without it a broken guard would pass everything.
func TestTheGuardRefuses(t *testing.T) {
	for _, c := range []struct{ room, imp string }{
		{"survey", "os"}, {"survey", "net/http"}, {"survey/assess", module + "survey/recommend"}, {"survey/subsidy", module + "survey/recommend"},
		{"survey/wizard", module + "connectors/casedb"}, {"ui/page", module + "connectors/host"}, {"ui/view", "fyne.io/fyne/v2"}, {"ui/page", "fyne.io/fyne/v2/app"},
		{"ui/part", module + "survey"}, {"connectors/casedb", "github.com/go-resty/resty/v2"}, {"assets", module + "survey"}, {"survey/money", module + "survey"},
	} {
		room, _ := roomOf(c.room)
		if room.refuses(c.imp) == "" {
			t.Errorf("%s may import %s", c.room, c.imp)
		}
	}
}

func roomOf(path string) (row, bool) {
	best, found := row{}, false
	for _, r := range house {
		if (path == r.room || strings.HasPrefix(path, r.room+"/")) && len(r.room) >= len(best.room) {
			best, found = r, true
		}
	}
	if path == "github.com/shangyuntong/shangyun" {
		return row{}, false
	}
	return best, found
}

func (r row) refuses(imp string) string {
	if imp == "fyne.io/fyne/v2/app" && r.room != "cmd" {
		return "only cmd/shangyun may"
	}
	own, mine := strings.CutPrefix(imp, module)
	if !mine && !strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
		for _, n := range r.not {
			if imp == n || strings.HasPrefix(imp, n+"/") {
				return "this room only thinks or shows"
			}
		}
		return ""
	}
	for _, m := range r.may {
		switch {
		case m == "":
			return ""
		case mine && (own == m || strings.HasSuffix(m, "/") && strings.HasPrefix(own, m)):
			return ""
		case !mine && (imp == m || strings.HasPrefix(imp, m+"/")):
			return ""
		}
	}
	if mine && strings.HasPrefix(own, r.room+"/") {
		return ""
	}
	return "not in its row"
}

func TestFilesAreShort(t *testing.T) {
	for _, p := range list(t, "./...") {
		for _, f := range append(p.GoFiles, p.CgoFiles...) {
			most := 400
			if strings.HasPrefix(p.ImportPath, module+"cmd") {
				most = 200
			}
			if n := lines(t, filepath.Join(p.Dir, f)); n > most {
				t.Errorf("%s/%s has %d lines, more than %d", p.ImportPath, f, n, most)
			}
		}
	}
}

func lines(t *testing.T, name string) int {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(data, []byte("\n"))
}

// TestSurveyHasNoClock holds the thinking rooms to "time is an argument".
func TestSurveyHasNoClock(t *testing.T) {
	for _, p := range list(t, "./survey/...", "./ui/view") {
		for _, f := range p.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, f), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && (s.Sel.Name == "Now" || s.Sel.Name == "Since") {
						t.Errorf("%s/%s calls time.%s", p.ImportPath, f, s.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

func TestPureProgramsHaveNoWindow(t *testing.T) {
	for _, p := range list(t, "./cmd/shangyunctl", "./cmd/shangyun-portal") {
		for _, d := range p.Deps {
			if strings.HasPrefix(d, "fyne.io/") || strings.HasPrefix(d, module+"connectors/sqlite/powercut") {
				t.Errorf("%s depends on %s", p.ImportPath, d)
			}
		}
	}
}

// TestLibcIsTheOneSQLiteAsksFor: another libc than the one modernc.org/sqlite was built with breaks at run time.
func TestLibcIsTheOneSQLiteAsksFor(t *testing.T) {
	version := func(args ...string) string {
		cmd := exec.Command("go", args...)
		cmd.Dir = ".."
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(out))
	}
	have := version("list", "-m", "-f", "{{.Version}}", "modernc.org/libc")
	mod, err := os.ReadFile(version("list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "modernc.org/libc "+have+"\n") {
		t.Errorf("modernc.org/libc is %s, modernc.org/sqlite asks for another", have)
	}
}
