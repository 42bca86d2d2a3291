package wizard

import (
	"context"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// RegisterFormat is a form in which the register is written for others.
type RegisterFormat string

// The formats, in the order they are offered.
const (
	RegisterSheet     RegisterFormat = "xlsx"      // 固定资产清单
	RegisterCodes     RegisterFormat = "xlsx-code" // the same with the column of GB/T 14885 codes
	RegisterGLPI      RegisterFormat = "glpi"      // GLPI inventory JSON, one file a machine, in a zip
	RegisterCycloneDX RegisterFormat = "cyclonedx" // CycloneDX 1.6 JSON
	RegisterAAS       RegisterFormat = "aas"       // AAS with Digital Nameplate, JSON
)

// RegisterFormats lists the formats.
func RegisterFormats() []RegisterFormat {
	return []RegisterFormat{RegisterSheet, RegisterCodes, RegisterGLPI, RegisterCycloneDX, RegisterAAS}
}

// RegisterWriter writes the register. It fails with E0211 for one that a format cannot hold.
type RegisterWriter interface {
	Register(c *survey.Case, format RegisterFormat, at time.Time) (File, error)
}

// TakeRegister gives the register in a format, after the consent.
func (d *Desk) TakeRegister(ctx context.Context, id string, format RegisterFormat, l Leaving) (File, error) {
	l.Kind = LeavesRegister
	if d.Registers == nil {
		return File{}, survey.Fail(survey.CodeNotReady, "wizard.register", "此程序不带清单导出")
	}
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return File{}, err
	}
	f, err := d.Registers.Register(c, format, d.Now()) // first: what cannot be made does not leave
	if err != nil {
		return File{}, err
	}
	return f, d.Leave(ctx, id, l)
}
