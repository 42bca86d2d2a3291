package scan

import "time"

// Frame is one line of the log of frames: what left this computer, byte by byte. Lines are chained: Sum is the SHA-256 over the line
// before and this one, so that a line that is changed, added or taken out in the middle shows.
type Frame struct {
	N         int       `json:"n"` // from 1
	At        time.Time `json:"at"`
	Remote    string    `json:"remote"`    // address:port
	Transport string    `json:"transport"` // tcp, udp, multicast
	Protocol  string    `json:"protocol"`
	Template  string    `json:"template"` // the request template it fits; "connect" for a TCP connection, "plan" for the first line
	Hex       string    `json:"hex"`      // secrets (an SNMP community) are written as 2a
	Sum       string    `json:"sum"`
}

// Report is a finished or stopped scan.
type Report struct {
	Plan    Plan      `json:"plan"`
	Consent Consent   `json:"consent"`
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended"`
	Stopped bool      `json:"stopped"` // the person stopped it
	Hosts   []Host    `json:"hosts"`   // by address
	Log     []Frame   `json:"log"`
	Bytes   int64     `json:"bytes"` // sent
	Skipped []Skip    `json:"skipped"`
	Notes   []string  `json:"notes,omitempty"`
}

// Surroundings is what this computer knows without sending anything.
type Surroundings struct {
	Networks []Network `json:"networks"`
	Hosts    []Host    `json:"hosts"` // from the address table and lease files
	Skipped  []Skip    `json:"skipped"`
}

// Network is one subnet this computer is in.
type Network struct {
	Interface string `json:"interface"`
	Address   string `json:"address"` // of this computer
	CIDR      string `json:"cidr"`
	Hosts     int    `json:"hosts"` // addresses in it
	Private   bool   `json:"private"`
	TooBig    bool   `json:"tooBig"` // larger than a run may be; a part of it has to be named
}
