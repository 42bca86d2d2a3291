package importer

import (
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// The limits of one list.
const (
	MaxBytes   = 50 << 20 // size of the file
	MaxRows    = 200_000  // last row with content
	MaxColumns = 256      // last column with content
)

const op = "importer.ledger"

// Ledger is what was read from one equipment list: the assets, how each column was understood, and everything that a
// person should look at before the rows enter the register.
type Ledger struct {
	Format    string          // see the Format constants
	Layout    *survey.Layout  // how the columns were read; nil where there are none
	Agreed    bool            // by a layout that a person has agreed to
	Samples   [][]string      // the first rows under the header, as Layout.Columns
	Found     []survey.System // information systems that the file speaks of
	Sheet     string          // name of the worksheet; "" for CSV
	HeaderRow int             // last row of the header, from 1
	Columns   []ColumnGuess   // every column with a header, from left to right
	Assets    []survey.Asset  // in the order of the rows; IDs are empty, Evidence is filled
	Problems  []RowProblem    // a field that stayed empty or needs a look; the row itself is kept
	Skipped   []RowNote       // rows that are no machine
	Systems   []string        // names in 数据去向, as written; see Link
	Totals    Totals
}

// ColumnGuess says how one column was understood.
type ColumnGuess struct {
	Index  int    // from 0
	Header string // as written, two-row headers joined by a space
	Field  Field  // "" is a column that was not understood and not read
	Unit   string // 元, 万元 …; only for amounts
}

// RowProblem names one thing that could not be taken as it stands.
type RowProblem struct {
	Row    int    // from 1 as the spreadsheet program shows it; 0 is the whole list
	Column string // header of the column, "" when it concerns the row
	Text   string // one Chinese sentence with the next step
}

// RowNote names a row that was left out and why.
type RowNote struct {
	Row    int
	Reason string // 标题, 合计行, 空行 …
	Text   string // what the row says, cut to 60 characters
}

// Totals are plain sums over Assets, for the person to compare with the list.
type Totals struct {
	Rows      int       // rows taken
	Lines     int       // asset lines made of them (a row may be split)
	Machines  int       // 台
	Counted   int       // 台 in the denominator of 生产设备
	Digital   int       // 台 of Counted that are digital
	Networked int       // 台 of Counted that are networked
	Value     money.Fen // 原值
}

// ReadLedger reads an equipment list. name is the file's name and is quoted in each Evidence; the kind of file is told
// from its bytes. at is when it was read. The sheet and the header row that fit best are taken.
//
// It fails with CodeFileBroken, CodeFileLocked (password), CodeFileKind (no XLSX or CSV), CodeFileEmpty (no header with
// a column of names) and CodeFileTooBig (see the limits).
func ReadLedger(name string, data []byte, at time.Time) (Ledger, error) {
	return ReadSheet(name, "", data, at)
}

// ReadSheet is ReadLedger for one named worksheet; "" takes the one that fits best.
func ReadSheet(name, sheet string, data []byte, at time.Time) (Ledger, error) {
	return readSheetAs(name, sheet, data, nil, at)
}

func readTable(name string, data []byte, layouts []survey.Layout, at time.Time) (Ledger, error) {
	return readSheetAs(name, "", data, layouts, at)
}

func readSheetAs(name, sheet string, data []byte, layouts []survey.Layout, at time.Time) (Ledger, error) {
	grids, err := readGrids(data)
	if err != nil {
		return Ledger{}, err
	}
	g, h, others := choose(grids, sheet)
	if g == nil {
		return Ledger{}, survey.Fail(survey.CodeFileEmpty, op, "没有找到含“设备名称”一类列名的表头，请检查前 %d 行", headerDepth)
	}
	agreed, err := h.follow(layouts)
	if err != nil {
		return Ledger{}, err
	}
	r := newReader(g, h, baseName(name), at)
	layout := h.layout(g.sheet)
	r.ledger.Format, r.ledger.Layout, r.ledger.Agreed, r.ledger.Samples = FormatLedger, &layout, agreed, firstRows(g, h)
	r.several = len(grids) > 1
	for _, o := range others {
		r.problem(0, "", "工作表“"+o+"”也像设备台账，这次没有读入；需要时请单独导入")
	}
	r.run()
	return r.ledger, nil
}

// Link puts System.IDs in place of the names in Flow.System, matching System.Name, Product or Kind's name without regard
// to case and width. Names that no system carries move to the asset's Note and are returned, each once.
func (l *Ledger) Link(systems []survey.System) (unknown []string) {
	ids := map[string]string{}
	for _, s := range systems {
		for _, n := range []string{string(s.Kind), survey.NameOf(survey.SystemKindNames, s.Kind), s.Product, s.Name} {
			if n != "" {
				ids[fold(n)] = s.ID
			}
		}
	}
	for i := range l.Assets {
		a := &l.Assets[i]
		var kept []survey.Flow
		for _, f := range a.Flows {
			id, ok := ids[fold(f.System)]
			if !ok {
				unknown = addOnce(unknown, f.System)
				a.Note = joinNote(a.Note, "采集数据“"+f.Data+"”送往“"+f.System+"”（系统未登记）")
				continue
			}
			f.System = id
			kept = append(kept, f)
		}
		a.Flows = kept
	}
	return unknown
}

// baseName cuts folders of either kind of system, so that no path enters a case.
func baseName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return name
}
