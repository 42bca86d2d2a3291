package probe

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io/fs"
	"math/bits"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// Mark says by what a product is known on its web pages.
type Mark struct {
	Product string            `yaml:"product"`
	Vendor  string            `yaml:"vendor"`
	Kind    survey.SystemKind `yaml:"kind"`    // of the information system; empty for a device
	Class   string            `yaml:"class"`   // of the device, see scan
	Body    []string          `yaml:"body"`    // in a page or its head
	Title   []string          `yaml:"title"`   // in the title
	Icon    []int32           `yaml:"icon"`    // MurmurHash3 of the icon in base64 with line ends, as search engines of devices write it
	Need    int               `yaml:"need"`    // how many of these; 0 is 1
	Checked string            `yaml:"checked"` // 待核实 while nobody has seen it on the product itself
}

// Marks are all marks of the packs.
type Marks struct{ list []Mark }

// ReadMarks decodes mark/*.yaml. A misspelt key, a mark without a sign or of an unknown kind fails with E0701.
func ReadMarks(fsys fs.FS) (*Marks, error) {
	names, err := fs.Glob(fsys, "mark/*.yaml")
	if err != nil || len(names) == 0 {
		return nil, survey.Fail(survey.CodePack, "probe.marks", "没有 mark/*.yaml")
	}
	m := &Marks{}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, survey.Wrap(survey.CodePack, "probe.marks", err)
		}
		var file struct {
			Sources []string `yaml:"sources"`
			Marks   []Mark   `yaml:"marks"`
		}
		d := yaml.NewDecoder(bytes.NewReader(data))
		d.KnownFields(true)
		if err := d.Decode(&file); err != nil {
			return nil, &survey.Error{Code: survey.CodePack, Op: "probe.marks", Detail: name, Err: err}
		}
		for _, k := range file.Marks {
			kind := k.Kind == "" || slices.ContainsFunc(survey.SystemKindNames, func(n survey.Named[survey.SystemKind]) bool { return n.Value == k.Kind })
			if k.Product == "" || !kind || len(k.Body)+len(k.Title)+len(k.Icon) == 0 || k.Kind == "" && k.Class == "" {
				return nil, survey.Fail(survey.CodePack, "probe.marks", "%s：%s 缺少特征或类别", name, k.Product)
			}
			m.list = append(m.list, k)
		}
	}
	return m, nil
}

// apply adds the products that the pages show.
func (m *Marks) apply(answers [][]byte, id *scan.Identity) {
	if m == nil || id.Protocol != "http" && id.Protocol != "https" {
		return
	}
	pages := webPages(answers)
	for _, k := range m.list {
		hits := k.hits(pages)
		if hits < max(k.Need, 1) {
			continue
		}
		id.Software = append(id.Software, scan.Software{Vendor: k.Vendor, Product: k.Product, Kind: k.Kind})
		if k.Class != "" {
			id.Class, id.Nameplate.Manufacturer = k.Class, k.Vendor
		} else {
			id.Class = scan.ClassServer
		}
		fact(id, "产品特征", strings.TrimSpace(fmt.Sprintf("%s %s 命中 %d 处 %s", k.Vendor, k.Product, hits, k.Checked)))
	}
}

func (k *Mark) hits(pages []webPage) (n int) {
	for _, s := range k.Body {
		for _, p := range pages {
			if bytes.Contains(p.body, []byte(s)) || strings.Contains(p.header.Get("Set-Cookie"), s) || strings.Contains(p.header.Get("Location"), s) {
				n++
				break
			}
		}
	}
	for _, s := range k.Title {
		if slices.ContainsFunc(pages, func(p webPage) bool { return strings.Contains(p.title(), s) }) {
			n++
		}
	}
	for _, p := range pages {
		if p.code == 200 && len(p.body) > 0 && len(k.Icon) > 0 && slices.Contains(k.Icon, iconHash(p.body)) {
			n++
		}
	}
	return n
}

// iconHash is MurmurHash3 (x86, 32 bits, seed 0) of the bytes in base64 with a line end after each 76 characters.
func iconHash(b []byte) int32 {
	s := base64.StdEncoding.EncodeToString(b)
	var lines []byte
	for len(s) > 0 {
		n := min(76, len(s))
		lines = append(append(lines, s[:n]...), '\n')
		s = s[n:]
	}
	return int32(murmur3(lines))
}

func murmur3(b []byte) uint32 {
	const c1, c2 = 0xcc9e2d51, 0x1b873593
	var h uint32
	n := len(b)
	mix := func(k uint32) uint32 { return bits.RotateLeft32(k*c1, 15) * c2 }
	for ; len(b) >= 4; b = b[4:] {
		h = bits.RotateLeft32(h^mix(binary.LittleEndian.Uint32(b)), 13)*5 + 0xe6546b64
	}
	var tail uint32
	for i := len(b) - 1; i >= 0; i-- {
		tail = tail<<8 | uint32(b[i])
	}
	h ^= mix(tail)
	h ^= uint32(n)
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}
