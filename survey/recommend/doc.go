// Package recommend answers "what should we buy": it reads the needs out of an assessment, resolves the prices of a catalog against the
// case, and finds the bundle that covers the most wanted needs within the budget at the least first-year cost, with a proof.
//
// Ranking follows the published objective and nothing else: 1. the weight of the covered needs, 2. first-year cost, 3. number of
// vendors, then of lines, 4. the least sum of the places of the offer ids in their order. There is no field for a paid placement. An
// offer without a price is listed as 需询价 and never enters the optimisation.
//
// It never reads a file, a clock or the network, never invents a price, and its amounts are planned money: a 预测 that never
// enters an application. Every comparison that decides an answer is made in integers; floating point only guides the search.
package recommend
