package document

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// token is one tag or one stretch of text between tags.
type token struct {
	text string
	tag  bool
}

// tokens cuts XML at its tags. Comments, CDATA and DOCTYPE are refused: Word and WPS write none, and tags could hide in them.
func tokens(s string) ([]token, error) {
	var out []token
	for s != "" {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			return append(out, token{text: s}), nil
		}
		if open > 0 {
			out = append(out, token{text: s[:open]})
		}
		if s = s[open:]; strings.HasPrefix(s, "<!") {
			return nil, wrong("模板含有不支持的 XML 注释或声明，请用 Word 或 WPS 重新保存")
		}
		end := tagEnd(s)
		if end < 0 {
			return nil, wrong("模板的 XML 不完整，请用 Word 或 WPS 重新保存")
		}
		out = append(out, token{text: s[:end+1], tag: true})
		s = s[end+1:]
	}
	return out, nil
}

// tagEnd finds the closing '>' outside quotes, -1 when there is none.
func tagEnd(s string) int {
	var quote byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}

// opens tells whether the tag opens element name, e.g. "w:p"; self-closed ones do not count.
func (t token) opens(name string) bool {
	rest, ok := strings.CutPrefix(t.text, "<"+name)
	return t.tag && ok && rest != "" && strings.IndexByte(" >\t\r\n", rest[0]) >= 0 && !strings.HasSuffix(rest, "/>")
}

func (t token) closes(name string) bool {
	return t.tag && (t.text == "</"+name+">" || strings.HasPrefix(t.text, "</"+name+" "))
}

// wellFormed reads all of s as XML with every prefix bound.
func wellFormed(s string) error {
	d := xml.NewDecoder(strings.NewReader(s))
	depth := 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			if depth != 0 {
				return errors.New("element without end")
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.StartElement:
			depth++
			if unbound(e.Name.Space) {
				return errors.New("unbound prefix " + e.Name.Space)
			}
			for _, a := range e.Attr {
				if a.Name.Space != "xmlns" && unbound(a.Name.Space) {
					return errors.New("unbound prefix " + a.Name.Space)
				}
			}
		case xml.EndElement:
			depth--
		}
	}
}

// unbound tells a bare prefix, which encoding/xml leaves in place, from a namespace name.
func unbound(space string) bool {
	return space != "" && space != "xml" && !strings.ContainsAny(space, ":/")
}
