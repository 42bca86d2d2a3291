package report

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Proof is one line of the evidence index (证明材料索引): what an assessor asks for, and which file answers it.
type Proof struct {
	Key   string   `json:"key"` // item or scene
	Title string   `json:"title"`
	Asked string   `json:"asked"`
	Files []string `json:"files,omitempty"` // names with the beginning of their SHA-256
	Have  bool     `json:"have"`
	Whole bool     `json:"whole,omitempty"` // the file is filed under the item, not under this document
}

// index lists what an assessor asks for: of every item, and of every scene the document of each level that it has reached.
func (m *maker) index() []Proof {
	var out []Proof
	for i := range m.a.Items {
		it := &m.a.Items[i]
		for _, doc := range it.Evidence {
			out = append(out, m.proof(it.Key, it.Term, doc))
		}
	}
	for i := range m.a.Scenes {
		s := &m.a.Scenes[i]
		for l := range min(s.Level, len(s.Evidence)) {
			out = append(out, m.proof(s.Key, s.Title, s.Evidence[l]))
		}
	}
	return out
}

func (m *maker) proof(key, title, doc string) Proof {
	p := Proof{Key: key, Title: title, Asked: doc}
	for i := range m.c.Attachments {
		f := &m.c.Attachments[i]
		named := same(f.Role, doc) && (f.For == "" || f.For == key)
		if !named && f.Role != key && f.For != key {
			continue
		}
		p.Have = p.Have || named
		p.Whole = p.Whole || !named
		p.Files = append(p.Files, f.Name+"（SHA-256 "+f.SHA256[:min(12, len(f.SHA256))]+"…）")
	}
	return p
}

// same compares a slot with a document's name; the level that a scene's document begins with does not matter.
func same(role, doc string) bool {
	if _, rest, ok := strings.Cut(doc, "："); ok && survey.NormalizeText(role) == survey.NormalizeText(rest) {
		return true
	}
	return role != "" && survey.NormalizeText(role) == survey.NormalizeText(doc)
}

// proofCount gives how many documents an item or scene asks for and how many are there.
func (m *maker) proofCount(key string) (asked, have int) {
	for i := range m.proofs {
		if m.proofs[i].Key == key {
			asked++
			if m.proofs[i].Have || m.proofs[i].Whole {
				have++
			}
		}
	}
	return asked, have
}

// evidence is the printable evidence index.
func (m *maker) evidence() Chapter {
	t := &Table{Columns: []string{"条目", "现场评定会要的材料", "已附文件（摘要前 12 位）", "还缺"}, Widths: []int{27, 41, 18, 14}}
	have := 0
	for i := 0; i < len(m.proofs); {
		var asked, files, open []string
		p := m.proofs[i]
		for ; i < len(m.proofs) && m.proofs[i].Key == p.Key; i++ {
			x := &m.proofs[i]
			asked = append(asked, x.Asked)
			for _, f := range x.Files {
				if !slices.Contains(files, f) {
					files = append(files, f)
				}
			}
			switch {
			case x.Have:
				have++
			case x.Whole:
				open = append(open, x.Asked+"（本项已附文件，是否为此件待核对）")
			default:
				open = append(open, x.Asked)
			}
		}
		name := p.Title
		if strings.HasPrefix(p.Key, "Q") {
			name = p.Key + " " + name
		}
		lack := "不缺"
		if len(open) == len(asked) && len(files) == 0 {
			lack = "缺全部 " + itoa(len(open)) + " 件"
		} else if len(open) > 0 {
			lack = strings.Join(open, "；")
		}
		t.row(name, strings.Join(asked, "；"), or(some(files, 3, "个"), "—"), lack)
	}
	other := &Table{Columns: []string{"用途", "文件", "SHA-256"}, Widths: []int{20, 34, 46}}
	for _, f := range m.c.Attachments {
		if !slices.ContainsFunc(m.proofs, func(p Proof) bool { return p.Key == f.Role || p.Key == f.For || same(f.Role, p.Asked) }) {
			other.row(f.Role, f.Name, f.SHA256)
		}
	}
	ch := Chapter{Key: "evidence", Title: "证明材料索引", Own: true, Blocks: []Block{
		para("共要 " + itoa(len(m.proofs)) + " 件，按名称对上的 " + itoa(have) + " 件。场景只列已达到的级别所要的材料。"),
		{Table: t.fit(150, "条"), Source: "材料清单随评测版本 " + m.a.Edition + " 发布（公开自评工具所列，二手）；文件及摘要来自案卷附件。"},
	}}
	if len(other.Rows) > 0 {
		ch.Blocks = append(ch.Blocks, Block{Title: "其他已附文件（申报用）", Table: other.fit(34, "个"), Source: "案卷附件。"})
	}
	return ch
}
