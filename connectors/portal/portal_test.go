package portal_test

import (
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/shangyuntong/shangyun/connectors/portal"
)

func TestOpenAPIDescribesExactlyTheRoutes(t *testing.T) {
	var doc struct {
		Paths      map[string]map[string]any `yaml:"paths"`
		Components struct {
			Schemas map[string]any `yaml:"schemas"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(portal.OpenAPI, &doc); err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for path, operations := range doc.Paths {
		for method := range operations {
			if method != "parameters" {
				got = append(got, strings.ToUpper(method)+" "+path)
			}
		}
	}
	for _, r := range portal.Routes() {
		want = append(want, r.Method+" "+r.Path)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("openapi.yaml\n%v\nroutes\n%v", got, want)
	}
	for _, line := range strings.Split(string(portal.OpenAPI), "\n") {
		for _, ref := range strings.Split(line, "#/components/schemas/")[1:] {
			name, _, _ := strings.Cut(ref, `"`)
			if doc.Components.Schemas[name] == nil {
				t.Errorf("schema %q is not there", name)
			}
		}
	}
}

func TestEveryProblemHasAStatusARetryAndWords(t *testing.T) {
	for kind, row := range portal.Problems {
		if row.Status < 400 || row.Title == "" || !slices.Contains([]portal.Retry{portal.RetryNever, portal.RetrySame, portal.RetryAfter}, row.Retry) {
			t.Errorf("%s: %+v", kind, row)
		}
		if p := portal.NewProblem(kind, ""); p.Kind() != kind || p.Status != row.Status {
			t.Errorf("%s became %+v", kind, p)
		}
	}
	if p := portal.NewProblem("no such", ""); p.Kind() != portal.Internal {
		t.Errorf("unknown kind became %s", p.Kind())
	}
}
