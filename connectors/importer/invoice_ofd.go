package importer

import (
	"path"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// ofd reads an invoice in OFD: the attached data first; the tags, that point at texts on the page, stand in for them or are compared.
func (r *invoiceReader) ofd(name string, parts *container) error {
	attached, errA := r.attached(parts)
	tagged, errT := r.tagged(parts)
	switch {
	case attached == nil && tagged == nil && errA != nil:
		return invoiceFault(errA)
	case attached == nil && tagged == nil && errT != nil:
		return invoiceFault(errT)
	case attached == nil && tagged == nil:
		return survey.Fail(survey.CodeFileEmpty, opInvoice, "OFD 里没有发票数据（附件 original_invoice.xml 或标引），请改用 XML")
	}
	if errA != nil {
		r.left.note(r, InvoiceProblem{File: name, Code: survey.CodeOf(invoiceFault(errA)), Text: "附件里的发票数据读不出，改用了标引，请核对"})
	}
	if attached == nil {
		attached, tagged = tagged, nil
	}
	attached.file = name
	if tagged != nil {
		tagged.file = name
		r.compare(attached, tagged, true)
	}
	r.slips = append(r.slips, *attached)
	return nil
}

// attached reads Doc_0/Attachs/original_invoice.xml, wherever the document folder lies.
func (r *invoiceReader) attached(parts *container) (*slip, error) {
	for _, p := range parts.list {
		if !strings.EqualFold(path.Base(p.name), "original_invoice.xml") {
			continue
		}
		data, err := r.left.read(p.file)
		if err != nil {
			return nil, err
		}
		root, err := r.left.tree(data)
		if err != nil {
			return nil, err
		}
		s, err := slipOf(root)
		if err != nil {
			return nil, err
		}
		s.from = trustAttachment
		return &s, nil
	}
	return nil, nil
}

// tagged reads Tags/CustomTag.xml: fields whose ObjectRef names a TextObject on a page. Without them it reads the CustomDatas of OFD.xml.
func (r *invoiceReader) tagged(parts *container) (*slip, error) {
	tags, err := r.tree(parts, func(n string) bool {
		dir, file := path.Split(n)
		return strings.HasSuffix(dir, "tags/") && (file == "customtag.xml" || strings.HasPrefix(file, "tag_") || file == "tag.xml")
	})
	if err != nil {
		return nil, err
	}
	s := &slip{from: trustTags}
	if len(tags) > 0 {
		pages, err := r.tree(parts, func(n string) bool { return strings.Contains(n, "/pages/") && path.Base(n) == "content.xml" })
		if err != nil {
			return nil, err
		}
		texts := pageTexts(pages)
		for _, t := range tags {
			s.tags(t, texts)
		}
	}
	if s.number == "" {
		roots, err := r.tree(parts, func(n string) bool { return n == "ofd.xml" })
		if err != nil {
			return nil, err
		}
		for _, n := range roots {
			s.customData(n)
		}
	}
	if len(s.lines) > MaxInvoiceLines {
		return nil, survey.Fail(survey.CodeFileTooBig, opInvoice, "一张发票超过 %d 行", MaxInvoiceLines)
	}
	if s.number == "" {
		return nil, nil
	}
	return s, nil
}

// tree reads every part whose lower-case path is wanted.
func (r *invoiceReader) tree(parts *container, want func(name string) bool) ([]*node, error) {
	var out []*node
	for _, p := range parts.list {
		if !want(strings.ToLower(p.name)) {
			continue
		}
		data, err := r.left.read(p.file)
		if err != nil {
			return nil, err
		}
		n, err := r.left.tree(data)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// pageTexts gives the text of every TextObject by its ID.
func pageTexts(pages []*node) map[string]string {
	out := map[string]string{}
	for _, p := range pages {
		p.walk(func(n *node) {
			if n.name != "TextObject" || n.id == "" {
				return
			}
			var b strings.Builder
			for _, c := range n.all("TextCode") {
				b.WriteString(c.text)
			}
			out[n.id] = b.String()
		})
	}
	return out
}

// tags takes the fields of one tag file.
func (s *slip) tags(root *node, texts map[string]string) {
	var items, nets, taxes []string
	root.walk(func(n *node) {
		refs := n.all("ObjectRef")
		if len(refs) == 0 {
			return
		}
		value := func(put *string) {
			if *put == "" {
				*put = joinRefs(refs, texts)
			}
		}
		switch n.name {
		case "InvoiceCode":
			value(&s.code)
		case "InvoiceNo", "InvoiceNumber":
			value(&s.number)
		case "IssueDate", "IssueTime":
			value(&s.date)
		case "SellerName":
			value(&s.seller)
		case "BuyerName":
			value(&s.buyer)
		case "BuyerTaxID":
			value(&s.buyerCode)
		case "TaxExclusiveTotalAmount":
			value(&s.net)
		case "TaxTotalAmount":
			value(&s.tax)
		case "TaxInclusiveTotalAmount":
			value(&s.gross)
		case "Item":
			items = append(items, each(refs, texts)...)
		case "Amount":
			nets = append(nets, each(refs, texts)...)
		case "TaxAmount":
			taxes = append(taxes, each(refs, texts)...)
		}
	})
	if len(items) == 0 || len(items) != len(nets) || len(items) != len(taxes) {
		if len(items)+len(nets)+len(taxes) > 0 {
			s.marks = "明细对不齐，只读了合计"
		}
		return
	}
	for i := range items {
		s.lines = append(s.lines, slipLine{item: items[i], net: nets[i], tax: taxes[i]})
	}
}

// joinRefs puts the texts together that one field points at; the sign ¥ stands apart on the page and is no value.
func joinRefs(refs []*node, texts map[string]string) string {
	var b strings.Builder
	for _, t := range each(refs, texts) {
		b.WriteString(t)
	}
	return b.String()
}

func each(refs []*node, texts map[string]string) []string {
	var out []string
	for _, k := range refs {
		if t := strings.TrimSpace(texts[k.text]); t != "" && t != "¥" && t != "￥" {
			out = append(out, t)
		}
	}
	return out
}

// customData takes the key facts that OFD.xml may carry.
func (s *slip) customData(root *node) {
	root.walk(func(n *node) {
		if n.name != "CustomData" || n.text == "" {
			return
		}
		switch n.id {
		case "发票代码":
			s.code = n.text
		case "发票号码":
			s.number = n.text
		case "开票日期":
			s.date = n.text
		case "销售方名称":
			s.seller = n.text
		case "购买方名称":
			s.buyer = n.text
		case "购买方纳税人识别号":
			s.buyerCode = n.text
		case "合计金额":
			s.net = n.text
		case "合计税额":
			s.tax = n.text
		case "价税合计":
			s.gross = n.text
		}
	})
}
