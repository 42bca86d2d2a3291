// Package manual reads the user's manual and the glossary, which are written in a small, closed part of Markdown: a title, chapters, sections,
// paragraphs, lists, tables, commands and pictures. Whatever is written otherwise is refused with its line. It draws nothing and opens no file.
package manual

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Manual is one text: what stands before the first chapter, and the chapters.
type Manual struct {
	Title    string    `json:"title"`
	Lead     []Block   `json:"lead,omitempty"`
	Chapters []Chapter `json:"chapters"`
}

// Chapter is what stands under one ## head; sections are its ### heads.
type Chapter struct {
	Title    string    `json:"title"`
	Blocks   []Block   `json:"blocks,omitempty"`
	Sections []Section `json:"sections,omitempty"`
}

// Section is what stands under one ### head.
type Section struct {
	Title  string  `json:"title"`
	Blocks []Block `json:"blocks"`
}

// Kind says what a block is.
type Kind string

// The kinds of blocks.
const (
	Prose   Kind = "prose"   // Text
	Bullets Kind = "bullets" // Items
	Steps   Kind = "steps"   // Items, numbered from 1
	Code    Kind = "code"    // Items are lines to be typed
	Table   Kind = "table"   // Rows, the first one is the head
	Picture Kind = "picture" // Text is the caption, File the picture's name
)

// Block is one thing on the page.
type Block struct {
	Kind  Kind       `json:"kind"`
	Text  string     `json:"text,omitempty"`
	File  string     `json:"file,omitempty"`
	Items []string   `json:"items,omitempty"`
	Rows  [][]string `json:"rows,omitempty"`
}

// maxText bounds a text in bytes; our own are a tenth of it.
const maxText = 1 << 20

// reader is a text on its way to a Manual.
type reader struct {
	m     Manual
	lines []string
	at    int
}

// Parse reads a text. It fails with E0312 and the number of the line.
func Parse(text string) (Manual, error) {
	if len(text) > maxText {
		return Manual{}, survey.Fail(survey.CodeManual, "manual.parse", "超过 1 MB")
	}
	r := &reader{lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
	for r.at < len(r.lines) {
		if err := r.next(); err != nil {
			return Manual{}, err
		}
	}
	if r.m.Title == "" {
		r.at = 0
		return Manual{}, r.wrong("没有“# 标题”")
	}
	return r.m, nil
}

func (r *reader) wrong(what string) error {
	return survey.Fail(survey.CodeManual, "manual.parse", "第 %d 行：%s", r.at+1, what)
}

// next reads one head or block.
func (r *reader) next() error {
	line := strings.TrimRight(r.lines[r.at], " \t")
	if strings.TrimSpace(line) == "" {
		r.at++
		return nil
	}
	if level := heading(line); level > 0 {
		return r.head(level, strings.TrimSpace(line[level:]))
	}
	if r.m.Title == "" {
		return r.wrong("标题之前有文字")
	}
	b, err := r.block(strings.TrimSpace(line))
	if err == nil {
		r.put(b)
	}
	return err
}

func heading(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "#"))
	if n > 0 && n < len(line) && line[n] == ' ' {
		return n
	}
	return 0
}

func (r *reader) head(level int, title string) error {
	title = Plain(title)
	switch {
	case title == "":
		return r.wrong("标题是空的")
	case level == 1 && r.m.Title == "":
		r.m.Title = title
	case level == 2 && r.m.Title != "":
		r.m.Chapters = append(r.m.Chapters, Chapter{Title: title})
	case level == 3 && len(r.m.Chapters) > 0:
		c := &r.m.Chapters[len(r.m.Chapters)-1]
		c.Sections = append(c.Sections, Section{Title: title})
	default:
		return r.wrong("标题的级别不对")
	}
	r.at++
	return nil
}

// put adds a block where the text is: to the section, the chapter, or before the first chapter.
func (r *reader) put(b Block) {
	if len(r.m.Chapters) == 0 {
		r.m.Lead = append(r.m.Lead, b)
		return
	}
	c := &r.m.Chapters[len(r.m.Chapters)-1]
	if n := len(c.Sections); n > 0 {
		c.Sections[n-1].Blocks = append(c.Sections[n-1].Blocks, b)
		return
	}
	c.Blocks = append(c.Blocks, b)
}
