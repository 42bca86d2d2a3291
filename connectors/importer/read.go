package importer

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// The formats of a list.
const (
	FormatLedger = "ledger" // 设备台账, XLSX or CSV
	FormatNmap   = "nmap"   // nmap -oX
	FormatGLPI   = "glpi"   // GLPI inventory JSON, one device or several, or a zip of such
)

// Read reads whatever the firm has: an equipment list, its columns as an agreed layout of the same header says, the XML of nmap or the JSON
// of a GLPI agent. The kind is told from the bytes. It fails as ReadLedger does, and with CodeLayout for a layout that cannot be followed.
func Read(name string, data []byte, layouts []survey.Layout, at time.Time) (Ledger, error) {
	if len(data) > MaxBytes {
		return Ledger{}, survey.Fail(survey.CodeFileTooBig, op, "文件超过 %d MB，请分成几个文件", MaxBytes>>20)
	}
	head := bytes.TrimLeft(data[:min(len(data), 4096)], "\xEF\xBB\xBF \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<nmaprun")), bytes.HasPrefix(head, []byte("<nmaprun")):
		return readNmap(baseName(name), data, at)
	case bytes.HasPrefix(head, []byte("{")), bytes.HasPrefix(head, []byte("[{")), bytes.HasPrefix(head, []byte("[\n")):
		return readGLPI(baseName(name), data, at)
	case bytes.HasPrefix(head, []byte("PK")):
		if l, ok, err := readGLPIZip(baseName(name), data, at); ok {
			return l, err
		}
	}
	return readTable(name, data, layouts, at)
}

// maxInventories bounds the devices of one zip of GLPI files.
const maxInventories = 10_000

// readGLPIZip reads a zip that holds .json files and nothing of a workbook; ok is false for any other zip.
func readGLPIZip(name string, data []byte, at time.Time) (l Ledger, ok bool, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return l, false, nil
	}
	var files []*zip.File
	for _, f := range z.File {
		switch strings.ToLower(path.Ext(f.Name)) {
		case ".xml", ".rels", ".bin":
			return l, false, nil
		case ".json":
			files = append(files, f)
		}
	}
	if len(files) == 0 {
		return l, false, nil
	}
	if len(files) > maxInventories {
		return l, true, survey.Fail(survey.CodeFileTooBig, op, "压缩包里有 %d 个文件，最多 %d 个", len(files), maxInventories)
	}
	l = Ledger{Format: FormatGLPI}
	left := int64(maxUnpacked)
	for _, f := range files {
		part, n, err := unzip(f, min(left, MaxBytes))
		if left -= n; err != nil {
			return l, true, broken(err)
		}
		one, err := readGLPI(baseName(f.Name), part, at)
		if err != nil {
			l.Problems = append(l.Problems, RowProblem{Text: baseName(f.Name) + "：" + survey.DetailOf(err)})
			continue
		}
		l.Assets, l.Found, l.Problems = append(l.Assets, one.Assets...), append(l.Found, one.Found...), append(l.Problems, one.Problems...)
	}
	if len(l.Assets) == 0 {
		return l, true, survey.Fail(survey.CodeFileEmpty, op, "压缩包里没有能读的设备清单")
	}
	return l, true, nil
}

func unzip(f *zip.File, most int64) ([]byte, int64, error) {
	r, err := f.Open()
	if err != nil {
		return nil, 0, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = errTooBig
	}
	return data, int64(len(data)), err
}
