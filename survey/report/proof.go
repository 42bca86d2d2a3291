package report

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
)

// proofCount gives how many documents an item or scene asks for and how many of them have a file.
func (m *maker) proofCount(key string) (asked, have int) {
	for i, p := range m.proofs {
		if p.Key != key || p.Extra || i > 0 && again(m.proofs[i-1], p) {
			continue
		}
		asked++
		if !p.Missing {
			have++
		}
	}
	return asked, have
}

// again tells whether q is one more file of p's document.
func again(p, q assess.Proof) bool {
	return p.Key == q.Key && p.Document == q.Document && !p.Extra && !q.Extra
}

// proofSum is proofCount over all.
func (m *maker) proofSum() (asked, have int) {
	for i, p := range m.proofs {
		if i > 0 && m.proofs[i-1].Key == p.Key {
			continue
		}
		n, k := m.proofCount(p.Key)
		asked, have = asked+n, have+k
	}
	return asked, have
}

// digest is the beginning of a SHA-256, enough to know a file again.
func digest(sha string) string { return "SHA-256 " + sha[:min(12, len(sha))] + "…" }

// evidence is the printable evidence index (证明材料索引): per answer what an assessor asks for, which file answers it, what lacks.
func (m *maker) evidence() Chapter {
	t := &Table{Columns: []string{"条目（答案）", "现场评定会要的材料", "已附文件（摘要前 12 位）", "还缺"}, Widths: []int{27, 33, 22, 18}}
	for i := 0; i < len(m.proofs); {
		p := m.proofs[i]
		var asked, files, lack []string
		for ; i < len(m.proofs) && m.proofs[i].Key == p.Key; i++ {
			x := m.proofs[i]
			if !x.Extra && !slices.Contains(asked, x.Document) {
				asked = append(asked, x.Document)
			}
			if x.Missing {
				lack = append(lack, x.Document)
				continue
			}
			files = append(files, x.Document+"："+x.File+"（"+digest(x.SHA256)+"）")
		}
		name := p.Term
		if strings.HasPrefix(p.Key, "Q") {
			name = p.Key + " " + name
		}
		open := or(strings.Join(lack, "；"), "不缺")
		if len(lack) == len(asked) && len(lack) > 0 {
			open = "缺全部 " + itoa(len(lack)) + " 件"
		}
		t.row(name+"（"+p.Answer+"）", or(strings.Join(asked, "；"), "—"), or(some(files, 6, "个"), "—"), open)
	}
	if len(t.Rows) == 0 {
		t.row("还没有得分的答案", "—", "—", "—")
	}
	asked, have := m.proofSum()
	other := 0
	for _, f := range m.c.Attachments {
		if !slices.ContainsFunc(m.proofs, func(p assess.Proof) bool { return p.ID == f.ID && p.File != "" }) {
			other++
		}
	}
	count := "共要 " + itoa(asked) + " 件，已附 " + itoa(have) + " 件，还缺 " + itoa(asked-have) + " 件。只列得分的答案和已达到的场景级别所要的材料；所附文件的内容是否相符，以现场核对为准。"
	if other > 0 {
		count += "另有 " + itoa(other) + " 个附件不是评测材料，见第 2 章。"
	}
	return Chapter{Key: "evidence", Title: "证明材料索引", Own: true, Blocks: []Block{
		para(count),
		{Table: t.fit(150, "条"), Source: "材料清单随评测版本 " + m.a.Edition + "；出处：" + or(m.a.ProofSource, Unknown) + "。文件及摘要来自案卷附件。"},
	}}
}
