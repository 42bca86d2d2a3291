package ui_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
)

func TestEveryLanguageHasTheWordsOfTheParts(t *testing.T) {
	texts, err := pack.Texts(assets.Text)
	if err != nil {
		t.Fatal(err)
	}
	for tag, text := range texts {
		for _, key := range part.WordKeys() {
			if !text.Has("part." + key) {
				t.Errorf("%s has no part.%s", tag, key)
			}
		}
		for _, step := range wizard.Steps() {
			if !text.Has("step." + string(step)) {
				t.Errorf("%s has no step.%s", tag, step)
			}
		}
	}
}
