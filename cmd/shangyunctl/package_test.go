package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
)

// inStore adopts the sample firm into a case file of its own and gives the flag that names it.
func inStore(t *testing.T) string {
	t.Helper()
	sample, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if code, said := told(t, "--data", dir, "case", "import", put(t, t.TempDir(), "企业.json", sample)); code != 0 {
		t.Fatal(code, said)
	}
	return dir
}

func TestThePackageLeavesOnlyAfterConsentAndIsWhole(t *testing.T) {
	data, out := inStore(t), filepath.Join(t.TempDir(), "材料包")
	licence, err := assets.Sample.ReadFile("sample/附件-营业执照.png")
	if err != nil {
		t.Fatal(err)
	}
	if code, said := told(t, "--data", data, "attach", "--role", "营业执照", put(t, t.TempDir(), "执照 照片.PNG", licence)); code != 0 {
		t.Fatal(code, said)
	}
	if code, said := told(t, "--data", data, "package", "-o", out); code != 4 || !strings.Contains(said, "材料包") || !strings.Contains(said, "E0403") {
		t.Errorf("without consent: %d %s", code, said)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("something was written without consent")
	}
	code, said := told(t, "--data", data, "--json", "package", "-o", out, "--agree", "样例甲")
	var got struct {
		Files   []string
		Absent  []string
		Packing []packing
	}
	if err := json.Unmarshal([]byte(said), &got); code != 0 || err != nil || len(got.Files) != 28 || len(got.Absent) != 0 {
		t.Fatalf("%d %v: %d files, absent %v", code, err, len(got.Files), got.Absent)
	}
	kept, err := os.ReadFile(filepath.Join(out, "株洲市-株洲恒硬刀具有限公司-09-营业执照副本.png"))
	if err != nil || string(kept) != string(licence) {
		t.Errorf("the licence came out otherwise: %v", err)
	}
	for _, f := range got.Files {
		if _, err := os.Stat(f); err != nil {
			t.Error(err)
		}
	}
	if code, said := told(t, "--data", data, "audit", "list"); code != 0 || !strings.Contains(said, "申报材料包") {
		t.Errorf("the log says %d %s", code, said)
	}
}

func TestTheGuideWarnsMasksAndRemembers(t *testing.T) {
	data := inStore(t)
	code, said := told(t, "--data", data, "guide")
	for _, want := range []string{"明文 HTTP", "没有公开接口", "不询问、不保存", "138****0000", "截止日未知", "湖南省工信厅项目管理系统"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said (%d)", want, code)
		}
	}
	if strings.Contains(said, "13800000000") || strings.Contains(said, "4300000000000000001") {
		t.Error("a telephone or account number is shown in full")
	}
	if code, said := told(t, "--data", data, "set", "notices.H5-1.due=2026-12-31", "project.award.selfReview=2027-09-30"); code != 0 {
		t.Fatal(code, said)
	}
	if code, said := told(t, "--data", data, "guide", "--done", "upload"); code != 0 {
		t.Fatal(code, said)
	}
	if code, said := told(t, "--data", data, "guide", "--done", "nonsense"); code != 3 || !strings.Contains(said, "E0106") {
		t.Errorf("an unknown task: %d %s", code, said)
	}
	code, said = told(t, "--data", data, "remind")
	for _, want := range []string{"☑ 上传项目申请报告（upload）2026-12-24", "☐ 申报截止（due）2026-12-31", "☐ 绩效自评（duty.selfReview）2027-09-30"} {
		if code != 0 || !strings.Contains(said, want) {
			t.Errorf("%q is not said: %d %s", want, code, said)
		}
	}
	file := filepath.Join(t.TempDir(), "提醒.ics")
	if code, said := told(t, "--data", data, "remind", "-o", file); code != 4 {
		t.Errorf("without consent: %d %s", code, said)
	}
	if code, said := told(t, "--data", data, "remind", "-o", file, "--agree", "样例甲"); code != 0 {
		t.Fatal(code, said)
	}
	ics, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(ics), "DTSTART;VALUE=DATE:20261231") || strings.Contains(string(ics), "20261224") {
		t.Errorf("the calendar is wrong: %v\n%s", err, ics)
	}
}
