package probe

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// OPC UA with an anonymous session, opt-in: the server's build info and the name plates under Objects/Machines (OPC 40001-1). A session is
// a scarce thing on a PLC's server, so that it is closed at once and its timeout is the shortest. Only Read and Browse are used; nothing is
// written, called or subscribed. More frames are needed than the five that a control device otherwise gets: the plan says so.
const (
	uaCreate   = 461
	uaActivate = 467
	uaRead     = 631
	uaBrowse   = 527
	uaCloseS   = 473
	uaMost     = 32 // nodes in one request
)

const (
	uaMachinery = "http://opcfoundation.org/UA/Machinery/"
	uaMachines  = 1001
)

func init() {
	register(Protocol{
		Name: "opcua-session", Title: "OPC UA 匿名会话（铭牌）", OT: true, OptIn: true, Transport: TCP, Ports: uaPorts, Frames: 13, Bytes: 13 * 400,
		Danger:    "占用服务器的一个会话，报文多于五个",
		Templates: []Template{uaHello, uaOpen, uaSession("create-session", uaCreate), uaSession("activate-anonymous", uaActivate), uaSession("read", uaRead), uaSession("browse", uaBrowse), uaSession("close-session", uaCloseS), uaCloseChannel},
		Ask:       askSession,
		Read:      readSession,
	})
}

// uaSession allows one service; what it carries is built here only and is checked for the two services that name nodes by their shape.
func uaSession(name string, id uint32) Template {
	return Template{Name: name, Mask: "4d534746*", Rule: fmt.Sprintf("只有服务 %d", id), Check: func(f []byte) bool {
		s, ok := uaSplit(f, id)
		if !ok || !bytes.Equal(f, s.frame("MSGF", id, s.rest)) {
			return false
		}
		switch id {
		case uaCreate:
			return bytes.HasSuffix(s.rest, uaCreateTail)
		case uaActivate:
			return bytes.Equal(s.rest, uaActivateBody)
		case uaCloseS:
			return bytes.Equal(s.rest, []byte{1})
		}
		nodes, ok := uaNamed(id, s.rest)
		return ok && len(nodes) <= uaMost
	}}
}

var (
	uaCreateTail = func() []byte {
		w := uaWriter{}
		w.str("shangyun")
		w.null() // nonce
		w.null() // certificate
		w.u64(0x40c3880000000000)
		w.u32(maxAnswer)
		return w.b
	}()
	uaActivateBody = func() []byte {
		w := uaWriter{}
		w.null() // signature: algorithm, bytes
		w.null()
		w.u32(0) // certificates
		w.u32(0) // locales
		w.node4(321)
		w.u8(1)
		policy := uaWriter{}
		policy.str("anonymous")
		w.bytes(policy.b)
		w.null()
		w.null()
		return w.b
	}()
)

func uaCreateBody(url string) []byte {
	w := uaWriter{}
	w.str("urn:shangyun") // description of this client
	w.str("urn:shangyun")
	w.u8(2)
	w.str("shangyun")
	w.u32(1)
	w.null()
	w.null()
	w.null()
	w.null() // server uri
	w.str(url)
	w.b = append(w.b, uaCreateTail...)
	return w.b
}

func uaReadBody(nodes []uaNode) []byte {
	w := uaWriter{}
	w.u64(0)
	w.u32(3) // no timestamps
	w.u32(uint32(len(nodes)))
	for _, n := range nodes {
		w.node(n)
		w.u32(13) // value
		w.null()
		w.u16(0)
		w.null()
	}
	return w.b
}

func uaBrowseBody(nodes []uaNode) []byte {
	w := uaWriter{}
	w.u16(0)
	w.u64(0)
	w.u32(0)
	w.u32(uaMost)
	w.u32(uint32(len(nodes)))
	for _, n := range nodes {
		w.node(n)
		w.u32(0) // forward
		w.node(uaNode{id: 33})
		w.u8(1)
		w.u32(0)
		w.u32(8) // browse names
	}
	return w.b
}

// uaNamed takes the nodes out of a Read or Browse and holds its shape against what is built here.
func uaNamed(service uint32, body []byte) (nodes []uaNode, ok bool) {
	r := uaReader{b: body}
	head, tail := 12, 4+4+2+4
	if service == uaBrowse {
		head, tail = 2+8+4+4, 0
	}
	r.take(head)
	for range r.count(4) {
		nodes = append(nodes, r.node())
		if service == uaBrowse {
			r.u32()
			r.node()
			r.take(1 + 4 + 4)
		} else {
			r.take(tail)
		}
	}
	if r.bad {
		return nil, false
	}
	if service == uaBrowse {
		return nodes, bytes.Equal(body, uaBrowseBody(nodes))
	}
	return nodes, bytes.Equal(body, uaReadBody(nodes))
}

func askSession(t *Talk) error {
	t.extend(4 * answerTime)
	c, err := uaDial(t)
	if err != nil {
		return err
	}
	b, err := c.call(t, uaCreate, uaCreateBody(c.at))
	if err != nil {
		return err
	}
	r := uaReader{b: b}
	r.node()
	if r.head() == 0 {
		r.node()
		c.auth = r.node()
		if !r.bad {
			err = c.nameplates(t)
			_ = t.Send(c.frame("MSGF", uaCloseS, []byte{1}))
			c.seq++
			_, _ = t.Receive(uaSize)
		}
	}
	_ = c.close(t)
	return err
}

// nameplates reads the build info, then browses Machines, their identification and its fields, and reads those.
func (c *uaChannel) nameplates(t *Talk) error {
	if _, err := c.call(t, uaActivate, uaActivateBody); err != nil {
		return err
	}
	b, err := c.call(t, uaRead, uaReadBody([]uaNode{{id: 2255}, {id: 2261}, {id: 2263}, {id: 2264}, {id: 2265}}))
	if err != nil {
		return err
	}
	values := uaValues(b)
	if len(values) == 0 {
		return nil
	}
	ns := slices.Index(values[0], uaMachinery)
	if ns < 0 {
		return nil
	}
	nodes := []uaNode{{ns: uint16(ns), id: uaMachines}}
	for _, want := range []string{"", "Identification", ""} {
		if b, err = c.call(t, uaBrowse, uaBrowseBody(nodes)); err != nil {
			return err
		}
		nodes = nil
		for _, ref := range uaReferences(b) {
			if (want == "" || ref.name == want) && len(nodes) < uaMost {
				nodes = append(nodes, ref.node)
			}
		}
		if len(nodes) == 0 {
			return nil
		}
	}
	_, err = c.call(t, uaRead, uaReadBody(nodes))
	return err
}

type uaReference struct {
	node uaNode
	name string
}

// uaReferences reads a Browse's answer.
func uaReferences(b []byte) (out []uaReference) {
	r := uaReader{b: b}
	if r.node().id != 530 || r.head() != 0 {
		return nil
	}
	for range r.count(8) {
		r.u32()
		r.bytes() // continuation: what is beyond is left
		for range r.count(8) {
			r.node()
			r.u8()
			ref := uaReference{node: r.node()}
			r.u16()
			ref.name = r.str()
			r.localized()
			r.u32()
			r.node()
			if r.bad || len(out) >= 256 {
				return out
			}
			out = append(out, ref)
		}
	}
	return out
}

// uaValues reads a Read's answer; each value as words, an array as several.
func uaValues(b []byte) (out [][]string) {
	r := uaReader{b: b}
	if r.node().id != 634 || r.head() != 0 {
		return nil
	}
	for range r.count(1) {
		mask := r.u8()
		var v []string
		if mask&1 != 0 {
			v = r.variant()
		}
		if mask&2 != 0 {
			r.u32()
		}
		for _, x := range []struct {
			bit byte
			n   int
		}{{4, 8}, {16, 2}, {8, 8}, {32, 2}} {
			if mask&x.bit != 0 {
				r.take(x.n)
			}
		}
		if r.bad {
			return out
		}
		out = append(out, v)
	}
	return out
}

// variant reads the kinds of values that name plates have.
func (r *uaReader) variant() (out []string) {
	kind := r.u8()
	n := 1
	if kind&0x80 != 0 {
		n = r.count(1)
	}
	for range n {
		s := ""
		switch kind & 0x3f {
		case 1, 2, 3:
			s = fmt.Sprint(r.u8())
		case 4, 5:
			s = fmt.Sprint(r.u16())
		case 6, 7:
			s = fmt.Sprint(r.u32())
		case 8, 9, 11, 13:
			r.take(8)
		case 12:
			s = r.str()
		case 21:
			s = r.localized()
		default:
			r.bad = true
		}
		if len(out) < 256 {
			out = append(out, s)
		}
	}
	if kind&0x40 != 0 {
		for range r.count(4) {
			r.u32()
		}
	}
	return out
}

func readSession(answers [][]byte, id *scan.Identity) error {
	if err := readOPCUA(answers, id); err != nil {
		return err
	}
	var names []string
	for _, b := range uaBodies(answers) {
		r := uaReader{b: b}
		switch r.node().id {
		case 530:
			names = nil
			for _, ref := range uaReferences(b) {
				names = append(names, ref.name)
			}
		case 634:
			values := uaValues(b)
			if names == nil {
				uaBuild(id, values)
			} else {
				uaPlate(id, names, values)
			}
		}
	}
	return nil
}

func one(v [][]string, i int) string {
	if i < len(v) && len(v[i]) > 0 {
		return v[i][0]
	}
	return ""
}

// uaBuild: product, maker, software version and build number of the server.
func uaBuild(id *scan.Identity, v [][]string) {
	fact(id, "服务器制造商", one(v, 2))
	if p := one(v, 1); p != "" {
		id.Software = append(id.Software, scan.Software{Vendor: one(v, 2), Product: p, Version: strings.TrimSpace(one(v, 3))})
	}
	fact(id, "构建号", one(v, 4))
}

// uaPlate takes the first machine's name plate; further machines' values become facts.
func uaPlate(id *scan.Identity, names []string, v [][]string) {
	n := &id.Nameplate
	into := map[string]*string{"Manufacturer": &n.Manufacturer, "Model": &n.Model, "ProductCode": &n.ProductCode, "SerialNumber": &n.SerialNumber, "HardwareRevision": &n.HardwareRevision,
		"SoftwareRevision": &n.SoftwareRevision, "ProductInstanceUri": &n.ProductInstanceURI, "ManufacturerUri": &n.ManufacturerURI, "Location": &n.Location, "DeviceClass": &n.DeviceClass, "ComponentName": &id.Name}
	n.ProductInstanceURI = ""
	for i, name := range names {
		s := one(v, i)
		at := into[name]
		switch {
		case name == "YearOfConstruction" && n.YearOfConstruction == 0:
			_, _ = fmt.Sscanf(s, "%d", &n.YearOfConstruction)
		case at != nil && *at == "":
			*at = s
		default:
			fact(id, name, s)
		}
	}
	id.Class = scan.ClassMachine
}
