package document

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Dossier writes the whole 材料包 from one data set: every document as DOCX and PDF, 投入明细表, 汇总表 and 字段表 as XLSX, 提醒.ics and request.json,
// named 市-企业-序号-名称. template gives the .docx of that name. The documents are made side by side; the same input gives the same bytes. It
// fails as Set does.
func Dossier(d apply.Dossier, tasks []apply.Task, request json.RawMessage, fonts Fonts, template func(name string) []byte) ([]File, error) {
	data, err := submit.Canonical(request)
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "document.dossier", err)
	}
	sum := sha256.Sum256(data)
	w := dossier{d: &d, request: data, digest: hex.EncodeToString(sum[:]), template: template, form: Data(d.Form, hex.EncodeToString(sum[:]))}
	w.code = codePicture(d.Form.Number, w.digest)
	jobs, forms := []func() ([]File, error){w.application}, []*apply.Application{&d.Form}
	for i := range d.Documents {
		if w.stem(d.Documents[i].Key) != "" {
			forms = append(forms, &d.Documents[i].Application)
			jobs = append(jobs, func() ([]File, error) { return w.document(&d.Documents[i]) })
		}
	}
	if w.press, err = newPress(fonts, forms...); err != nil {
		return nil, err
	}
	jobs = append(jobs, w.tables, func() ([]File, error) {
		return []File{{w.named("提醒.ics"), "calendar", typeICS, Calendar(tasks, d.Form.Number, d.Form.Date)}, {"request.json", "request-json", typeJSON, data}}, nil
	})
	return sideBySideFiles(jobs)
}

// dossier is one 材料包 being written.
type dossier struct {
	d        *apply.Dossier
	request  []byte
	digest   string
	code     Picture
	press    *press
	template func(name string) []byte
	form     map[string]any
}

// sideBySideFiles runs the jobs on all processors and gives their files in the order of their names, which is that of the package.
func sideBySideFiles(jobs []func() ([]File, error)) ([]File, error) {
	files, errs := make([][]File, len(jobs)), make([]error, len(jobs))
	var wait sync.WaitGroup
	next := make(chan int, len(jobs))
	for i := range jobs {
		next <- i
	}
	close(next)
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		wait.Go(func() {
			for i := range next {
				files[i], errs[i] = jobs[i]()
			}
		})
	}
	wait.Wait()
	var out []File
	for i := range jobs {
		if errs[i] != nil {
			return nil, errs[i]
		}
		out = append(out, files[i]...)
	}
	slices.SortStableFunc(out, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// stem is the name of a paper without its ending; "" when the firm's own takes its place.
func (w *dossier) stem(document string) string {
	switch document {
	case "packing":
		return w.named("00-装订清单")
	case "guide":
		return w.named("报送指引")
	}
	for _, p := range w.d.Packing {
		if p.Document == document {
			return p.File
		}
	}
	return ""
}

// named puts 市-企业 in front.
func (w *dossier) named(name string) string { return w.d.Prefix() + "-" + name }

func (w *dossier) application() ([]File, error) {
	stem := w.stem("form")
	if stem == "" {
		return nil, nil
	}
	return w.both(stem, "申报书", "application", &w.d.Form, w.form, false, w.request)
}

func (w *dossier) document(d *apply.Document) ([]File, error) {
	return w.both(w.stem(d.Key), d.Name, d.Key, &d.Application, dataOf(w.form, Data(d.Application, w.digest)), d.Prose, nil)
}

// both writes a form as DOCX and PDF.
func (w *dossier) both(stem, name, role string, a *apply.Application, data map[string]any, prose bool, request []byte) ([]File, error) {
	tmpl, err := openPackage(w.template(name))
	if err != nil {
		return nil, err
	}
	layout := formLayout
	if prose {
		layout = proseLayout
	}
	docx, err := tmpl.fill(data, w.code)
	if err != nil {
		return nil, err
	}
	pdf, err := paper{form: a, layout: tmpl.layout(layout), prose: prose, request: request, digest: w.digest}.pdf(w.press)
	if err != nil {
		return nil, err
	}
	return []File{{stem + ".docx", role + "-docx", typeDOCX, docx}, {stem + ".pdf", role + "-pdf", typePDF, pdf}}, nil
}

func (w *dossier) tables() ([]File, error) {
	summary, err := XLSX(w.d.Form)
	if err != nil {
		return nil, err
	}
	out := []File{{w.named("汇总表.xlsx"), "application-xlsx", typeXLSX, summary}}
	if stem := w.stem("costs"); stem != "" {
		costs, err := Costs(w.d)
		if err != nil {
			return nil, err
		}
		out = append(out, File{stem + ".xlsx", "costs-xlsx", typeXLSX, costs})
	}
	sheet, err := FieldSheet(w.d)
	if err != nil {
		return nil, err
	}
	return append(out, File{w.named("字段表.xlsx"), "fields-xlsx", typeXLSX, sheet}), nil
}

// Costs writes the 投入明细表: the lines that enter the form, the contracts and payments behind them, and the chain of each line.
func Costs(d *apply.Dossier) ([]byte, error) {
	under := "申报单位（盖章）：　　　　　　　　　　填报日期：" + d.Form.Date + "　　　　申报表编号：" + d.Form.Number + "　　　　金额单位：元"
	var sheets []sheet
	for _, want := range []struct {
		key, name string
		widths    []float64
	}{{"expenses", "投入明细", costWidths}, {"contracts", "合同", []float64{6, 20, 30, 30, 14, 18}}, {"payments", "付款", []float64{6, 14, 24, 30, 18}}} {
		for _, s := range d.Form.Sections {
			for _, t := range s.Tables {
				if t.Key == want.key {
					sheets = append(sheets, sheet{name: want.name, title: "投入明细表（" + want.name + "）", under: under, widths: want.widths, head: anys(t.Columns), rows: costRows(t), total: len(t.Total) > 0})
				}
			}
		}
	}
	chain := sheet{name: "证据链", title: "投入明细表（证据链）", under: under, widths: []float64{6, 28, 18, 24, 26, 22, 16, 16, 30},
		head: []any{"序号", "费用名称", "合同编号", "发票号码", "付款凭证", "设备或系统", "含税金额", "已付金额", "未对应的"}}
	for i, c := range d.Chains {
		what := strings.Trim(c.Asset+"；"+c.System, "；")
		chain.rows = append(chain.rows, []any{i + 1, c.Title, c.Contract, c.Invoice, strings.Join(c.Payments, "\n"), what, amountCell(c.Gross.Display()), amountCell(c.Paid.Display()), strings.Join(c.Gaps, "、")})
	}
	return workbook(append(sheets, chain))
}

// FieldSheet writes the 字段表: what is pasted into the portal, screen by screen. Everything is text, so that nothing is changed on the way.
func FieldSheet(d *apply.Dossier) ([]byte, error) {
	s := sheet{name: "字段表", title: "字段表（按申报系统的屏幕顺序，供粘贴）", under: "本程序不自动提交，不保存申报系统的账号和密码；由人粘贴、核对。", widths: []float64{8, 24, 30, 56, 40},
		head: []any{"序号", "屏幕", "栏目", "粘贴内容", "说明"}}
	for _, screen := range d.Sheet {
		for _, f := range screen.Fields {
			s.rows = append(s.rows, []any{f.No, screen.Title, f.Label, f.Copy, f.Note})
		}
	}
	return workbook([]sheet{s})
}
