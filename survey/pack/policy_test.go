package pack_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

const hunanFile = "policy/hunan-text-v1.yaml"

var shippedPolicies = sync.OnceValues(func() ([]*subsidy.Policy, error) { return pack.Policies(assets.Policy) })

func hunan(t testing.TB) *subsidy.Policy {
	t.Helper()
	all, err := shippedPolicies()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.ID == "hunan-text-v1" {
			return p
		}
	}
	t.Fatal("no hunan-text-v1 among the packs")
	return nil
}

// TestPolicyTextIsVerbatim holds every paragraph to the text as it was given, by digest of "id text\n".
func TestPolicyTextIsVerbatim(t *testing.T) {
	p, h := hunan(t), sha256.New()
	for _, q := range p.Paragraphs {
		fmt.Fprintf(h, "%s %s\n", q.ID, q.Text)
	}
	const want = "19b6686d355215a29d697ad580a97f266e9a34f75e3bdd4ccdb9d5e8e3a14ebc"
	if got := hex.EncodeToString(h.Sum(nil)); got != want || len(p.Paragraphs) != 38 || len(p.Sections) != 10 {
		t.Errorf("%d paragraphs in %d sections with digest %s", len(p.Paragraphs), len(p.Sections), got)
	}
}

func TestMeasuresCarryTheTextsOwnFigures(t *testing.T) {
	var got []string
	for _, m := range hunan(t).Measures {
		s := m.ID + " " + string(m.Kind)
		for _, v := range []fmt.Stringer{m.Rate, m.Cap, m.Lump} {
			if text := fmt.Sprint(v); text != "<nil>" {
				s += " " + text
			}
		}
		got = append(got, s)
	}
	want := []string{
		"H1-1 share 0.20 5000000.00", "H1-2 share 0.20 5000000.00", "H2-1 share 0.30 5000000.00", "H2-2 share 0.10 10000000.00", "H3-1 open",
		"H4-1 share 0.20 2000000.00", "H4-2 lump 500000.00", "H5-1 share 0.20 2000000.00", "H6-1 external", "H7-1 share 0.20 2000000.00", "H8-1 share 0.20 1000000.00",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, m := range hunan(t).Measures {
		for _, figure := range []string{rateWords(m), capWords(m)} {
			if !strings.Contains(m.Sentence, figure) {
				t.Errorf("%s: its sentence does not say %q: %s", m.ID, figure, m.Sentence)
			}
		}
	}
}

func rateWords(m subsidy.Measure) string {
	if m.Rate == nil {
		return ""
	}
	return "不超过" + m.Base + m.Rate.Percent()
}

func capWords(m subsidy.Measure) string {
	switch {
	case m.Cap != nil:
		return "不超过" + m.Cap.WanExact() + "万元"
	case m.Lump != nil:
		return m.Lump.WanExact() + "万元"
	}
	return ""
}

// TestEverySentenceOfSupportIsAnswered maps each sentence with a word of support to a measure, a card or a written reason for none.
func TestEverySentenceOfSupportIsAnswered(t *testing.T) {
	p := hunan(t)
	answered := map[string]string{}
	for _, m := range p.Measures {
		answered[m.Paragraph+m.Sentence] += "measure " + m.ID + " "
	}
	for _, c := range p.Cards {
		for _, s := range c.Sentences {
			answered[c.Paragraph+s] += "card " + c.ID + " "
		}
		for _, q := range c.Also {
			answered[q.Paragraph+q.Sentence] += "card " + c.ID + " "
		}
	}
	for _, n := range p.NoCard {
		if answered[n.Paragraph+n.Sentence] != "" {
			t.Errorf("%s: both answered and excused: %s", n.Paragraph, n.Sentence)
		}
		answered[n.Paragraph+n.Sentence] += "none "
	}
	texts := p.Paragraphs
	for _, s := range p.Sections {
		texts = append(texts, subsidy.Paragraph{ID: fmt.Sprintf("S%d", s.No), Text: s.Title})
	}
	support, found := regexp.MustCompile("支持|鼓励|给予|推动|优先|引导"), 0
	for _, q := range texts {
		for _, s := range strings.SplitAfter(q.Text, "。") {
			if support.MatchString(s) {
				found++
				if answered[q.ID+s] == "" {
					t.Errorf("%s is not answered: %s", q.ID, s)
				}
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d sentences of support were found: the test does not read the text", found)
	}
}

func TestCardsOfAllNonMoneyMeasuresAreThere(t *testing.T) {
	have := map[string]bool{}
	for _, c := range hunan(t).Cards {
		have[c.ID] = true
	}
	for _, id := range strings.Fields("N1-a N2-a N3-a N3-b N3-c N4-a N5-a N6-a N6-b N6-c N6-d N7-a N8-a N9-a N9-b N10-a N10-b N10-c H4-0 H7-0 H8-0 H10-0") {
		if !have[id] {
			t.Errorf("no card %s", id)
		}
	}
	readings := map[string]bool{}
	for _, r := range hunan(t).Readings {
		readings[r.ID] = true
	}
	for n := 1; n <= 13; n++ {
		if !readings[fmt.Sprintf("A%d", n)] {
			t.Errorf("no reading A%d", n)
		}
	}
}

func hunanBytes(t testing.TB) string {
	t.Helper()
	data, err := fs.ReadFile(assets.Policy, hunanFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWrongPacksAreRefusedByName(t *testing.T) {
	good := hunanBytes(t)
	for name, tt := range map[string]struct{ old, new string }{
		"misspelt key":                {"    applicant: 企业\n", "    aplicant: 企业\n"},
		"unknown fact":                {"fact: lastYear.mainRevenue", "fact: lastYear.luck"},
		"comparison of another kind":  {"fact: firm.independent, is: yes", "fact: firm.region, is: yes"},
		"unknown title":               {`title: {key: "selected:标杆企业"}`, `title: {key: "selected:没有"}`},
		"unknown reading":             {`under: "A1:gate"`, `under: "A1:door"`},
		"sentence not in the text":    {"    sentence: \"每年支持一批工业大数据应用示范项目", "    sentence: \"每年支持两批工业大数据应用示范项目"},
		"rate above the whole":        {`    rate: "0.30"`, `    rate: "1.30"`},
		"rate as per cent":            {`    rate: "0.30"`, `    rate: "30%"`},
		"another rate than expected":  {`    with: [app, security]`, `    with: [app]`},
		"doubled measure":             {"id: H8-1", "id: H7-1"},
		"unknown topic":               {"topics: [bigdata]", "topics: [luck]"},
		"open measure with a rate":    {"    kind: open\n", "    kind: open\n    rate: \"0.20\"\n"},
		"example that does not occur": {`headline: "576000.00"`, `headline: "576000.01"`},
		"excuse without a reason":     {"because: 第一条的标题，内容见其各段", `because: ""`},
		"forecast to nowhere":         {"forecast: H3-1", "forecast: H9-9"},
		"second document":             {"forecast: H3-1", "forecast: H3-1\n---\nid: x"},
	} {
		if !strings.Contains(good, tt.old) {
			t.Errorf("%s: the pack no longer holds %q", name, tt.old)
			continue
		}
		files := fstest.MapFS{hunanFile: {Data: []byte(strings.Replace(good, tt.old, tt.new, 1))}}
		_, err := pack.Policies(files)
		if survey.CodeOf(err) != survey.CodePack || err == nil || !strings.Contains(err.Error(), hunanFile) && !strings.Contains(err.Error(), "hunan") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := pack.Policies(fstest.MapFS{hunanFile: {Data: []byte(good)}, "policy/b.yaml": {Data: []byte(good)}}); survey.CodeOf(err) != survey.CodePack || err == nil {
		t.Errorf("two packs with one id: got %v", err)
	}
	if _, err := pack.Policies(fstest.MapFS{}); survey.CodeOf(err) != survey.CodePack || err == nil {
		t.Errorf("no pack at all: got %v", err)
	}
}

func FuzzPolicies(f *testing.F) {
	f.Add([]byte(hunanBytes(f)))
	f.Add([]byte("id: x\nconditions: [{all: [{any: [{not: {fact: firm.region}}]}]}]"))
	f.Add([]byte("measures: [{kind: lump}, {kind: share, rate: '1.00'}]\nexamples: [{lines: [{net: '-1.00'}]}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := pack.Policies(fstest.MapFS{hunanFile: {Data: data}})
		if err != nil && survey.CodeOf(err) != survey.CodePack {
			t.Errorf("refused with %s", survey.CodeOf(err))
		}
	})
}
