package document

import (
	"strings"
	"text/template/parse"
)

// lint walks every branch with the values known stands for: a map is a set of names, a list stands for its first element.
func lint(l *parse.ListNode, root any) error { return lintList(l, root, root) }

func lintList(l *parse.ListNode, root, dot any) error {
	if l == nil {
		return nil
	}
	for _, n := range l.Nodes {
		var err error
		switch n := n.(type) {
		case *parse.ActionNode:
			_, err = lintPipe(n.Pipe, root, dot)
		case *parse.IfNode:
			err = lintBranch(&n.BranchNode, root, dot, false)
		case *parse.RangeNode:
			err = lintBranch(&n.BranchNode, root, dot, true)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func lintBranch(b *parse.BranchNode, root, dot any, loop bool) error {
	v, err := lintPipe(b.Pipe, root, dot)
	if err != nil {
		return err
	}
	inner := dot
	if loop {
		switch list := v.(type) {
		case []map[string]any:
			if len(list) > 0 {
				inner = list[0]
			}
		case []string:
			inner = ""
		default:
			return wrong("%s 不是可以循环的清单", b.Pipe.String())
		}
	}
	if err := lintList(b.List, root, inner); err != nil {
		return err
	}
	return lintList(b.ElseList, root, dot)
}

// lintPipe checks the names of a pipe and gives the value of a plain field, nil for calls.
func lintPipe(p *parse.PipeNode, root, dot any) (any, error) {
	var v any
	for _, a := range p.Cmds[0].Args {
		var err error
		switch a := a.(type) {
		case *parse.DotNode:
			v = dot
		case *parse.FieldNode:
			v, err = lookUp(dot, a.Ident)
		case *parse.VariableNode:
			v, err = lookUp(root, a.Ident[1:])
		case *parse.PipeNode:
			_, err = lintPipe(a, root, dot)
		}
		if err != nil {
			return nil, err
		}
	}
	return v, nil
}

func lookUp(v any, path []string) (any, error) {
	for _, name := range path {
		m, ok := v.(map[string]any)
		if ok {
			v, ok = m[name]
		}
		if !ok {
			return nil, wrong("模板使用了未知字段 .%s", strings.Join(path, "."))
		}
	}
	return v, nil
}
