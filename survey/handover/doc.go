// Package handover (交接) thinks about a case that several people work on apart and exchange by parcel. Each fact is a tree of revisions,
// each with who and when; two computers that know the same revisions know the same tree, whatever the order in which parcels came, so
// that taking a parcel twice or an old one late changes nothing. What one side continued is followed; what both changed differently
// stands side by side until a person settles it by a survey.Settlement. It never drops a revision, never chooses between two people's
// values, knows no file format, no key and no clock.
package handover
