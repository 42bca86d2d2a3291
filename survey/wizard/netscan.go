package wizard

import (
	"context"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// NetScanner looks at the network this computer is in. Surroundings and Plan send nothing. Scan sends what the plan says and nothing else,
// after a consent that names the plan; it fails with E0804 when the order does not give the plan any more. Cancelling ctx ends it in less
// than a second with what was found until then and Report.Stopped; that is no error.
type NetScanner interface {
	Surroundings(ctx context.Context) (scan.Surroundings, error)
	Plan(o scan.Order) (scan.Plan, error)
	Scan(ctx context.Context, o scan.Order, c scan.Consent, tell func(scan.Event)) (scan.Report, error)
	Listen(ctx context.Context, seconds int, tell func(scan.Event)) (scan.Report, error)
}

// Surroundings gives what this computer knows of its network without sending anything.
func (d *Desk) Surroundings(ctx context.Context) (scan.Surroundings, error) {
	if d.Network == nil {
		return scan.Surroundings{}, noNetwork()
	}
	return d.Network.Surroundings(ctx)
}

// PlanScan shows what an order would do. Nothing is sent.
func (d *Desk) PlanScan(o scan.Order) (scan.Plan, error) {
	if d.Network == nil {
		return scan.Plan{}, noNetwork()
	}
	return d.Network.Plan(o)
}

// Scan does what the plan with this id says, on behalf of the person at this desk. Nothing enters the register by it.
func (d *Desk) Scan(ctx context.Context, o scan.Order, plan string, tell func(scan.Event)) (scan.Report, error) {
	if d.Network == nil {
		return scan.Report{}, noNetwork()
	}
	return d.Network.Scan(ctx, o, scan.Consent{Plan: plan, By: d.By, At: d.Now().UTC()}, tell)
}

// Listen hears for some seconds what devices tell by themselves. Nothing is sent but multicast memberships.
func (d *Desk) Listen(ctx context.Context, seconds int, tell func(scan.Event)) (scan.Report, error) {
	if d.Network == nil {
		return scan.Report{}, noNetwork()
	}
	return d.Network.Listen(ctx, seconds, tell)
}

func noNetwork() error {
	return survey.Fail(survey.CodeNotReady, "wizard.scan", "此程序不带网络盘点")
}
