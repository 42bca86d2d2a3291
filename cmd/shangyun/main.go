// Command shangyun is the wizard's window. It joins the desk, the pages and the system's file dialogs; it holds no rule of its own and is
// the only program that needs OpenGL and a C compiler.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/ui"
	"github.com/shangyuntong/shangyun/ui/theme"
)

const appID = "cn.shangyuntong.shangyun"

// fyneWords puts the toolkit's own words into Chinese whatever the system's language is.
var fyneWords = []byte(`{"OK":"确定","Cancel":"取消","Yes":"是","No":"否","Open":"打开","Save":"保存","Close":"关闭","Confirm":"确认","Folder":"文件夹","File":"文件","Home":"主目录","Computer":"计算机","Create Folder":"新建文件夹","New Folder":"新文件夹","Name":"名称","Show Hidden Files":"显示隐藏文件","Favourites":"收藏","Copy":"复制","Paste":"粘贴","Cut":"剪切","Select all":"全选","Undo":"撤销","Redo":"重做","Quit":"退出"}`)

func main() {
	data := flag.String("data", join.DefaultFolder(), "案卷所在文件夹")
	id := flag.String("case", "", "直接打开这个案卷")
	by := flag.String("by", "", "操作人姓名，写入每条事实的来源")
	flag.Parse()
	_ = os.Setenv("FYNE_PLATFORM", "x11") // native Wayland windows take no Chinese input
	if err := run(*data, *id, *by); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(data, id, by string) (err error) {
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
	desk, closer, err := join.Desk(context.Background(), data, name(by))
	if err != nil {
		return sorry(w, texts["zh"], err)
	}
	defer func() { err = errors.Join(err, closer.Close()) }()
	sample, err := join.Sample()
	if err != nil {
		return err
	}
	u, err := ui.New(w, ui.Config{Desk: desk, Texts: texts, Version: join.Version, Folder: data, Sample: sample, System: ui.System{Pick: pick, Folder: folder, Write: writeFiles, Stream: join.Export, Style: style}})
	if err != nil {
		return sorry(w, texts["zh"], err)
	}
	if id != "" {
		u.Open(id)
	}
	a.Lifecycle().SetOnStarted(func() { time.AfterFunc(300*time.Millisecond, func() { fyne.Do(u.Started) }) })
	w.ShowAndRun()
	u.Close()
	return nil
}

// look is the theme in one style.
func look(dark, large bool) fyne.Theme {
	scale := float32(1)
	if large {
		scale = 1.3
	}
	return theme.New(theme.Fonts{Regular: assets.FontSans(), Bold: assets.FontSansBold()}, theme.Options{Dark: dark, Scale: scale, Icon: assets.Icon})
}

// sorry shows why the program cannot start, e.g. that another window has the cases open.
func sorry(w fyne.Window, text survey.Text, err error) error {
	words := widget.NewLabel(text.Error(err))
	words.Wrapping = fyne.TextWrapBreak
	w.SetContent(words)
	w.Resize(fyne.NewSize(520, 160))
	w.ShowAndRun()
	return errors.New(text.Error(err))
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
