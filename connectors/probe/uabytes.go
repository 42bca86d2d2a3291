package probe

import (
	"encoding/binary"
	"math"
)

// uaReader reads OPC UA binary (OPC 10000-6, 5.2). After the first thing that is not whole every read gives zero and ok is false.
type uaReader struct {
	b   []byte
	bad bool
}

func (r *uaReader) take(n int) []byte {
	if r.bad || n < 0 || n > len(r.b) {
		r.bad = true
		return nil
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

func (r *uaReader) u8() byte {
	if v := r.take(1); v != nil {
		return v[0]
	}
	return 0
}

func (r *uaReader) u16() uint16 {
	if v := r.take(2); v != nil {
		return binary.LittleEndian.Uint16(v)
	}
	return 0
}

func (r *uaReader) u32() uint32 {
	if v := r.take(4); v != nil {
		return binary.LittleEndian.Uint32(v)
	}
	return 0
}

// bytes reads a ByteString; null is nil.
func (r *uaReader) bytes() []byte {
	n := int32(r.u32())
	if n == -1 {
		return nil
	}
	return r.take(int(n))
}

func (r *uaReader) str() string { return words(r.bytes()) }

// count reads an array's length; each element takes at least least bytes, so that no length is believed that the bytes cannot hold.
func (r *uaReader) count(least int) int {
	n := int32(r.u32())
	if n == -1 {
		return 0
	}
	if n < 0 || int(n) > len(r.b)/least {
		r.bad = true
		return 0
	}
	return int(n)
}

// localized reads a LocalizedText's text.
func (r *uaReader) localized() string {
	mask := r.u8()
	if mask&1 != 0 {
		r.bytes()
	}
	if mask&2 != 0 {
		return r.str()
	}
	return ""
}

// uaNode is a node id: numeric, or any other kind by its bytes.
type uaNode struct {
	ns   uint16
	id   uint32
	kind byte
	text []byte
}

func (r *uaReader) node() (n uaNode) {
	kind := r.u8()
	n.kind = kind & 0x3f
	switch n.kind {
	case 0:
		n.id = uint32(r.u8())
	case 1:
		n.ns, n.id = uint16(r.u8()), uint32(r.u16())
	case 2:
		n.ns, n.id = r.u16(), r.u32()
	case 3, 5:
		n.ns, n.text = r.u16(), r.bytes()
	case 4:
		n.ns, n.text = r.u16(), r.take(16)
	default:
		r.bad = true
	}
	if kind&0x80 != 0 {
		r.bytes()
	}
	if kind&0x40 != 0 {
		r.u32()
	}
	return n
}

// head reads a ResponseHeader and gives the service result.
func (r *uaReader) head() uint32 {
	r.take(8 + 4)
	result := r.u32()
	r.diagnostics(0)
	for range r.count(4) {
		r.bytes()
	}
	r.node() // additional header
	if r.u8() != 0 {
		r.bytes()
	}
	return result
}

func (r *uaReader) diagnostics(depth int) {
	mask := r.u8()
	for bit := range 4 {
		if mask&(1<<bit) != 0 {
			r.u32()
		}
	}
	if mask&0x10 != 0 {
		r.bytes()
	}
	if mask&0x20 != 0 {
		r.u32()
	}
	if mask&0x40 != 0 {
		if depth > 4 {
			r.bad = true
			return
		}
		r.diagnostics(depth + 1)
	}
}

// uaWriter writes OPC UA binary.
type uaWriter struct{ b []byte }

func (w *uaWriter) u8(v byte)    { w.b = append(w.b, v) }
func (w *uaWriter) u16(v uint16) { w.b = binary.LittleEndian.AppendUint16(w.b, v) }
func (w *uaWriter) u32(v uint32) { w.b = binary.LittleEndian.AppendUint32(w.b, v) }
func (w *uaWriter) u64(v uint64) { w.b = binary.LittleEndian.AppendUint64(w.b, v) }
func (w *uaWriter) null()        { w.u32(math.MaxUint32) }
func (w *uaWriter) str(s string) {
	w.u32(uint32(len(s)))
	w.b = append(w.b, s...)
}

func (w *uaWriter) bytes(b []byte) {
	if b == nil {
		w.null()
		return
	}
	w.u32(uint32(len(b)))
	w.b = append(w.b, b...)
}

func (w *uaWriter) node(n uaNode) {
	switch {
	case n.kind == 3 || n.kind == 5:
		w.u8(n.kind)
		w.u16(n.ns)
		w.bytes(n.text)
	case n.kind == 4:
		w.u8(4)
		w.u16(n.ns)
		w.b = append(w.b, n.text...)
	default:
		w.u8(2)
		w.u16(n.ns)
		w.u32(n.id)
	}
}
