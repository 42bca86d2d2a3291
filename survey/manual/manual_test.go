package manual_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/manual"
)

const sample = "# 手册\n\n开头\n第二行 and\nmore\n\n## 第一章\n\n- 甲\n- **乙**\n  接着\n\n1. 一\n2. 二\n\n### 小节\n\n```sh\nshangyunctl host\n```\n\n![图](shots/a.png)\n\n| 甲 | 乙 |\n|---|---|\n| 1 | `2` |\n"

func TestATextIsReadInOrder(t *testing.T) {
	got, err := manual.Parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	want := manual.Manual{Title: "手册", Lead: []manual.Block{{Kind: manual.Prose, Text: "开头第二行 and more"}}, Chapters: []manual.Chapter{{
		Title:  "第一章",
		Blocks: []manual.Block{{Kind: manual.Bullets, Items: []string{"甲", "乙接着"}}, {Kind: manual.Steps, Items: []string{"一", "二"}}},
		Sections: []manual.Section{{Title: "小节", Blocks: []manual.Block{{Kind: manual.Code, Items: []string{"shangyunctl host"}},
			{Kind: manual.Picture, Text: "图", File: "shots/a.png"}, {Kind: manual.Table, Rows: [][]string{{"甲", "乙"}, {"1", "2"}}}}}},
	}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestWhatIsWrittenOtherwiseIsRefusedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"文字":                             "第 1 行",
		"# 题\n<b>x</b>":                  "第 2 行",
		"# 题\n\n![x](http://a/b.png)":    "第 3 行",
		"# 题\n![x](../a.png)":            "第 2 行",
		"# 题\n```\nx":                    "第 2 行",
		"# 题\n| a | b |\n|---|---|\n|1|": "第 4 行",
		"# 题\n### 节":                     "第 2 行",
		"":                               "第 1 行",
		"# 题\n# 题":                       "第 2 行",
	} {
		_, err := manual.Parse(text)
		if survey.CodeOf(err) != survey.CodeManual || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestATermWithoutSourceIsRefused(t *testing.T) {
	for text, ok := range map[string]bool{
		"# 名词\n## 组\n### 甲\n解释\n\n出处：某文":                     true,
		"# 名词\n## 组\n### 甲\n解释":                              false,
		"# 名词\n## 组\n### 甲\n出处：某文":                           false,
		"# 名词\n## 组\n### 甲\n解释\n\n出处：某文\n### 甲\n解释\n\n出处：某文": false,
	} {
		m, err := manual.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := manual.Glossary(m); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("# 题\n- \n1. x\n[a](b)[c](")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := manual.Parse(text)
		if err == nil && m.Title == "" {
			t.Error("a text without a title was taken")
		}
	})
}
