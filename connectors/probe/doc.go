// Package probe asks equipment on a network what it is, and nothing else. One file is one protocol; each registers itself with the exact
// requests it may send, the exchange, and a pure reader of the raw answers, so that kept answers can be read again by a better reader.
//
// How to use it: Scanner is wizard.NetScanner; its nouns (Order, Plan, Consent, Event, Host, Identity, Frame, Report) are in survey/scan.
// Pages and the command line call the verbs of wizard.Desk: Surroundings, PlanScan, Scan, Listen; scan.Propose turns a host into what the
// register can take.
//
// A new protocol is a file here that registers itself, a transcript testdata/<name>.txt and one line in fuzz_test.go; tests demand both.
//
// The law of the room, held by tests:
//   - Every byte goes through one gate (gate.go) that knows the requests of the protocol and holds back anything else with E0803.
//   - TCP connections are made whole, never half; one at a time per device; a device that shows an OT port gets one connection and one
//     exchange; answers are read, the sending side is closed, the rest is drained: FIN, never RST. No retries, no sweeps of unit ids or
//     TSAPs, no logins, no writes. Port 9100 never.
//   - Private IPv4 addresses only, 1024 in a run (IPv6 is out of scope: its subnets cannot be walked address by address); a consent to
//     exactly this plan; rates per host and overall; a breaker; an end in less than a second when the person stops it; a chained log of
//     every frame. One PROFINET frame goes to the wire's group, and only where nothing excluded hangs on it.
//   - Every answer is hostile: bounded in bytes and time.
package probe
