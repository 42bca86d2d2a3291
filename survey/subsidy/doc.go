// Package subsidy computes what a policy says of a case: per measure the three-valued conditions with their trace, the upper bound to the
// fen, and over all measures the two totals of the 就高 clause (政策 P10.4), with the reason for every cost line.
//
// Its law: an amount is min(floor(base × rate), cap) and is called 测算上限, never 应得. Only contracted, invoiced and paid lines enter a
// base; planned money is a 预测 that enters no line, base or total. Where the text states no rate and no notice of the year is loaded,
// nothing is computed. Unknown never counts as met. The package knows nothing of offers, papers or windows and reads no clock.
package subsidy
