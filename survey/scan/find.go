package scan

import (
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// EventKind says what an Event tells.
type EventKind string

// The kinds.
const (
	EventProgress EventKind = "progress" // Done, Total, Rate and Left are new
	EventHost     EventKind = "host"     // Host is new or knows more; it replaces what was told about its address
	EventNote     EventKind = "note"     // Text: something a person should read, e.g. a stopped subnet
)

// Event is one piece of news of a running scan. Events come one at a time and in order.
type Event struct {
	Kind  EventKind `json:"kind"`
	At    time.Time `json:"at"`
	Done  int       `json:"done"`  // hosts finished
	Total int       `json:"total"` // hosts in all
	Rate  float64   `json:"rate"`  // frames a second until now
	Left  int       `json:"left"`  // seconds that are left, estimated from the pace until now
	Host  *Host     `json:"host,omitempty"`
	Text  string    `json:"text,omitempty"`
}

// Host is one address and what it said.
type Host struct {
	Address    string       `json:"address"`          // "" for a device that was met on the wire and has none
	MAC        string       `json:"mac,omitempty"`    // lower case with colons
	Vendor     string       `json:"vendor,omitempty"` // of the MAC's prefix
	Names      []string     `json:"names,omitempty"`
	OT         bool         `json:"ot"` // an OT protocol answered or its port is open
	Ports      []Port       `json:"ports,omitempty"`
	Identities []Identity   `json:"identities,omitempty"`
	Stopped    string       `json:"stopped,omitempty"` // why it was asked no further
	Seen       time.Time    `json:"seen"`
	Source     []SourceKind `json:"source,omitempty"`
}

// SourceKind is how a host came to be known.
type SourceKind string

// The kinds of sources, by descending gentleness.
const (
	FromSelf      SourceKind = "self"      // an interface of this computer
	FromNeighbour SourceKind = "neighbour" // this computer's address table
	FromLease     SourceKind = "lease"     // a DHCP lease file
	FromListening SourceKind = "listening" // it told by itself
	FromSwitch    SourceKind = "switch"    // a switch's tables
	FromAsking    SourceKind = "asking"    // it answered
)

// Port is one port that was tried.
type Port struct {
	Number    int    `json:"number"`
	Transport string `json:"transport"` // tcp, udp
	State     string `json:"state"`     // open, closed, silent
	Protocol  string `json:"protocol"`  // what was asked for there
}

// Identity is what one protocol told about a device. Unknown fields are empty; nothing is guessed.
type Identity struct {
	Protocol   string           `json:"protocol"`
	Where      string           `json:"where"` // host:port, or the interface of a listener
	At         time.Time        `json:"at"`
	Name       string           `json:"name,omitempty"`  // the device's own name
	Class      string           `json:"class,omitempty"` // see the Class constants
	Nameplate  survey.Nameplate `json:"nameplate"`
	Software   []Software       `json:"software,omitempty"`
	Facts      []Fact           `json:"facts,omitempty"`      // whatever else was said, in order
	Neighbours []Neighbour      `json:"neighbours,omitempty"` // what this switch or router sees
	Answers    []string         `json:"answers"`              // raw answers in hex, so that better parsers can be run again
}

// Classes of devices.
const (
	ClassPLC     = "PLC"
	ClassCNC     = "数控系统"
	ClassHMI     = "人机界面"
	ClassMeter   = "仪表"
	ClassGateway = "网关"
	ClassBuild   = "楼宇控制器"
	ClassRTU     = "远动终端"
	ClassMachine = "机床或设备"
	ClassPrinter = "打印机"
	ClassSwitch  = "网络设备"
	ClassCamera  = "摄像机"
	ClassServer  = "服务器或电脑"
	ClassMedia   = "多媒体设备"
)

// Software is a product that a device runs.
type Software struct {
	Vendor  string            `json:"vendor,omitempty"`
	Product string            `json:"product"`
	Version string            `json:"version,omitempty"`
	Kind    survey.SystemKind `json:"kind,omitempty"` // "" when it is no information system of the firm (a web server, a database)
}

// Fact is one more thing that was said.
type Fact struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Neighbour is a device that a switch, a router or this computer sees.
type Neighbour struct {
	How     string `json:"how"`            // lldp, bridge, arp
	Port    string `json:"port,omitempty"` // of the one who sees
	MAC     string `json:"mac,omitempty"`
	Address string `json:"address,omitempty"`
	Name    string `json:"name,omitempty"`
	Text    string `json:"text,omitempty"`
}

// Key tells hosts of a report apart: the address, or the MAC of a device that has none or did not tell it.
func (h *Host) Key() string { return cmpOr(h.Address, h.MAC) }

// Runs lists the products that a device said it runs, with their versions, each once.
func (h *Host) Runs() (out []string) {
	for _, i := range h.Identities {
		for _, s := range i.Software {
			if name := strings.TrimSpace(s.Product + " " + s.Version); name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// Identified tells whether a device said what it is: its name, its product or its maker's model.
func (h *Host) Identified() bool {
	for _, i := range h.Identities {
		if i.Named() || len(i.Software) > 0 || i.Class != "" {
			return true
		}
	}
	return false
}

// Named tells whether a model, a product or a serial number is known.
func (i *Identity) Named() bool {
	n := i.Nameplate
	return n.Model != "" || n.ProductCode != "" || n.SerialNumber != ""
}

// Detailed tells whether a model or a version is known.
func (h *Host) Detailed() bool {
	for _, i := range h.Identities {
		n := i.Nameplate
		if n.Model != "" || n.ProductCode != "" || n.SoftwareRevision != "" {
			return true
		}
		for _, s := range i.Software {
			if s.Version != "" {
				return true
			}
		}
	}
	return false
}
