package subsidy

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Ref names the pack with its version, "hunan-text-v1@1"; a case keeps it so that it can be computed again under the same rules.
func (p *Policy) Ref() string { return fmt.Sprintf("%s@%d", p.ID, p.Version) }

// Is tells whether ref, an ID or an ID with its version, names this pack.
func (p *Policy) Is(ref string) bool { return ref == p.ID || ref == p.Ref() }

// Applies tells whether the pack is for firms of a region code. An unknown region applies nowhere.
func (p *Policy) Applies(region string) bool {
	return region != "" && p.Region != "" && strings.HasPrefix(region, p.Region)
}

// Find gives the pack that ref names; of several versions of a bare ID the newest. nil when there is none.
func Find(all []*Policy, ref string) *Policy {
	var found *Policy
	for _, p := range all {
		if p.Is(ref) && (found == nil || p.Version > found.Version) {
			found = p
		}
	}
	return found
}

// For lists the newest version of every pack that applies to a region: the province's before the city's, then in the order given.
func For(all []*Policy, region string) []*Policy {
	var out []*Policy
	for size := 1; size <= len(region); size++ {
		for _, p := range all {
			if len(p.Region) == size && p.Applies(region) && Find(all, p.ID) == p {
				out = append(out, p)
			}
		}
	}
	return out
}

// ValidityAt is the sentence printed wherever an amount stands: the pack's own, and plainly that the day lies outside the pack's dates.
func (p *Policy) ValidityAt(day survey.Date) string {
	switch {
	case day == "" || !day.Before(p.From) && !p.To.Before(day):
		return p.Validity
	case day.Before(p.From):
		return fmt.Sprintf("%s。基准日 %s 早于本规则的起始日 %s，是否适用须核实", p.Validity, day.Chinese(), p.From.Chinese())
	}
	return fmt.Sprintf("%s。基准日 %s 晚于本规则的截止日 %s，是否仍有效须核实", p.Validity, day.Chinese(), p.To.Chinese())
}

// numerals name the ten sections.
var numerals = [...]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

// clause turns "P5.3" into 政策第五条, in a pack that sums up secondary sources into 摘要第五条.
func (p *Policy) clause(paragraph string) string {
	word, n := "政策", 0
	if p.Summary {
		word = "摘要"
	}
	for i := 1; i < len(paragraph) && paragraph[i] >= '0' && paragraph[i] <= '9' && n < 100; i++ {
		n = n*10 + int(paragraph[i]-'0')
	}
	if n < 1 || n >= len(numerals) {
		return word
	}
	return word + "第" + numerals[n] + "条"
}

// sentence is a quoted sentence as it is shown: one that is our own summary says so.
func (p *Policy) sentence(s string) string {
	if p.Summary {
		return "（根据二手来源归纳，非政策原文）" + s
	}
	return s
}
