package pack

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// Kind is what a pack file is, told from its top-level keys.
type Kind string

// The kinds of pack files.
const (
	KindPolicy   Kind = "policy"
	KindOverlay  Kind = "overlay"
	KindQuestion Kind = "questions"
	KindCatalog  Kind = "catalog"
	KindText     Kind = "text"
)

// Known are the packs that a file is checked beside: an overlay against its policy, catalog files with the rest of the catalog.
type Known struct {
	Policies []*subsidy.Policy
	Catalog  *recommend.Catalog
}

// Check reads one pack file strictly and runs everything that the program would: unknown keys with their line, sources and dates, its own
// examples. It gives what the file is; errors carry survey.CodePack and name the file.
func Check(name string, data []byte, known Known) (Kind, error) {
	kind, err := kindOf(name, data)
	if err != nil {
		return "", err
	}
	switch kind {
	case KindPolicy:
		_, err = Policy(name, data)
	case KindOverlay:
		_, _, err = Overlay(name, data, known.Policies)
	case KindQuestion:
		_, err = CheckQuestionnaire(name, data)
	case KindCatalog:
		_, err = CatalogOver(name, data, known.Catalog)
	case KindText:
		err = decode(name, data, &map[string]string{})
	}
	return kind, err
}

func kindOf(name string, data []byte) (Kind, error) {
	if len(data) > maxPack {
		return "", survey.Fail(survey.CodePack, "pack.check", "%s 超过 4 MB", name)
	}
	var keys map[string]yaml.Node
	if err := yaml.Unmarshal(data, &keys); err != nil {
		return "", &survey.Error{Code: survey.CodePack, Op: "pack.check", Detail: name, Err: err}
	}
	has := func(want ...string) bool {
		return slices.ContainsFunc(want, func(k string) bool { _, ok := keys[k]; return ok })
	}
	switch {
	case has("overlay"):
		return KindOverlay, nil
	case has("measures", "paragraphs"):
		return KindPolicy, nil
	case has("edition"):
		return KindQuestion, nil
	case has("needs", "vendors", "offers", "platforms", "sponsor_relation", "examples"):
		return KindCatalog, nil
	}
	for _, n := range keys {
		if n.Kind != yaml.ScalarNode {
			return "", survey.Fail(survey.CodePack, "pack.check", "%s 不是规则包、通知、指标、产品目录或文字（只有 %v）", name, slices.Sorted(maps.Keys(keys)))
		}
	}
	return KindText, nil
}

// CatalogOver reads one catalog file and checks it laid over a base, id by id; the file's own rows are given. Errors carry survey.CodePack.
func CatalogOver(name string, data []byte, base *recommend.Catalog) (*recommend.Catalog, error) {
	if len(data) > maxPack {
		return nil, survey.Fail(survey.CodePack, "pack.check", "%s 超过 4 MB", name)
	}
	var part, all recommend.Catalog
	if err := decode(name, data, &part); err != nil {
		return nil, err
	}
	if base != nil {
		all = *base
	}
	if part.ID != "" {
		all.ID, all.Title, all.Date, all.Sponsor, all.Note = part.ID, part.Title, part.Date, part.Sponsor, part.Note
	}
	all.Needs = lay(all.Needs, part.Needs, func(n recommend.Need) string { return n.Key })
	all.Vendors = lay(all.Vendors, part.Vendors, func(v recommend.Vendor) string { return v.ID })
	all.Offers = lay(all.Offers, part.Offers, func(o recommend.Offer) string { return o.ID })
	all.Platforms, all.Examples = slices.Concat(all.Platforms, part.Platforms), part.Examples
	if err := CheckCatalog(&all); err != nil {
		return nil, &survey.Error{Code: survey.CodePack, Op: "pack.check", Detail: name, Err: err}
	}
	return &part, nil
}

// lay puts the elements of over in front of those of base that have other ids. Doubled ids inside over stay and are refused later.
func lay[T any](base, over []T, id func(T) string) []T {
	rest := slices.DeleteFunc(slices.Clone(base), func(x T) bool {
		return slices.ContainsFunc(over, func(y T) bool { return id(x) == id(y) })
	})
	return append(slices.Clone(over), rest...)
}
