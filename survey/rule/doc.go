// Package rule holds the closed condition tree of a policy and evaluates it three-valued: 满足, 不满足 or 待核实, with the trace of
// the facts behind each answer.
//
// It never guesses: a missing fact makes a condition 待核实, never 不满足 and never 满足. A pack that asks for a fact which is not in
// the catalogue (Keys) is refused before anything is evaluated. It knows no amounts, measures or policies and reads no clock: the
// day that "last year" and validity refer to is Case.AsOf.
package rule
