// Package server is the portal over HTTP: it verifies, validates, stores through
// the inbox, signs receipts, and shows the staff a list and one page per request.
//
// Every step of the interface may be repeated with the same answer; every
// failure is a problem of the closed list in package portal. The pages carry no
// script and load nothing from elsewhere.
//
// It never reads a clock of its own (Config.Now), never logs names, codes or
// amounts, and holds no rule about a request: survey/submit does.
package server
