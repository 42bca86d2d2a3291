package host

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"

	"github.com/shangyuntong/shangyun/survey/inventory"
)

// maxPlist is the largest Info.plist read, in bytes.
const maxPlist = 1 << 20

// readBundle reads name and version out of an application's Info.plist in its XML form; fallback is the folder's name. A binary plist and
// anything else gives the folder's name only.
func readBundle(data []byte, fallback string) (inventory.Program, bool) {
	values := map[string]string{}
	if len(data) <= maxPlist && !bytes.HasPrefix(data, []byte("bplist")) {
		values = plist(data)
	}
	name := fallback
	for _, k := range []string{"CFBundleName", "CFBundleDisplayName"} {
		if values[k] != "" {
			name = values[k]
		}
	}
	return program(name, values["CFBundleShortVersionString"], values["CFBundleIdentifier"])
}

// plist reads the text values of the outermost dictionary.
func plist(data []byte) map[string]string {
	out := map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(data))
	depth, key, text := 0, "", ""
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) || err != nil {
			return out
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth, text = depth+1, ""
			if depth > 32 {
				return out
			}
		case xml.CharData:
			if len(text) < 500 {
				text += string(t)
			}
		case xml.EndElement:
			switch {
			case depth == 3 && t.Name.Local == "key":
				key = text
			case depth == 3 && t.Name.Local == "string" && key != "" && len(out) < 200:
				out[key], key = text, ""
			case depth == 3:
				key = ""
			}
			depth--
		}
	}
}
