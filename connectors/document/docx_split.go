package document

import (
	"regexp"
	"strings"
)

var (
	lastParagraph = regexp.MustCompile(`<w:p(?:\s[^>]*)?>`)
	lastRun       = regexp.MustCompile(`<w:r(?:\s[^>]*)?>`)
)

// splitParagraphs starts a new paragraph, with the same properties, at each line end of a value. A <w:br/> instead would
// stretch justified lines.
func splitParagraphs(s string) string {
	if !strings.Contains(s, newParagraph) {
		return s
	}
	pieces := strings.Split(s, newParagraph)
	var b strings.Builder
	b.WriteString(pieces[0])
	open := "" // what opens a paragraph and run like the current ones
	for i, p := range pieces[1:] {
		if i == 0 || strings.Contains(pieces[i], "<w:p>") || strings.Contains(pieces[i], "<w:p ") || strings.Contains(pieces[i], "<w:r>") || strings.Contains(pieces[i], "<w:r ") {
			open = opening(pieces[i], open)
		}
		b.WriteString("</w:t></w:r></w:p>" + open)
		b.WriteString(p)
	}
	return b.String()
}

// opening repeats the last paragraph's and run's beginning with their properties.
func opening(before, previous string) string {
	at := last(lastParagraph, before)
	if at < 0 {
		return previous
	}
	para := before[at:]
	run := last(lastRun, para)
	if run < 0 {
		return previous
	}
	return "<w:p>" + properties(para, "w:pPr") + "<w:r>" + properties(para[run:], "w:rPr") + `<w:t xml:space="preserve">`
}

func last(re *regexp.Regexp, s string) int {
	all := re.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return -1
	}
	return all[len(all)-1][0]
}

// properties gives the first <name>…</name> right after the opening tag of s, "" when there is none.
func properties(s, name string) string {
	start := strings.IndexByte(s, '>') + 1
	rest := s[start:]
	if !strings.HasPrefix(rest, "<"+name+">") && !strings.HasPrefix(rest, "<"+name+" ") {
		return ""
	}
	if end := strings.Index(rest, "</"+name+">"); end >= 0 {
		return rest[:end+len(name)+3]
	}
	return ""
}
