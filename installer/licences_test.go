package installer

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
)

func TestTheVersionIsThreeNumbers(t *testing.T) {
	if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(Version()) || Packs() < 1 {
		t.Errorf("version %q, packs %d", Version(), Packs())
	}
}

// TestEveryPartHasItsLicence lists what the shipped programs import on each system, with and without the window.
func TestEveryPartHasItsLicence(t *testing.T) {
	packages(t) // a new module would stop everybody else; packages are not made without
	l := decoded()
	for _, system := range []string{"linux", "windows", "darwin"} {
		cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "../cmd/shangyun", "../cmd/shangyunctl", "../cmd/shangyun-portal")
		cmd.Env = append(cmd.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range strings.Fields(string(out)) {
			if is := l.Parts[name]; is.Licence == "" || len(is.Texts) == 0 {
				t.Errorf("%s has no licence in installer/licences.json; run: make licences", name)
			}
		}
	}
	if l.Parts["Go"].Licence != "BSD-3-Clause" || l.Parts["Noto Sans SC"].Licence != "OFL-1.1" {
		t.Errorf("%v, %v", l.Parts["Go"], l.Parts["Noto Sans SC"])
	}
}

func TestTheSBOMListsEachPartOnceAndIsTheSameAgain(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Deps: []*debug.Module{
		{Path: "aead.dev/minisign", Version: "v0.3.0", Sum: "h1:8Sbuu4ek58DpS9WSG6qq+j4SLXVi2I7PBh2dNVAHrVo="}, {Path: "old.example/x", Version: "v1.0.0", Replace: &debug.Module{Path: "filippo.io/age", Version: "v1.3.2", Sum: "h1:8Sbuu4ek58DpS9WSG6qq+j4SLXVi2I7PBh2dNVAHrVo="}},
	}}
	a, err := SBOM("shangyunctl", info)
	if err != nil {
		t.Fatal(err)
	}
	b, err := SBOM("shangyunctl", info)
	if err != nil || string(a) != string(b) {
		t.Error("two lists of one program differ", err)
	}
	var got bom
	if err := json.Unmarshal(a, &got); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range got.Components {
		if seen[c.Ref] || len(c.Licences) != 1 {
			t.Errorf("%s: twice or without licence", c.Ref)
		}
		seen[c.Ref] = true
	}
	if got.Format != "CycloneDX" || got.Spec != "1.5" || !strings.HasPrefix(got.Serial, "urn:uuid:") || !seen["pkg:golang/aead.dev/minisign@v0.3.0"] || !seen["pkg:golang/filippo.io/age@v1.3.2"] || seen["pkg:golang/old.example/x@v1.0.0"] {
		t.Errorf("%+v", seen)
	}
}
