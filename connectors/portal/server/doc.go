// Package server is the portal over HTTP: it verifies, validates, stores through
// the Store that it declares, signs receipts, decisions and answers, and shows
// people a console: the queue, requests with their papers, comparison of
// revisions, statistics, exports, devices, accounts, platforms and the audit.
//
// Every step of the interface may be repeated with the same answer; every
// failure is a problem of the closed list in package portal. Who may do what
// stands in two tables (caller.go, pages.go); what a person may see of requests
// is inbox.Who's one condition. The pages load nothing from elsewhere; their two
// scripts only add comfort.
//
// It never reads a clock of its own (Config.Now), never logs names, codes or
// amounts, and holds no rule about a request: survey/submit does.
package server
