package main

import (
	"fmt"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type invoiceCmd struct {
	ID    string   `help:"案卷编号。"`
	Files []string `arg:"" help:"数电 XML、OFD、发票照片（PNG、JPG，只读二维码）或它们的 zip，可写多个。" type:"path"`
}

// invoiceFile is what one file brought, or why it could not be read.
type invoiceFile struct {
	File    string                  `json:"file"`
	Brought *wizard.InvoicesBrought `json:"brought,omitempty"`
	Error   string                  `json:"error,omitempty"`
}

// Run reads file after file; one that cannot be read is named and the others go on. The first failure gives the exit code.
func (c *invoiceCmd) Run(r *run) error {
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error {
		var results []invoiceFile
		var bad error
		for _, name := range c.Files {
			out := invoiceFile{File: survey.MaskIn(filepath.Base(name))}
			b, err := c.one(r, d, id, name)
			if err == nil {
				out.Brought = &b
			} else {
				out.Error = r.text.Error(err)
				if bad == nil {
					bad = err
				}
			}
			results = append(results, out)
			if r.ctx.Err() != nil {
				break
			}
		}
		if r.cli.JSON {
			if err := r.json(results); err != nil {
				return err
			}
			return bad
		}
		for _, f := range results {
			f.print(r)
		}
		return bad
	})
}

func (c *invoiceCmd) one(r *run, d *wizard.Desk, id, name string) (wizard.InvoicesBrought, error) {
	data, err := readFile(name)
	if err != nil {
		return wizard.InvoicesBrought{}, err
	}
	_, b, err := d.ImportInvoices(r.ctx, id, filepath.Base(name), data)
	return b, err
}

func (f invoiceFile) print(r *run) {
	if f.Brought == nil {
		fmt.Fprintf(r.note, "%s：%s\n", f.File, f.Error)
		return
	}
	b := f.Brought
	fmt.Fprintf(r.out, "%s：读到 %d 张，新增 %d 张（其中 %d 张已关联合同），跳过 %d 张；均未验真\n", f.File, len(b.Invoices), b.Added, b.Linked, len(b.Known))
	for _, list := range []struct {
		title string
		lines []string
	}{{"待核对", b.Warnings}, {"已登记", b.Known}, {"文件里", b.Problems}} {
		for _, l := range list.lines {
			fmt.Fprintf(r.out, "  %s：%s\n", list.title, l)
		}
	}
}
