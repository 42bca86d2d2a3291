package importer

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// maxNodeText is how many bytes of one element's text are kept; more are only in signatures.
const maxNodeText = 4_096

// node is one element of a small XML file; names are kept without their namespace.
type node struct {
	name string
	text string
	id   string // attribute ID or Name
	kids []*node
}

// looksXML tells XML from other bytes, a byte order mark or blanks before it allowed.
func looksXML(data []byte) bool {
	head := bytes.TrimLeft(data[:min(len(data), 256)], "\xEF\xBB\xBF \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && !bytes.HasPrefix(bytes.ToLower(head), []byte("<html")) && !bytes.HasPrefix(bytes.ToLower(head), []byte("<!doctype html"))
}

// tree reads an XML file whole. A document type is refused, so that no entity can be declared; the decoder itself fetches nothing.
func (a *allowance) tree(data []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimLeft(data, "\xEF\xBB\xBF \t\r\n")))
	d.CharsetReader = charset
	var stack []*node
	var root *node
	for left := maxPartElements; ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			left, a.elements = left-1, a.elements-1-len(t.Attr)
			if left < 0 || a.elements < 0 || len(stack) >= maxDepth {
				return nil, fmt.Errorf("elements: %w", errTooBig)
			}
			n := &node{name: t.Name.Local, id: attr(t, "ID")}
			if n.id == "" {
				n.id = attr(t, "Name")
			}
			switch {
			case len(stack) > 0:
				top := stack[len(stack)-1]
				top.kids = append(top.kids, n)
			case root != nil:
				return nil, errors.New("second root element")
			default:
				root = n
			}
			stack = append(stack, n)
		case xml.EndElement:
			top := stack[len(stack)-1]
			top.text = strings.TrimSpace(top.text)
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if n := len(stack); n > 0 && len(stack[n-1].text) < maxNodeText && len(bytes.TrimSpace(t)) > 0 {
				stack[n-1].text += string(t[:min(len(t), maxNodeText)])
			}
		case xml.Comment, xml.ProcInst:
			if a.elements--; a.elements < 0 {
				return nil, fmt.Errorf("comments: %w", errTooBig)
			}
		case xml.Directive:
			return nil, errors.New("document type declaration")
		}
	}
	if root == nil {
		return nil, io.ErrUnexpectedEOF
	}
	return root, nil
}

// charset reads the encodings that invoices come in besides UTF-8.
func charset(label string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "gbk", "gb2312", "gb18030":
		return simplifiedchinese.GB18030.NewDecoder().Reader(in), nil
	case "utf8":
		return in, nil
	}
	return nil, fmt.Errorf("encoding %.20q", label)
}

// at follows names down and gives the first such element, an empty one when there is none.
func (n *node) at(path ...string) *node {
	for _, name := range path {
		next := &node{}
		for _, k := range n.kids {
			if k.name == name {
				next = k
				break
			}
		}
		n = next
	}
	return n
}

// all gives the children of a name.
func (n *node) all(name string) []*node {
	var out []*node
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// walk visits an element and all below it.
func (n *node) walk(visit func(*node)) {
	visit(n)
	for _, k := range n.kids {
		k.walk(visit)
	}
}

// first gives the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
