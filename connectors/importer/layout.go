package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// samples is how many rows are shown for a person to check the columns by.
const samples = 3

// order is how the fields are offered to a person.
var order = []Field{FieldName, FieldAssetID, FieldModel, FieldMaker, FieldSerial, FieldKind, FieldCounted, FieldCount, FieldWorkshop, FieldLine, FieldLocation, FieldProcess,
	FieldKeyStep, FieldNumeric, FieldDigital, FieldDigitalN, FieldNetworked, FieldNetworkN, FieldNetwork, FieldPorts, FieldControl, FieldData, FieldDataTo, FieldOnCloud, FieldPlatform,
	FieldGrade, FieldBought, FieldStarted, FieldBuilt, FieldValue, FieldPrice, FieldState, FieldCategory, FieldMAC, FieldAddress, FieldHost, FieldNote, FieldSeq, FieldIgnored}

// Fields lists what a column can be read as, in the order they are offered.
func Fields() []Field { return slices.Clone(order) }

// Name is the field's usual Chinese header; 不读 for FieldIgnored.
func (f Field) Name() string {
	switch f {
	case "":
		return "没有认出"
	case FieldIgnored:
		return "不读"
	}
	return exact[f][0]
}

// layout is how this header is read now.
func (h *header) layout(sheet string) survey.Layout {
	l := survey.Layout{Sheet: sheet}
	sum := sha256.New()
	for _, c := range h.columns {
		f := c.Field
		if f == "" {
			f = FieldIgnored
		}
		l.Columns = append(l.Columns, survey.LayoutColumn{Header: c.Header, Field: string(f), Unit: c.Unit})
		sum.Write([]byte(fold(c.Header) + "\x00"))
	}
	l.ID = hex.EncodeToString(sum.Sum(nil)[:16])
	return l
}

// follow reads the columns as a layout of the same header says; false when none of them is. It fails with CodeLayout for a layout that
// cannot be followed.
func (h *header) follow(layouts []survey.Layout) (bool, error) {
	id := h.layout("").ID
	i := slices.IndexFunc(layouts, func(l survey.Layout) bool { return l.ID == id && len(l.Columns) == len(h.columns) })
	if i < 0 {
		return false, nil
	}
	taken := map[Field]bool{}
	for n, c := range layouts[i].Columns {
		f := Field(c.Field)
		switch {
		case !slices.Contains(order, f):
			return true, survey.Fail(survey.CodeLayout, op, "“%s”不能读作“%s”", cut(c.Header, 20), cut(c.Field, 20))
		case taken[f] && f != FieldIgnored && f != FieldNote && f != FieldPorts:
			return true, survey.Fail(survey.CodeLayout, op, "有两列都读作“%s”，请改其中一列", f.Name())
		}
		taken[f] = true
		col := &h.columns[n]
		col.Field, col.Unit, col.hasUnit = f, "", false
		if isAmount(f) && c.Unit != "" {
			u, ok := money.UnitOf("(" + strings.Trim(c.Unit, "()（）") + ")")
			if !ok {
				return true, survey.Fail(survey.CodeLayout, op, "“%s”的单位“%s”看不懂", cut(c.Header, 20), cut(c.Unit, 10))
			}
			col.unit, col.hasUnit, col.Unit = u, true, u.String()
		}
	}
	if !taken[FieldName] {
		return true, survey.Fail(survey.CodeLayout, op, "没有一列读作设备名称")
	}
	return true, nil
}

// firstRows gives the first rows under the header that hold something, cell by cell as the columns.
func firstRows(g *grid, h *header) [][]string {
	out := [][]string{}
	for i := h.last + 1; i < len(g.rows) && len(out) < samples; i++ {
		if countFilled(g.rows[i]) < 2 {
			continue
		}
		row := make([]string, len(h.columns))
		for n, c := range h.columns {
			row[n] = cut(g.text(i, c.Index), 40)
		}
		out = append(out, row)
	}
	return out
}
