package survey

import (
	"errors"
	"fmt"
)

// Code names one kind of failure. The list is closed and append-only; the sentence a person reads for a code,
// with the next step, stands in assets/text.
type Code string

// The codes. E00 program, E01 input of facts, E02 files brought in, E03 case file, E04 not ready, E05 network and
// portal, E06 refused by the portal, E07 packs, E08 looking at the network.
const (
	CodeInternal      Code = "E0001" // a defect of the program
	CodeUsage         Code = "E0002" // wrong use of a command
	CodeCancelled     Code = "E0003" // the person stopped the work
	CodeField         Code = "E0101" // a field's value cannot be taken
	CodeCreditCode    Code = "E0102" // 统一社会信用代码 is wrong
	CodeMoney         Code = "E0103" // an amount cannot be read
	CodeDate          Code = "E0104" // a date cannot be read
	CodeNumber        Code = "E0105" // a count or number cannot be read
	CodeUnknownItem   Code = "E0106" // no such question, option, field or id
	CodeComputed      Code = "E0107" // a computed answer cannot be typed over
	CodeCaseFile      Code = "E0108" // the exchange file is not a case
	CodeModel         Code = "E0109" // the model file is wrong
	CodeNoText        Code = "E0111" // a frozen assessment was kept without the text of its questions
	CodeCatalog       Code = "E0120" // a catalog's signature does not fit, or it lays nothing over the base
	CodeQuote         Code = "E0121" // a quote lacks its paper, its date or what it covers
	CodeReply         Code = "E0122" // a file is no reply to an inquiry
	CodeCycle         Code = "E0123" // lines of a plan wait for each other in a circle
	CodeFileBroken    Code = "E0201" // the file is damaged or not what its name says
	CodeFileLocked    Code = "E0202" // the file is protected by a password
	CodeFileKind      Code = "E0203" // this kind of file is not read
	CodeFileEmpty     Code = "E0204" // no table with known columns was found
	CodeFileTooBig    Code = "E0205" // the file is over the limit
	CodeGlyph         Code = "E0206" // a character that the font lacks
	CodeFileMissing   Code = "E0207" // the file does not exist or may not be read
	CodeTemplate      Code = "E0208" // a document template names an unknown field
	CodeParcel        Code = "E0209" // a parcel is changed, not for this computer or from an unknown sender
	CodeLayout        Code = "E0210" // a list's columns are not as they were agreed
	CodeRegisterOut   Code = "E0211" // the register cannot be written in this format
	CodeStoreDamaged  Code = "E0301" // the case file is damaged
	CodeStoreBusy     Code = "E0302" // another window has the case file open
	CodeDiskFull      Code = "E0303" // no room left on the disk
	CodeStoreNewer    Code = "E0304" // the case file was written by a newer version
	CodeNoCase        Code = "E0305" // no such case
	CodeStore         Code = "E0306" // the case file cannot be read or written
	CodeUnsent        Code = "E0307" // refused: something is not sent yet
	CodeLocked        Code = "E0308" // the case file is locked
	CodeLogBroken     Code = "E0309" // the log of a firm's data was changed
	CodeDropped       Code = "E0310" // no page takes a dropped file of this kind
	CodeDropNoCase    Code = "E0311" // a file was dropped that belongs into a case, and none is open
	CodeManual        Code = "E0312" // the manual or the glossary cannot be read
	CodeNothingMarked Code = "E0320" // several lines or cases are needed, and none or too few are chosen
	CodeForCheck      Code = "E0321" // the case is open for checking only
	CodeNotReady      Code = "E0401" // something is missing before this step
	CodeNoSolution    Code = "E0402" // no bundle meets the needs within the limits
	CodeConsent       Code = "E0403" // no consent recorded for this sending or export
	CodeDifference    Code = "E0404" // a declared answer differs and is neither settled nor explained
	CodeNotEnrolled   Code = "E0405" // no portal is enrolled
	CodePortalDown    Code = "E0501" // the portal cannot be reached
	CodePortalAnswer  Code = "E0502" // the answer is not a portal's (captive page, other host)
	CodePortalCut     Code = "E0503" // the line was cut
	CodePortalBusy    Code = "E0504" // the portal asks to come later
	CodeInsecure      Code = "E0505" // a plain-HTTP address that is not this machine
	CodeClock         Code = "E0506" // the portal's certificate does not hold at this computer's time
	CodePaused        Code = "E0507" // sending is paused
	CodeIntake        Code = "E0508" // a platform's own intake cannot be reached, or its answer cannot be read
	CodePortalRefused Code = "E0601" // the portal refused the request
	CodePortalKey     Code = "E0602" // the receipt is signed by another key than the pinned one
	CodeReceipt       Code = "E0603" // the receipt does not belong to what was sent
	CodeConflict      Code = "E0604" // the portal has another content under this number
	CodeEnrol         Code = "E0605" // the enrolment code is wrong or used up
	CodeIntakeRefused Code = "E0606" // a platform's own intake refused the request
	CodePack          Code = "E0701" // a pack (policy, questions, catalog, text) is wrong
	CodeUpdateKey     Code = "E0702" // an update is not signed by the publisher, or was changed
	CodeUpdate        Code = "E0703" // an update package is broken or none of ours
	CodeUpdateOld     Code = "E0704" // an update is older than what is or was here
	CodeUpdateNeeds   Code = "E0705" // an update is for a newer program or another system
	CodeUpdatePlace   Code = "E0706" // the folder of the program or of the packs cannot be changed
	CodeUpdateStart   Code = "E0707" // the new program did not start; the old one was put back
	CodeUpdateSource  Code = "E0708" // no update was found there, or the address cannot be reached
	CodeScanRange     Code = "E0801" // addresses that may not be scanned: not private, too many, unreadable
	CodeScanProtocol  Code = "E0802" // no such protocol, or one that a setting is missing for
	CodeScanForbidden Code = "E0803" // bytes that fit no allowed request were held back
	CodeScanConsent   Code = "E0804" // no consent to exactly this plan
	CodeScanNetwork   Code = "E0805" // the network cannot be used at all
	CodeScanAnswer    Code = "E0806" // a device's answer cannot be read
	CodeScanTarget    Code = "E0807" // the device does not answer
)

// Class groups codes by what a caller does next; the command line's exit codes follow it.
type Class int

// The classes.
const (
	ClassInternal Class = iota
	ClassUsage
	ClassInvalid
	ClassNotReady
	ClassNetwork
	ClassRefused
)

// Class tells what kind of failure c is.
func (c Code) Class() Class {
	if len(c) < 3 {
		return ClassInternal
	}
	switch c[:3] {
	case "E01", "E02", "E03", "E07":
		return ClassInvalid
	case "E04":
		return ClassNotReady
	case "E05":
		return ClassNetwork
	case "E06":
		return ClassRefused
	case "E08":
		return scanClass(c)
	}
	if c == CodeUsage {
		return ClassUsage
	}
	return ClassInternal
}

// scanClass: orders that cannot be taken, a missing consent, a network that does not do it, a defect of ours.
func scanClass(c Code) Class {
	switch c {
	case CodeScanConsent:
		return ClassNotReady
	case CodeScanNetwork, CodeScanAnswer, CodeScanTarget:
		return ClassNetwork
	case CodeScanForbidden:
		return ClassInternal
	}
	return ClassInvalid
}

// Error is a failure at a room's boundary. Detail is one short Chinese clause that names the thing ("第 12 行"、
// "原值"); it holds no firm name, code or amount that a log should not show.
type Error struct {
	Code   Code
	Op     string // room and verb, e.g. "importer.read"
	Detail string
	Err    error
}

// Error gives the technical text for logs and tests; people read the text of the code instead. Numbers of people and accounts are masked.
func (e *Error) Error() string {
	s := string(e.Code) + " " + e.Op
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return MaskIn(s)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Fail makes an Error with a formatted detail.
func Fail(code Code, op, format string, args ...any) *Error {
	return &Error{Code: code, Op: op, Detail: MaskIn(fmt.Sprintf(format, args...))}
}

// Wrap makes an Error around a cause. A nil cause gives nil.
func Wrap(code Code, op string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Code: code, Op: op, Err: err}
}

// CodeOf finds the outermost code in err; CodeInternal when there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// DetailOf finds the outermost detail in err, "" when there is none. Numbers of people and accounts are masked.
func DetailOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return MaskIn(e.Detail)
	}
	return ""
}
