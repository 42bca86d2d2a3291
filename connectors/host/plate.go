package host

import (
	"context"
	"slices"
	"strings"
)

// plate is this computer's name plate as its firmware tells it.
type plate struct{ maker, model, serial string }

func askPlate(context.Context) func(*facts) {
	p := readPlate()
	p.maker, p.model, p.serial = real(p.maker), real(p.model), real(p.serial)
	return func(f *facts) { f.plate = p }
}

// fillers are what makers leave in the firmware instead of a name.
var fillers = []string{"to be filled by o.e.m.", "to be filled by oem", "system manufacturer", "system product name", "system serial number", "default string", "none",
	"not specified", "not applicable", "n/a", "o.e.m.", "oem", "unknown", "invalid", "0", "0123456789", "123456789", "1234567890", "chassis serial number"}

// real gives a text of the firmware, "" for one that says nothing.
func real(s string) string {
	s = strings.TrimSpace(strings.ToValidUTF8(s, ""))
	if slices.Contains(fillers, strings.ToLower(s)) || strings.Trim(s, "0.-xX *") == "" || len(s) > 80 {
		return ""
	}
	return s
}

// readSMBIOS finds maker, product and serial number in the structures of an SMBIOS table (DMTF DSP0134, type 1). Any bytes are taken;
// what is no such table gives nothing.
func readSMBIOS(table []byte) plate {
	for len(table) >= 4 {
		kind, size := table[0], int(table[1])
		if size < 4 || size > len(table) {
			return plate{}
		}
		body, rest := table[:size], table[size:]
		texts, next := textsOf(rest)
		if kind == 1 && size >= 8 {
			at := func(i int) string {
				if n := int(body[i]); n >= 1 && n <= len(texts) {
					return texts[n-1]
				}
				return ""
			}
			return plate{maker: at(4), model: at(5), serial: at(7)}
		}
		if kind == 127 || len(next) == len(rest) {
			return plate{}
		}
		table = next
	}
	return plate{}
}

// textsOf reads the texts behind a structure, which end with two zeros, and gives what follows them.
func textsOf(b []byte) (texts []string, rest []byte) {
	if len(b) >= 2 && b[0] == 0 && b[1] == 0 {
		return nil, b[2:]
	}
	for len(b) > 0 && b[0] != 0 {
		end := slices.Index(b, 0)
		if end < 0 {
			return texts, nil
		}
		texts = append(texts, string(b[:end]))
		b = b[end+1:]
	}
	if len(b) > 0 {
		b = b[1:]
	}
	return texts, b
}
