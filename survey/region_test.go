package survey_test

import (
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
)

func TestHunanHasFourteenRegionsFoundByCodeAndName(t *testing.T) {
	all := survey.Regions()
	if len(all) != 14 {
		t.Fatalf("got %d regions, want 14", len(all))
	}
	for i, r := range all {
		if i > 0 && all[i-1].Code >= r.Code {
			t.Errorf("%s stands after %s", r.Code, all[i-1].Code)
		}
		county := r.Code[:4] + "02"
		for _, code := range []string{r.Code, county, " " + r.Code} {
			if got, ok := survey.RegionByCode(code); got != r || !ok {
				t.Errorf("RegionByCode(%s) = %v, %v, want %v", code, got, ok, r)
			}
		}
		for _, name := range []string{r.Name, "湖南省" + r.Name, strings.TrimSuffix(r.Name, "市")} {
			if got, ok := survey.RegionByName(name); got != r || !ok {
				t.Errorf("RegionByName(%s) = %v, %v, want %v", name, got, ok, r)
			}
		}
	}
	for code, name := range map[string]string{"430100": "长沙市", "430200": "株洲市", "431300": "娄底市", "433100": "湘西土家族苗族自治州"} {
		if got, _ := survey.RegionByCode(code); got.Name != name {
			t.Errorf("RegionByCode(%s) = %s, want %s", code, got.Name, name)
		}
	}
}

func TestOtherCodesAndNamesAreNoRegion(t *testing.T) {
	for _, code := range []string{"", "43", "4301", "430000", "431400", "440300", "43010a", "４３０１", "4301000"} {
		if got, ok := survey.RegionByCode(code); ok {
			t.Errorf("RegionByCode(%s) = %v, want none", code, got)
		}
	}
	for _, name := range []string{"", "湖南省", "深圳市", "市"} {
		if got, ok := survey.RegionByName(name); ok {
			t.Errorf("RegionByName(%s) = %v, want none", name, got)
		}
	}
}

func TestRegistryDigitsSuggestARegionOrSayWhyNot(t *testing.T) {
	for _, tt := range []struct {
		code survey.CreditCode
		want string
		says string
	}{
		{"914301007121944054", "长沙市", "请按实际所在地确认"},
		{"914302117121944054", "株洲市", "430211"},
		{"914331007121944054", "湘西土家族苗族自治州", "确认"},
		{"914300007121944054", "", "省级登记机关"},
		{"914320007121944054", "", "14 个市州之内"},
		{"914403001922038216", "", "不属于湖南省"},
		{"", "", ""},
	} {
		got, note, ok := survey.SuggestRegion(tt.code)
		if got.Name != tt.want || ok != (tt.want != "") || !strings.Contains(string(note), tt.says) {
			t.Errorf("SuggestRegion(%s) = %v, %q, %v, want %q with %q", tt.code, got, note, ok, tt.want, tt.says)
		}
	}
}

func TestRegionsCannotBeChangedByCallers(t *testing.T) {
	survey.Regions()[0].Name = "changed"
	survey.Industries()[0].Name = "changed"
	if survey.Regions()[0].Name != "长沙市" || survey.Industries()[0].Name != "农副食品加工业" {
		t.Error("a caller changed the table")
	}
}
