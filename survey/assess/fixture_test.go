package assess_test

import (
	"bytes"
	"os"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
)

// edition decodes the shipped edition by itself, so that this room's tests do not wait for the rooms above it.
func edition(t testing.TB) *assess.Questionnaire {
	t.Helper()
	q, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return q
}

var shipped = sync.OnceValues(func() (*assess.Questionnaire, error) {
	data, err := os.ReadFile("../../assets/questions/miit-2024.yaml")
	if err != nil {
		return nil, err
	}
	var f struct {
		assess.Questionnaire `yaml:",inline"`
		Examples             any `yaml:"examples"`
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	err = d.Decode(&f)
	return &f.Questionnaire, err
})

func run(t testing.TB, c *survey.Case) assess.Assessment { return assess.Run(edition(t), c) }

func item(t testing.TB, a assess.Assessment, key string) assess.Item {
	t.Helper()
	for _, it := range a.Items {
		if it.Key == key {
			return it
		}
	}
	t.Fatalf("no item %s", key)
	return assess.Item{}
}

func scene(t testing.TB, a assess.Assessment, key string) assess.SceneLevel {
	t.Helper()
	for _, s := range a.Scenes {
		if s.Key == key {
			return s
		}
	}
	t.Fatalf("no scene %s", key)
	return assess.SceneLevel{}
}

func step(a assess.Assessment, key string) (assess.Step, bool) {
	for _, s := range a.Steps {
		if s.Key == key {
			return s, true
		}
	}
	return assess.Step{}, false
}

// plant has all production machines, of which the first digital are digital and the first networked are networked.
func plant(all, digital, networked int) *survey.Case {
	c := &survey.Case{Schema: survey.SchemaCase, AsOf: "2026-11-23"}
	line := func(id string, count int, d, n survey.Tri) {
		if count > 0 {
			c.Assets = append(c.Assets, survey.Asset{ID: id, Name: "机床", Use: survey.UseProduction, Count: count, Digital: d, Networked: n})
		}
	}
	both := min(digital, networked)
	line("both", both, survey.Yes, survey.Yes)
	line("digital", digital-both, survey.Yes, survey.No)
	line("networked", networked-both, survey.No, survey.Yes)
	line("none", all-digital-networked+both, survey.No, survey.No)
	return c
}

func fen(v int64) *money.Fen { f := money.Fen(v); return &f }

func ptr[T any](v T) *T { return &v }
