package handover

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Revision is one value of a fact with who wrote it and when. Its place among the others is named by the one that it follows.
type Revision struct {
	Parent int             `json:"parent"` // place in Thread.Revisions of the one it follows, lower than its own; -1 for a beginning
	Gone   bool            `json:"gone,omitempty"`
	Order  int             `json:"order,omitempty"` // place in its list then
	Data   json.RawMessage `json:"data"`            // of a fact taken out: its last words
	By     string          `json:"by"`
	At     time.Time       `json:"at"`
	Row    int             `json:"-"` // revision number in this store when it held here, Aside when it is stored and never did, 0 when it is new

	key key
}

// Thread (一条资料的来龙去脉) is everything that is known of one fact: a tree of revisions, of which one is in force.
type Thread struct {
	Kind      string     `json:"kind"`
	ID        string     `json:"id"`
	Order     int        `json:"order"` // place in its list
	Head      int        `json:"head"`  // place of the revision in force, -1 for none
	Revisions []Revision `json:"revisions"`

	Held Held `json:"-"` // what the store had when the thread was read

	places map[key]int
}

// Aside is the Row of a revision that is stored and never held here.
const Aside = -1

// Held is where a thread stood in its store.
type Held struct {
	Row    int // newest revision number, 0 for none
	Head   int // place of the revision in force; of no meaning without a row
	Order  int // place in the list
	Asides int // how many revisions stand aside
}

// key names a revision by its content and that of all before it; it is the same on every computer.
type key [sha256.Size]byte

func (k key) String() string { return hex.EncodeToString(k[:]) }

// NewThread begins an empty thread.
func NewThread(kind, id string) Thread {
	return Thread{Kind: kind, ID: id, Head: -1, places: map[key]int{}}
}

// Put adds a revision that follows the one at parent (-1: none) and gives its place. One that is there already gives the place it has; so
// does one that says what its parent says, because only its place in the list was changed.
func (t *Thread) Put(parent int, r Revision) int {
	if parent >= 0 && same(t.Revisions[parent], r) {
		return parent
	}
	r.Parent, r.At = parent, r.At.UTC()
	r.key = t.keyOf(r)
	if at, known := t.places[r.key]; known {
		if t.Revisions[at].Row == 0 || t.Revisions[at].Row == Aside && r.Row > 0 {
			t.Revisions[at].Row = r.Row
		}
		return at
	}
	t.Revisions = append(t.Revisions, r)
	t.places[r.key] = len(t.Revisions) - 1
	return len(t.Revisions) - 1
}

// Place finds a revision by its Key, -1 when it is not known.
func (t *Thread) Place(name string) int {
	var k key
	if n, err := hex.Decode(k[:], []byte(name)); err != nil || n != len(k) {
		return -1
	}
	if at, known := t.places[k]; known {
		return at
	}
	return -1
}

// Key names the revision at a place: the same on every computer, 64 hex digits.
func (t *Thread) Key(place int) string { return t.Revisions[place].key.String() }

// Fact gives the fact as the revision at a place has it; nil for one that takes it out.
func (t *Thread) Fact(place int) *survey.Fact {
	if place < 0 || t.Revisions[place].Gone {
		return nil
	}
	return &survey.Fact{Kind: t.Kind, ID: t.ID, Order: t.Order, Data: t.Revisions[place].Data}
}

// Clone copies a thread; the data of revisions are shared, they never change.
func (t *Thread) Clone() Thread {
	c := NewThread(t.Kind, t.ID)
	c.Order, c.Head, c.Held = t.Order, t.Head, t.Held
	c.Revisions = append(c.Revisions, t.Revisions...)
	for k, v := range t.places {
		c.places[k] = v
	}
	return c
}

func (t *Thread) keyOf(r Revision) key {
	h := sha256.New()
	put := func(b []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	if r.Parent >= 0 {
		put(t.Revisions[r.Parent].key[:])
	} else {
		put(nil)
	}
	put([]byte(t.Kind))
	put([]byte(t.ID))
	if r.Gone {
		put([]byte{1})
	} else {
		put([]byte{0})
	}
	put(r.Data)
	put([]byte(strconv.Itoa(r.Order)))
	put([]byte(r.By))
	put([]byte(r.At.UTC().Format(time.RFC3339Nano)))
	return key(h.Sum(nil))
}

// same tells whether two revisions say the same; whoever said it and when.
func same(a, b Revision) bool {
	return a.Gone == b.Gone && (a.Gone || bytes.Equal(a.Data, b.Data))
}

// before tells whether a is b or one of those that b follows.
func (t *Thread) before(a, b int) bool {
	for ; b >= a && b >= 0; b = t.Revisions[b].Parent {
		if a == b {
			return true
		}
	}
	return false
}

// fork gives the last revision that both follow, -1 when there is none.
func (t *Thread) fork(a, b int) int {
	for a != b {
		if a > b {
			a = t.Revisions[a].Parent
		} else {
			b = t.Revisions[b].Parent
		}
	}
	return a
}

// leaves gives the places that nothing follows.
func (t *Thread) leaves() []int {
	followed := make([]bool, len(t.Revisions))
	for _, r := range t.Revisions {
		if r.Parent >= 0 {
			followed[r.Parent] = true
		}
	}
	var out []int
	for i, f := range followed {
		if !f {
			out = append(out, i)
		}
	}
	return out
}
