package importer

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// maxText is the longest text taken into a field, in characters.
const maxText = 500

// record is one row while it is read.
type record struct {
	r      *reader
	row    int // index
	number int // as people see it
}

// cell gives the text of the first column that holds f, filled from merged cells, and the column itself.
func (rec *record) cell(f Field) (string, *column) {
	for i := range rec.r.h.columns {
		if c := &rec.r.h.columns[i]; c.Field == f {
			return rec.at(c), c
		}
	}
	return "", nil
}

func (rec *record) at(c *column) string {
	if t := rec.r.g.text(rec.row, c.Index); t != "" {
		return t
	}
	return rec.r.filled[[2]int{rec.row, c.Index}]
}

// text gives a field as words. A long number that has lost its last digits and a text beyond all measure stay out.
func (rec *record) text(f Field) string {
	t, c := rec.cell(f)
	if t == "" {
		return ""
	}
	number := rec.r.g.isNumber(rec.row, c.Index)
	if rec.isRuined(t, c) || len([]rune(t)) > maxText {
		return ""
	}
	if number {
		if d, ok := decimal(t); ok {
			return d
		}
	}
	return t
}

// words is text for fields in which a mere dash means nothing.
func (rec *record) words(f Field) string {
	if t := rec.text(f); !isNone(t) {
		return t
	}
	return ""
}

// isRuined is about texts only: an amount may have as many digits as it likes.
func (rec *record) isRuined(t string, c *column) bool {
	return ruined(t, rec.r.g.isNumber(rec.row, c.Index))
}

func (rec *record) problem(c *column, text string) {
	name := ""
	if c != nil {
		name = c.Header
	}
	rec.r.problem(rec.number, name, text)
}

// checkTexts names the texts that were left out.
func (rec *record) checkTexts() {
	for i := range rec.r.h.columns {
		c := &rec.r.h.columns[i]
		t := rec.at(c)
		switch c.Field {
		case FieldAssetID, FieldSerial, FieldName, FieldModel, FieldCategory, FieldMAC:
			if t != "" && rec.isRuined(t, c) {
				rec.problem(c, "长编号被存成了数字，末几位已经失真；请把这一列设为文本后重新填写")
			}
		case "", FieldIgnored:
			continue
		}
		if len([]rune(t)) > maxText {
			rec.problem(c, fmt.Sprintf("文字超过 %d 字，没有读入", maxText))
		}
		if strings.HasPrefix(t, "#") && strings.ContainsAny(t, "!?/") && strings.ToUpper(t) == t {
			rec.problem(c, "公式出错（"+cut(t, 10)+"），请改好后再导入")
		}
	}
}

// assets makes the asset lines of the row: one, or several when only some of its machines are digital or networked.
func (rec *record) assets() []survey.Asset {
	rec.checkTexts()
	count, ok := rec.count()
	if !ok {
		return nil
	}
	a := survey.Asset{
		AssetID: rec.words(FieldAssetID), Name: rec.text(FieldName), Count: count,
		Workshop: rec.words(FieldWorkshop), Line: rec.words(FieldLine), Control: rec.words(FieldControl), Note: rec.note(),
		Nameplate: survey.Nameplate{
			Manufacturer: rec.words(FieldMaker), Model: rec.words(FieldModel), SerialNumber: rec.words(FieldSerial), Location: rec.words(FieldLocation),
		},
		Evidence: []survey.Evidence{{Source: survey.SourceLedger, At: rec.r.at, Ref: rec.ref()}},
	}
	if a.Name == "" {
		_, c := rec.cell(FieldName)
		rec.problem(c, "没有设备名称，请补上")
	}
	a.Category = rec.words(FieldCategory)
	rec.reach(&a)
	rec.sort(&a)
	rec.dates(&a)
	rec.value(&a)
	rec.process(&a)
	rec.numeric(&a)
	rec.connection(&a)
	rec.flows(&a)
	rec.cloud(&a)
	rec.state(&a)
	return rec.split(a)
}

// reach reads the network names. What is no MAC address is named; several stand in one cell with a sign between.
func (rec *record) reach(a *survey.Asset) {
	a.Reach.HostName = rec.words(FieldHost)
	for _, m := range strings.FieldsFunc(rec.words(FieldMAC), apart) {
		mac, err := survey.ParseMAC(m)
		if err != nil {
			_, c := rec.cell(FieldMAC)
			rec.problem(c, survey.DetailOf(err))
			continue
		}
		a.Reach.MACs = addOnce(a.Reach.MACs, mac)
	}
	for _, ip := range strings.FieldsFunc(rec.words(FieldAddress), apart) {
		a.Reach.Addresses = addOnce(a.Reach.Addresses, cut(survey.HalfWidth(ip), 45))
	}
}

func apart(r rune) bool { return strings.ContainsRune(" ,;/、，；", r) }

func (rec *record) ref() string {
	sheet := ""
	if rec.r.several {
		sheet = "“" + rec.r.g.sheet + "”"
	}
	return rec.r.file + " " + sheet + "第 " + strconv.Itoa(rec.number) + " 行"
}

// count reads 数量. Zero machines are no row of a register; a missing or unreadable count is taken as 1 and named.
func (rec *record) count() (int, bool) {
	t, c := rec.cell(FieldCount)
	if c == nil {
		return 1, true
	}
	n, err := readCount(t)
	switch {
	case isNone(t):
		rec.problem(c, "没有写数量，按 1 台计，请核对")
		return 1, true
	case err != nil:
		rec.problem(c, err.Error()+"；暂按 1 台计")
		return 1, true
	case n == 0:
		rec.r.skip(rec.row, "数量为 0", rec.r.rowText(rec.row))
		return 0, false
	}
	return n, true
}

func (rec *record) note() string {
	note := ""
	for i := range rec.r.h.columns {
		if c := &rec.r.h.columns[i]; c.Field == FieldNote {
			if t := rec.at(c); !isNone(t) && len([]rune(t)) <= maxText {
				note = joinNote(note, t)
			}
		}
	}
	return note
}

// dates reads the three dates of a machine.
func (rec *record) dates(a *survey.Asset) {
	a.Bought = rec.date(FieldBought)
	a.Nameplate.InitialOperation = rec.date(FieldStarted)
	t, c := rec.cell(FieldBuilt)
	if isNone(t) {
		return
	}
	year := strings.TrimSuffix(survey.HalfWidth(t), "年")
	if y, ok := atoi(year); ok && y >= 1950 && y <= 2099 {
		a.Nameplate.YearOfConstruction = y
		return
	}
	if d := rec.readDate(t, c); d != "" {
		a.Nameplate.YearOfConstruction, a.Nameplate.MonthOfConstruction = d.Year(), d.Month()
	}
}

func (rec *record) date(f Field) survey.Date {
	t, c := rec.cell(f)
	if isNone(t) {
		return ""
	}
	return rec.readDate(t, c)
}

func (rec *record) readDate(t string, c *column) survey.Date {
	d, err := readDate(t, rec.r.g.isNumber(rec.row, c.Index), rec.r.g.base04)
	if err == nil {
		return d
	}
	if detail := survey.DetailOf(err); detail != "" {
		rec.problem(c, detail)
	} else {
		rec.problem(c, "“"+cut(t, 20)+"”"+err.Error())
	}
	return ""
}

// value reads 原值, or 单价 times the count.
func (rec *record) value(a *survey.Asset) {
	if v, ok := rec.amount(FieldValue); ok {
		a.Value = &v
		return
	}
	_, c := rec.cell(FieldPrice)
	if v, ok := rec.amount(FieldPrice); ok {
		sum, err := money.Fen(0), error(nil)
		for range a.Count {
			if sum, err = money.Add(sum, v); err != nil {
				rec.problem(c, "单价乘数量超出范围，请核对")
				return
			}
		}
		a.Value = &sum
	}
}

func (rec *record) amount(f Field) (money.Fen, bool) {
	t, c := rec.cell(f)
	if isNone(t) {
		return 0, false
	}
	v, err := amount(t, rec.r.g.isNumber(rec.row, c.Index), c.unit)
	switch {
	case err != nil:
		rec.problem(c, err.Error())
		return 0, false
	case v < 0:
		rec.problem(c, "原值是负数，请核对")
		return 0, false
	}
	return v, true
}

// amount reads a cell of money; a unit in the cell wins over the column's.
func amount(t string, number bool, unit money.Unit) (money.Fen, error) {
	if number {
		return money.ParseCell(t, unit)
	}
	return money.ParseUnit(t, unit)
}
