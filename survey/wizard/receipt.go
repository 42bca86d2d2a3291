package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// ReceiptPaper makes a page to print of a receipt. It is held once more against the sealed bytes and the pinned key before: what cannot be
// proved is not printed. E0401 without a receipt.
func (d *Desk) ReceiptPaper(ctx context.Context, r Request) (File, error) {
	printer, ok := d.Filler.(ReceiptPrinter)
	if !ok || r.Receipt == nil {
		return File{}, survey.Fail(survey.CodeNotReady, "wizard.receipt", "这份申请还没有回执")
	}
	e, err := d.needEnrolment(ctx)
	if err != nil {
		return File{}, err
	}
	raw, err := d.Outbox.Bytes(ctx, r.ID, r.Revision)
	if err != nil {
		return File{}, err
	}
	sealed, err := submit.Parse(raw)
	if err != nil {
		return File{}, survey.Wrap(survey.CodeStoreDamaged, "wizard.receipt", err)
	}
	if err := e.Keys.Verify(*r.Receipt, sealed); err != nil {
		return File{}, err
	}
	return printer.Receipt(*r.Receipt, sealed, *e)
}
