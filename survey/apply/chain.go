package apply

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Chain (证据链) ties one cost line to what proves it: contract ↔ invoice ↔ payment ↔ machine or system.
type Chain struct {
	Line     string    `json:"line"` // InvoiceLine.ID
	Title    string    `json:"title"`
	Contract string    `json:"contract"` // number; "" when there is none
	Invoice  string    `json:"invoice"`
	Payments []string  `json:"payments,omitempty"` // 银行回单号 with its day
	Asset    string    `json:"asset"`              // machine of the register; "" when none is named
	System   string    `json:"system"`             // system that the contract pays for
	Gross    money.Fen `json:"gross"`
	Paid     money.Fen `json:"paid"`
	Files    []string  `json:"files,omitempty"` // Attachment.IDs
	Gaps     []string  `json:"gaps,omitempty"`  // what is not tied
	Jump     string    `json:"jump"`            // path of the line
}

// chains ties every cost line that is not planned.
func (f *filling) chains() []Chain {
	var out []Chain
	for _, e := range f.expenses() {
		if e.Planned {
			continue
		}
		c := Chain{Line: e.Line, Title: clean(e.Title), Gross: e.Gross, Paid: e.Paid, Jump: f.lineJump(e.Line)}
		if v, l := f.lineOf(e.Line); v != nil {
			f.tie(&c, v, l)
		}
		c.Gaps = gaps(c)
		out = append(out, c)
	}
	return out
}

func (f *filling) lineOf(id string) (*survey.Invoice, *survey.InvoiceLine) {
	for i := range f.c.Invoices {
		v := &f.c.Invoices[i]
		for k := range v.Lines {
			if v.Lines[k].ID == id {
				return v, &v.Lines[k]
			}
		}
	}
	return nil, nil
}

func (f *filling) tie(c *Chain, v *survey.Invoice, l *survey.InvoiceLine) {
	c.Invoice = v.Number
	owners := []string{v.ID, v.Number, l.ID}
	files := witnesses(v.Evidence)
	for _, k := range f.c.Contracts {
		if k.ID != v.Contract || v.Contract == "" {
			continue
		}
		c.Contract = k.Number
		owners = append(owners, k.ID, k.Number)
		files = append(files, witnesses(k.Evidence)...)
		if s := f.c.System(k.System); s != nil {
			c.System = s.Name
		}
	}
	for _, p := range f.c.Payments {
		if p.Invoice == v.ID || p.Invoice == "" && p.Contract != "" && p.Contract == v.Contract {
			c.Payments = append(c.Payments, strings.TrimSpace(p.Voucher+" "+string(p.Date)))
			owners = append(owners, p.ID, p.Voucher)
			files = append(files, witnesses(p.Evidence)...)
		}
	}
	for _, a := range f.c.Assets {
		if a.ID == l.Asset && l.Asset != "" {
			c.Asset = strings.TrimSpace(a.Name + " " + a.AssetID)
		}
	}
	for _, a := range f.c.Attachments {
		if slices.Contains(files, a.ID) || a.For != "" && slices.Contains(owners, a.For) {
			c.Files = append(c.Files, a.ID)
		}
	}
}

func witnesses(list []survey.Evidence) []string {
	var out []string
	for _, e := range list {
		if e.Attachment != "" {
			out = append(out, e.Attachment)
		}
	}
	return out
}

// gaps says what a cost line is not tied to.
func gaps(c Chain) []string {
	var out []string
	for _, g := range []struct {
		missing bool
		text    string
	}{
		{c.Contract == "", "未对应合同"}, {c.Invoice == "", "未对应发票"}, {len(c.Payments) == 0, "未对应付款"},
		{len(c.Payments) > 0 && c.Paid < c.Gross, "付款少于发票"}, {c.Asset == "" && c.System == "", "未对应设备或系统"}, {len(c.Files) == 0, "没有指明证明文件"},
	} {
		if g.missing {
			out = append(out, g.text)
		}
	}
	return out
}

// writeEvidence is the 证据索引: every yuan with its chain, every condition with its proof, every file with its digest.
func writeEvidence(w *writer) {
	w.picked("head", "", "cover.number", "firm.name", "claim.measure", "claim.clause")
	chain := Table{
		Key: "chains", Title: "费用证据链（单位：元）", Keys: []string{"no", "title", "contract", "invoice", "voucher", "asset", "gross", "paid", "files", "gaps"},
		Columns: []string{"序号", "费用名称", "合同编号", "发票号码", "付款凭证", "设备或系统", "含税金额", "已付金额", "证明文件", "未对应的"},
		Right:   []bool{false, false, false, false, false, false, true, true, false, false},
	}
	for i, c := range w.dossier.Chains {
		what := strings.Join(slices.DeleteFunc([]string{c.Asset, c.System}, func(s string) bool { return s == "" }), "；")
		chain.row(itoa(i+1), c.Title, c.Contract, c.Invoice, strings.Join(c.Payments, "\n"), what, c.Gross.Display(), c.Paid.Display(),
			strings.Join(w.dossier.packedFor(c.Files...), "、"), strings.Join(c.Gaps, "、"))
	}
	s := w.section("chains", "一、费用证据链")
	s.Tables = append(s.Tables, chain)
	s.Text = []string{"“证明文件”是装订清单的序号。规划中的费用不列入。"}
	w.section("conditions", "二、条件与证明").Tables = []Table{w.conditions()}
	files := Table{
		Key: "files", Title: "附件文件", Keys: []string{"no", "file", "was", "role", "for", "size", "sha"},
		Columns: []string{"序号", "电子文件名", "原文件名", "材料种类", "对应", "大小（字节）", "SHA-256"}, Right: []bool{false, false, false, false, false, true, false},
	}
	for _, p := range w.dossier.Packing {
		if a := p.Attachment; a != nil {
			files.row(p.No, p.File, a.Name, a.Role, w.f.owner(a.For), itoa(int(a.Size)), a.SHA256)
		}
	}
	w.section("files", "三、附件文件").Tables = []Table{files}
}

// conditions lists the conditions and titles of the measure filed under with what proves them.
func (w *writer) conditions() Table {
	t := Table{Key: "conditions", Title: "申报条件（缺的材料见说明）", Keys: []string{"no", "clause", "text", "verdict", "settle"}, Columns: []string{"序号", "依据", "条件", "结论", "待核实的，凭何材料"}}
	if w.f.claim == nil {
		return t
	}
	for _, c := range slices.Concat(w.f.claim.Titles, w.f.claim.Conditions) {
		var need []string
		for _, s := range w.f.claim.Settle {
			if s.Condition == c.Text {
				need = append(need, s.Paper+"（"+s.Issuer+"）")
			}
		}
		t.row(itoa(len(t.Rows)+1), c.Clause, c.Text, c.Verdict.Chinese(), strings.Join(need, "；"))
	}
	return t
}

// owner names what a file belongs to: a contract, an invoice or a payment by its number; anything else as it is written.
func (f *filling) owner(id string) string {
	for _, c := range f.c.Contracts {
		if c.ID == id && id != "" {
			return "合同 " + c.Number
		}
	}
	for _, v := range f.c.Invoices {
		if v.ID == id && id != "" {
			return "发票 " + v.Number
		}
	}
	for _, p := range f.c.Payments {
		if p.ID == id && id != "" {
			return "付款 " + p.Voucher
		}
	}
	return id
}
