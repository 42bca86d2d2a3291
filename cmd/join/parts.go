package join

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/document"
	"github.com/shangyuntong/shangyun/connectors/host"
	ledger "github.com/shangyuntong/shangyun/connectors/importer"
	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/report"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type scanner struct{}

func (scanner) Describe(ctx context.Context, at time.Time) (survey.Asset, error) {
	return host.Describe(ctx, at)
}

type importer struct{}

func (importer) Ledger(name string, data []byte, in wizard.Reading) (wizard.Ledger, error) {
	l, err := ledger.Read(name, data, in.Layouts, in.At)
	if err != nil {
		return wizard.Ledger{}, err
	}
	unknown := l.Link(in.Systems)
	out := wizard.Ledger{Format: l.Format, Sheet: l.Sheet, Layout: l.Layout, Agreed: l.Agreed, Samples: l.Samples, Assets: l.Assets, Systems: l.Found}
	for _, c := range l.Columns {
		text := fmt.Sprintf("第 %d 列 %s → %s", c.Index+1, c.Header, c.Field.Name())
		if c.Unit != "" {
			text += "，单位" + c.Unit
		}
		out.Columns = append(out.Columns, text)
	}
	for _, p := range l.Problems {
		out.Problems = append(out.Problems, place(p.Row, p.Column)+p.Text)
	}
	for _, name := range unknown {
		out.Problems = append(out.Problems, fmt.Sprintf("数据去向“%s”没有登记为系统，已记在备注里", name))
	}
	for _, s := range l.Skipped {
		out.Skipped = append(out.Skipped, fmt.Sprintf("%s（%s）：%s", place(s.Row, ""), s.Reason, s.Text))
	}
	return out, nil
}

// place says where in a list something is, "" for the whole list.
func place(row int, column string) string {
	switch {
	case row == 0 && column == "":
		return ""
	case row == 0:
		return column + "："
	case column == "":
		return fmt.Sprintf("第 %d 行：", row)
	}
	return fmt.Sprintf("第 %d 行 %s：", row, column)
}

func (importer) Fields() []wizard.ColumnField {
	var out []wizard.ColumnField
	for _, f := range ledger.Fields() {
		out = append(out, wizard.ColumnField{Key: string(f), Name: f.Name()})
	}
	return out
}

// ColumnFields lists what a column of an equipment list can be read as.
func ColumnFields() []wizard.ColumnField { return importer{}.Fields() }

type software struct{}

func (software) Installed(ctx context.Context) (inventory.Installed, error) {
	return host.Software(ctx)
}

// filler makes papers by the templates in files; nil means those inside the program.
type filler struct{ files fs.FS }

func (f filler) Fill(a apply.Application, request []byte) ([]wizard.File, error) {
	files, err := document.Set(a, request, printFonts(), templates(f.files))
	if err != nil {
		return nil, err
	}
	return listed(files), nil
}

func (filler) Report(r report.Report, data []byte) (wizard.File, error) {
	pdf, err := document.Report(r, data, printFonts())
	return wizard.File{Name: "诊断报告.pdf", Role: "report-pdf", Type: "application/pdf", Data: pdf}, err
}

// printFonts gives a copy of its own: the PDF library writes into fonts.
func printFonts() document.Fonts {
	return document.Fonts{Regular: bytes.Clone(assets.FontSerif()), Bold: bytes.Clone(assets.FontSerifBold())}
}

// sender speaks to portals; it is a Registrar as well.
type sender struct{ *client.Client }

func (s sender) Fingerprint(ctx context.Context, address string) (string, error) {
	key, err := s.Key(ctx, address)
	if err != nil {
		return "", err
	}
	return submit.Fingerprint(key.PublicKey), nil
}

func (s sender) Enrol(ctx context.Context, address, code, fingerprint string, by wizard.Device) (submit.Enrolment, error) {
	return s.Client.Enrol(ctx, client.Enrolling{
		Address: address, Code: code, Fingerprint: fingerprint, DeviceID: by.ID, DeviceName: by.Name, Key: by.Key, Secret: by.Secret,
	})
}

func (s sender) Rotations(ctx context.Context, address string) ([]submit.KeyRotation, error) {
	key, err := s.Key(ctx, address)
	return key.Rotations, err
}

func newSecret() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails; the runtime stops the program instead
	return hex.EncodeToString(b)
}

// templates reads the forms; a folder that lacks one gets the program's own.
func templates(files fs.FS) document.Templates {
	read := func(name string) []byte {
		if files != nil {
			if data, err := fs.ReadFile(files, "template/"+name); err == nil {
				return data
			}
		}
		data, err := assets.Template.ReadFile("template/" + name)
		if err != nil {
			panic("join: embedded template missing: " + name)
		}
		return data
	}
	return document.Templates{Application: read("申报书.docx"), Onboarding: read("onboarding.docx")}
}

func (filler) Dossier(d apply.Dossier, tasks []apply.Task, request []byte) ([]wizard.File, error) {
	files, err := document.Dossier(d, tasks, request, printFonts(), func(name string) []byte {
		data, err := assets.Template.ReadFile("template/" + name + ".docx")
		if err != nil {
			panic("join: embedded template missing: " + name)
		}
		return data
	})
	if err != nil {
		return nil, err
	}
	return listed(files), nil
}

func (filler) Calendar(tasks []apply.Task, form apply.Application) wizard.File {
	return wizard.File{Name: "提醒.ics", Role: "calendar", Type: "text/calendar", Data: document.Calendar(tasks, form.Number, form.Date)}
}

func listed(files []document.File) []wizard.File {
	out := make([]wizard.File, len(files))
	for i, f := range files {
		out[i] = wizard.File{Name: f.Name, Role: f.Role, Type: f.Type, Data: f.Data}
	}
	return out
}

// prints tells which characters both printing fonts have. It is made once.
var prints = sync.OnceValue(func() func(rune) bool {
	has, err := document.Printable(printFonts())
	if err != nil {
		return nil
	}
	return has
})

// CheckTemplate tells whether a DOCX template names only fields that a form has: the onboarding form's when the file is called onboarding,
// a document's of the dossier when it has that document's name, else the application's. It fails with E0208 naming the first unknown one.
func CheckTemplate(name string, data []byte) error {
	return document.CheckTemplate(data, document.KnownTo(filepath.Base(name)))
}
