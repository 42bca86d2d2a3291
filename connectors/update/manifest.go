package update

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"aead.dev/minisign"

	"github.com/shangyuntong/shangyun/survey"
)

// Kind tells what a package brings.
type Kind string

// The kinds of packages.
const (
	KindPacks   Kind = "packs"   // rules, questions, catalog, templates, marks
	KindProgram Kind = "program" // programs for one system
)

// Ext is the ending of a package's file name.
const Ext = ".syupdate"

// Limits of a package. Packs are text; a program is at most three binaries.
const (
	maxManifest  = 1 << 20
	maxFiles     = 2000
	maxPacksFile = 16 << 20
	maxPacks     = 64 << 20
	maxProgram   = 300 << 20
)

// Manifest is the signed part of a package.
type Manifest struct {
	Format  int      `json:"format"` // 1
	Kind    Kind     `json:"kind"`
	Number  int      `json:"number,omitempty"`  // of packs, growing by one with every edition
	Version string   `json:"version,omitempty"` // of a program, e.g. "0.2.0"
	Needs   string   `json:"needs,omitempty"`   // of packs: the lowest version of the program that can read them
	OS      string   `json:"os,omitempty"`      // of a program
	Arch    string   `json:"arch,omitempty"`
	Date    string   `json:"date"`           // yyyy-mm-dd of publishing
	Notes   []string `json:"notes"`          // what changed, one sentence each
	Gone    []string `json:"gone,omitempty"` // of packs: files of the program's own that are dropped
	Files   []File   `json:"files"`          // in name order
}

// File is one file of a package.
type File struct {
	Name   string `json:"name"` // with slashes, e.g. "policy/hunan-text-v2.yaml", or "shangyunctl.exe"
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Keys are the minisign public keys that are believed, in base64.
type Keys []string

const manifestName, signatureName = "manifest.json", "manifest.json.minisig"

// parse checks the signature over a manifest and then reads it strictly.
func (k Keys) parse(raw, signature []byte) (Manifest, error) {
	const op = "update.manifest"
	var m Manifest
	if len(k) == 0 {
		return m, survey.Fail(survey.CodeUpdateKey, op, "这个程序里没有发布者的公钥")
	}
	if !slices.ContainsFunc(k, func(key string) bool { return signedBy(key, raw, signature) }) {
		return m, survey.Fail(survey.CodeUpdateKey, op, "签名不是发布者的，或内容被改动")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, &survey.Error{Code: survey.CodeUpdate, Op: op, Detail: "清单读不懂，可能要先更新程序", Err: err}
	}
	if _, err := d.Token(); err != io.EOF {
		return m, survey.Fail(survey.CodeUpdate, op, "清单后面还有内容")
	}
	return m, m.check()
}

func signedBy(key string, raw, signature []byte) bool {
	var public minisign.PublicKey
	return public.UnmarshalText([]byte(key)) == nil && minisign.Verify(public, raw, signature)
}

var (
	versionForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$`)
	dateForm    = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	// packFolders are the folders of assets that packs may bring files for.
	packFolders = []string{"policy", "questions", "catalog", "template", "software", "guide", "portal", "platform", "mark", "region"}
)

func (m Manifest) check() error {
	bad := func(format string, args ...any) error {
		return survey.Fail(survey.CodeUpdate, "update.manifest", format, args...)
	}
	switch {
	case m.Format != 1:
		return bad("格式 %d，这个程序只认 1，请先更新程序", m.Format)
	case m.Kind == KindPacks && (m.Number < 1 || m.Needs != "" && !versionForm.MatchString(m.Needs)):
		return bad("规则包没有编号")
	case m.Kind == KindProgram && (!versionForm.MatchString(m.Version) || m.OS == "" || m.Arch == "" || len(m.Gone) > 0):
		return bad("程序包没有版本或系统")
	case m.Kind != KindPacks && m.Kind != KindProgram:
		return bad("不认识的更新种类")
	case !dateForm.MatchString(m.Date) || len(m.Files) == 0 || len(m.Files) > maxFiles:
		return bad("没有日期，或文件个数不对")
	}
	most := int64(maxPacks)
	if m.Kind == KindProgram {
		most = maxProgram
	}
	for i, f := range m.Files {
		if i > 0 && m.Files[i-1].Name >= f.Name {
			return bad("文件没有按名称排列")
		}
		if sum, err := hex.DecodeString(f.SHA256); err != nil || len(sum) != 32 || f.Size < 0 || m.Kind == KindPacks && f.Size > maxPacksFile {
			return bad("文件 %s 的大小或摘要不对", f.Name)
		}
		if most -= f.Size; most < 0 {
			return bad("更新包太大")
		}
	}
	for _, name := range m.names() {
		if !m.Kind.allows(name) {
			return bad("不许有文件 %q", name)
		}
	}
	return nil
}

func (m Manifest) names() []string {
	out := slices.Clone(m.Gone)
	for _, f := range m.Files {
		out = append(out, f.Name)
	}
	return out
}

// allows tells whether a file of that name may come: programs stand in one folder, packs in the folders of assets.
func (k Kind) allows(name string) bool {
	if path.Clean(name) != name || strings.ContainsAny(name, "\\:\x00") || strings.HasPrefix(name, ".") || len(name) > 200 {
		return false
	}
	dir, _, nested := strings.Cut(name, "/")
	if k == KindProgram {
		return !nested
	}
	return nested && slices.Contains(packFolders, dir) && !strings.Contains(name, "/.")
}

// Newer tells whether version a comes after b; both are checked versions.
func Newer(a, b string) bool { return slices.Compare(numbers(a), numbers(b)) > 0 }

func numbers(v string) []int {
	var out []int
	for _, s := range strings.Split(v, ".") {
		n := 0
		for _, r := range s {
			if r < '0' || r > '9' {
				break
			}
			n = n*10 + int(r-'0')
		}
		out = append(out, n)
	}
	return out
}
