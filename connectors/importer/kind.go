package importer

import (
	"archive/zip"
	"bytes"
	"strings"
	"unicode/utf16"

	"github.com/shangyuntong/shangyun/survey"
)

// readGrids tells the kind of file from its first bytes and reads its tables.
func readGrids(data []byte) ([]*grid, error) {
	switch {
	case len(data) == 0:
		return nil, survey.Fail(survey.CodeFileEmpty, op, "文件是空的")
	case len(data) > MaxBytes:
		return nil, survey.Fail(survey.CodeFileTooBig, op, "文件超过 %d MB，请删去图片或分成几个文件", MaxBytes>>20)
	case bytes.HasPrefix(data, []byte("PK")):
		return readZip(data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return nil, refuseOLE(data)
	}
	if what := foreign(data); what != "" {
		return nil, survey.Fail(survey.CodeFileKind, op, "这是%s，请用 Excel 或 WPS 另存为 xlsx 或 csv", what)
	}
	return readCSV(data)
}

// refuseOLE tells a password-protected workbook from the old binary formats; both come in the same container.
func refuseOLE(data []byte) error {
	has := func(name string) bool { return bytes.Contains(data, utf16le(name)) }
	switch {
	case has("EncryptedPackage"), has("EncryptionInfo"):
		return survey.Fail(survey.CodeFileLocked, op, "表格设有打开密码，请在 Excel 或 WPS 里取消密码后再导入")
	case has("WordDocument"):
		return survey.Fail(survey.CodeFileKind, op, "这是旧版 Word 文档，请把表格另存为 xlsx 或 csv")
	case has("Workbook"), has("Book"):
		return survey.Fail(survey.CodeFileKind, op, "这是旧版 xls 表格，请用 Excel 或 WPS 另存为 xlsx")
	}
	return survey.Fail(survey.CodeFileKind, op, "这不是表格文件，请另存为 xlsx 或 csv")
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// foreign names kinds that would otherwise be taken for text.
func foreign(data []byte) string {
	head := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), 1024)], "\xEF\xBB\xBF \t\r\n"))
	switch {
	case bytes.HasPrefix(head, []byte("%pdf")):
		return " PDF 文件"
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")), bytes.HasPrefix(head, []byte("<table")):
		return "网页格式的表格"
	case bytes.HasPrefix(head, []byte("<?xml")):
		return " XML 文件"
	case bytes.HasPrefix(data, []byte("\x89PNG")), bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")), bytes.HasPrefix(data, []byte("GIF8")):
		return "图片"
	case bytes.HasPrefix(head, []byte("{\\rtf")):
		return " RTF 文档"
	case bytes.HasPrefix(data, []byte("Rar!")), bytes.HasPrefix(data, []byte("7z\xBC\xAF")):
		return "压缩包"
	}
	return ""
}

// readZip opens the container and refuses what is locked or no workbook before anything is unpacked.
func readZip(data []byte) ([]*grid, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken(err)
	}
	names := map[string]bool{}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, survey.Fail(survey.CodeFileLocked, op, "文件用密码压缩，请解密后再导入")
		}
		names[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = true
	}
	switch {
	case names["xl/workbook.bin"]:
		return nil, survey.Fail(survey.CodeFileKind, op, "这是 xlsb 表格，请另存为 xlsx")
	case names["word/document.xml"]:
		return nil, survey.Fail(survey.CodeFileKind, op, "这是 Word 文档，请把表格另存为 xlsx 或 csv")
	case names["content.xml"] && names["mimetype"]:
		return nil, survey.Fail(survey.CodeFileKind, op, "这是 ods 等 OpenDocument 文件，请另存为 xlsx")
	case !names["[content_types].xml"]:
		return nil, survey.Fail(survey.CodeFileKind, op, "这是压缩包，不是 xlsx 表格")
	}
	return readXLSX(data, z)
}

func broken(err error) error {
	return &survey.Error{Code: survey.CodeFileBroken, Op: op, Detail: "表格文件已损坏，请在 Excel 或 WPS 里打开并另存一份", Err: err}
}
