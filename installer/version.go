package installer

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed VERSION
var version string

//go:embed PACKS
var packs string

// Version is the version of all programs, e.g. "0.1.0". The file VERSION is its only place; packages, 关于, --version, the portal's pages and
// every request take it from here.
func Version() string { return strings.TrimSpace(version) }

// Packs is the number of the rule packs inside the program. It grows by one whenever a pack under assets changes for users; packs that came
// as an update count only while their number is higher.
func Packs() int {
	n, err := strconv.Atoi(strings.TrimSpace(packs))
	if err != nil {
		panic("installer: PACKS holds no number: " + packs)
	}
	return n
}
