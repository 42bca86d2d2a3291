package powercut

import (
	"maps"
	"slices"
	"syscall"
	"time"
)

// node is a file or a folder: as programs see it, and as it was synced last.
type node struct {
	id    uint64
	mode  uint32
	mtime time.Time

	live, disk []byte       // of a file
	dirty      map[int]bool // pages of live that differ from disk

	kids, kept map[string]*node // of a folder
	moved      map[string]move  // where names that are kept went
}

// move is a name that a file was given in another folder. A disk with a journal may forget the move, but never keeps only the half of it
// that takes the old name away.
type move struct {
	to   *node
	name string
	kid  *node
}

func newDir(mode uint32) *node {
	return &node{mode: syscall.S_IFDIR | mode, mtime: epoch, kids: map[string]*node{}, kept: map[string]*node{}, moved: map[string]move{}}
}

func newFile(mode uint32) *node {
	return &node{mode: syscall.S_IFREG | mode, mtime: time.Now(), dirty: map[int]bool{}}
}

func (n *node) isDir() bool { return n.kids != nil }

func (n *node) touch(from, to int) {
	for p := from / page; p*page < to; p++ {
		n.dirty[p] = true
	}
	n.mtime = time.Now()
}

func (n *node) write(data []byte, at int) {
	if end := at + len(data); end > len(n.live) {
		n.resize(end)
	}
	copy(n.live[at:], data)
	n.touch(at, at+len(data))
}

func (n *node) resize(size int) {
	had := len(n.live)
	if size <= had {
		clear(n.live[size:])
		n.live = n.live[:size]
	} else {
		n.live = slices.Grow(n.live, size-had)[:size]
		clear(n.live[had:])
	}
	n.touch(min(had, size), max(had, size))
}

// sync makes the content of a file, or the names of a folder, last.
func (n *node) sync() {
	if n.isDir() {
		n.kept, n.moved = maps.Clone(n.kids), map[string]move{}
		return
	}
	n.flush(func(int) bool { return true }, len(n.live))
	n.dirty = map[int]bool{}
}

// flush brings the dirty pages that keep names to the disk and gives the file that length there.
func (n *node) flush(keep func(p int) bool, size int) {
	had := len(n.disk)
	n.disk = slices.Grow(n.disk, max(0, size-had))[:size]
	clear(n.disk[min(had, size):])
	for p := range n.dirty {
		from, to := p*page, min((p+1)*page, size, len(n.live))
		if from < to && keep(p) {
			copy(n.disk[from:to], n.live[from:to])
		}
	}
}

// settle forgets what was not synced, here and below; chance gives a number in [0, n).
func (n *node) settle(keep Keep, chance func(n int) int) {
	if keep != Synced {
		n.settleNames(keep, chance, map[*node]bool{})
	}
	n.settleAll(keep, chance, map[*node]bool{})
}

func (n *node) settleAll(keep Keep, chance func(n int) int, seen map[*node]bool) {
	if seen[n] {
		return
	}
	seen[n] = true
	if !n.isDir() {
		n.settleFile(keep, chance)
		return
	}
	n.kids, n.moved = maps.Clone(n.kept), map[string]move{}
	for _, name := range slices.Sorted(maps.Keys(n.kids)) {
		n.kids[name].settleAll(keep, chance, seen)
	}
}

// settleNames lets every name that was made, changed or removed since the last sync be as it is or, by chance, as it was.
func (n *node) settleNames(keep Keep, chance func(n int) int, seen map[*node]bool) {
	if !n.isDir() || seen[n] {
		return
	}
	seen[n] = true
	names := maps.Clone(n.kept)
	maps.Copy(names, n.kids)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		names[name].settleNames(keep, chance, seen)
		now, is := n.kids[name]
		was := n.kept[name]
		if now == was || keep == Some && chance(2) == 0 {
			continue
		}
		if m, ok := n.moved[name]; ok && m.kid == was && m.to.kids[m.name] == was {
			m.to.kept[m.name] = was
		}
		if is {
			n.kept[name] = now
		} else {
			delete(n.kept, name)
		}
	}
}

func (n *node) settleFile(keep Keep, chance func(n int) int) {
	switch keep {
	case All:
		n.sync()
	case Some:
		size := len(n.live)
		if chance(2) == 0 {
			size = len(n.disk)
		}
		n.flush(func(int) bool { return chance(2) == 0 }, size)
	}
	n.live, n.dirty = slices.Clone(n.disk), map[int]bool{}
}

// clone copies a tree, all of it synced; one file under two names stays one.
func (n *node) clone(done map[*node]*node) *node {
	if c := done[n]; c != nil {
		return c
	}
	c := &node{mode: n.mode, mtime: n.mtime}
	done[n] = c
	if !n.isDir() {
		c.live, c.disk, c.dirty = slices.Clone(n.live), slices.Clone(n.live), map[int]bool{}
		return c
	}
	c.kids = map[string]*node{}
	for name, kid := range n.kids {
		c.kids[name] = kid.clone(done)
	}
	c.kept, c.moved = maps.Clone(c.kids), map[string]move{}
	return c
}
