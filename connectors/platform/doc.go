// Package platform hands a sealed onboarding request to a platform's own intake, as a connector pack describes it.
//
// It speaks HTTPS anywhere and plain HTTP on this machine only, follows no redirect, sends bodies from bytes, retries nothing by itself,
// reads at most intake.MaxAnswer bytes of an answer, keeps no secret and writes no log.
package platform
