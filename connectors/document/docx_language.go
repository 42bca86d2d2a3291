package document

import (
	"regexp"
	"strings"
	"text/template"
	"text/template/parse"
)

// newParagraph stands for a line end until the paragraphs are split. It is a private-use sign that values never hold.
const newParagraph = "\uE00A"

var functions = template.FuncMap{"box": box, "xml": escape}

// box gives ☑ when the value (words joined by 、) names the word, else ☐.
func box(value, word string) string {
	for _, v := range strings.Split(value, "、") {
		if v == word && v != "" {
			return "☑"
		}
	}
	return "☐"
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r\n", newParagraph, "\n", newParagraph, newParagraph, "", "\t", " ")

// escape makes a value safe as XML text. What XML 1.0 cannot hold at all is dropped by its writer before (see apply).
func escape(v any) string {
	s, ok := v.(string)
	if !ok {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, escaper.Replace(strings.ToValidUTF8(s, "")))
}

// restrict holds a template to the closed language and escapes every value: fields, if, else, range, end, box, eq, not, and, or.
func restrict(t *template.Template) error {
	if len(t.Templates()) > 1 {
		return wrong("模板不能使用 define、block 或 template")
	}
	return restrictList(t.Root, 0)
}

var allowed = map[string]bool{"box": true, "eq": true, "ne": true, "not": true, "and": true, "or": true}

func restrictList(l *parse.ListNode, depth int) error {
	if l == nil {
		return nil
	}
	if depth > 4 {
		return wrong("循环和条件嵌套过深")
	}
	for _, n := range l.Nodes {
		if err := restrictNode(n, depth); err != nil {
			return err
		}
	}
	return nil
}

func restrictNode(n parse.Node, depth int) error {
	switch n := n.(type) {
	case *parse.TextNode:
		return nil
	case *parse.ActionNode:
		if err := restrictPipe(n.Pipe); err != nil {
			return err
		}
		n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{parse.NewIdentifier("xml").SetPos(n.Pos)}})
		return nil
	case *parse.IfNode:
		return restrictBranch(&n.BranchNode, depth)
	case *parse.RangeNode:
		return restrictBranch(&n.BranchNode, depth)
	}
	return wrong("模板不支持“%s”", short(n.String()))
}

func restrictBranch(b *parse.BranchNode, depth int) error {
	if err := restrictPipe(b.Pipe); err != nil {
		return err
	}
	if err := restrictList(b.List, depth+1); err != nil {
		return err
	}
	return restrictList(b.ElseList, depth+1)
}

func restrictPipe(p *parse.PipeNode) error {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 {
		return wrong("模板不支持“%s”", short(p.String()))
	}
	for _, a := range p.Cmds[0].Args {
		switch a := a.(type) {
		case *parse.FieldNode, *parse.StringNode, *parse.DotNode, *parse.BoolNode:
		case *parse.VariableNode:
			if a.Ident[0] != "$" {
				return wrong("模板不支持“%s”", a.Ident[0])
			}
		case *parse.IdentifierNode:
			if !allowed[a.Ident] {
				return wrong("模板不支持“%s”", a.Ident)
			}
		case *parse.PipeNode:
			if err := restrictPipe(a); err != nil {
				return err
			}
		default:
			return wrong("模板不支持“%s”", short(a.String()))
		}
	}
	return nil
}

var missingKey = regexp.MustCompile(`<([^<>]{0,200})>: map has no entry for key`)

// runFailure turns text/template's words into ours, naming the unknown field.
func runFailure(err error) error {
	if e, ok := err.(interface{ Unwrap() error }); ok && e.Unwrap() == error(errTooBig) {
		return errTooBig
	}
	if m := missingKey.FindStringSubmatch(err.Error()); m != nil {
		return wrong("模板使用了未知字段 %s", m[1])
	}
	w := wrong("模板的标记无法填写")
	w.Err = err
	return w
}

func parseFailure(err error) error {
	text := err.Error()
	switch {
	case strings.Contains(text, "unexpected EOF"):
		return wrong("模板的循环或条件没有以 end 结束")
	case strings.Contains(text, "unexpected {{end}}"):
		return wrong("模板多了一个 end")
	}
	w := wrong("模板的标记写法有误")
	w.Err = err
	return w
}
