package importer

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/xuri/excelize/v2"
)

// readXLSX reads every worksheet's raw values (a formula gives its cached value, a hidden row is a row).
func readXLSX(data []byte, z *zip.Reader) (grids []*grid, err error) {
	v, err := vet(z)
	if errors.Is(err, errTooBig) {
		return nil, &survey.Error{Code: survey.CodeFileTooBig, Op: op, Detail: "表格展开后太大，请只留设备台账一张表再导入", Err: err}
	}
	if err != nil {
		return nil, broken(err)
	}
	defer func() { // the library is not ours; a defect in it on foreign bytes is a broken file, not a crash
		if p := recover(); p != nil {
			grids, err = nil, broken(fmt.Errorf("panic: %v", p))
		}
	}()
	// Both limits are equal, so that the library never spills the firm's data into a temporary file.
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked,
	})
	if err != nil {
		return nil, broken(err)
	}
	defer f.Close()
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, broken(err)
	}
	parts := sheetParts(f)
	for _, name := range f.GetSheetList() {
		facts := v.sheets[strings.ToLower(parts[name])]
		if facts == nil {
			continue // a chart sheet or a dialog
		}
		g, err := readSheet(f, name, facts)
		if err != nil {
			return nil, err
		}
		g.base04 = props.Date1904 != nil && *props.Date1904
		grids = append(grids, g)
	}
	if len(grids) == 0 {
		return nil, survey.Fail(survey.CodeFileEmpty, op, "表格里没有工作表")
	}
	return grids, nil
}

func readSheet(f *excelize.File, name string, facts *sheetFacts) (*grid, error) {
	rows, err := f.Rows(name)
	if err != nil {
		return nil, broken(err)
	}
	defer rows.Close()
	g := &grid{sheet: name, numeric: facts.numeric, merges: facts.merges}
	if visible, err := f.GetSheetVisible(name); err == nil {
		g.hidden = !visible
	}
	for n := 0; rows.Next(); n++ {
		row, err := rows.Columns()
		if err != nil {
			return nil, broken(err)
		}
		if row = cleanRow(row); len(row) == 0 {
			continue
		}
		if n >= MaxRows || len(row) > MaxColumns {
			return nil, survey.Fail(survey.CodeFileTooBig, op, "工作表“%s”第 %d 行超出上限（%d 行、%d 列），请删去多余的行列", cut(name, 20), n+1, MaxRows, MaxColumns)
		}
		for len(g.rows) < n {
			g.rows = append(g.rows, nil)
		}
		g.rows = append(g.rows, row)
	}
	if err := rows.Error(); err != nil {
		return nil, broken(err)
	}
	return g, nil
}

// cleanRow cleans every cell and drops the blank tail.
func cleanRow(row []string) []string {
	last := 0
	for i := range row {
		if row[i] = clean(row[i]); row[i] != "" {
			last = i + 1
		}
	}
	return row[:last:last]
}

// sheetParts maps a worksheet's name to its part in the container.
func sheetParts(f *excelize.File) map[string]string {
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	var book struct {
		Sheets struct {
			Sheet []struct {
				Name string     `xml:"name,attr"`
				Any  []xml.Attr `xml:",any,attr"`
			} `xml:"sheet"`
		} `xml:"sheets"`
	}
	where := bookPart(f)
	dir, file := path.Split(where)
	decodePart(f, where, &book)
	decodePart(f, dir+"_rels/"+file+".rels", &rels)
	targets := map[string]string{}
	for _, r := range rels.Relationship {
		t := strings.ReplaceAll(r.Target, `\`, "/")
		if strings.HasPrefix(t, "/") {
			targets[r.ID] = strings.TrimPrefix(path.Clean(t), "/")
		} else {
			targets[r.ID] = path.Join(dir, t)
		}
	}
	parts := map[string]string{}
	for _, s := range book.Sheets.Sheet {
		for _, a := range s.Any {
			if a.Name.Local == "id" {
				parts[s.Name] = targets[a.Value]
			}
		}
	}
	return parts
}

// bookPart finds the workbook in the container's root relations; nearly always xl/workbook.xml.
func bookPart(f *excelize.File) string {
	var root struct {
		Relationship []struct {
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	decodePart(f, "_rels/.rels", &root)
	for _, r := range root.Relationship {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			return strings.TrimPrefix(path.Clean("/"+r.Target), "/")
		}
	}
	return "xl/workbook.xml"
}

// decodePart reads a small part; a missing one leaves v empty.
func decodePart(f *excelize.File, name string, v any) {
	if raw, ok := f.Pkg.Load(name); ok {
		if b, ok := raw.([]byte); ok {
			_ = xml.Unmarshal(b, v) // already vetted as well-formed; a part of another shape names no sheets
		}
	}
}
