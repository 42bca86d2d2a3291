package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// maxCell is the longest text a spreadsheet program keeps in one cell.
const maxCell = 32_767

// readCSV reads a text table in UTF-8, UTF-16 with a byte order mark, or GB18030 (of which GBK is a part).
func readCSV(data []byte) ([]*grid, error) {
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	g := &grid{csv: true}
	if strings.ContainsRune(text, utf8.RuneError) {
		g.notes = append(g.notes, "文件里有无法识别的字符（显示为 \uFFFD），请核对后重新导出")
	}
	comma, text := delimiter(text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, false
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, broken(err)
		}
		line, _ := r.FieldPos(0)
		if err := g.addRecord(rec, line); err != nil {
			return nil, err
		}
	}
	if len(g.rows) == 0 {
		return nil, survey.Fail(survey.CodeFileEmpty, op, "文件里没有内容")
	}
	return []*grid{g}, nil
}

func (g *grid) addRecord(rec []string, line int) error {
	for _, c := range rec {
		if len(c) > maxCell {
			return survey.Fail(survey.CodeFileBroken, op, "第 %d 行有一格超过 %d 字节，多半是引号没有成对，请改好后再导入", line, maxCell)
		}
	}
	row := cleanRow(rec)
	if len(g.rows) >= MaxRows || len(row) > MaxColumns {
		return survey.Fail(survey.CodeFileTooBig, op, "第 %d 行超出上限（%d 行、%d 列），请删去多余的行列", line, MaxRows, MaxColumns)
	}
	g.rows, g.lines = append(g.rows, row), append(g.lines, line)
	return nil
}

// decodeText gives the text as UTF-8: byte order marks first, then valid UTF-8, else GB18030. Bytes that are no text in
// any of them are refused.
func decodeText(data []byte) (string, error) {
	var enc encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD"), nil
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		enc = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.IndexByte(data, 0) >= 0:
		return "", notText()
	case utf8.Valid(data):
		return string(data), nil
	default:
		enc = simplifiedchinese.GB18030
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", broken(err)
	}
	if bad := bytes.Count(out, []byte("\uFFFD")); bad > 20 && bad > len(out)/300 {
		return "", notText()
	}
	return string(out), nil
}

func notText() error {
	return survey.Fail(survey.CodeFileKind, op, "这不是 xlsx 或 csv 表格，请用 Excel 或 WPS 另存为 xlsx")
}

// delimiter finds the sign between the cells: a first line "sep=;" as spreadsheet programs write it, else the one of
// comma, semicolon and tab that is most frequent outside quotes in the first lines.
func delimiter(text string) (rune, string) {
	first, rest, _ := strings.Cut(text, "\n")
	if sep, ok := strings.CutPrefix(strings.TrimRight(first, "\r"), "sep="); ok && len(sep) == 1 && strings.ContainsAny(sep, ",;\t") {
		return rune(sep[0]), "\n" + rest // the line still counts
	}
	counts, quoted, lines := map[rune]int{}, false, 0
	for _, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\n':
			lines++
		case !quoted:
			counts[c]++
		}
		if lines > headerDepth+20 {
			break
		}
	}
	best := ','
	for _, c := range []rune{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best, text
}
