package manual

import (
	"strconv"
	"strings"
)

// block reads the block that begins with line.
func (r *reader) block(line string) (Block, error) {
	switch {
	case strings.HasPrefix(line, "```"):
		return r.code()
	case strings.HasPrefix(line, "!["):
		return r.picture(line)
	case strings.HasPrefix(line, "|"):
		return r.table()
	case bullet(line) != "":
		return r.list(Bullets, bullet)
	case numbered(line) != "":
		return r.list(Steps, numbered)
	case strings.HasPrefix(line, "<"), strings.HasPrefix(line, ">"), strings.HasPrefix(line, "#"):
		return Block{}, r.wrong("用户手册里不用这种写法")
	}
	return r.prose(), nil
}

// prose joins the lines of a paragraph.
func (r *reader) prose() Block {
	var parts []string
	for ; r.at < len(r.lines); r.at++ {
		line := strings.TrimSpace(r.lines[r.at])
		if line == "" || len(parts) > 0 && begins(line) {
			break
		}
		parts = append(parts, line)
	}
	return Block{Kind: Prose, Text: Plain(join(parts))}
}

// begins tells whether a line begins a block of its own.
func begins(line string) bool {
	return strings.HasPrefix(line, "```") || strings.HasPrefix(line, "![") || strings.HasPrefix(line, "|") || heading(line) > 0 || bullet(line) != "" || numbered(line) != ""
}

// join puts lines together: without a blank between two Chinese characters, with one elsewhere.
func join(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 && lines[i-1] != "" && lines[i-1][len(lines[i-1])-1] < 0x80 && l[0] < 0x80 {
			b.WriteByte(' ')
		}
		b.WriteString(l)
	}
	return b.String()
}

func bullet(line string) string {
	rest, ok := strings.CutPrefix(line, "- ")
	if !ok {
		return ""
	}
	return strings.TrimSpace(rest)
}

func numbered(line string) string {
	n, rest, ok := strings.Cut(line, ". ")
	if _, err := strconv.Atoi(n); !ok || err != nil {
		return ""
	}
	return strings.TrimSpace(rest)
}

// list reads the points of a list; a line that goes on without a sign belongs to the point before it.
func (r *reader) list(kind Kind, item func(string) string) (Block, error) {
	b := Block{Kind: kind}
	for ; r.at < len(r.lines); r.at++ {
		line := strings.TrimSpace(r.lines[r.at])
		s := item(line)
		switch {
		case s != "":
			b.Items = append(b.Items, Plain(s))
		case line == "" || begins(line):
			return b, nil
		default:
			last := &b.Items[len(b.Items)-1]
			*last = Plain(join([]string{*last, line}))
		}
	}
	return b, nil
}

func (r *reader) code() (Block, error) {
	b, from := Block{Kind: Code}, r.at
	for r.at++; r.at < len(r.lines); r.at++ {
		line := strings.TrimRight(r.lines[r.at], " \t")
		if strings.TrimSpace(line) == "```" {
			r.at++
			return b, nil
		}
		b.Items = append(b.Items, line)
	}
	r.at = from
	return b, r.wrong("命令没有收尾的 ```")
}

// picture reads ![caption](file) on a line of its own.
func (r *reader) picture(line string) (Block, error) {
	caption, file, ok := strings.Cut(strings.TrimPrefix(line, "!["), "](")
	file, closed := strings.CutSuffix(file, ")")
	if !ok || !closed || file == "" || strings.Contains(file, ":") || strings.Contains(file, "..") || strings.HasPrefix(file, "/") {
		return Block{}, r.wrong("图片应写成 ![说明](shots/名称.png)")
	}
	r.at++
	return Block{Kind: Picture, Text: Plain(caption), File: file}, nil
}

func (r *reader) table() (Block, error) {
	b := Block{Kind: Table}
	for ; r.at < len(r.lines); r.at++ {
		line := strings.TrimSpace(r.lines[r.at])
		if !strings.HasPrefix(line, "|") {
			break
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if strings.Trim(line, "|-: ") == "" {
			continue // the line under the head
		}
		for i, c := range cells {
			cells[i] = Plain(strings.TrimSpace(c))
		}
		if len(b.Rows) > 0 && len(cells) != len(b.Rows[0]) {
			return b, r.wrong("这一行的列数与表头不同")
		}
		b.Rows = append(b.Rows, cells)
	}
	if len(b.Rows) < 2 {
		return b, r.wrong("表格没有内容")
	}
	return b, nil
}

// Plain takes the signs of bold words, commands and links away: **已回执** is 已回执, [运行说明](x.md) is 运行说明.
func Plain(s string) string {
	s = strings.NewReplacer("**", "", "`", "").Replace(s)
	for {
		open := strings.Index(s, "](")
		if open < 0 {
			return s
		}
		from := strings.LastIndexByte(s[:open], '[')
		to := strings.IndexByte(s[open:], ')')
		if from < 0 || to < 0 {
			return s
		}
		s = s[:from] + s[from+1:open] + s[open+to+1:]
	}
}
