package probe

import (
	"bytes"
	"crypto/x509"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// OPC UA without a session: hello, an unsecured channel, GetEndpoints, on office networks FindServers too, close. The services are written here and not
// taken from a library, because libraries open sockets of their own. Sessions are few on a PLC's server: see opcuasession.go.
const (
	uaNone     = "http://opcfoundation.org/UA/SecurityPolicy#None"
	uaChunk    = 64 << 10
	uaEndpoint = 428
	uaServers  = 422
	uaClose    = 452
)

var uaPorts = []int{4840, 48010, 49320, 62541, 53530}

func init() {
	register(Protocol{
		Name: "opcua", Title: "OPC UA", OT: true, Transport: TCP, Ports: uaPorts, Frames: 5, Bytes: 60 + 140 + 2*140 + 70,
		Templates: []Template{uaHello, uaOpen, uaService("get-endpoints", uaEndpoint), uaService("find-servers", uaServers), uaCloseChannel},
		Ask: func(t *Talk) error {
			c, err := uaDial(t)
			if err != nil {
				return err
			}
			body, err := c.call(t, uaEndpoint, c.url())
			if err == nil && len(body) > 0 && t.Order.Profile == scan.ProfileIT {
				_, err = c.call(t, uaServers, c.url())
			}
			_ = c.close(t)
			return err
		},
		Read: readOPCUA,
	})
}

var uaAddress = regexp.MustCompile(`^opc\.tcp://[0-9.]{7,15}:[0-9]{1,5}$`)

// The requests. Check rebuilds a frame from its free parts and demands the very same bytes.
var (
	uaHello = Template{Name: "hello", Mask: "48454c46*", Rule: "只有地址可变", Check: func(f []byte) bool {
		return len(f) > 32 && bytes.Equal(f, uaHelloFrame(string(f[32:]))) && uaAddress.Match(f[32:])
	}}
	uaOpen = Template{Name: "open-channel", Mask: "4f504e46*", Rule: "不加密；只有时间可变", Check: func(f []byte) bool {
		at := 12 + 4 + len(uaNone) + 4 + 4 + 8 + 4 + 2
		return len(f) > at+8 && bytes.Equal(f, uaOpenFrame(binary.LittleEndian.Uint64(f[at:])))
	}}
	uaCloseChannel = Template{Name: "close-channel", Mask: "434c4f46*", Rule: "只有通道、序号和时间可变", Check: func(f []byte) bool {
		s, ok := uaSplit(f, uaClose)
		return ok && len(s.rest) == 0 && bytes.Equal(f, s.frame("CLOF", uaClose, nil))
	}}
)

func uaService(name string, id uint32) Template {
	return Template{Name: name, Mask: "4d534746*", Rule: fmt.Sprintf("只有服务 %d", id), Check: func(f []byte) bool {
		s, ok := uaSplit(f, id)
		r := uaReader{b: s.rest}
		url := r.bytes()
		return ok && !r.bad && uaAddress.Match(url) && bytes.Equal(f, s.frame("MSGF", id, uaURL(string(url))))
	}}
}

func uaHelloFrame(url string) []byte {
	w := uaWriter{[]byte("HELF")}
	for _, v := range []uint32{uint32(32 + len(url)), 0, uaChunk, uaChunk, maxAnswer, 16} {
		w.u32(v)
	}
	w.str(url)
	return w.b
}

func uaOpenFrame(at uint64) []byte {
	w := uaWriter{[]byte("OPNF\x00\x00\x00\x00")}
	w.u32(0)
	w.str(uaNone)
	w.null()
	w.null()
	w.u32(1)
	w.u32(1)
	w.node4(446)
	w.head(uaNode{}, at)
	w.u32(0)    // protocol version
	w.u32(0)    // issue
	w.u32(1)    // mode None
	w.null()    // nonce
	w.u32(6000) // lifetime, ms: the channel lapses by itself should the close be lost
	binary.LittleEndian.PutUint32(w.b[4:], uint32(len(w.b)))
	return w.b
}

func (w *uaWriter) node4(id uint32) { w.b = append(w.b, 1, 0, byte(id), byte(id>>8)) }

// head writes a RequestHeader.
func (w *uaWriter) head(token uaNode, at uint64) {
	if token.kind == 0 && token.id == 0 {
		w.u16(0)
	} else {
		w.node(token)
	}
	w.u64(at)
	w.u32(1) // handle
	w.u32(0) // no diagnostics
	w.null()
	w.u32(3000) // timeout hint, ms
	w.b = append(w.b, 0, 0, 0)
}

// uaChannel is an open channel; its sequence numbers begin after the OPN's 1.
type uaChannel struct {
	at             string
	channel, token uint32
	seq            uint32
	auth           uaNode // of a session
	time           uint64
	rest           []byte
}

func (c *uaChannel) url() []byte { return uaURL(c.at) }

// uaURL is the body of GetEndpoints and FindServers: the address and two empty filters.
func uaURL(url string) []byte {
	w := uaWriter{}
	w.str(url)
	w.null()
	w.null()
	return w.b
}

// frame builds a message of this channel's next number.
func (c *uaChannel) frame(kind string, service uint32, body []byte) []byte {
	w := uaWriter{[]byte(kind + "\x00\x00\x00\x00")}
	for _, v := range []uint32{c.channel, c.token, c.seq, c.seq} {
		w.u32(v)
	}
	w.node4(service)
	w.head(c.auth, c.time)
	w.b = append(w.b, body...)
	binary.LittleEndian.PutUint32(w.b[4:], uint32(len(w.b)))
	return w.b
}

// uaSplit takes a message apart again; rest is its body.
func uaSplit(f []byte, service uint32) (c uaChannel, ok bool) {
	r := uaReader{b: f}
	r.take(8)
	c.channel, c.token, c.seq = r.u32(), r.u32(), r.u32()
	again := r.u32()
	id := r.node()
	c.auth = r.node()
	head := r.take(8)
	r.take(4 + 4 + 4 + 4 + 3)
	if r.bad || id.id != service || again != c.seq {
		return c, false
	}
	c.time, c.rest = binary.LittleEndian.Uint64(head), r.b
	return c, true
}

// uaTime is a DateTime: 100 ns since 1601.
func uaTime(t time.Time) uint64 { return uint64(t.Unix()+11644473600) * 10000000 }

func uaDial(t *Talk) (*uaChannel, error) {
	c := &uaChannel{at: fmt.Sprintf("opc.tcp://%s:%d", t.Host, t.Port), seq: 2, time: uaTime(time.Now())}
	if err := t.Send(uaHelloFrame(c.at)); err != nil {
		return nil, err
	}
	b, err := t.Receive(uaSize)
	if err != nil {
		return nil, err
	}
	if string(b[:3]) != "ACK" {
		return nil, errNotOurs
	}
	if err := t.Send(uaOpenFrame(c.time)); err != nil {
		return nil, err
	}
	if b, err = t.Receive(uaSize); err != nil {
		return nil, err
	}
	r := uaReader{b: b}
	if string(b[:3]) != "OPN" {
		return nil, errNotOurs
	}
	r.take(12)
	r.bytes()
	r.bytes()
	r.bytes()
	r.take(8)
	r.node()
	if r.head() != 0 {
		return nil, errNotOurs
	}
	r.u32()
	c.channel, c.token = r.u32(), r.u32()
	if r.bad {
		return nil, errNotOurs
	}
	return c, nil
}

// uaSize tells the length of a chunk.
func uaSize(b []byte) (int, error) {
	if len(b) < 8 {
		return 0, errMore
	}
	n := int(binary.LittleEndian.Uint32(b[4:]))
	if !slices.Contains([]string{"ACK", "ERR", "OPN", "MSG"}, string(b[:3])) || n < 8 || n > uaChunk+1024 {
		return 0, errNotOurs
	}
	return n, nil
}

// call sends one request and gives the body of its answer, after the type id, out of at most 16 chunks.
func (c *uaChannel) call(t *Talk, service uint32, body []byte) ([]byte, error) {
	if err := t.Send(c.frame("MSGF", service, body)); err != nil {
		return nil, err
	}
	c.seq++
	var all []byte
	for range 16 {
		b, err := t.Receive(uaSize)
		if err != nil {
			return nil, err
		}
		if string(b[:3]) != "MSG" || len(b) < 24 {
			return nil, errNotOurs
		}
		all = append(all, b[24:]...)
		if b[3] == 'F' {
			return all, nil
		}
	}
	return nil, errTooLong
}

func (c *uaChannel) close(t *Talk) error {
	c.auth = uaNode{}
	return t.Send(c.frame("CLOF", uaClose, nil))
}

// uaBodies puts the chunks of kept answers together again.
func uaBodies(answers [][]byte) (out [][]byte) {
	var all []byte
	for _, b := range answers {
		if len(b) < 24 || string(b[:3]) != "MSG" {
			continue
		}
		all = append(all, b[24:]...)
		if b[3] != 'C' {
			out, all = append(out, all), nil
		}
	}
	return out
}

func readOPCUA(answers [][]byte, id *scan.Identity) error {
	if a := answers[0]; len(a) < 8 || string(a[:3]) != "ACK" && string(a[:3]) != "ERR" {
		return errNotOurs
	}
	id.Class = scan.ClassServer
	for _, b := range uaBodies(answers) {
		r := uaReader{b: b}
		switch r.node().id {
		case 431:
			uaEndpoints(&r, id)
		case 425:
			uaFound(&r, id)
		}
	}
	return nil
}

// uaEndpoints reads GetEndpoints' answer.
func uaEndpoints(r *uaReader, id *scan.Identity) {
	if r.head() != 0 {
		return
	}
	var modes []string
	for i := range r.count(40) {
		r.str() // endpoint's own url
		app := uaApplication(r)
		cert := r.bytes()
		mode := r.u32()
		policy := r.str()
		for range r.count(20) {
			r.bytes() // policy id
			r.u32()
			r.bytes()
			r.bytes()
			r.bytes()
		}
		r.bytes()
		r.u8()
		if r.bad {
			return
		}
		if m := fmt.Sprintf("%s/%s", []string{"?", "None", "Sign", "SignAndEncrypt"}[min(mode, 3)], policy[strings.LastIndex(policy, "#")+1:]); !slices.Contains(modes, m) {
			modes = append(modes, m)
		}
		if i == 0 {
			id.Name, id.Nameplate.ProductInstanceURI = app.name, app.uri
			fact(id, "ProductUri", app.product)
			if app.product != "" {
				id.Software = append(id.Software, scan.Software{Product: app.product})
			}
			uaMaker(id, app)
		}
		if c, err := x509.ParseCertificate(cert); err == nil && i == 0 {
			certificate(id, c)
		}
	}
	fact(id, "安全模式", strings.Join(modes, "；"))
}

type uaApp struct{ uri, product, name string }

func uaApplication(r *uaReader) (a uaApp) {
	a.uri, a.product, a.name = r.str(), r.str(), r.localized()
	r.u32()
	r.bytes()
	r.bytes()
	for range r.count(4) {
		r.bytes()
	}
	return a
}

func uaFound(r *uaReader, id *scan.Identity) {
	if r.head() != 0 {
		return
	}
	for range min(r.count(20), 16) {
		a := uaApplication(r)
		if r.bad {
			return
		}
		fact(id, "登记的服务器", strings.TrimSpace(a.name+" "+a.uri))
	}
}

// uaMaker knows the makers that name themselves in the product's URI.
func uaMaker(id *scan.Identity, a uaApp) {
	s := strings.ToLower(a.product + " " + a.uri)
	for _, m := range []struct{ mark, maker, model, class string }{
		{"s7-1500", "Siemens", "S7-1500", scan.ClassPLC}, {"s7-1200", "Siemens", "S7-1200", scan.ClassPLC}, {"simatic", "Siemens", "", scan.ClassPLC}, {"sinumerik", "Siemens", "SINUMERIK", scan.ClassCNC},
		{"beckhoff", "Beckhoff", "", scan.ClassPLC}, {"codesys", "", "CODESYS", scan.ClassPLC}, {"kepware", "PTC", "KEPServerEX", scan.ClassServer}, {"fanuc", "FANUC", "", scan.ClassCNC},
		{"heidenhain", "HEIDENHAIN", "", scan.ClassCNC}, {"omron", "Omron", "", scan.ClassPLC}, {"br-automation", "B&R", "", scan.ClassPLC}, {"wago", "WAGO", "", scan.ClassPLC},
		{"rockwell", "Rockwell Automation", "", scan.ClassPLC}, {"schneider", "Schneider Electric", "", scan.ClassPLC}, {"inovance", "汇川", "", scan.ClassPLC},
	} {
		if strings.Contains(s, m.mark) {
			id.Nameplate.Manufacturer, id.Nameplate.Model, id.Class = m.maker, m.model, m.class
			return
		}
	}
}
