package scan

import "time"

// Profile is how carefully a network is asked.
type Profile string

// The profiles. OT is what is used unless a person chooses otherwise.
const (
	ProfileOT Profile = "ot" // production network: one TCP connection per device, 20 connections/s in all, 500 ms between requests to one host
	ProfileIT Profile = "it" // office network: 200 connections/s, 4 at once per host; a host that shows an OT port is treated as OT
)

// Order is what a person asks for.
type Order struct {
	Targets   []string         `json:"targets"`             // CIDRs, addresses or first-last ranges; private IPv4 only, 1024 addresses (a /22) in all
	Exclude   []string         `json:"exclude,omitempty"`   // the same forms; never touched
	Profile   Profile          `json:"profile"`             // "" is OT
	Protocols []string         `json:"protocols,omitempty"` // names; empty takes all of the profile that need no opting in
	OptIn     []string         `json:"optIn,omitempty"`     // names of protocols that are asked only when ticked
	SNMP      SNMP             `json:"snmp,omitzero"`
	Ports     map[string][]int `json:"ports,omitempty"`    // protocol → ports instead of its usual ones
	Gateways  []string         `json:"gateways,omitempty"` // host:port of serial gateways with DL/T 645 meters behind them, named by the person
}

// SNMP is the one credential the person typed. None asks only for the engine of SNMPv3, which needs no credential.
// Secrets stand in no report: Order.Public takes them out.
type SNMP struct {
	Version   string `json:"version,omitempty"`   // "1", "2c" or "3"; "" is none
	Community string `json:"community,omitempty"` // v1, v2c
	User      string `json:"user,omitempty"`      // v3
	Auth      string `json:"auth,omitempty"`      // v3: MD5, SHA, SHA256, SHA512; "" is none
	AuthPass  string `json:"authPass,omitempty"`
	Priv      string `json:"priv,omitempty"` // v3: DES, AES, AES256; "" is none
	PrivPass  string `json:"privPass,omitempty"`
	Switches  bool   `json:"switches,omitempty"` // read the LLDP, bridge and address tables as well
}

// Public gives the order without secrets.
func (o Order) Public() Order {
	for _, s := range []*string{&o.SNMP.Community, &o.SNMP.AuthPass, &o.SNMP.PrivPass} {
		if *s != "" {
			*s = "***"
		}
	}
	return o
}

// Plan is what an order would do, worked out without sending anything. Figures are upper bounds.
type Plan struct {
	ID          string   `json:"id"`     // SHA-256 over order and steps; a consent names it
	Order       Order    `json:"order"`  // without secrets
	Hosts       int      `json:"hosts"`  // addresses that may be asked
	Ranges      []string `json:"ranges"` // the same, readable
	Steps       []Step   `json:"steps"`
	Skipped     []Skip   `json:"skipped"`     // what is left out, why, and what would enable it
	Connections int      `json:"connections"` // TCP connections tried at most
	Frames      int      `json:"frames"`      // requests and datagrams sent at most
	Bytes       int64    `json:"bytes"`       // of these
	Seconds     int      `json:"seconds"`     // for the connections and datagrams at the profile's rate, when every address lives
	PerSecond   int      `json:"perSecond"`   // most connections and datagrams a second
}

// Step is one protocol of a plan.
type Step struct {
	Protocol  string   `json:"protocol"`
	Title     string   `json:"title"` // for people
	OT        bool     `json:"ot"`
	Transport string   `json:"transport"` // tcp, udp, multicast
	Ports     []int    `json:"ports"`
	Frames    int      `json:"frames"` // to one host at most
	Bytes     int      `json:"bytes"`  // to one host at most
	Templates []string `json:"templates"`
	Danger    string   `json:"danger,omitempty"` // what to mind, for people
}

// Skip is something that was left out.
type Skip struct {
	What   string `json:"what"`
	Why    string `json:"why"`
	Enable string `json:"enable,omitempty"` // what would enable it
	OptIn  string `json:"optIn,omitempty"`  // the protocol that ticking it would add; "" when ticking is not enough
}

// Consent is a person's yes to one plan.
type Consent struct {
	Plan string    `json:"plan"` // Plan.ID
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}
