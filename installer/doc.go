// Package installer holds the recipes that put 上云通 on a machine – build dependencies, packages per system, release tools – and what a
// program has to know about its own shipping: its version, the number of the packs inside it, the key that updates are signed with, and
// the licences of what it is built from. It decides nothing about a case and never touches the net.
package installer
