package join

import (
	"time"

	"github.com/shangyuntong/shangyun/connectors/document"
	"github.com/shangyuntong/shangyun/connectors/register"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// registers writes the register in the formats of others.
type registers struct{}

func (registers) Register(c *survey.Case, format wizard.RegisterFormat, at time.Time) (wizard.File, error) {
	f := wizard.File{Role: "register", Type: "application/json"}
	var err error
	switch program := "上云通 " + Version; format {
	case wizard.RegisterSheet, wizard.RegisterCodes:
		f.Name, f.Type = "固定资产清单.xlsx", sheetType
		f.Data, err = document.FixedAssets(c, format == wizard.RegisterCodes)
	case wizard.RegisterGLPI:
		f.Name, f.Type = "设备清单-GLPI.zip", "application/zip"
		f.Data, err = register.GLPI(c, program)
	case wizard.RegisterCycloneDX:
		f.Name = "设备清单-CycloneDX.json"
		f.Data, err = register.CycloneDX(c, program, at)
	case wizard.RegisterAAS:
		f.Name = "电子铭牌-AAS.json"
		f.Data, err = register.AAS(c)
	default:
		err = survey.Fail(survey.CodeRegisterOut, "join.register", "没有“%s”这种格式", format)
	}
	return f, err
}
