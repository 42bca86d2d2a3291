package survey_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

func TestManufacturingHasThirtyOneDivisions(t *testing.T) {
	all := survey.Industries()
	if len(all) != 31 || all[0].Code != "C13" || all[30].Code != "C43" {
		t.Fatalf("got %d divisions from %s to %s, want 31 from C13 to C43", len(all), all[0].Code, all[len(all)-1].Code)
	}
	for i, in := range all {
		if i > 0 && all[i-1].Code >= in.Code {
			t.Errorf("%s stands after %s", in.Code, all[i-1].Code)
		}
		if name := strings.ReplaceAll(strings.ReplaceAll(in.Name, "、", ""), "，", ""); len([]rune(name)) != len(in.Initials) {
			t.Errorf("%s: %d initials for %s", in.Code, len(in.Initials), in.Name)
		}
	}
}

func TestIndustryCodesOfAnyDepthGiveTheDivision(t *testing.T) {
	for code, want := range map[string]string{
		"C33": "金属制品业", "33": "金属制品业", "3392": "金属制品业", "c3392": "金属制品业", "Ｃ３３": "金属制品业", " 339 ": "金属制品业",
		"13": "农副食品加工业", "C43": "金属制品、机械和设备修理业", "25": "石油、煤炭及其他燃料加工业",
	} {
		if got, ok := survey.IndustryByCode(code); got.Name != want || !ok {
			t.Errorf("IndustryByCode(%q) = %v, %v, want %s", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "C", "3", "C3", "12", "44", "A33", "D33", "33921", "3x", "C3-3", "00", "U33", "99", "65"} {
		if got, ok := survey.IndustryByCode(code); ok {
			t.Errorf("IndustryByCode(%q) = %v, want none", code, got)
		}
	}
}

func TestIndustriesAreFoundByCodeNameAndInitials(t *testing.T) {
	for query, want := range map[string][]string{
		"C33": {"C33"}, "3392": {"C33"}, "33": {"C33"}, "C4": {"C40", "C41", "C42", "C43"}, "２": {"C20", "C21", "C22", "C23", "C24", "C25", "C26", "C27", "C28", "C29"},
		"汽车": {"C36"}, "设备制造": {"C34", "C35", "C37", "C39"}, "ZYSB": {"C35"}, "qczz": {"C36", "C38"}, "烟花": nil, "zz9": nil,
	} {
		var got []string
		for _, in := range survey.SearchIndustries(query) {
			got = append(got, in.Code)
		}
		if !slices.Equal(got, want) {
			t.Errorf("SearchIndustries(%q) = %v, want %v", query, got, want)
		}
	}
	if got := survey.SearchIndustries(" "); len(got) != 31 {
		t.Errorf("an empty query finds %d divisions, want all 31", len(got))
	}
}

func TestProductionHintStaysAHint(t *testing.T) {
	for code, want := range map[string]string{"C35": "离散型", "C26": "流程型", "C14": "部分为流程型", "C29": "待核实", "C41": "待核实"} {
		if in, _ := survey.IndustryByCode(code); in.Production.Chinese() != want {
			t.Errorf("%s: %s, want %s", code, in.Production.Chinese(), want)
		}
	}
	if !strings.Contains(survey.ProductionHintSource, "待核实") {
		t.Error("the hint's source must say 待核实")
	}
}

func FuzzIndustryByCode(f *testing.F) {
	for _, seed := range []string{"C33", "3392", "Ｃ３３", "", "A", "K701", "\xff3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if in, ok := survey.IndustryByCode(s); ok && !strings.HasPrefix(in.Code, "C") {
			t.Errorf("IndustryByCode(%q) = %v", s, in)
		}
		if trade, ok := survey.SizeTradeOf(s); ok == (trade == "") {
			t.Errorf("SizeTradeOf(%q) = %q, %v", s, trade, ok)
		}
		survey.SearchIndustries(s)
	})
}
