package importer

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits inside the container, so that a small file cannot become a huge one in memory. They are checked by streaming,
// before a library builds anything.
const (
	maxUnpacked = 256 << 20  // all parts together
	maxParts    = 5_000      // files in the container
	maxDepth    = 64         // nesting of elements
	maxElements = 12_000_000 // elements in one worksheet: 200,000 rows of 20 columns with slack
	maxStrings  = 2_000_000  // elements in any other part
)

var errTooBig = errors.New("over the limit")

// vetted is what the streaming pass learns of a workbook besides its soundness.
type vetted struct {
	sheets map[string]*sheetFacts // by part name
}

// sheetFacts are the things of a worksheet that the raw values do not tell.
type sheetFacts struct {
	numeric []rowBits
	merges  []area
}

// vet streams every XML part once: well-formed to its end, within the limits. A worksheet that breaks off in the middle
// would otherwise be read as a shorter one.
func vet(z *zip.Reader) (*vetted, error) {
	if len(z.File) > maxParts {
		return nil, fmt.Errorf("%d parts: %w", len(z.File), errTooBig)
	}
	v := &vetted{sheets: map[string]*sheetFacts{}}
	left := int64(maxUnpacked)
	for _, f := range z.File {
		if left -= int64(f.UncompressedSize64); f.UncompressedSize64 > maxUnpacked || left < 0 {
			return nil, fmt.Errorf("unpacked size: %w", errTooBig)
		}
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if ext := path.Ext(name); ext != ".xml" && ext != ".rels" {
			continue
		}
		if err := v.part(f, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return v, nil
}

func (v *vetted) part(f *zip.File, name string) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	facts, limit := (*sheetFacts)(nil), maxStrings
	if strings.HasPrefix(name, "xl/worksheets/") && path.Ext(name) == ".xml" {
		facts, limit = &sheetFacts{}, maxElements
		v.sheets[name] = facts
	}
	return stream(r, facts, limit)
}

// stream walks one part. facts may be nil.
func stream(r io.Reader, facts *sheetFacts, limit int) error {
	d := xml.NewDecoder(r)
	depth, count, at := 0, 0, position{row: -1, col: -1}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) && depth == 0 && count > 0 {
			return nil
		}
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth, count = depth+1, count+1
			if depth > maxDepth || count > limit {
				return errTooBig
			}
			if facts != nil {
				if err := facts.element(&at, t); err != nil {
					return err
				}
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			return errors.New("document type declaration")
		}
	}
}

// position is the cell that the stream is in, indexes from 0.
type position struct{ row, col int }

func (s *sheetFacts) element(at *position, t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		at.row, at.col = at.row+1, -1
		if n, ok := atoi(attr(t, "r")); ok && n > 0 {
			at.row = n - 1
		}
	case "c":
		at.col++
		if ref := attr(t, "r"); ref != "" {
			col, row, ok := parseRef(ref)
			if !ok {
				return fmt.Errorf("cell reference %.20q", ref)
			}
			if at.col = col; row != at.row {
				return fmt.Errorf("cell %.20q in row %d", ref, at.row+1)
			}
		}
		if typ := attr(t, "t"); typ == "" || typ == "n" {
			s.mark(at.row, at.col)
		}
	case "mergeCell":
		if a, ok := parseArea(attr(t, "ref")); ok {
			s.merges = append(s.merges, a)
		}
	}
	return nil
}

func (s *sheetFacts) mark(row, col int) {
	if row < 0 || row >= MaxRows || col < 0 || col >= MaxColumns {
		return
	}
	if row >= len(s.numeric) {
		s.numeric = append(s.numeric, make([]rowBits, row+1-len(s.numeric))...)
	}
	s.numeric[row].set(col)
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
