package probe

import (
	"strconv"
	"strings"
)

// tlv splits off one BER element with its tag, value and what follows; ok is false when it is not whole.
func tlv(b []byte) (tag byte, value, rest []byte, ok bool) {
	if len(b) < 2 || b[0]&0x1f == 0x1f {
		return 0, nil, nil, false
	}
	n, at := int(b[1]), 2
	if n&0x80 != 0 {
		count := n & 0x7f
		if count == 0 || count > 4 || len(b) < 2+count {
			return 0, nil, nil, false
		}
		n = 0
		for _, x := range b[2 : 2+count] {
			n = n<<8 | int(x)
		}
		at += count
	}
	if n < 0 || n > len(b)-at {
		return 0, nil, nil, false
	}
	return b[0], b[at : at+n], b[at+n:], true
}

// berInt reads a signed integer of at most 8 bytes.
func berInt(b []byte) int64 {
	if len(b) == 0 || len(b) > 8 {
		return 0
	}
	n := int64(int8(b[0]))
	for _, x := range b[1:] {
		n = n<<8 | int64(x)
	}
	return n
}

// berOID reads an object identifier in dotted form; "" when it is broken.
func berOID(b []byte) string {
	if len(b) == 0 || len(b) > 128 {
		return ""
	}
	var out []string
	var n uint64
	for i, x := range b {
		if n > 1<<32 {
			return ""
		}
		n = n<<7 | uint64(x&0x7f)
		if x&0x80 != 0 {
			if i == len(b)-1 {
				return ""
			}
			continue
		}
		if len(out) == 0 {
			first := min(n/40, 2)
			out = append(out, strconv.FormatUint(first, 10), strconv.FormatUint(n-40*first, 10))
		} else {
			out = append(out, strconv.FormatUint(n, 10))
		}
		n = 0
	}
	return strings.Join(out, ".")
}

// snmpMessage is what is needed of an SNMP message: its kind and its variables, or of v3 the engine.
type snmpMessage struct {
	version int64
	pdu     byte // 0 when it is encrypted
	flags   byte // v3
	values  []snmpValue
	secret  [2]int // where the community stands
	engine  []byte // v3
	boots   int64
	time    int64
}

type snmpValue struct {
	oid  string
	tag  byte
	data []byte
}

func (v snmpValue) String() string {
	switch v.tag {
	case 0x04:
		return words(v.data)
	case 0x06:
		return berOID(v.data)
	case 0x02, 0x41, 0x42, 0x43, 0x46:
		return strconv.FormatInt(berInt(v.data), 10)
	}
	return ""
}

// parseSNMP reads a message of v1, v2c or v3.
func parseSNMP(b []byte) (m snmpMessage, ok bool) {
	tag, body, _, ok := tlv(b)
	if !ok || tag != 0x30 {
		return m, false
	}
	tag, v, rest, ok := tlv(body)
	if !ok || tag != 0x02 {
		return m, false
	}
	m.version = berInt(v)
	if m.version == 3 {
		return m, m.v3(rest)
	}
	tag, community, rest, ok := tlv(rest)
	if !ok || tag != 0x04 || m.version > 1 || m.version < 0 {
		return m, false
	}
	end := len(b) - len(rest)
	if _, _, trail, _ := tlv(b); len(trail) > 0 {
		end -= len(trail)
	}
	m.secret = [2]int{end - len(community), end}
	return m, m.body(rest)
}

func (m *snmpMessage) v3(b []byte) bool {
	tag, head, b, ok := tlv(b)
	if !ok || tag != 0x30 {
		return false
	}
	for i := 0; len(head) > 0 && i < 3; i++ {
		var v []byte
		if _, v, head, ok = tlv(head); !ok {
			return false
		}
		if i == 2 && len(v) == 1 {
			m.flags = v[0]
		}
	}
	tag, security, b, ok := tlv(b)
	if !ok || tag != 0x04 {
		return false
	}
	if _, security, _, ok = tlv(security); !ok {
		return false
	}
	var parts [3][]byte
	for i := range parts {
		if _, parts[i], security, ok = tlv(security); !ok {
			return false
		}
	}
	m.engine, m.boots, m.time = parts[0], berInt(parts[1]), berInt(parts[2])
	tag, scoped, _, ok := tlv(b)
	switch {
	case !ok:
		return false
	case tag == 0x04: // encrypted
		return true
	}
	for range 2 { // context engine and name
		if _, _, scoped, ok = tlv(scoped); !ok {
			return false
		}
	}
	return m.body(scoped)
}

// body reads a PDU: request id, error status, error index, variables.
func (m *snmpMessage) body(b []byte) bool {
	tag, pdu, _, ok := tlv(b)
	if !ok {
		return false
	}
	m.pdu = tag
	for range 3 {
		if _, _, pdu, ok = tlv(pdu); !ok {
			return false
		}
	}
	tag, list, _, ok := tlv(pdu)
	if !ok || tag != 0x30 {
		return false
	}
	for len(list) > 0 && len(m.values) < 512 {
		var one, name []byte
		if _, one, list, ok = tlv(list); !ok {
			return false
		}
		if tag, name, one, ok = tlv(one); !ok || tag != 0x06 {
			return false
		}
		v := snmpValue{oid: berOID(name)}
		if v.tag, v.data, _, ok = tlv(one); !ok {
			return false
		}
		m.values = append(m.values, v)
	}
	return true
}
