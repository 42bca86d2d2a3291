package pack_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/pack"
)

func shipped(t testing.TB) string {
	data, err := os.ReadFile("../../assets/questions/miit-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestShippedEditionsAreSound(t *testing.T) {
	got, err := pack.Questionnaires(os.DirFS("../../assets"))
	if err != nil {
		t.Fatal(err)
	}
	q := got[0]
	stars := 0
	for _, s := range q.Scenes {
		if s.Star {
			stars++
		}
	}
	if len(got) != 1 || len(q.Items) != 15 || len(q.Scenes) != 16 || stars != 10 {
		t.Errorf("got %d editions, %d items, %d scenes, %d stars; want 1, 15, 16, 10", len(got), len(q.Items), len(q.Scenes), stars)
	}
	if !strings.Contains(q.Rule.Status, "待与工信厅企业〔2024〕56号原文核对") {
		t.Errorf("the level rule must say that it is not verified: %s", q.Rule.Status)
	}
}

func TestSpoiledEditionIsRefused(t *testing.T) {
	good := shipped(t)
	for name, change := range map[string][2]string{
		"misspelt key":              {"    star: true", "    starr: true"},
		"weights do not fit":        {"weights: [50, 40, 40]", "weights: [50, 40, 41]"},
		"option points do not fit":  {"points: 0.9", "points: 0.7"},
		"dimension does not fit":    {"title: 数字化成效, points: 20", "title: 数字化成效, points: 19"},
		"example does not come out": {"score: 48.925", "score: 48.9"},
		"example level":             {"score: 48.925\n    level: 2", "score: 48.925\n    level: 3"},
		"unknown scene in a link":   {"link: hr", "link: hrm"},
		"unknown answer rule":       {"answer: spending", "answer: guess"},
		"unknown item in example":   {"{Q1: [B, E], Q6: [A, C]}", "{Q1: [B, E], Q66: [A, C]}"},
		"rule without source":       {"  source: S2\n  none", "  source: S9\n  none"},
		"points too fine":           {"points: 1.875", "points: 1.8751"},
		"edition is not the file":   {"edition: miit-2024", "edition: miit-2025"},
		"missing what counts":       {", counts: 兼职的也算", ""},
		"single choice not rising":  {"share: 40, points: 3,", "share: 20, points: 1.5,"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(good, change[0], change[1], 1)
			if bad == good {
				t.Fatal("the change does not apply any more")
			}
			_, err := pack.CheckQuestionnaire("questions/miit-2024.yaml", []byte(bad))
			if survey.CodeOf(err) != survey.CodePack || !strings.Contains(survey.DetailOf(err), "questions/miit-2024.yaml") {
				t.Errorf("got %v, want a refusal that names the file", err)
			}
		})
	}
}

func TestDoubledEditionAndEmptyFolderAreRefused(t *testing.T) {
	good := &fstest.MapFile{Data: []byte(shipped(t))}
	if _, err := pack.Questionnaires(fstest.MapFS{"questions/a/miit-2024.yaml": good}); survey.CodeOf(err) != survey.CodePack {
		t.Errorf("a folder without packs gives %v", err)
	}
	if _, err := pack.Questionnaires(fstest.MapFS{"questions/miit-2024.yaml": good, "questions/zz.yaml": good}); survey.CodeOf(err) != survey.CodePack {
		t.Errorf("an edition under another name gives %v", err)
	}
}

func FuzzCheckQuestionnaire(f *testing.F) {
	f.Add([]byte(shipped(f)))
	f.Add([]byte("edition: q\nitems: [{key: Q1, weights: [1,2,3], options: []}]\n"))
	f.Add([]byte("rule: {levels: [{level: 1}]}\nscenes: [{}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		q, err := pack.CheckQuestionnaire("questions/q.yaml", data)
		if (q == nil) == (err == nil) {
			t.Error("want an edition or an error")
		}
	})
}

// Another trade or edition is one more file: it is read beside the shipped one, its own examples hold, and the same code scores a case
// by it, computes what the register can answer, and names the very text by its digest.
func TestAnotherTradeIsOneMoreFile(t *testing.T) {
	other, err := os.ReadFile("testdata/questions/trial-service-2030.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, err := pack.Questionnaires(fstest.MapFS{"questions/miit-2024.yaml": {Data: []byte(shipped(t))}, "questions/trial-service-2030.yaml": {Data: other}})
	if err != nil || len(got) != 2 {
		t.Fatalf("%d editions, %v", len(got), err)
	}
	q := got[1]
	c := &survey.Case{
		Assets:  []survey.Asset{{ID: "m", Use: survey.UseProduction, Count: 6, Networked: survey.Yes}, {ID: "n", Use: survey.UseProduction, Count: 4, Networked: survey.No}},
		Systems: []survey.System{{ID: "s", Name: "预约系统", Kind: survey.KindCRM, InUse: survey.Yes}},
		Answers: []survey.Answer{{Item: "V2", Options: []string{"B"}}}, Scenes: []survey.SceneAnswer{{Scene: "booking", Level: 2}},
	}
	a := assess.Run(q, c)
	if a.Edition != "trial-service-2030" || a.Score.String() != "70" || a.Level != 2 || a.LevelName != "二级" || a.Items[0].Explain != "6 / 10 台 = 60.0% → B" || a.Scenes[0].Proposed != 2 || len(a.Open) != 0 {
		t.Errorf("%s scores %s, level %d %s: %+v", a.Edition, a.Score, a.Level, a.LevelName, a.Items[0])
	}
	sum := sha256.Sum256(other)
	if a.Digest != hex.EncodeToString(sum[:]) || a.Digest == got[0].Digest {
		t.Errorf("digest %q", a.Digest)
	}
}
