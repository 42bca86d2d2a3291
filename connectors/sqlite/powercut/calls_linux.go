package powercut

import (
	"maps"
	"slices"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fuse"
)

// lasting is how long the kernel may remember names and sizes: it is the only one that changes them.
const lasting = time.Hour

// calls answers the kernel.
type calls struct {
	fuse.RawFileSystem
	d *Disk
}

// begin locks the disk, lets the fault strike and finds a node; end with the unlock it gives.
func (c *calls) begin(id uint64, room bool) (*node, fuse.Status, func()) {
	c.d.mu.Lock()
	if s := c.d.gate(room); !s.Ok() {
		return nil, s, c.d.mu.Unlock
	}
	n := c.d.nodes[id]
	if n == nil {
		return nil, fuse.ENOENT, c.d.mu.Unlock
	}
	return n, fuse.OK, c.d.mu.Unlock
}

func (c *calls) entry(n *node, out *fuse.EntryOut) {
	out.NodeId = c.d.name(n)
	out.SetEntryTimeout(lasting)
	out.SetAttrTimeout(lasting)
	attr(n, &out.Attr)
}

func attr(n *node, out *fuse.Attr) {
	out.Ino, out.Mode, out.Nlink, out.Size, out.Blksize = n.id, n.mode, 1, uint64(len(n.live)), page
	out.Blocks = (out.Size + 511) / 512
	out.SetTimes(&n.mtime, &n.mtime, &n.mtime)
}

func (c *calls) Lookup(_ <-chan struct{}, h *fuse.InHeader, name string, out *fuse.EntryOut) fuse.Status {
	n, s, end := c.begin(h.NodeId, false)
	defer end()
	if !s.Ok() {
		return s
	}
	kid := n.kids[name]
	if kid == nil {
		return fuse.ENOENT
	}
	c.entry(kid, out)
	return fuse.OK
}

func (c *calls) GetAttr(_ <-chan struct{}, in *fuse.GetAttrIn, out *fuse.AttrOut) fuse.Status {
	n, s, end := c.begin(in.NodeId, false)
	defer end()
	if s.Ok() {
		out.SetTimeout(lasting)
		attr(n, &out.Attr)
	}
	return s
}

func (c *calls) SetAttr(_ <-chan struct{}, in *fuse.SetAttrIn, out *fuse.AttrOut) fuse.Status {
	n, s, end := c.begin(in.NodeId, false)
	defer end()
	if !s.Ok() {
		return s
	}
	if size, ok := in.GetSize(); ok && !n.isDir() {
		n.resize(int(size))
	}
	if mode, ok := in.GetMode(); ok {
		n.mode = n.mode&syscall.S_IFMT | mode&0o7777
	}
	if at, ok := in.GetMTime(); ok {
		n.mtime = at
	}
	out.SetTimeout(lasting)
	attr(n, &out.Attr)
	return fuse.OK
}

// add puts a new node into a folder.
func (c *calls) add(id uint64, name string, kid *node, out *fuse.EntryOut) fuse.Status {
	n, s, end := c.begin(id, true)
	defer end()
	if !s.Ok() {
		return s
	}
	if n.kids[name] != nil {
		return fuse.Status(syscall.EEXIST)
	}
	n.kids[name] = kid
	c.entry(kid, out)
	return fuse.OK
}

func (c *calls) Mkdir(_ <-chan struct{}, in *fuse.MkdirIn, name string, out *fuse.EntryOut) fuse.Status {
	return c.add(in.NodeId, name, newDir(in.Mode&0o7777), out)
}

func (c *calls) Create(_ <-chan struct{}, in *fuse.CreateIn, name string, out *fuse.CreateOut) fuse.Status {
	out.OpenFlags = fuse.FOPEN_KEEP_CACHE // a mapped -shm file must stay one and the same
	return c.add(in.NodeId, name, newFile(in.Mode&0o7777), &out.EntryOut)
}

func (c *calls) Link(_ <-chan struct{}, in *fuse.LinkIn, name string, out *fuse.EntryOut) fuse.Status {
	c.d.mu.Lock()
	old := c.d.nodes[in.Oldnodeid]
	c.d.mu.Unlock()
	return c.add(in.NodeId, name, old, out)
}

func (c *calls) Unlink(_ <-chan struct{}, h *fuse.InHeader, name string) fuse.Status {
	n, s, end := c.begin(h.NodeId, false)
	defer end()
	if s.Ok() && n.kids[name] == nil {
		return fuse.ENOENT
	}
	if s.Ok() {
		delete(n.kids, name)
	}
	return s
}

func (c *calls) Rmdir(_ <-chan struct{}, h *fuse.InHeader, name string) fuse.Status {
	n, s, end := c.begin(h.NodeId, false)
	defer end()
	if !s.Ok() {
		return s
	}
	if kid := n.kids[name]; kid == nil {
		return fuse.ENOENT
	} else if len(kid.kids) > 0 {
		return fuse.Status(syscall.ENOTEMPTY)
	}
	delete(n.kids, name)
	return fuse.OK
}

func (c *calls) Rename(_ <-chan struct{}, in *fuse.RenameIn, from, to string) fuse.Status {
	n, s, end := c.begin(in.NodeId, false)
	defer end()
	if !s.Ok() {
		return s
	}
	target, kid := c.d.nodes[in.Newdir], n.kids[from]
	switch {
	case kid == nil || target == nil:
		return fuse.ENOENT
	case in.Flags != 0:
		return fuse.EINVAL
	}
	if had := target.kids[to]; had != nil && len(had.kids) > 0 {
		return fuse.Status(syscall.ENOTEMPTY)
	}
	delete(n.kids, from)
	target.kids[to] = kid
	n.moved[from] = move{target, to, kid}
	return fuse.OK
}

func (c *calls) Open(_ <-chan struct{}, in *fuse.OpenIn, out *fuse.OpenOut) fuse.Status {
	_, s, end := c.begin(in.NodeId, false)
	defer end()
	out.OpenFlags = fuse.FOPEN_KEEP_CACHE
	return s
}

func (c *calls) Read(_ <-chan struct{}, in *fuse.ReadIn, buf []byte) (fuse.ReadResult, fuse.Status) {
	n, s, end := c.begin(in.NodeId, false)
	defer end()
	if !s.Ok() {
		return nil, s
	}
	at := min(int(in.Offset), len(n.live))
	return fuse.ReadResultData(slices.Clone(n.live[at:min(at+len(buf), len(n.live))])), fuse.OK
}

// Write counts what a program writes; what the kernel brings later from a mapped file comes when it likes and is no operation.
func (c *calls) Write(_ <-chan struct{}, in *fuse.WriteIn, data []byte) (uint32, fuse.Status) {
	if in.WriteFlags&fuse.WRITE_CACHE != 0 {
		c.d.mu.Lock()
		defer c.d.mu.Unlock()
		if n := c.d.nodes[in.NodeId]; n != nil {
			n.write(data, int(in.Offset))
		}
		return uint32(len(data)), fuse.OK
	}
	n, s, end := c.begin(in.NodeId, true)
	defer end()
	if !s.Ok() {
		return 0, s
	}
	n.write(data, int(in.Offset))
	return uint32(len(data)), fuse.OK
}

func (c *calls) sync(id uint64) fuse.Status {
	n, s, end := c.begin(id, false)
	defer end()
	if s.Ok() {
		n.sync()
	}
	return s
}

func (c *calls) Fsync(_ <-chan struct{}, in *fuse.FsyncIn) fuse.Status    { return c.sync(in.NodeId) }
func (c *calls) FsyncDir(_ <-chan struct{}, in *fuse.FsyncIn) fuse.Status { return c.sync(in.NodeId) }
func (c *calls) Flush(<-chan struct{}, *fuse.FlushIn) fuse.Status         { return fuse.OK }

func (c *calls) OpenDir(_ <-chan struct{}, in *fuse.OpenIn, out *fuse.OpenOut) fuse.Status {
	n, s, end := c.begin(in.NodeId, false)
	defer end()
	if !s.Ok() {
		return s
	}
	var list []fuse.DirEntry
	for _, name := range slices.Sorted(maps.Keys(n.kids)) {
		list = append(list, fuse.DirEntry{Name: name, Mode: n.kids[name].mode, Ino: c.d.name(n.kids[name])})
	}
	out.Fh = uint64(len(c.d.lists)) + 1
	c.d.lists[out.Fh] = list
	return fuse.OK
}

func (c *calls) ReadDir(_ <-chan struct{}, in *fuse.ReadIn, out *fuse.DirEntryList) fuse.Status {
	_, s, end := c.begin(in.NodeId, false)
	defer end()
	if !s.Ok() {
		return s
	}
	for i, e := range c.d.lists[in.Fh] {
		if uint64(i) < in.Offset {
			continue
		}
		if e.Off = uint64(i) + 1; !out.AddDirEntry(e) {
			break
		}
	}
	return fuse.OK
}

func (c *calls) StatFs(_ <-chan struct{}, _ *fuse.InHeader, out *fuse.StatfsOut) fuse.Status {
	out.Blocks, out.Bfree, out.Bavail, out.Bsize, out.Frsize, out.NameLen = 1<<20, 1<<19, 1<<19, page, page, 255
	return fuse.OK
}
