package wizard

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// RoleInvoice is the role of an attached file of invoices.
const RoleInvoice = "发票"

// InvoicesBrought tells what an import of invoices did. A reader fills Invoices and Problems, the desk the rest.
type InvoicesBrought struct {
	Invoices []survey.Invoice `json:"invoices"` // as read; those that were added carry their ids
	Problems []string         `json:"problems"` // what the file itself leaves open or contradicts, with its place
	Added    int              `json:"added"`
	Linked   int              `json:"linked"`   // of Added: to the one contract with this supplier
	Known    []string         `json:"known"`    // skipped: the number is in the case already
	Warnings []string         `json:"warnings"` // added, but a person must look: buyer, period, other cases
}

// ImportInvoices reads the invoices in a file into the case and keeps the file as an attachment. An invoice whose number the case has is
// skipped and named; what differs from the one in the case is named and changes nothing. A number that another case of the store has, a buyer
// that is not the firm and a date outside of the project are warnings. All stay 未验真. The same file twice changes nothing.
func (d *Desk) ImportInvoices(ctx context.Context, id, name string, data []byte) (*State, InvoicesBrought, error) {
	if d.Invoices == nil {
		return nil, InvoicesBrought{}, survey.Fail(survey.CodeNotReady, "wizard.invoices", "此程序不带发票导入")
	}
	b, err := d.Invoices.Invoices(name, data, d.Now())
	if err != nil {
		return nil, InvoicesBrought{}, err
	}
	b.Known, b.Warnings = []string{}, []string{}
	if len(b.Invoices) == 0 {
		st, err := d.Open(ctx, id)
		return st, b, err
	}
	elsewhere, err := d.numbersElsewhere(ctx, id)
	if err != nil {
		return nil, b, err
	}
	sha, err := d.Blobs.Put(ctx, data)
	if err != nil {
		return nil, b, err
	}
	read := b
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		b = read
		b.Invoices = slices.Clone(read.Invoices)
		file := d.keepInvoiceFile(c, name, sha, int64(len(data)))
		for i := range b.Invoices {
			d.bringInvoice(c, &b, &b.Invoices[i], file, elsewhere)
		}
		return nil
	})
	return st, b, err
}

// bringInvoice adds one invoice unless its number is known.
func (d *Desk) bringInvoice(c *survey.Case, b *InvoicesBrought, v *survey.Invoice, file string, elsewhere map[string][]string) {
	number := survey.NormalizeText(v.Number)
	if i := slices.IndexFunc(c.Invoices, func(k survey.Invoice) bool { return survey.NormalizeText(k.Number) == number }); i >= 0 {
		b.Known = append(b.Known, knownInvoice(&c.Invoices[i], v))
		return
	}
	added := *v
	added.ID = d.NewID()
	added.Lines = slices.Clone(v.Lines)
	for i := range added.Lines {
		added.Lines[i].ID = d.NewID()
	}
	added.Evidence = slices.Clone(v.Evidence)
	for i := range added.Evidence {
		added.Evidence[i].Attachment = file
	}
	if k := contractOfSupplier(c, v.Seller); k != "" {
		added.Contract = k
		b.Linked++
	}
	b.Warnings = append(b.Warnings, invoiceWarnings(c, v, elsewhere[number])...)
	c.Invoices = append(c.Invoices, added)
	b.Added++
	*v = added
}

// knownInvoice names an invoice that the case has and on what the two differ. What one of them does not state is no difference.
func knownInvoice(have, got *survey.Invoice) string {
	var differ []string
	add := func(name, a, b string) {
		if a != "" && b != "" && survey.NormalizeText(a) != survey.NormalizeText(b) {
			differ = append(differ, fmt.Sprintf("%s（已登记“%s”，文件“%s”）", name, clip(a), clip(b)))
		}
	}
	add("开票日期", string(have.Issued), string(got.Issued))
	add("销售方", have.Seller, got.Seller)
	add("购买方代码", have.BuyerCode, got.BuyerCode)
	add("价税合计", grossOf(have), grossOf(got))
	if len(differ) == 0 {
		return got.Number + "：已经登记，没有重复添加"
	}
	return got.Number + "：已经登记，但" + strings.Join(differ, "、") + "不同，没有改动，请核对原件"
}

// grossOf prints the sum of the lines with tax, "" when there is none to compare.
func grossOf(v *survey.Invoice) string {
	var sum money.Fen
	for _, l := range v.Lines {
		s, err := money.Add(sum, l.Gross)
		if err != nil {
			return ""
		}
		sum = s
	}
	if sum == 0 {
		return ""
	}
	return sum.Display()
}

// invoiceWarnings says what a person must look at before an added invoice counts.
func invoiceWarnings(c *survey.Case, v *survey.Invoice, cases []string) []string {
	var out []string
	say := func(format string, args ...any) {
		out = append(out, v.Number+"："+fmt.Sprintf(format, args...))
	}
	if len(cases) > 0 {
		say("另一案卷（%s）已登记同一号码，同一张发票只能申报一次，请核对", strings.Join(cases, "、"))
	}
	firm := survey.NormalizeText(c.Firm.CreditCode)
	switch buyer := survey.NormalizeText(v.BuyerCode); {
	case buyer != "" && firm == "":
		say("企业信用代码未填，无法核对购买方")
	case buyer != "" && buyer != firm:
		say("购买方代码 %s 不是本企业，不计入费用，请核对", clip(v.BuyerCode))
	}
	switch p := c.Project; {
	case v.Issued.Before(p.Start):
		say("开票日期 %s 早于项目开始日期 %s", v.Issued, p.Start)
	case p.End.Before(v.Issued):
		say("开票日期 %s 晚于项目完成日期 %s", v.Issued, p.End)
	}
	return out
}

// contractOfSupplier gives the one contract with a supplier; "" when there is none or more than one.
func contractOfSupplier(c *survey.Case, supplier string) string {
	name, found := companyName(supplier), ""
	for _, k := range c.Contracts {
		if name == "" || companyName(k.Supplier) != name {
			continue
		}
		if found != "" {
			return ""
		}
		found = k.ID
	}
	return found
}

func companyName(s string) string { return strings.ReplaceAll(survey.NormalizeText(s), " ", "") }

// keepInvoiceFile attaches the file, once, and gives the attachment's id.
func (d *Desk) keepInvoiceFile(c *survey.Case, name, sha string, size int64) string {
	for _, a := range c.Attachments {
		if a.SHA256 == sha && a.Role == RoleInvoice {
			return a.ID
		}
	}
	a := survey.Attachment{ID: d.NewID(), Name: name, Role: RoleInvoice, SHA256: sha, Size: size, Type: invoiceType(name), Added: d.Now().UTC()}
	c.Attachments = append(c.Attachments, a)
	return a.ID
}

func invoiceType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".xml":
		return "application/xml"
	case ".ofd":
		return "application/ofd"
	case ".zip":
		return "application/zip"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	}
	return "application/octet-stream"
}

// numbersElsewhere maps the invoice numbers of all other cases to the firms that hold them.
func (d *Desk) numbersElsewhere(ctx context.Context, id string) (map[string][]string, error) {
	all, err := d.Cases.List(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, e := range all {
		if e.ID == id {
			continue
		}
		c, err := d.Cases.Load(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		name := e.Name
		if name == "" {
			name = "未填企业名称"
		}
		for _, v := range c.Invoices {
			if n := survey.NormalizeText(v.Number); n != "" && !slices.Contains(out[n], name) {
				out[n] = append(out[n], name)
			}
		}
	}
	return out, nil
}
