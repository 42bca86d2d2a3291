package probe

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// DNS-SD over unicast mDNS: which service types there are, then at most eight of their instances with what they say in TXT.
const mdnsTypes = "_services._dns-sd._udp.local."

// mdnsMost is how many service types are asked for in one datagram.
const mdnsMost = 8

func init() {
	register(Protocol{
		Name: "mdns", Title: "mDNS/DNS-SD", Office: true, Transport: UDP, Ports: []int{5353}, Frames: 2, Bytes: 46 + 400,
		Templates: []Template{{Name: "dns-sd-query", Mask: "????0000*", Rule: "只有 DNS-SD 的 PTR 查询", Check: mdnsAllowed}},
		Ask: func(t *Talk) error {
			if err := t.Send(mdnsQuery(random(2), []string{mdnsTypes})); err != nil {
				return err
			}
			got, err := t.Datagrams(4, 150*time.Millisecond)
			if err != nil {
				return err
			}
			var types []string
			for _, b := range got {
				for _, r := range mdnsRecords(b) {
					if r.kind == dnsmessage.TypePTR && r.name == mdnsTypes && mdnsService(r.value) && len(types) < mdnsMost && !slices.Contains(types, r.value) {
						types = append(types, r.value)
					}
				}
			}
			if len(types) == 0 {
				return nil
			}
			if err := t.Send(mdnsQuery(random(2), types)); err != nil {
				return err
			}
			_, err = t.Datagrams(mdnsMost, 300*time.Millisecond)
			return err
		},
		Read: readMDNS,
	})
}

// mdnsService: a service type as RFC 6763 writes it.
func mdnsService(s string) bool {
	plain := !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.'
	})
	return plain && len(s) < 60 && (strings.HasSuffix(s, "._tcp.local.") || strings.HasSuffix(s, "._udp.local.")) && strings.HasPrefix(s, "_") && strings.Count(s, ".") == 3
}

func mdnsQuery(id []byte, names []string) []byte {
	m := dnsmessage.Message{Header: dnsmessage.Header{ID: uint16(id[0])<<8 | uint16(id[1])}}
	for _, n := range names {
		name, err := dnsmessage.NewName(n)
		if err != nil {
			continue
		}
		m.Questions = append(m.Questions, dnsmessage.Question{Name: name, Type: dnsmessage.TypePTR, Class: dnsmessage.ClassINET})
	}
	b, err := m.Pack()
	if err != nil {
		return nil
	}
	return b
}

func mdnsAllowed(f []byte) bool {
	var m dnsmessage.Message
	if m.Unpack(f) != nil || m.Response || m.OpCode != 0 || len(m.Answers)+len(m.Authorities)+len(m.Additionals) > 0 || len(m.Questions) == 0 || len(m.Questions) > mdnsMost {
		return false
	}
	var names []string
	for _, q := range m.Questions {
		n := q.Name.String()
		if n != mdnsTypes && !mdnsService(n) {
			return false
		}
		names = append(names, n)
	}
	return bytes.Equal(f, mdnsQuery(f[:2], names)) // the same question gives the same bytes
}

type mdnsRecord struct {
	name, value string
	kind        dnsmessage.Type
	texts       []string
}

// mdnsRecords reads the records of one message, at most 200.
func mdnsRecords(b []byte) (out []mdnsRecord) {
	var p dnsmessage.Parser
	h, err := p.Start(b)
	if err != nil || !h.Response || p.SkipAllQuestions() != nil {
		return nil
	}
	add := func(r dnsmessage.Resource) {
		x := mdnsRecord{name: r.Header.Name.String(), kind: r.Header.Type}
		switch v := r.Body.(type) {
		case *dnsmessage.PTRResource:
			x.value = v.PTR.String()
		case *dnsmessage.TXTResource:
			x.texts = v.TXT
		case *dnsmessage.SRVResource:
			x.value = fmt.Sprintf("%s:%d", strings.TrimSuffix(v.Target.String(), "."), v.Port)
		case *dnsmessage.AResource:
			x.value = fmt.Sprintf("%d.%d.%d.%d", v.A[0], v.A[1], v.A[2], v.A[3])
		default:
			return
		}
		out = append(out, x)
	}
	for _, section := range []func() (dnsmessage.Resource, error){p.Answer, p.Authority, p.Additional} {
		for len(out) < 200 {
			r, err := section()
			if err != nil {
				break
			}
			add(r)
		}
		// an unreadable record ends its section; the others are skipped over
		_ = p.SkipAllAnswers()
		_ = p.SkipAllAuthorities()
	}
	return out
}

func readMDNS(answers [][]byte, id *scan.Identity) error {
	ours := false
	for _, a := range answers {
		for _, r := range mdnsRecords(a) {
			ours = true
			switch r.kind {
			case dnsmessage.TypePTR:
				if r.name == mdnsTypes {
					mdnsClass(id, r.value)
					continue
				}
				instance, _, _ := strings.Cut(r.value, "._")
				fact(id, strings.TrimSuffix(r.name, ".local."), strings.ReplaceAll(instance, "\\", ""))
				mdnsClass(id, r.name)
			case dnsmessage.TypeSRV:
				host, _, _ := strings.Cut(r.value, ":")
				if id.Name == "" {
					id.Name = host
				}
				fact(id, "SRV", r.value)
			case dnsmessage.TypeTXT:
				for _, t := range r.texts {
					mdnsText(id, t)
				}
			}
		}
	}
	if !ours {
		return errNotOurs
	}
	return nil
}

func mdnsClass(id *scan.Identity, service string) {
	for _, m := range []struct{ mark, class string }{
		{"_ipp.", scan.ClassPrinter}, {"_ipps.", scan.ClassPrinter}, {"_printer.", scan.ClassPrinter}, {"_pdl-datastream.", scan.ClassPrinter}, {"_scanner.", scan.ClassPrinter},
		{"_workstation.", scan.ClassServer}, {"_smb.", scan.ClassServer}, {"_ssh.", scan.ClassServer}, {"_rtsp.", scan.ClassCamera}, {"_axis-video.", scan.ClassCamera}, {"_airplay.", scan.ClassMedia}, {"_googlecast.", scan.ClassMedia},
		{"_opcua-tcp.", scan.ClassServer}, {"_http.", ""},
	} {
		if strings.HasPrefix(service, m.mark) && id.Class == "" {
			id.Class = m.class
		}
	}
}

// mdnsText reads one key=value of a TXT record.
func mdnsText(id *scan.Identity, s string) {
	k, v, ok := strings.Cut(s, "=")
	if !ok || v == "" {
		return
	}
	n := &id.Nameplate
	switch strings.ToLower(k) {
	case "ty", "model", "md", "am":
		if n.Model == "" {
			n.Model = v
		}
	case "usb_mfg", "manufacturer", "mf", "vendor":
		n.Manufacturer = v
	case "serialnumber", "serial", "sn", "usb_sern":
		n.SerialNumber = v
	case "fv", "fw", "version", "firmware":
		n.SoftwareRevision = v
	default:
		fact(id, k, v)
	}
}
