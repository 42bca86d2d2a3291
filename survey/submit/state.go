package submit

import "github.com/shangyuntong/shangyun/survey"

// State is where a request stands on one side.
type State string

// The states. Returned, Accepted, Rejected and Withdrawn exist on both sides.
const (
	StateDraft       State = "draft"       // desktop: may be changed
	StateSealed      State = "sealed"      // desktop: frozen, nothing has left yet
	StateSending     State = "sending"     // desktop: an attempt was made, no verified receipt yet
	StateSent        State = "sent"        // desktop: verified receipt saved
	StateBlocked     State = "blocked"     // desktop: refused, a person must act
	StateIncomplete  State = "incomplete"  // portal: announced, blobs missing
	StateReceived    State = "received"    // portal: complete, receipt issued
	StateInReview    State = "in_review"   // portal
	StateReturned    State = "returned"    // 退回补正
	StateAccepted    State = "accepted"    // 受理
	StateRejected    State = "rejected"    // 驳回
	StateWithdrawn   State = "withdrawn"   // 撤回
	StateExported    State = "exported"    // portal: part of a batch
	StateQuarantined State = "quarantined" // portal: kept apart, bytes kept
)

// Event is what happens to a request.
type Event string

// The events.
const (
	EventSeal       Event = "seal"
	EventReopen     Event = "reopen" // unseal what never left, to change it
	EventSend       Event = "send"
	EventReceipt    Event = "receipt" // a verified receipt
	EventRefuse     Event = "refuse"  // the portal said: never in this form
	EventRevise     Event = "revise"  // begin revision n+1
	EventAnnounce   Event = "announce"
	EventCommit     Event = "commit"
	EventReview     Event = "review"
	EventReturn     Event = "return"
	EventAccept     Event = "accept"
	EventReject     Event = "reject"
	EventWithdraw   Event = "withdraw"
	EventExport     Event = "export"
	EventQuarantine Event = "quarantine"
	EventRelease    Event = "release" // out of quarantine, to be looked at anew
)

// Machine is the table of one side: state → event → state.
type Machine map[State]map[Event]State

// Desk is the desktop's machine. Sending stays sending over any number of
// attempts: once bytes may have left, they can no longer be reopened.
var Desk = Machine{
	StateDraft:    {EventSeal: StateSealed},
	StateSealed:   {EventSend: StateSending, EventReopen: StateDraft},
	StateSending:  {EventSend: StateSending, EventReceipt: StateSent, EventRefuse: StateBlocked},
	StateBlocked:  {EventSend: StateSending, EventRevise: StateDraft},
	StateSent:     {EventReceipt: StateSent, EventReturn: StateReturned, EventAccept: StateAccepted, EventReject: StateRejected, EventWithdraw: StateWithdrawn, EventRevise: StateDraft},
	StateReturned: {EventReceipt: StateReturned, EventReturn: StateReturned, EventRevise: StateDraft, EventWithdraw: StateWithdrawn},
	StateAccepted: {EventReceipt: StateAccepted, EventAccept: StateAccepted},
}

// Portal is the portal's machine. The empty state is a request never seen. A
// received request may be replaced by the next revision until its review
// begins; after that only when it was returned.
var Portal = Machine{
	"":              {EventAnnounce: StateIncomplete},
	StateIncomplete: {EventAnnounce: StateIncomplete, EventCommit: StateReceived, EventQuarantine: StateQuarantined},
	StateReceived:   {EventAnnounce: StateReceived, EventCommit: StateReceived, EventReview: StateInReview, EventWithdraw: StateWithdrawn, EventQuarantine: StateQuarantined},
	StateInReview:   {EventAccept: StateAccepted, EventReturn: StateReturned, EventReject: StateRejected, EventWithdraw: StateWithdrawn, EventQuarantine: StateQuarantined},
	StateReturned:   {EventAnnounce: StateReturned, EventCommit: StateReceived, EventWithdraw: StateWithdrawn, EventQuarantine: StateQuarantined},
	StateAccepted:   {EventExport: StateExported, EventQuarantine: StateQuarantined},
	StateRejected:   {EventQuarantine: StateQuarantined},
	StateWithdrawn:  {EventQuarantine: StateQuarantined},
	StateExported:   {EventExport: StateExported, EventQuarantine: StateQuarantined},

	StateQuarantined: {EventRelease: StateReceived},
}

// Next gives the state after e; E0604 when e may not happen in s, and s is returned unchanged.
func (m Machine) Next(s State, e Event) (State, error) {
	if next, ok := m[s][e]; ok {
		return next, nil
	}
	return s, survey.Fail(survey.CodeConflict, "submit.next", "状态 %s 下不能 %s", s, e)
}
