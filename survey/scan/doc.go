// Package scan holds the nouns of looking at a firm's network: the order a person gives, the plan that is shown before anything is sent,
// the finds as they come, the log of every frame, and what a find proposes for the register.
//
// The way of a scan: Order → Plan (hosts, ports, frames, bytes, seconds; nothing is sent) → Consent that names the plan's ID → a stream
// of Events → Report. connectors/probe does it behind wizard.NetScanner; pages and the command line use the Desk's verbs.
//
// The room thinks only: it sends nothing, reads no clock and decides nothing about the register; a Host only proposes.
package scan
