package apply

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/shangyuntong/shangyun/survey"
)

// Packed is one thing in the package.
type Packed struct {
	No         string             // "08"; "13-2" when a paper has several files
	Name       string             // of the paper
	File       string             // 市-企业-序号-名称 without the ending for what is made here, with it for an attachment; "" when it is missing
	Need       string             // 必交, 选交, 如适用
	State      string             // what there is
	Seal       string             // where to seal and sign
	Document   string             // Document.Key or "form" (申报书), "costs" (投入明细表) when it is made here
	Attachment *survey.Attachment // when it is a file of the case
	Paper      Paper
}

// Letter tells whether the 申报函 names it as enclosed: what is there, each once, without itself.
func (p Packed) Letter() bool {
	return p.File != "" && p.Paper.Key != "P1" && (!strings.Contains(p.No, "-") || strings.HasSuffix(p.No, "-1"))
}

// madeAs maps the papers that are made here to documents; what is not in makers is made by the form itself.
func madeAs(key string) string {
	switch key {
	case "C9":
		return "form"
	case "C7":
		return "costs"
	}
	for _, m := range makers {
		if m.paper == key && key != "" {
			return m.key
		}
	}
	return ""
}

// packing lists the package in its order.
func (f *filling) packing() []Packed {
	var out []Packed
	for i, p := range f.papers() {
		no := itoa(i + 1)
		if len(no) < 2 {
			no = "0" + no
		}
		out = append(out, f.pack(no, p)...)
	}
	return out
}

func (f *filling) pack(no string, p Paper) []Packed {
	one := Packed{No: no, Name: p.Name, Need: "选交", State: "缺", Seal: sealOf(p), Document: madeAs(p.Key), Paper: p}
	switch {
	case p.When != "":
		one.Need = p.When
	case p.Must || p.Made && !p.Skeleton:
		one.Need = "必交"
	}
	have := f.holders(p)
	if len(have) == 0 {
		if one.Document != "" {
			one.State, one.File = "由本程序生成", f.fileName(no, p.Name)
			if p.Skeleton {
				one.State = "已生成骨架，须补充"
			}
		}
		return []Packed{one}
	}
	if p.Made || p.Skeleton {
		one.Document = "" // the firm's finished paper takes the place of ours
	}
	var out []Packed
	for k := range have {
		n := one
		if len(have) > 1 {
			n.No = no + "-" + itoa(k+1)
		}
		n.State, n.Attachment = "已附", &have[k]
		n.File = f.fileName(n.No, p.Name) + ending(have[k].Name)
		out = append(out, n)
	}
	return out
}

func sealOf(p Paper) string {
	switch {
	case p.Key == "C8", p.Key == "P5", p.Key == "P1":
		return "公章、法定代表人签字"
	case p.Key == "P6":
		return "公章、双方签字"
	case p.Key == "C9":
		return "封面公章、骑缝章"
	case p.Made:
		return "公章"
	case p.Issuer == "企业" || p.Issuer == "供应商" || p.Key == "C1" || p.Key == "C6":
		return "复印件加盖公章"
	}
	return "复印件加盖公章（原件备查）"
}

// fileName is 市-企业-序号-名称: what no file system refuses, at most 120 characters.
func (f *filling) fileName(no, name string) string {
	d := Dossier{City: f.city(), Firm: f.c.Firm.Name}
	return d.Prefix() + "-" + safeName(no, 10) + "-" + safeName(name, 60)
}

// safeName drops what a file system might refuse or read as a path.
func safeName(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`\/:*?"<>|`, r), unicode.IsSpace(r):
			return '_'
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if r := []rune(s); len(r) > most {
		s = string(r[:most])
	}
	if s = strings.Trim(s, ". "); s == "" {
		return "_"
	}
	return s
}

// ending is the ending of a file's name, at most 10 letters and digits, in small letters.
func ending(name string) string {
	e := strings.ToLower(path.Ext(name))
	if len(e) < 2 || len(e) > 10 || strings.Trim(e[1:], "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return ""
	}
	return e
}

// packedFor finds the numbers in the package of some attachments.
func (d *Dossier) packedFor(ids ...string) []string {
	var out []string
	for _, p := range d.Packing {
		if p.Attachment != nil && slices.Contains(ids, p.Attachment.ID) && !slices.Contains(out, p.No) {
			out = append(out, p.No)
		}
	}
	return out
}

// Prefix is 市-企业, with which the name of every file begins.
func (d *Dossier) Prefix() string {
	return safeName(d.City, 60) + "-" + safeName(orElse(d.Firm, "企业未填"), 60)
}
