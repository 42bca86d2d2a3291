// Command shangyun is the wizard's window. It joins the desk, the pages and the system's file dialogs; it holds no rule of its own and is
// the only program that needs OpenGL and a C compiler.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui"
	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/theme"
)

const appID = "cn.shangyuntong.shangyun"

// fyneWords puts the toolkit's own words into Chinese whatever the system's language is.
var fyneWords = []byte(`{"OK":"确定","Cancel":"取消","Yes":"是","No":"否","Open":"打开","Save":"保存","Close":"关闭","Confirm":"确认","Folder":"文件夹","File":"文件","Home":"主目录","Computer":"计算机","Create Folder":"新建文件夹","New Folder":"新文件夹","Name":"名称","Show Hidden Files":"显示隐藏文件","Favourites":"收藏","Copy":"复制","Paste":"粘贴","Cut":"剪切","Select all":"全选","Undo":"撤销","Redo":"重做","Quit":"退出"}`)

func main() {
	data := flag.String("data", join.DefaultFolder(), "案卷所在文件夹")
	id := flag.String("case", "", "直接打开这个案卷")
	by := flag.String("by", "", "操作人姓名，写入每条事实的来源")
	version := flag.Bool("version", false, "显示版本")
	flag.Parse()
	if *version {
		fmt.Println("上云通 " + join.Version)
		return
	}
	if err := join.FinishUpdate(); err != nil {
		fmt.Fprintln(os.Stderr, err) // the programs here start all the same
	}
	_ = os.Setenv("FYNE_PLATFORM", "x11") // native Wayland windows take no Chinese input
	if err := run(*data, *id, *by, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(data, id, by, file string) error {
	a := app.NewWithID(appID)
	_ = lang.AddTranslations(fyne.NewStaticResource(lang.SystemLocale().LanguageString()+".json", fyneWords))
	style := func(dark, large bool) { a.Settings().SetTheme(look(dark, large)) }
	style(false, false)
	w := a.NewWindow("上云通")
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1180, 760))
	texts, err := join.Texts()
	if err != nil {
		return err
	}
	sample, err := join.Sample()
	if err != nil {
		return err
	}
	help, err := join.Help()
	if err != nil {
		return err
	}
	s := &session{win: w, texts: texts, sample: sample, help: page.Help(help), data: data, id: id, by: name(by), file: file, quit: a.Quit,
		system: ui.System{Pick: pick, Folder: folder, Write: writeFiles, Photos: join.Photos, Stream: join.Export, Style: style, Sheet: join.RecoverySheet, Print: printer(), Caret: caretTeller(),
			Show: func(folder string) error { return a.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(folder)}) }}}
	s.begin()
	w.SetOnDropped(func(_ fyne.Position, from []fyne.URI) { dropped(from, s.drop) })
	a.Lifecycle().SetOnStarted(func() { time.AfterFunc(300*time.Millisecond, func() { fyne.Do(s.started) }) })
	w.ShowAndRun()
	return s.end()
}

// session is the window from its opening to its end: the wizard, or the page that says why the case file cannot be opened.
type session struct {
	win          fyne.Window
	texts        map[string]survey.Text
	sample       []byte
	help         page.Help
	data, id, by string
	earlier      string // report of a last run that did not end by itself
	system       ui.System
	quit         func()
	file         string // to open once the window is there: the person double-clicked it

	ui     *ui.UI
	closer io.Closer
	watch  *join.Watch
	fault  error // why the wizard is not shown
}

// begin opens the case file and shows the wizard, or the trouble with it.
func (s *session) begin() {
	desk, closer, err := join.Desk(context.Background(), s.data, s.by)
	if err == nil {
		s.closer = closer
		s.watch, s.earlier = watch(s.data)
		s.ui, err = ui.New(s.win, ui.Config{Desk: desk, Texts: s.texts, Version: join.Version, Folder: s.data, Parts: parts(), Sample: s.sample, Help: s.help, Resume: s.id == "", System: s.system, Earlier: s.earlier})
		if err != nil {
			err = errors.Join(err, closer.Close())
			s.closer = nil
		}
	}
	if s.fault = err; err != nil {
		s.trouble(err)
		return
	}
	if s.id != "" {
		s.ui.Open(s.id)
	}
}

// trouble shows why the case file cannot be opened, e.g. that it is damaged or that another window has it.
func (s *session) trouble(err error) {
	copies, _ := join.Copies(s.data) // a folder that cannot be read has none
	ui.ShowTrouble(s.win, ui.Trouble{Err: join.Plain(err), Folder: s.data, Copies: copies, Texts: s.texts, System: s.system, CopiesIn: join.CopiesIn,
		Restore: func(ctx context.Context, from wizard.Copy) error { return join.Restore(ctx, s.data, from) }, Again: s.begin, Quit: s.quit})
}

func (s *session) started() {
	if s.ui == nil {
		return
	}
	s.ui.Started()
	if s.file != "" {
		data, err := readFile(s.file)
		s.ui.Bring(s.file, data, err)
	}
}

// drop hands dropped files over; where there is no wizard they are left alone.
func (s *session) drop(files []wizard.File, err error) {
	switch {
	case s.ui == nil:
	case err != nil:
		s.ui.DropFailed(err)
	default:
		s.ui.Drop(files)
	}
}

// end saves what is still held and closes the case file; it tells why there was no wizard.
func (s *session) end() error {
	if s.ui == nil {
		return errors.New(s.texts["zh"].Error(s.fault))
	}
	s.ui.Close()
	err := s.closer.Close()
	if s.watch != nil {
		err = errors.Join(err, s.watch.End())
	}
	return err
}

// watch keeps a crash's last words in the cases' folder; where that cannot be the window works without.
func watch(folder string) (w *join.Watch, earlier string) {
	w, err := join.WatchCrash(folder, time.Now())
	if err != nil {
		return nil, ""
	}
	return w, w.Earlier
}

// look is the theme in one style.
func look(dark, large bool) fyne.Theme {
	scale := float32(1)
	if large {
		scale = 1.3
	}
	return theme.New(theme.Fonts{Regular: assets.FontSans(), Bold: assets.FontSansBold()}, theme.Options{Dark: dark, Scale: scale, Icon: assets.Icon})
}

func name(by string) string {
	if by != "" {
		return by
	}
	if u := os.Getenv("USER"); u != "" {
		return u
	}
	return "本机用户"
}
