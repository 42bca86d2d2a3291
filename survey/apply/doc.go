// Package apply fills the closed list of form fields from a case and what was derived from it, cross-checks the result
// and lists the papers that are missing.
//
// One Application is the single source of DOCX, PDF, XLSX and JSON, so that they cannot disagree. It never computes a
// claim, never lets planned money (预测) into a line, base or total, never invents a value (an unknown field stays empty
// and is printed as 待补充), and never reads a file, a clock or the network.
package apply
