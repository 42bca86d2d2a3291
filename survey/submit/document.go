package submit

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/shangyuntong/shangyun/survey"
)

// sections is the closed list per kind: top-level member of the document → the
// members it may hold (nil: any). What is not named here never leaves the firm,
// so an onboarding request cannot carry bank, identity or finances.
var sections = map[Kind]map[string][]string{
	Application: {
		"form": nil, "caseSummary": nil, "assessment": nil, "recommendation": nil,
		"claims": nil, "evidenceIndex": nil, "policy": nil,
	},
	Onboarding: {
		"contact": nil, "offers": nil, "devices": nil, "protocols": nil, "network": nil, "dates": nil,
		"firm": {"name", "creditCode", "region"},
	},
}

// AllowedSections lists, sorted, the top-level members a document of kind k may
// have; none for an unknown kind.
func AllowedSections(k Kind) []string {
	return slices.Sorted(maps.Keys(sections[k]))
}

// CheckDocument holds doc against the closed list of its kind. It fails with
// E0101 naming the first member (RFC 6901 pointer) that is not allowed. The
// offers of an onboarding request must all be of one vendor: an operator never
// sees another's.
func CheckDocument(k Kind, doc json.RawMessage) error {
	fail := func(format string, args ...any) error {
		return survey.Fail(survey.CodeField, "submit.document", format, args...)
	}
	var top map[string]json.RawMessage
	if err := json.Unmarshal(doc, &top); err != nil || len(top) == 0 {
		return fail("document 须为非空的对象")
	}
	for _, name := range slices.Sorted(maps.Keys(top)) {
		inner, ok := sections[k][name]
		if !ok {
			return fail("/document/%s 不在 %s 的字段清单内", name, k)
		}
		if inner == nil {
			continue
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(top[name], &members); err != nil {
			return fail("/document/%s 须为对象", name)
		}
		for _, m := range slices.Sorted(maps.Keys(members)) {
			if !slices.Contains(inner, m) {
				return fail("/document/%s/%s 不在 %s 的字段清单内", name, m, k)
			}
		}
	}
	if k == Onboarding && !oneVendor(top["offers"]) {
		return fail("/document/offers 含有其他服务商的产品")
	}
	return nil
}

func oneVendor(offers json.RawMessage) bool {
	var list []map[string]json.RawMessage
	if json.Unmarshal(offers, &list) != nil {
		return true // no list of objects: nothing to tell apart
	}
	var first json.RawMessage
	for _, offer := range list {
		vendor, ok := offer["vendor"]
		switch {
		case !ok:
		case first == nil:
			first = vendor
		case !bytes.Equal(first, vendor):
			return false
		}
	}
	return true
}
