// Package exact minimises programs in bounded whole numbers and proves the result: minimise Σ cost·z over rows Σ coef·z ≥ rhs, z whole and
// within its bounds.
//
// Floating point only proposes (multipliers, roundings, directions); everything that decides — bounds, cuts, struck out columns, answers — is
// evaluated in int64, so an answer marked Proved is proved. Limits count what is done and not the time, so the same program has the same
// answer on any machine.
//
// One file does one thing: program and box (bounds and propagation), simplex and factor (the relaxation), bound (what multipliers prove),
// cut and round (rows that only whole numbers hold), ascent (multipliers for wide programs), greedy (answers), tree and branch (the search).
//
// It knows no needs, offers or money, reads no clock, and starts no goroutine.
package exact
