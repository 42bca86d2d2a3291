package installer

import (
	_ "embed"
	"strings"
)

// published holds the publisher's minisign public key; `make release-key` makes the pair and writes it here. It has no key line until then.
//
//go:embed minisign.pub
var published string

// trialKey is set by the linker where packages are built without the publisher's key, so that updates can be tried out; see build.sh.
var trialKey string

// Key is the public key that updates have to be signed with, in minisign's base64 form. Trial tells that it is no publisher's but of whoever built
// the package; "" means that this program takes no updates.
func Key() (key string, trial bool) {
	for line := range strings.Lines(published) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "RW") {
			return line, false
		}
	}
	return trialKey, trialKey != ""
}
