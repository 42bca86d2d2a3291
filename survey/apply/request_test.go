package apply_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/submit"
)

func TestRequestsHoldTheirClosedListsAndNoFloat(t *testing.T) {
	for kind, fill := range map[submit.Kind]func(apply.Input) apply.Application{submit.Application: apply.Fill, submit.Onboarding: apply.FillOnboarding} {
		for name, in := range map[string]apply.Input{"whole": whole(), "bare": {Case: whole().Case}} {
			doc, err := apply.RequestJSON(in, fill(in))
			if err != nil {
				t.Fatal(err)
			}
			if err := submit.CheckDocument(kind, doc); err != nil {
				t.Errorf("%s %s: %v", kind, name, err)
			}
			if _, err := submit.Canonical(doc); err != nil { // refuses anything but integers
				t.Errorf("%s %s: %v", kind, name, err)
			}
			var top map[string]json.RawMessage
			if err := json.Unmarshal(doc, &top); err != nil || len(top) != len(submit.AllowedSections(kind)) {
				t.Errorf("%s %s: %d members, %v", kind, name, len(top), err)
			}
		}
	}
}

func TestOnboardingShowsNothingOfBankFinanceIdentityOrOtherVendors(t *testing.T) {
	in := whole()
	a := apply.FillOnboarding(in)
	if a.Must() {
		t.Errorf("%+v", a.Checks)
	}
	doc, err := apply.RequestJSON(in, a)
	if err != nil {
		t.Fatal(err)
	}
	for what, s := range map[string]string{"form": text(t, a), "request": string(doc)} {
		for _, bad := range []string{
			"恒硬开户名", "恒硬开户行", "6222999988887777", "张恒", "46,800,000", "46800000", "4680.00", "128", "87,654", "87654", "7,654,321", "7654321", "乙云", "别家的产品", "o2", "576", "3,052,800", "烧结炉",
			"某软件公司", "52.375", "二级",
		} {
			if strings.Contains(s, bad) {
				t.Errorf("the %s shows %s", what, bad)
			}
		}
		for _, good := range []string{"设备物联平台", "OPC UA", "FOCAS", "李镕", "13800000000", "车间有光纤"} {
			if !strings.Contains(s, good) {
				t.Errorf("the %s lacks %s", what, good)
			}
		}
	}
}

func TestOfferOfAnotherVendorIsRefused(t *testing.T) {
	for _, stranger := range []string{"o2", "unknown"} {
		in := whole()
		in.Case.Onboarding.Offers = []string{"o1", stranger}
		a := apply.FillOnboarding(in)
		if _, ok := codes(a)["must offer-vendor onboarding.offers"]; !ok || strings.Contains(text(t, a.Sections), "别家的产品") {
			t.Errorf("%s is not refused", stranger)
		}
	}
}

func TestWithoutChoiceTheOperatorsOwnOffersAreTaken(t *testing.T) {
	in := whole()
	in.Case.Onboarding.Offers = nil
	s := text(t, apply.FillOnboarding(in))
	if !strings.Contains(s, "设备物联平台") || strings.Contains(s, "别家的产品") {
		t.Error("the offers are wrong")
	}
}
