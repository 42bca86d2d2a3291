package cmd

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

func TestTheReadmesExampleIsACase(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(text)
	if m == nil {
		t.Fatal("no example")
	}
	if _, err := survey.DecodeCase(m[1]); err != nil {
		t.Error(err)
	}
}

func TestTheReadmesPicturesAndPapersExist(t *testing.T) {
	for _, name := range []string{"../README.md", "../README.zh-CN.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\]\(([^)#]+)\)`).FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat("../" + m[1]); err != nil {
				t.Errorf("%s names %s: %v", name, m[1], err)
			}
		}
	}
}
