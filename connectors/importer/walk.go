package importer

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

const opWalk = "importer.walk"

// walkCode begins the head of the column that holds the id of a machine.
const walkCode = "识别码"

// Walk reads a walk list (走访表) that came back: every sheet whose head has the columns of fields. Rows come with their place; what is empty says
// nothing. It fails as ReadLedger does, and with CodeFileEmpty when no sheet is a walk list.
func Walk(data []byte, fields []survey.WalkField) (rows []survey.WalkRow, problems []string, err error) {
	if len(data) > MaxBytes {
		return nil, nil, survey.Fail(survey.CodeFileTooBig, opWalk, "文件超过 %d MB，请分成几个文件", MaxBytes>>20)
	}
	grids, err := readGrids(data)
	if err != nil {
		return nil, nil, err
	}
	found := false
	for _, g := range grids {
		head, columns, code := walkHead(g, fields)
		if head < 0 {
			continue
		}
		found = true
		for i := head + 1; i < len(g.rows); i++ {
			r := survey.WalkRow{Sheet: g.sheet, Row: g.number(i), Values: map[string]string{}}
			any := false
			for col, cell := range g.rows[i] {
				cell = strings.TrimSpace(cell)
				switch {
				case col == code:
					r.ID = strings.TrimPrefix(cell, survey.AssetCode(""))
				case columns[col] != "" && cell != "":
					r.Values[columns[col]] = cell
					any = true
				}
			}
			if any || r.ID != "" {
				rows = append(rows, r)
			}
		}
		if code < 0 {
			problems = append(problems, "“"+g.sheet+"”没有识别码一列，按资产编号和名称认设备")
		}
	}
	if !found {
		return nil, nil, survey.Fail(survey.CodeFileEmpty, opWalk, "没有一张工作表是走访表：表头要有“设备名称”和“识别码”或“资产编号”")
	}
	return rows, problems, nil
}

// walkHead finds the row of heads within the first lines, the field of each column and the column of the code; -1 for none.
func walkHead(g *grid, fields []survey.WalkField) (row int, columns map[int]string, code int) {
	for i := range min(len(g.rows), headerDepth) {
		columns, code = map[int]string{}, -1
		known := false
		for col, cell := range g.rows[i] {
			cell = strings.TrimSpace(cell)
			if strings.HasPrefix(cell, walkCode) {
				code = col
			}
			for _, f := range fields {
				if cell == f.Head {
					columns[col] = f.Key
					known = known || f.Key == "assetId"
				}
			}
		}
		if len(columns) >= 2 && (known || code >= 0) {
			return i, columns, code
		}
	}
	return -1, nil, -1
}

// Codes reads the QR code in a photo; none is no error. It fails with CodeFileBroken for what is no picture and CodeFileTooBig for one with too
// many points.
func Codes(data []byte) ([]string, error) {
	img, err := decodePhoto(data)
	if err != nil {
		return nil, err
	}
	text, err := scan(img)
	if err != nil {
		return nil, nil
	}
	return []string{text}, nil
}
