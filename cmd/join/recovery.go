package join

import (
	"bytes"
	"time"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/document"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// RecoverySheet makes the page to print with a recovery code. It is written nowhere; lock is the number of the lock.
func RecoverySheet(code, lock string) (wizard.File, error) {
	data, err := document.RecoverySheet(code, lock, time.Now(), document.Fonts{Regular: bytes.Clone(assets.FontSerif()), Bold: bytes.Clone(assets.FontSerifBold())})
	return wizard.File{Name: "上云通恢复码-" + lock + ".pdf", Type: "application/pdf", Data: data}, err
}

// Receipt implements wizard.ReceiptPrinter.
func (filler) Receipt(r submit.Receipt, s submit.Sealed, e submit.Enrolment) (wizard.File, error) {
	data, err := document.ReceiptSheet(r, s, e, printFonts())
	return wizard.File{Name: "回执-" + r.Number + ".pdf", Role: "receipt-pdf", Type: "application/pdf", Data: data}, err
}
