package survey

import "strings"

// Reach is how a machine is known on a network and where it hangs. It stays in the case file; no request to a portal carries it.
type Reach struct {
	HostName  string   `json:"hostName,omitempty"`
	MACs      []string `json:"macs,omitempty"`      // as ParseMAC writes them
	Addresses []string `json:"addresses,omitempty"` // IP addresses, the newest last
	Switch    string   `json:"switch,omitempty"`    // the device it hangs on, by its host name, MAC or address
	Port      string   `json:"port,omitempty"`      // that device's port, as it names it
}

// IsZero tells whether nothing is known.
func (r Reach) IsZero() bool {
	return r.HostName == "" && len(r.MACs) == 0 && len(r.Addresses) == 0 && r.Switch == "" && r.Port == ""
}

// ParseMAC reads 00-1B-1B-0A-0B-0C, 001b.1b0a.0b0c and the like and writes 00:1b:1b:0a:0b:0c. Addresses of nobody (all zeros) and of
// several (the group bit) name no machine and are refused.
func ParseMAC(s string) (string, error) {
	var hex []byte
	for _, c := range []byte(strings.ToLower(strings.TrimSpace(s))) {
		switch {
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'f':
			hex = append(hex, c)
		case c != ':' && c != '-' && c != '.':
			return "", Fail(CodeField, "survey.mac", "“%s”不是 MAC 地址", cutText(s, 20))
		}
	}
	if len(hex) != 12 || string(hex) == "000000000000" || strings.IndexByte("13579bdf", hex[1]) >= 0 {
		return "", Fail(CodeField, "survey.mac", "“%s”不是一台设备的 MAC 地址", cutText(s, 20))
	}
	var b strings.Builder
	for i := 0; i < 12; i += 2 {
		if i > 0 {
			b.WriteByte(':')
		}
		b.Write(hex[i : i+2])
	}
	return b.String(), nil
}

func cutText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
