package probe

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/gosnmp/gosnmp"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// SNMP v1, v2c and v3, reading only. Without a credential one discovery of the SNMPv3 engine is sent, which needs none and tells the maker
// and often the MAC. With the one credential the person typed: one Get of the system group and one of model and serial number. Nothing is
// guessed, no Set exists here. gosnmp encodes, signs and encrypts; the sockets are ours.
const snmpDiscovery = "303e 020103 3011 020401?????? 020300ffe3 040104 020103 0410 300e 0400 020100 020100 0400 0400 0400 3014 0400 0400 a00e 020401?????? 020100 020100 3000"

// What is asked for. v1 refuses a whole request for one missing name, so that each rare name is asked for by itself there.
var (
	snmpSystem = []string{"1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.2.0", "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.6.0"}
	snmpModel  = []string{
		"1.3.6.1.2.1.47.1.1.1.1.2.1", "1.3.6.1.2.1.47.1.1.1.1.10.1", "1.3.6.1.2.1.47.1.1.1.1.11.1", "1.3.6.1.2.1.47.1.1.1.1.12.1", "1.3.6.1.2.1.47.1.1.1.1.13.1",
		"1.3.6.1.2.1.25.3.2.1.3.1", "1.3.6.1.2.1.43.5.1.1.17.1", "1.3.6.1.2.1.43.10.2.1.4.1.1",
	}
)

func init() {
	register(Protocol{
		Name: "snmp", Title: "SNMP", Transport: UDP, Ports: []int{161}, Frames: 4, Bytes: 4 * 300,
		Templates: []Template{{Name: "engine-discovery", Mask: strings.ReplaceAll(snmpDiscovery, " ", "")}, snmpTemplate("get", snmpAllowed)},
		Ask:       askSNMP,
		Read:      readSNMP,
	})
}

// snmpTemplate is a reading request whose names allowed holds; what an encrypted one names cannot be seen here, so that it is only let
// through with all flags of v3 set.
func snmpTemplate(name string, allowed func(string) bool) Template {
	return Template{
		Name: name, Mask: "30*", Rule: "只有 Get/GetNext/GetBulk 和允许的 OID",
		Check: func(frame []byte) bool {
			m, ok := parseSNMP(frame)
			if !ok {
				return false
			}
			if m.pdu == 0 {
				return m.flags&3 == 3 && len(m.engine) >= 5
			}
			return (m.pdu == 0xa0 || m.pdu == 0xa1 || m.pdu == 0xa5) && len(m.values) > 0 &&
				!slices.ContainsFunc(m.values, func(v snmpValue) bool { return !allowed(v.oid) })
		},
		Hide: func(frame []byte) [][2]int {
			m, _ := parseSNMP(frame)
			return [][2]int{m.secret}
		},
	}
}

func snmpAllowed(oid string) bool {
	return slices.Contains(snmpSystem, oid) || slices.Contains(snmpModel, oid)
}

func askSNMP(t *Talk) error {
	o := t.Order.SNMP
	if o.Version == "" || o.Version == "3" {
		m, err := discover(t)
		if err != nil || o.Version == "" {
			return err
		}
		s, err := newSNMP(o, &m)
		if err != nil {
			return err
		}
		return s.both(t)
	}
	s, err := newSNMP(o, nil)
	if err != nil {
		return err
	}
	return s.both(t)
}

// discover asks for the v3 engine.
func discover(t *Talk) (snmpMessage, error) {
	if err := t.Send(fixed(snmpDiscovery, random(6)...)); err != nil {
		return snmpMessage{}, err
	}
	b, err := t.Receive(nil)
	if err != nil {
		return snmpMessage{}, err
	}
	m, ok := parseSNMP(b)
	if !ok || m.version != 3 {
		return m, errNotOurs
	}
	return m, nil
}

// snmpAsker makes requests with the person's credential.
type snmpAsker struct {
	gosnmp.GoSNMP
	v1 bool
}

var snmpAuth = map[string]gosnmp.SnmpV3AuthProtocol{"": gosnmp.NoAuth, "MD5": gosnmp.MD5, "SHA": gosnmp.SHA, "SHA256": gosnmp.SHA256, "SHA512": gosnmp.SHA512}
var snmpPriv = map[string]gosnmp.SnmpV3PrivProtocol{"": gosnmp.NoPriv, "DES": gosnmp.DES, "AES": gosnmp.AES, "AES256": gosnmp.AES256}

func newSNMP(o scan.SNMP, engine *snmpMessage) (*snmpAsker, error) {
	s := &snmpAsker{v1: o.Version == "1"}
	s.Community, s.Version, s.MaxRepetitions = o.Community, gosnmp.Version2c, 20
	id := binary.BigEndian.Uint32(random(4)) & 0x7fffffff
	s.SetRequestID(id)
	s.SetMsgID(id)
	if s.v1 {
		s.Version = gosnmp.Version1
	}
	if o.Version != "3" {
		return s, nil
	}
	auth, okA := snmpAuth[strings.ToUpper(o.Auth)]
	priv, okP := snmpPriv[strings.ToUpper(o.Priv)]
	if !okA || !okP || engine == nil {
		return nil, survey.Fail(survey.CodeScanProtocol, "probe.snmp", "不认识的 SNMPv3 认证或加密方式")
	}
	usm := &gosnmp.UsmSecurityParameters{
		UserName: o.User, AuthenticationProtocol: auth, AuthenticationPassphrase: o.AuthPass, PrivacyProtocol: priv, PrivacyPassphrase: o.PrivPass,
		AuthoritativeEngineID: string(engine.engine), AuthoritativeEngineBoots: uint32(engine.boots), AuthoritativeEngineTime: uint32(engine.time),
	}
	s.Version, s.SecurityModel, s.SecurityParameters, s.ContextEngineID = gosnmp.Version3, gosnmp.UserSecurityModel, usm, string(engine.engine)
	s.MsgFlags = gosnmp.NoAuthNoPriv
	if auth != gosnmp.NoAuth {
		s.MsgFlags = gosnmp.AuthNoPriv
		if priv != gosnmp.NoPriv {
			s.MsgFlags = gosnmp.AuthPriv
		}
	}
	return s, usm.InitSecurityKeys()
}

// both asks for the system group and then for model and serial number.
func (s *snmpAsker) both(t *Talk) error {
	if _, err := s.get(t, gosnmp.GetRequest, snmpSystem); err != nil {
		return err
	}
	if s.v1 {
		_, err := s.get(t, gosnmp.GetRequest, snmpModel[5:6])
		return err
	}
	_, err := s.get(t, gosnmp.GetRequest, snmpModel)
	return err
}

// get sends one request and keeps its answer in the form of v2c without community, whatever it came in.
func (s *snmpAsker) get(t *Talk, kind gosnmp.PDUType, oids []string) (m snmpMessage, err error) {
	defer func() {
		if x := recover(); x != nil { // the codec met bytes it was not made for
			err = fmt.Errorf("snmp codec: %v", x)
		}
	}()
	var names []gosnmp.SnmpPDU
	for _, o := range oids {
		names = append(names, gosnmp.SnmpPDU{Name: "." + o, Type: gosnmp.Null})
	}
	repeat := uint32(0)
	if kind == gosnmp.GetBulkRequest {
		repeat = s.MaxRepetitions
	}
	frame, err := s.SnmpEncodePacket(kind, names, 0, repeat)
	if err != nil {
		return m, err
	}
	t.extend(udpTime) // each answer has its own time
	if err := t.Send(frame); err != nil {
		return m, err
	}
	b, err := t.datagramOnly()
	if err != nil {
		return m, err
	}
	if s.Version == gosnmp.Version3 {
		if b, err = s.plain(b); err != nil {
			return m, err
		}
	}
	m, ok := parseSNMP(b)
	if !ok || m.pdu != 0xa2 && m.pdu != 0xa8 {
		return m, errNotOurs
	}
	for i := m.secret[0]; i < m.secret[1]; i++ {
		b[i] = '*'
	}
	t.Keep(b)
	return m, nil
}

// plain decrypts an answer and writes what it says as v2c.
func (s *snmpAsker) plain(b []byte) ([]byte, error) {
	p, err := s.SnmpDecodePacket(b)
	if err != nil {
		return nil, err
	}
	if p.PDUType != gosnmp.GetResponse {
		return nil, errNotOurs // a report: wrong user or key
	}
	out := &gosnmp.SnmpPacket{Version: gosnmp.Version2c, PDUType: gosnmp.GetResponse}
	for _, v := range p.Variables {
		switch v.Type {
		case gosnmp.OctetString, gosnmp.ObjectIdentifier, gosnmp.Integer, gosnmp.TimeTicks, gosnmp.Counter32, gosnmp.Gauge32, gosnmp.IPAddress:
			out.Variables = append(out.Variables, v)
		}
	}
	return out.MarshalMsg()
}
