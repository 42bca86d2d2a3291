// Package update takes what the publisher ships after the program: rule packs and new programs, from a USB stick or the net.
//
// A package is a zip whose manifest.json names every file with its digest, and manifest.json.minisig, made with the publisher's minisign
// key. Nothing of a package is believed before the signature over the manifest is checked, nothing is written outside the folder that the
// caller names, and what is older than what was here before is refused. Every step is a rename on one disk: a power cut at any moment
// leaves the old or the new, and what was before can be put back.
package update
