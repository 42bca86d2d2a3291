package probe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// Bounds of what is kept in words.
const (
	maxWords = 200 // characters of one value
	maxFacts = 80
)

// words makes foreign bytes readable: UTF-8, else GB18030; no control characters; one line; bounded.
func words(b []byte) string {
	if len(b) > 4*maxWords {
		b = b[:4*maxWords]
		for i := 0; i < 3 && !utf8.Valid(b); i++ {
			b = b[:len(b)-1]
		}
	}
	s := string(b)
	if !utf8.Valid(b) {
		if g, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil {
			s = string(g)
		}
	}
	return tidy(s)
}

func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r):
			return -1
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxWords {
		s = string(r[:maxWords])
	}
	return s
}

// clean bounds and tidies every word of an identity.
func clean(id *scan.Identity) {
	n := &id.Nameplate
	for _, s := range []*string{&id.Name, &id.Class, &n.Manufacturer, &n.Model, &n.ProductCode, &n.SerialNumber, &n.DeviceClass, &n.HardwareRevision, &n.SoftwareRevision,
		&n.ProductInstanceURI, &n.ManufacturerURI, &n.Location} {
		*s = tidy(*s)
	}
	if len(id.Facts) > maxFacts {
		id.Facts = id.Facts[:maxFacts]
	}
	for i := range id.Facts {
		id.Facts[i] = scan.Fact{Key: tidy(id.Facts[i].Key), Value: tidy(id.Facts[i].Value)}
	}
	for i := range id.Neighbours {
		n := &id.Neighbours[i]
		n.Name, n.Text = tidy(n.Name), tidy(n.Text)
	}
	if len(id.Software) > maxFacts {
		id.Software = id.Software[:maxFacts]
	}
	for i := range id.Software {
		s := &id.Software[i]
		s.Vendor, s.Product, s.Version = tidy(s.Vendor), tidy(s.Product), tidy(s.Version)
	}
}

// fact adds a fact that is not empty.
func fact(id *scan.Identity, key, value string) {
	if value = strings.TrimSpace(value); value != "" {
		id.Facts = append(id.Facts, scan.Fact{Key: key, Value: value})
	}
}
