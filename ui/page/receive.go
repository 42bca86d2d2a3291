package page

import (
	"path/filepath"
	"slices"
	"strings"
)

// Receiver is a page that takes a file which was dropped onto the window.
type Receiver interface {
	Receive(name string, data []byte)
}

// caseFile is the ending of an exchange file.
const caseFile = ".json"

// ReceiverOf gives the key of the page that takes a file of that name, "" when none does, and whether a case must be open for it.
func ReceiverOf(name string) (key string, needsCase bool) {
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case ext == caseFile:
		return "home", false
	case ext == parcelFile:
		return "settings", false
	case ext == ".xlsx" || ext == ".csv":
		return "inventory", true
	case slices.Contains(invoiceFiles, ext):
		return "subsidy", true
	}
	return "", false
}

// Receive implements Receiver: a case from an exchange file.
func (p *home) Receive(name string, data []byte) {
	p.a.Ask(p.a.T("drop.case.title", name), p.a.T("drop.case.text"), p.a.T("drop.case.yes"), func() { p.a.Adopt(data) })
}

// Receive implements Receiver: an equipment list, shown before it is taken.
func (p *inventory) Receive(name string, data []byte) { p.preview(name, data) }

// Receive implements Receiver: a parcel.
func (p *settings) Receive(_ string, data []byte) { p.parcel.examine(data) }

// Receive implements Receiver: invoices.
func (p *subsidyPage) Receive(name string, data []byte) {
	p.ShowTab(subsidyMoney)
	p.brought.receive(name, data)
}
