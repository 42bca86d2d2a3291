// Package assess scores a case by an edition of a questionnaire: the 15 scored items, the 16 scenes, the level with its three
// counters, and the steps that would raise them. Editions are data (Questionnaire); everything the register can answer is answered
// from it, with the facts behind each figure.
//
// It never stores an answer, never knows a price or a subsidy, never compares with a float, and never takes missing data for a no:
// an item without data is undefined, counts 0 and is listed in Open.
package assess
