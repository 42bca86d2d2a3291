package inventory

import "github.com/shangyuntong/shangyun/survey"

// Part is a share of the machines behind a rate.
type Part string

// The parts. PartOpen are machines of which the fact is not known; they are counted as not having it.
const (
	PartAll     Part = "all"     // the denominator
	PartCounted Part = "counted" // the numerator
	PartRest    Part = "rest"    // known not to be in it
	PartOpen    Part = "open"
)

// Behind lists the ids of the lines behind a rate (see Rates), in the register's order: those that its denominator counts, cut down to a
// part. Of 关键工序数控化率, which counts steps, the lines of the key steps are meant. It fails with E0106 for an unknown rate.
func Behind(assets []survey.Asset, rate string, part Part) ([]string, error) {
	in, fact, err := behind(assets, rate)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for i := range assets {
		a := &assets[i]
		if !in(a) || Machines(a) == 0 {
			continue
		}
		v := fact(a)
		if part == PartAll || part == PartCounted && v == survey.Yes || part == PartRest && v == survey.No || part == PartOpen && v == survey.Unknown {
			out = append(out, a.ID)
		}
	}
	return out, nil
}

func behind(assets []survey.Asset, rate string) (in func(*survey.Asset) bool, fact func(*survey.Asset) survey.Tri, err error) {
	counted := func(a *survey.Asset) bool { return a.InDenominator() == survey.Yes }
	switch rate {
	case "digital":
		return counted, func(a *survey.Asset) survey.Tri { return a.Digital }, nil
	case "networked":
		return counted, func(a *survey.Asset) survey.Tri { return a.Networked }, nil
	case "cloud":
		return counted, func(a *survey.Asset) survey.Tri { return a.OnCloud }, nil
	case "digital-networked":
		return func(a *survey.Asset) bool { return counted(a) && a.Digital == survey.Yes }, func(a *survey.Asset) survey.Tri { return a.Networked }, nil
	case "key-numeric":
		steps := map[string]bool{}
		for i := range assets {
			if p := process(&assets[i]); assets[i].KeyStep == survey.Yes && p != "" {
				steps[p] = true
			}
		}
		return func(a *survey.Asset) bool {
			return a.KeyStep != survey.No && steps[process(a)]
		}, func(a *survey.Asset) survey.Tri { return a.Numeric }, nil
	}
	return nil, nil, survey.Fail(survey.CodeUnknownItem, "inventory.behind", "没有“%s”这个比率", rate)
}
