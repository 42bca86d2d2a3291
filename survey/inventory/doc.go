// Package inventory turns proposals (a ledger's rows, this computer, an identified device) into one register of assets and counts
// that register: machines, digital, networked and on the cloud, each rate named after the rule it follows.
//
// It never settles a conflict silently, never takes unknown for no, never prints a rate of nothing as 0 %, and touches no file,
// clock or network: evidence, time and new ids come from the caller.
package inventory
