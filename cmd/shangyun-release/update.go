package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/connectors/update"
	"github.com/shangyuntong/shangyun/installer"
)

// about is what every package says of itself.
type about struct {
	Key  string   `required:"" type:"existingfile" help:"签名私钥（minisign）。"`
	Note []string `help:"改了什么，一句一条，可重复。" sep:"none"`
	Date string   `help:"发布日期，缺省为 SOURCE_DATE_EPOCH 或今天。"`
	Out  string   `required:"" type:"path" help:"写到这个文件，以 .syupdate 结尾；同一文件夹的 updates.json 随之更新。"`
}

func (a about) manifest(kind update.Kind) (update.Manifest, error) {
	m := update.Manifest{Kind: kind, Date: a.Date, Notes: a.Note}
	if m.Date == "" {
		at, err := sourceDate()
		if err != nil {
			return m, err
		}
		m.Date = at.In(time.FixedZone("CST", 8*3600)).Format("2006-01-02")
	}
	if len(a.Note) == 0 {
		return m, errors.New("请用 --note 写明改了什么")
	}
	return m, nil
}

// sourceDate is the time that the sources are of.
func sourceDate() (time.Time, error) {
	s := os.Getenv("SOURCE_DATE_EPOCH")
	if s == "" {
		return time.Now(), nil
	}
	d, err := time.ParseDuration(s + "s")
	return time.Unix(0, 0).Add(d), err
}

// write signs the package and lists it beside the others in its folder.
func (a about) write(m update.Manifest, folder string, names []string) error {
	key, err := privateKey(a.Key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(a.Out), 0o755); err != nil {
		return err
	}
	err = join.Export(a.Out, func(w io.Writer) error { return update.Make(w, m, folder, names, key) })
	if err != nil {
		return err
	}
	if err := os.Chmod(a.Out, 0o644); err != nil {
		return err
	}
	public, err := publicOf(key)
	if err != nil {
		return err
	}
	return update.Keys{public}.List(filepath.Dir(a.Out))
}

type packsCmd struct {
	about
	Folder string   `arg:"" type:"existingdir" help:"规则所在文件夹，里面是 policy、questions、catalog、template 等。"`
	Number int      `help:"规则包编号；缺省为程序自带编号加一。"`
	Needs  string   `help:"至少需要的程序版本；缺省为本版。"`
	Gone   []string `help:"不再使用的自带文件，如 policy/old.yaml。"`
}

// Run refuses packs that the program itself would refuse, so that none is published that fails its own examples.
func (c *packsCmd) Run() error {
	m, err := c.manifest(update.KindPacks)
	if err != nil {
		return err
	}
	m.Number, m.Needs, m.Gone = c.Number, c.Needs, c.Gone
	if m.Number == 0 {
		m.Number = installer.Packs() + 1
	}
	if m.Needs == "" {
		m.Needs = installer.Version()
	}
	names, err := below(c.Folder)
	if err != nil {
		return err
	}
	if err := join.CheckPacks(update.Over(assets.Packs(), os.DirFS(c.Folder), c.Gone)); err != nil {
		return err
	}
	return c.write(m, c.Folder, names)
}

type programCmd struct {
	about
	Folder string `arg:"" type:"existingdir" help:"编译好的程序所在文件夹。"`
	OS     string `required:"" name:"os" help:"linux、windows 或 darwin。"`
	Arch   string `required:"" help:"amd64、arm64 或 loong64。"`
}

// programs are the names that a package may bring.
var programs = []string{"shangyun", "shangyunctl", "shangyun-portal"}

// Run packs the programs of this version.
func (c *programCmd) Run() error {
	m, err := c.manifest(update.KindProgram)
	if err != nil {
		return err
	}
	m.Version, m.OS, m.Arch = installer.Version(), c.OS, c.Arch
	var names []string
	for _, name := range programs {
		if c.OS == "windows" {
			name += ".exe"
		}
		if _, err := os.Stat(filepath.Join(c.Folder, name)); err == nil {
			names = append(names, name)
		}
	}
	return c.write(m, c.Folder, names)
}
