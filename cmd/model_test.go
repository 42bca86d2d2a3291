package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answered is the result of a model file.
type answered struct {
	Status           string
	Objective, Bound *string
	Chosen, Absent   []string
	Nodes            int
	MS               float64
}

func TestAModelFileIsAnsweredWithoutACase(t *testing.T) {
	bin, none := tools(t), filepath.Join(t.TempDir(), "none")
	solve := func(content string, code int, words string) ran {
		return runCtl(t, bin, none, "recommend", "--model", put(t, "模型.json", []byte(content))).want(t, code, words)
	}
	var got answered
	solve(`{"needs":["n1"],"offers":[{"id":"o1","price":"429.00","covers":["n1"],"requires":[["o2","o3"]],"excludes":["o4"],"layer":"saas"},{"id":"o3","price":"0.50"}],
		"budget":null,"subsidy":null}`, 0, "optimal").into(t, &got)
	sum := "429.50"
	if d := cmp.Diff(answered{Status: "optimal", Objective: &sum, Bound: &sum, Chosen: []string{"o1", "o3"}, Absent: []string{"o2", "o4"}, Nodes: got.Nodes, MS: got.MS}, got); d != "" {
		t.Error(d)
	}
	r := solve(`{"needs":["n1"],"offers":[{"id":"o1","price":"429.00","covers":["n1"]}],"budget":"429.00"}`, 0, "optimal")
	got = answered{}
	solve(`{"needs":["n1"],"offers":[{"id":"o1","price":"429.00","covers":["n1"]}],"budget":"428.99"}`, 4, "E0402").into(t, &got)
	if got.Status != "infeasible" || got.Objective != nil || got.Bound != nil || len(got.Chosen) != 0 {
		t.Errorf("%+v after %s", got, r.out)
	}
	for content, words := range map[string]string{
		`{"needs":["n1"],"offers":[{"id":"o1","price":"-1.00"}]}`: "negative-price", `{"needs":[],"offers":[]}`: "no-needs", `{"needs":["n1"]`: "syntax",
		`{"needs":["n1"],"offers":[],"subsidy":{"rate":"0.40"}}`: "unknown-field",
	} {
		if r := solve(content, 3, words).want(t, 3, "E0109"); r.out != "" {
			t.Errorf("%s: %s", content, r.out)
		}
	}
	runCtl(t, bin, none, "recommend", "--model", filepath.Join(none, "x.json")).want(t, 3, "E0207")
	runCtl(t, bin, none, "recommend", "--model", "x.json", "--accept").want(t, 2, "E0002")
	if _, err := os.Stat(none); !os.IsNotExist(err) {
		t.Errorf("a case folder was made: %v", err)
	}
}

// The files of a case give its own figure: solved again as a model, and by CBC where it may be used.
func TestTheExportedModelGivesTheFigureOfTheCase(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	lp := filepath.Join(t.TempDir(), "方案", "选型.lp")
	var bundle struct{ FirstYear string }
	runCtl(t, bin, data, "--json", "recommend", "--agree", "测试", "--lp", lp).want(t, 0, "选型.lp").into(t, &bundle)
	base := strings.TrimSuffix(lp, ".lp")
	var got answered
	runCtl(t, bin, data, "recommend", "--model", base+".model.json").into(t, &got)
	if got.Status != "optimal" || got.Objective == nil || *got.Objective != bundle.FirstYear || len(got.Chosen) == 0 {
		t.Errorf("the model gives %+v, the case %s", got, bundle.FirstYear)
	}
	text, err := os.ReadFile(lp)
	if err != nil || !strings.Contains(string(text), "Minimize\n cost:") {
		t.Fatalf("%v\n%s", err, text)
	}
	if written, err := os.ReadFile(base + ".result.json"); err != nil || !strings.Contains(string(written), `"objective": "`+bundle.FirstYear+`"`) {
		t.Errorf("%v %s", err, written)
	}
	if os.Getenv("SHANGYUN_PEERS") != "1" {
		t.Log("SHANGYUN_PEERS is not 1: cbc is not run on the file (make test-peers)")
		return
	}
	said, err := exec.CommandContext(t.Context(), "cbc", lp, "solve").CombinedOutput()
	if err != nil || !strings.Contains(string(said), "Optimal solution found") || !strings.Contains(string(said), bundle.FirstYear) {
		t.Errorf("cbc, want %s: %v\n%s", bundle.FirstYear, err, said)
	}
}
