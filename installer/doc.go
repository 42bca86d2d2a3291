// Package installer holds the recipes that put 上云通 on a machine: build dependencies now, packages per system beside them. It holds
// no program code.
package installer
