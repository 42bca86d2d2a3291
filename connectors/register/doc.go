// Package register writes the register of machines and systems in the formats of other programs: GLPI inventory, CycloneDX and the Digital
// Nameplate of the Asset Administration Shell. Facts in, bytes out.
//
// The law of the room: it opens nothing and reads no clock; equal registers give equal bytes. What is not known is left out, never
// invented: where a format demands a field that nobody has said, the file says so in words. Names of people, accounts and amounts stay out.
package register
