package probe

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf16"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// SMB 2: negotiate and the first of the three NTLM messages; the server's challenge names the computer, its domain and the build of its
// system. The third message, the login, is never sent.
const (
	smbNegotiate = "00000068 fe534d4240000000 00000000 0000 0100 00000000 00000000 0000000000000000 fffe0000 00000000 0000000000000000 00000000000000000000000000000000" +
		"2400 0200 0100 0000 00000000 ???????????????????????????????? 0000000000000000 0202 1002"
	smbSetup = "00000080 fe534d4240000000 00000000 0100 0100 00000000 00000000 0100000000000000 fffe0000 00000000 0000000000000000 00000000000000000000000000000000" +
		"1900 00 01 00000000 00000000 5800 2800 0000000000000000 4e544c4d53535000 01000000 058208a2 0000000000000000 0000000000000000 0601b11d0000000f"
)

func init() {
	register(Protocol{
		Name: "smb", Title: "文件共享 SMB", Office: true, Transport: TCP, Ports: []int{445}, Frames: 2, Bytes: 108 + 132,
		Templates: []Template{{Name: "negotiate", Mask: smbNegotiate}, {Name: "ntlm-1", Mask: smbSetup}},
		Ask: func(t *Talk) error {
			if err := t.Send(fixed(smbNegotiate, random(16)...)); err != nil {
				return err
			}
			if _, err := t.Receive(smbSize); err != nil {
				return err
			}
			if err := t.Send(fixed(smbSetup)); err != nil {
				return err
			}
			_, err := t.Receive(smbSize)
			return err
		},
		Read: readSMB,
	})
}

func smbSize(b []byte) (int, error) {
	if b[0] != 0 {
		return 0, errNotOurs
	}
	if len(b) < 4 {
		return 0, errMore
	}
	n := int(b[1])<<16 | int(b[2])<<8 | int(b[3])
	if n < 64 || n > 64<<10 {
		return 0, errNotOurs
	}
	return 4 + n, nil
}

func readSMB(answers [][]byte, id *scan.Identity) error {
	b := answers[0]
	if len(b) < 4+64+8 || !bytes.Equal(b[4:8], []byte("\xfeSMB")) {
		return errNotOurs
	}
	id.Class = scan.ClassServer
	if b[4+64+2]&2 != 0 {
		fact(id, "SMB 签名", "必须")
	}
	if d := binary.LittleEndian.Uint16(b[4+64+4:]); d>>8 >= 2 && d>>8 <= 3 {
		id.Software = append(id.Software, scan.Software{Product: "SMB 文件共享", Version: fmt.Sprintf("%x.%x.%x", d>>8, d>>4&15, d&15)})
	}
	if len(answers) > 1 {
		ntlmChallenge(answers[1], id)
	}
	return nil
}

// ntlmChallenge reads the second NTLM message wherever it stands in b (MS-NLMP 2.2.1.2).
func ntlmChallenge(b []byte, id *scan.Identity) {
	at := bytes.Index(b, []byte("NTLMSSP\x00\x02\x00\x00\x00"))
	if at < 0 || len(b) < at+48 {
		return
	}
	m := b[at:]
	le := binary.LittleEndian
	if len(m) >= 56 && le.Uint32(m[20:])&0x02000000 != 0 && m[48] != 0 {
		fact(id, "系统版本", fmt.Sprintf("Windows %d.%d.%d", m[48], m[49], le.Uint16(m[50:])))
	}
	n, off := int(le.Uint16(m[40:])), int(le.Uint32(m[44:]))
	if off < 0 || off > len(m) || n > len(m)-off {
		return
	}
	info := m[off : off+n]
	for range 16 {
		if len(info) < 4 {
			return
		}
		kind, n := le.Uint16(info), int(le.Uint16(info[2:]))
		if kind == 0 || len(info) < 4+n {
			return
		}
		v := utf16le(info[4 : 4+n])
		switch kind {
		case 1:
			id.Name = v
		case 2:
			fact(id, "域或工作组", v)
		case 3:
			fact(id, "DNS 名", v)
		case 4:
			fact(id, "DNS 域", v)
		}
		info = info[4+n:]
	}
}

func utf16le(b []byte) string {
	var u []uint16
	for i := 0; i+1 < len(b) && i < 1024; i += 2 {
		u = append(u, binary.LittleEndian.Uint16(b[i:]))
	}
	return tidy(string(utf16.Decode(u)))
}
