package part

import (
	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/ui/theme"
)

// Node is one line of a tree: how deep it hangs, its icon, its words, and what is written on the line that leads to it.
type Node struct {
	Depth           int
	Icon            string
	Name, Sub, Edge string
	Token           fyne.ThemeColorName // of the icon; empty is Muted
	Badge           string
}

// Tree draws who hangs where, top down, with a line from each device to the one it hangs on. A node is chosen by a tap or by the arrow keys.
type Tree struct {
	press
	nodes []Node
	at    int // the chosen node, -1 for none
	// OnSelect is told which node was chosen; nil makes the tree a picture only.
	OnSelect func(i int)
}

const (
	treeRow    = 34
	treeIndent = 34
	edgeWidth  = 78
)

// NewTree makes a tree; a node belongs to the last one before it that is less deep.
func NewTree(nodes []Node) *Tree {
	t := &Tree{at: -1}
	t.act = func() { t.choose(max(t.at, 0)) }
	t.onKey = func(k fyne.KeyName) bool {
		switch k {
		case fyne.KeyDown:
			t.choose(t.at + 1)
		case fyne.KeyUp:
			t.choose(t.at - 1)
		default:
			return false
		}
		return true
	}
	t.bind(t, func() fyne.Size { return fyne.NewSize(320, float32(max(len(t.nodes), 1))*treeRow+8) }, t.draw)
	t.nodes = nodes
	return t
}

// Set exchanges the nodes; at is the chosen one, -1 for none.
func (t *Tree) Set(nodes []Node, at int) {
	t.nodes, t.at = nodes, at
	t.Refresh()
}

// Tapped implements fyne.Tappable.
func (t *Tree) Tapped(e *fyne.PointEvent) {
	t.choose(int((e.Position.Y/theme.Scale() - 4) / treeRow))
}

func (t *Tree) choose(i int) {
	if i < 0 || i >= len(t.nodes) || t.OnSelect == nil {
		return
	}
	t.at = i
	t.Refresh()
	t.OnSelect(i)
}

func (t *Tree) draw(p *pen, size fyne.Size) {
	if t.focused {
		p.ring(0, 0, size.Width, size.Height, theme.RadiusBadge)
	}
	at := map[int]float32{} // depth → middle of the last node there
	for i, n := range t.nodes {
		if i == t.at {
			p.rect(0, float32(i)*treeRow+4, size.Width, treeRow, box{fill: theme.Tint, radius: theme.RadiusBadge})
		}
		x, cy := 16+float32(n.Depth)*(treeIndent+edgeWidth), float32(i)*treeRow+treeRow/2+4
		if n.Depth > 0 {
			from := 16 + float32(n.Depth-1)*(treeIndent+edgeWidth) + 11
			if top, ok := at[n.Depth-1]; ok {
				p.line(from, top+12, from, cy, 1, theme.StrongLine)
			}
			p.line(from, cy, x-4, cy, 1, theme.StrongLine)
			if n.Edge != "" {
				p.textFit(from+8, cy-8, edgeWidth-4, n.Edge, ink{theme.SizeCell - 2, theme.Muted, false})
			}
		}
		at[n.Depth] = cy
		token := n.Token
		if token == "" {
			token = theme.Muted
		}
		p.icon(x+11, cy, 20, n.Icon, token)
		end := p.textFit(x+30, cy, max(60, (size.Width-x-30)*0.55), n.Name, cellBold)
		end = p.textFit(end+10, cy, max(30, size.Width-end-100), n.Sub, mutedInk)
		if n.Badge != "" {
			p.textFit(end+12, cy, max(20, size.Width-end-16), n.Badge, ink{theme.SizeCell, theme.Accent, false})
		}
	}
}
