package document

import (
	"html"
	"strings"
)

// prepare joins tags that are split over runs, makes their quotes straight, and lifts {{tr …}} and {{p …}} out of their
// row or paragraph. What remains is a text/template over XML.
func prepare(s string) (string, error) {
	toks, err := tokens(s)
	if err != nil {
		return "", err
	}
	if err := joinRuns(toks); err != nil {
		return "", err
	}
	for _, t := range toks {
		if t.tag && strings.Contains(t.text, "{{") {
			return "", wrong("标记只能写在正文文字里")
		}
	}
	if toks, err = lift(toks, "w:tr", "tr"); err != nil {
		return "", err
	}
	if toks, err = lift(toks, "w:p", "p"); err != nil {
		return "", err
	}
	var b strings.Builder
	for _, t := range toks {
		b.WriteString(t.text)
	}
	return b.String(), nil
}

// maxNesting is how deep tables and text boxes may stand in one another; each level reads its text again.
const maxNesting = 16

// joinRuns moves each tag whole into the text where it begins. Tags never cross a paragraph.
func joinRuns(toks []token) error {
	var texts []int // indexes of the text tokens inside <w:t> of the current paragraph
	inText := false
	for i, t := range toks {
		switch {
		case t.opens("w:p"), t.closes("w:p"):
			if err := joinParagraph(toks, texts); err != nil {
				return err
			}
			texts, inText = nil, false
		case t.opens("w:t"):
			inText = true
		case t.closes("w:t"):
			inText = false
		case !t.tag && inText:
			texts = append(texts, i)
		case !t.tag && strings.Contains(t.text, "{{"):
			return wrong("标记只能写在正文文字里")
		}
	}
	return joinParagraph(toks, texts)
}

func joinParagraph(toks []token, texts []int) error {
	var all strings.Builder
	for _, i := range texts {
		all.WriteString(toks[i].text)
	}
	whole := all.String()
	if !strings.Contains(whole, "{{") {
		return nil
	}
	out := make([]strings.Builder, len(texts))
	at := 0     // bytes of whole already placed
	piece := 0  // which text the next byte belongs to
	before := 0 // bytes of whole in the pieces before it
	place := func(upTo int, move string) {
		first := true
		for at < upTo || first && move != "" {
			for piece < len(texts)-1 && at >= before+len(toks[texts[piece]].text) {
				before += len(toks[texts[piece]].text)
				piece++
			}
			n := min(upTo, before+len(toks[texts[piece]].text)) - at
			switch {
			case move == "":
				out[piece].WriteString(whole[at : at+n])
			case first:
				out[piece].WriteString(move)
			}
			at, first = at+n, false
		}
	}
	for {
		open := strings.Index(whole[at:], "{{")
		if open < 0 {
			break
		}
		open += at
		end := strings.Index(whole[open:], "}}")
		if end < 0 {
			return wrong("标记“%s”没有以 }} 结束", short(whole[open:]))
		}
		place(open, "")
		place(open+end+2, straight(whole[open:open+end+2]))
	}
	place(len(whole), "")
	for k, i := range texts {
		toks[i].text = out[k].String()
	}
	return nil
}

// straight undoes what XML and word processors do to a tag: entities and typographic quotes.
func straight(tag string) string {
	return strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "＂", `"`, "‘", "'", "’", "'", "\u00a0", " ", "\n", " ").Replace(html.UnescapeString(tag))
}

// lift replaces each element that holds nothing but one {{mark …}} tag by the bare tag.
func lift(toks []token, element, mark string) ([]token, error) {
	var out []token
	var starts []int // positions in out of the open elements
	for _, t := range toks {
		out = append(out, t)
		switch {
		case t.opens(element):
			if starts = append(starts, len(out)-1); len(starts) > maxNesting {
				return nil, wrong("模板的表格或文本框嵌套过深")
			}
		case t.closes(element) && len(starts) > 0:
			from := starts[len(starts)-1]
			starts = starts[:len(starts)-1]
			tag, ok, err := onlyTag(out[from:], mark)
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out[:from], token{text: tag})
			}
		}
	}
	return out, nil
}

// onlyTag reads the text of an element; ok when it is one tag with the mark.
func onlyTag(toks []token, mark string) (tag string, ok bool, err error) {
	var b strings.Builder
	for _, t := range toks {
		if !t.tag {
			b.WriteString(t.text)
		}
	}
	text := strings.TrimSpace(b.String())
	if !strings.Contains(text, "{{"+mark+" ") {
		return "", false, nil
	}
	body, found := strings.CutPrefix(text, "{{"+mark+" ")
	if !found || strings.Index(body, "}}") != len(body)-2 {
		return "", false, wrong("标记“%s”须独占一行", short(text))
	}
	return "{{" + body, true, nil
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
