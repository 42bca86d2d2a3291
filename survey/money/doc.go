// Package money holds amounts and rates as integers: Fen (0.01 yuan) and Rate
// (basis points), their Chinese written forms (人民币大写), and the comparisons
// of ratios that the rules need.
//
// Multiplication goes through 128 bits and every division is cut towards zero,
// because a claim rounded up could break a rule's 不超过.
//
// It never uses floating point, never guesses a unit or repairs a number that
// is not exact to the fen, and knows nothing of firms, policies or files.
package money
