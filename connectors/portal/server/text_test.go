package server

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

var said = regexp.MustCompile(`[({ ]t "([^"]+)"`)

// shownTexts are the Chinese texts that the console's pages can show, by where they stand.
func shownTexts(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	files, err := fs.Glob(web, "web/*.html")
	if err != nil || len(files) < 10 {
		t.Fatalf("%v %v", files, err)
	}
	for _, name := range files {
		b, err := web.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(b), -1) {
			all[m[1]] = name
		}
	}
	for _, s := range states {
		all[s.word] = "states"
	}
	for _, w := range verbs {
		all[w] = "verbs"
	}
	for _, w := range steps {
		all[w[0]] = "steps"
	}
	for _, r := range inbox.Roles {
		all[personWord(r)] = "roles"
	}
	for _, c := range submit.ReasonCodes {
		all[c.Name] = "reasons"
	}
	for _, w := range levelNames {
		all[w] = "levels"
	}
	for _, w := range roles {
		all[w] = "papers"
	}
	for _, row := range portal.Problems {
		all[row.Title] = "problems"
	}
	return all
}

func TestEveryTextHasItsEnglish(t *testing.T) {
	for text, where := range shownTexts(t) {
		if _, ok := english[text]; !ok {
			t.Errorf("%s: %q has no English", where, text)
		}
	}
	for zh, en := range english {
		if strings.Count(zh, "%d") != strings.Count(en, "%d") {
			t.Errorf("%q and %q hold different numbers", zh, en)
		}
	}
}

func TestPagesInEnglishShowNoChineseOfTheirOwn(t *testing.T) {
	d := openTown(t)
	han := regexp.MustCompile(`>[^<]*\p{Han}[^<]*<`)
	for _, path := range []string{"/", "/stats", "/exports", "/devices", "/accounts", "/platforms", "/me"} {
		body := d.ask("GET", path, "", d.cookies["chief"]+"; "+langCookie+"=en").Body.String()
		for _, found := range han.FindAllString(body, -1) {
			if !strings.Contains(found, "中文") && !strings.Contains(found, "平台<") && !strings.Contains(found, "样例") && !strings.Contains(found, "市") && !strings.Contains(found, "州") && !strings.Contains(found, "云<") && !strings.Contains(found, "电脑") && !strings.Contains(found, "程序") && !strings.Contains(found, "测试门户") {
				t.Errorf("%s: %s", path, found)
			}
		}
	}
}
