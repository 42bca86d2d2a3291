package page_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/casedb"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui"
	"github.com/shangyuntong/shangyun/ui/view"
)

func TestTheSettingsBackUpAndRestore(t *testing.T) {
	s := guarded(t)
	s.ui.Settings()
	s.sees("还没有", "第二备份位置")
	s.folder = filepath.Join(s.dir, "inside")
	s.tap("选择第二备份位置")
	s.sees("不能在案卷文件夹里面")
	s.tap("知道了")
	s.folder = filepath.Join(t.TempDir(), "stick")
	s.tap("选择第二备份位置")
	at := view.LocalTime(noon)
	s.sees(s.folder, at, "本机")
	s.shot("settings-backup")
	all, err := s.desk.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.must(s.desk.Set(t.Context(), all[0].ID, "firm.name", "备份以后的名称"))
	s.desk.Now = later(s.desk.Now)
	s.ui.Settings()
	s.tap("恢复")
	s.sees("恢复到 "+at, "另存到案卷文件夹的 aside")
	s.tap("恢复", 2) // two copies, then the question
	s.sees("工作台", "株洲恒硬刀具有限公司", "已恢复到")
	s.misses("备份以后的名称")
	s.must(s.desk.Set(t.Context(), all[0].ID, "firm.name", "继续填写"))
	s.ui.Home()
	s.sees("继续填写")

	// A place that is gone is told in words.
	s.must(os.RemoveAll(s.folder))
	s.must(os.WriteFile(s.folder, nil, 0o600))
	s.must(s.desk.Settings.PutSetting(t.Context(), wizard.BackupFolder, s.folder))
	s.show()
	s.ui.Settings()
	s.tap("立即备份")
	s.tap("知道了")
	s.sees("备份有问题", "第二备份文件夹写不进")
	s.tap("不用第二位置")
	s.misses("备份有问题")
}

func TestAWindowThatStaysOpenBacksUpEachDay(t *testing.T) {
	s := guarded(t)
	copies := func() int {
		st, err := s.desk.BackupState(t.Context())
		s.must(err)
		return len(st.Copies)
	}
	s.ui.BackUpDue()
	if copies() != 1 {
		t.Fatalf("%d copies after the first look", copies())
	}
	s.desk.Now = later(s.desk.Now)
	s.ui.BackUpDue()
	if copies() != 1 {
		t.Errorf("%d copies an hour later", copies())
	}
	s.desk.Now = func() time.Time { return noon.Add(25 * time.Hour) }
	s.ui.BackUpDue()
	if copies() != 2 {
		t.Errorf("%d copies a day later", copies())
	}
}

// trouble opens a folder that cannot be opened, as the program does at its start.
func trouble(t *testing.T, dir string) (*stand, *int) {
	t.Helper()
	_, err := casedb.Open(t.Context(), dir)
	if err == nil {
		t.Fatal("the folder opens")
	}
	texts, textErr := pack.Texts(assets.Text)
	copies, copyErr := casedb.Rescue(dir)
	if err := errors.Join(textErr, copyErr); err != nil {
		t.Fatal(err)
	}
	s := &stand{t: t, dir: dir, win: test.NewTempWindow(t, nil)}
	s.win.SetPadded(false)
	s.win.Resize(fyne.NewSize(1180, 760))
	again := 0
	ui.ShowTrouble(s.win, ui.Trouble{Err: err, Folder: dir, Copies: copies, Texts: texts, CopiesIn: casedb.BackupsIn, Inline: true,
		System: ui.System{Show: func(string) error { return nil }, Folder: func(_ fyne.Window, _ string, got func(string, error)) { got(s.folder, nil) }},
		Restore: func(ctx context.Context, from wizard.Copy) error {
			_, err := casedb.Restore(ctx, dir, from, noon)
			return err
		}, Again: func() { again++ }, Quit: func() {}})
	return s, &again
}

func TestADamagedFileIsRescuedInTheWindow(t *testing.T) {
	first := guarded(t)
	s := first
	s.must(s.desk.BackupNow(t.Context()))
	s.desk.Now = later(s.desk.Now)
	s.must(s.desk.BackupNow(t.Context()))
	db := s.parts.Cases.(*casedb.DB)
	s.must(db.Close())
	path := filepath.Join(s.dir, "cases.db")
	junk := bytes.Repeat([]byte("no database "), 1000)
	s.must(os.WriteFile(path, junk, 0o600))
	newest := view.LocalTime(noon.Add(time.Hour))

	s, again := trouble(t, first.dir)
	s.sees("案卷文件已损坏", "程序没有改动它", "最新的备份是 "+newest, "更早的备份")
	s.shot("rescue")
	s.tap("English")
	s.sees("The case file is damaged")
	s.shot("rescue-en")
	s.tap("中文")
	s.tap("恢复到 " + newest)
	s.sees("另存到案卷文件夹的 aside")
	if got, _ := os.ReadFile(path); !bytes.Equal(got, junk) || *again != 0 {
		t.Fatal("something was done before the person said so")
	}
	s.tap("恢复", 1)
	if *again != 1 {
		t.Fatal("the wizard was not begun again: ", s.words())
	}
	left, err := filepath.Glob(filepath.Join(first.dir, "aside", "*", "cases.db"))
	if err != nil || len(left) != 1 {
		t.Fatal(left, err)
	}
	if got, _ := os.ReadFile(left[0]); !bytes.Equal(got, junk) {
		t.Error("the damaged file was not kept as it was")
	}
	back, err := casedb.Open(t.Context(), first.dir)
	if err != nil {
		t.Fatal(err)
	}
	all, err := back.List(t.Context())
	if err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
	s.must(back.Close())
}

func TestADamagedFileWithoutBackupsAsksForAnotherFolder(t *testing.T) {
	first := guarded(t)
	first.folder = filepath.Join(t.TempDir(), "stick")
	first.must(first.desk.SecondPlace(t.Context(), first.folder))
	db := first.parts.Cases.(*casedb.DB)
	first.must(db.Close())
	first.must(os.RemoveAll(filepath.Join(first.dir, "backups")))
	first.must(os.WriteFile(filepath.Join(first.dir, "cases.db"), []byte("gone"), 0o600))
	s, again := trouble(t, first.dir)
	s.sees("没有备份")
	s.folder = t.TempDir()
	s.tap("从别的文件夹恢复")
	s.sees("这个文件夹里没有备份")
	s.folder = first.folder
	s.tap("从别的文件夹恢复")
	s.tap("恢复到 " + view.LocalTime(noon))
	s.tap("恢复")
	if *again != 1 {
		t.Error("not restored: ", s.words())
	}
}

func TestAnotherWindowAndANewerFileAreSaidInWords(t *testing.T) {
	first := guarded(t)
	s, again := trouble(t, first.dir)
	s.sees("案卷正在另一个窗口中打开", "E0302")
	s.shot("rescue-busy")
	s.tap("再试一次")
	if *again != 1 {
		t.Error("not tried again")
	}
	s = &stand{t: t, win: test.NewTempWindow(t, nil)}
	texts, err := pack.Texts(assets.Text)
	s.must(err)
	ui.ShowTrouble(s.win, ui.Trouble{Err: survey.Fail(survey.CodeStoreNewer, "test", "更新"), Texts: texts, Inline: true})
	s.sees("由更新版本的程序写成", "升级")
	s.misses("再试一次", "恢复到")
}
