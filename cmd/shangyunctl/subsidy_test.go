package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
)

// told runs one command line and gives its exit code with everything it said.
func told(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := Main(t.Context(), args, &out, &errs)
	return code, out.String() + errs.String()
}

func put(t *testing.T, dir, name string, data []byte) string {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestSubsidyUnderAnotherPackANoticeAReadingAndCompared(t *testing.T) {
	dir := t.TempDir()
	sample, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	form, err := assets.Policy.ReadFile("policy/overlay/hunan-example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := assets.Policy.ReadFile("policy/hunan-text-v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sampleFile := put(t, dir, "企业.json", sample)
	example := put(t, dir, "示例.yaml", form)
	notice := put(t, dir, "通知.yaml", []byte(strings.NewReplacer("example: true", "", "measure: H3-1", "measure: H5-1", `"2025-01-01"`, `"2026-01-01"`, `"2025-12-31"`, `"2026-12-31"`).Replace(string(form))))
	second := put(t, dir, "新版.yaml", []byte(strings.Replace(string(pack), "version: 1", "version: 2", 1)))
	broken := put(t, dir, "错.yaml", []byte(strings.Replace(string(pack), "  - id: H8-1", "  - idd: H8-1", 1)))
	for name, tt := range map[string]struct {
		args []string
		code int
		says string
	}{
		"its own pack":        {nil, 0, "规则包 hunan-text-v1@1"},
		"another pack":        {[]string{"--policy", "zhuzhou-pilot-2025"}, 0, "ZZ-1 城市试点改造奖补"},
		"a pack from a file":  {[]string{"--policy", second}, 0, "规则包 hunan-text-v1@2"},
		"no such pack":        {[]string{"--policy", "nowhere"}, 3, "没有规则包“nowhere”"},
		"a broken file":       {[]string{"--policy", broken}, 3, "用 pack check 查看错在何处"},
		"the unfilled notice": {[]string{"--overlay", example}, 3, "是填写示例"},
		"a notice":            {[]string{"--overlay", notice}, 0, "依据人工填入的通知"},
		"another reading":     {[]string{"--reading", "A5=wide"}, 0, "保守口径：1,036,000.00 元"},
		"nothing changes":     {[]string{"--compare", "hunan-text-v1", second}, 0, "没有变化"},
		"something changes":   {[]string{"--compare", "hunan-text-v1", "zhuzhou-pilot-2025"}, 0, "保守口径：576,000.00 元 → 不计算金额"},
		"one pack to compare": {[]string{"--compare", "hunan-text-v1"}, 2, "--compare 旧包 新包"},
	} {
		code, got := told(t, append([]string{"subsidy", "--case", sampleFile}, tt.args...)...)
		if code != tt.code || !strings.Contains(got, tt.says) {
			t.Errorf("%s: exit %d, want %d with %q:\n%s", name, code, tt.code, tt.says, got)
		}
	}
}

func TestPackCheckTellsEveryFileOfAFolder(t *testing.T) {
	dir := t.TempDir()
	good, err := assets.Policy.ReadFile("policy/voucher-guizhou.yaml")
	if err != nil {
		t.Fatal(err)
	}
	form, err := assets.Template.ReadFile("template/申报书.docx")
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "a.yaml", good)
	put(t, dir, "申报书.docx", form)
	if code, got := told(t, "pack", "check", dir); code != 0 || strings.Count(got, "通过") != 2 {
		t.Errorf("exit %d: %s", code, got)
	}
	put(t, dir, "b.yaml", bytes.Replace(good, []byte("paid: true"), []byte("payed: true"), 1))
	put(t, dir, "c.docx", []byte("no document"))
	code, got := told(t, "pack", "check", dir)
	if code != 3 || strings.Count(got, "有误") < 2 || !strings.Contains(got, "field payed not found") || !strings.Contains(got, "line ") {
		t.Errorf("exit %d: %s", code, got)
	}
	if code, _ := told(t, "pack", "check", filepath.Join(dir, "nowhere")); code != 3 {
		t.Errorf("a folder that is not there: exit %d", code)
	}
	if code, got := told(t, "pack", "list"); code != 0 || !strings.Contains(got, "hubei-voucher-2025@1") {
		t.Errorf("exit %d: %s", code, got)
	}
}
