package powercut

import (
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fuse"
)

// ErrUnavailable: nothing can be mounted here.
var ErrUnavailable = errors.New("no FUSE here")

// Keep tells what of the work that was not synced a cut leaves.
type Keep int

// What a cut leaves.
const (
	Synced Keep = iota // nothing: only what was synced
	Some               // every unsynced page, length and name by chance
	All                // everything, as a kill of the program does
)

// Fault is an error that the disk gives.
type Fault struct {
	At    int           // the n-th operation from now, from 1; 0 is never
	Err   syscall.Errno // EIO when 0; with ENOSPC only operations that need room are counted and refused
	Stays bool          // from then on every operation is refused
}

// Disk is one mounted disk. Its methods may be called from any goroutine, but Cut, Load and Close from one at a time.
type Disk struct {
	dir    string
	server *fuse.Server

	mu     sync.Mutex
	root   *node
	nodes  map[uint64]*node // what the kernel may name
	lists  map[uint64][]fuse.DirEntry
	nextID uint64
	fault  Fault
	count  int
	struck bool
}

// Mount mounts an empty disk at the folder dir. It fails with ErrUnavailable where nothing can be mounted.
func Mount(dir string) (*Disk, error) {
	if f, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	} else if err := f.Close(); err != nil {
		return nil, err
	}
	d := &Disk{dir: dir, root: newDir(0o700)}
	if err := d.mount(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return d, nil
}

func (d *Disk) mount() error {
	d.mu.Lock()
	d.nodes, d.lists, d.nextID = map[uint64]*node{}, map[uint64][]fuse.DirEntry{}, fuse.FUSE_ROOT_ID
	d.name(d.root)
	d.mu.Unlock()
	var err error
	d.server, err = fuse.NewServer(&calls{RawFileSystem: fuse.NewDefaultRawFileSystem(), d: d}, d.dir, &fuse.MountOptions{
		FsName: "powercut", Name: "powercut", DirectMountStrict: true, DisableXAttrs: true, DisableReadDirPlus: true, Logger: log.New(io.Discard, "", 0),
	})
	if err != nil {
		return err
	}
	go d.server.Serve()
	return d.server.WaitMount()
}

// Close unmounts the disk; what is on it is gone.
func (d *Disk) Close() error { return d.unmount() }

func (d *Disk) unmount() error {
	if err := d.server.Unmount(); err != nil {
		return errors.Join(err, syscall.Unmount(d.dir, syscall.MNT_DETACH))
	}
	return nil
}

// Cut pulls the plug and puts it in again: the disk is unmounted, forgets, and is mounted anew without any fault. No process may have a
// file on it open any more.
func (d *Disk) Cut(keep Keep) error {
	if err := d.unmount(); err != nil {
		return err
	}
	d.mu.Lock()
	d.root.settle(keep, rand.IntN)
	d.fault, d.struck = Fault{}, false
	d.mu.Unlock()
	return d.mount()
}

// State is the content of a disk at one moment.
type State struct{ root *node }

// Save gives what the disk holds now, synced or not.
func (d *Disk) Save() State {
	d.mu.Lock()
	defer d.mu.Unlock()
	return State{d.root.clone(map[*node]*node{})}
}

// Load makes the disk hold a saved content, all of it synced. No process may have a file on it open.
func (d *Disk) Load(s State) error {
	if err := d.unmount(); err != nil {
		return err
	}
	d.mu.Lock()
	d.root = s.root.clone(map[*node]*node{})
	d.fault, d.struck = Fault{}, false
	d.mu.Unlock()
	return d.mount()
}

// Strike sets the fault and counts operations anew.
func (d *Disk) Strike(f Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if f.Err == 0 {
		f.Err = syscall.EIO
	}
	d.fault, d.count, d.struck = f, 0, false
}

// Struck takes the fault away and tells whether it struck and how many operations there were.
func (d *Disk) Struck() (struck bool, operations int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault = Fault{}
	return d.struck, d.count
}

// gate counts one operation and refuses it when the fault says so; room tells that it needs space.
func (d *Disk) gate(room bool) fuse.Status {
	if d.fault.Err == syscall.ENOSPC && !room {
		return fuse.OK
	}
	d.count++
	if d.fault.At > 0 && (d.count == d.fault.At || d.fault.Stays && d.count > d.fault.At) {
		d.struck = true
		return fuse.Status(d.fault.Err)
	}
	return fuse.OK
}

// name gives n a number that the kernel knows it by.
func (d *Disk) name(n *node) uint64 {
	if d.nodes[n.id] != n {
		n.id = d.nextID
		d.nextID++
		d.nodes[n.id] = n
	}
	return n.id
}

// page is the unit in which a disk forgets.
const page = 4096

var epoch = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
