package page_test

import (
	"context"
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui"
)

// shop is an updater with packs to take on any stick.
type shop struct{ s wizard.UpdateState }

func (s *shop) State(context.Context) (wizard.UpdateState, error) { return s.s, nil }
func (s *shop) Look(_ context.Context, where string) ([]wizard.Update, error) {
	return []wizard.Update{
		{Kind: wizard.UpdatePacks, Number: 7, Date: "2026-11-28", Notes: []string{"湖南政策换了新版"}, Changed: []string{"~ policy/a.yaml", "+ policy/b.yaml"}, From: where},
		{Kind: wizard.UpdateProgram, Version: "0.0.1", System: "linux/amd64", Refused: survey.Fail(survey.CodeUpdateOld, "shop", "")},
	}, nil
}
func (s *shop) Take(_ context.Context, u wizard.Update, say func(float64)) error {
	say(1)
	s.s.Packs, s.s.PacksBefore, s.s.PacksDate, s.s.PacksNotes = u.Number, true, u.Date, u.Notes
	return nil
}
func (s *shop) Undo(context.Context, wizard.UpdateKind) error {
	s.s.Packs, s.s.PacksBefore = 1, false
	return nil
}

func TestUpdatesAreFoundShownTakenAndTakenBack(t *testing.T) {
	u := &shop{wizard.UpdateState{Version: "0.1.0", Running: "0.1.0", Packs: 1, PacksOwn: 1}}
	s := newStand(t, func(p *wizard.Parts) { p.Updater = u })
	s.ui.Settings()
	s.sees("1（程序自带）", "没有，不接受更新包")
	s.misses("退回上一版规则包")
	s.folder = t.TempDir()
	s.tap("从 U 盘或文件夹查找…")
	s.sees("规则包 7", "· 湖南政策换了新版", "修改 policy/a.yaml", "新增 policy/b.yaml", "程序 0.0.1（linux/amd64）", "E0704")
	s.tap("安装")
	s.sees("已安装，下次打开时生效", "退回上一版规则包", "7 · 2026-11-28 · 湖南政策换了新版")
	s.misses("修改 policy/a.yaml")
	s.tap("退回上一版规则包")
	s.tap("退回")
	s.sees("1（程序自带）")
	s.misses("退回上一版规则包")
}

func TestACaseFileThatWasDoubleClickedIsOfferedFirst(t *testing.T) {
	s := newStand(t)
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	s.ui.Bring("/stick/a.sycase", data, nil)
	s.sees("株洲恒硬刀具有限公司", "a.sycase")
	if list, err := s.desk.List(t.Context()); err != nil || len(list) != 0 {
		t.Fatalf("taken before asked: %v, %v", list, err)
	}
	s.tap("登记")
	if list, err := s.desk.List(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("cases %v, %v", list, err)
	}
	s.ui.Bring("/stick/b.sycase", []byte("{"), nil)
	s.sees("E0")
}

func TestTheSettingsShowTheProgramsVersion(t *testing.T) {
	s := newStand(t)
	s.show(func(c *ui.Config) { c.Version = "12.34.56" })
	s.ui.Settings()
	s.sees("12.34.56")
}
