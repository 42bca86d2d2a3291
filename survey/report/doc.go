// Package report decides what stands in a diagnosis report (诊断报告): chapters of sentences, tables and charts as numbers, drawn by another
// room. Everything in it follows from a case and what was derived from it; each table and chart carries its source line, and what is not known
// is printed as 待核实.
//
// It never invents a figure, a price, a duration or a benchmark, never touches files, the clock or the network, and never reads a bank account.
package report
