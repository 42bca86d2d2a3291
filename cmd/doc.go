// Package cmd holds the programs, one folder each, and the test that guards the house. It holds no code of its own.
package cmd
