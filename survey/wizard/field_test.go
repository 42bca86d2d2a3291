package wizard

import (
	"strings"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

func sample() *survey.Case {
	return &survey.Case{
		Schema: survey.SchemaCase, ID: "c", AsOf: "2026-11-23",
		Assets:   []survey.Asset{{ID: "a1", Name: "数控车床", Count: 2, Evidence: []survey.Evidence{{Source: survey.SourceLedger, By: "台账"}}}},
		Invoices: []survey.Invoice{{ID: "i1", Lines: []survey.InvoiceLine{{ID: "l1"}}}},
	}
}

func TestSetReadsWhatPeopleTypeAndGetPrintsItBack(t *testing.T) {
	for _, c := range []struct{ path, raw, want string }{
		{"firm.name", "  株洲恒硬刀具有限公司 ", "株洲恒硬刀具有限公司"},
		{"firm.creditCode", "９１４３０２１１ma4hy7k28c", "91430211MA4HY7K28C"},
		{"firm.region", "株洲市", "430200"},
		{"firm.industry", "c33", "C33"},
		{"firm.contact.phone", "138-0000 0000", "13800000000"},
		{"firm.contact.email", "a@b.com", "a@b.com"},
		{"firm.capital", "2000万", "20,000,000.00"},
		{"firm.founded", "2009年6月18日", "2009-06-18"},
		{"firm.vatPayer", "一般纳税人", "general"},
		{"firm.aboveScale", "是", "yes"},
		{"years.2025.revenue", "４，６８０万元", "46,800,000.00"},
		{"years.2025.staff", "150人", "150"},
		{"years.2025.energyKgce", "628.5", "628.5"},
		{"years.2025.passRates", "97.5、、98", "97.50、、98.00"},
		{"arrangements.net-policy.have", "有", "yes"},
		{"assets.a1.class", "数控机床", "cnc"},
		{"assets.a1.nameplate.model", "CK6150", "CK6150"},
		{"assets.a1.protocols", "OPC UA，Modbus", "OPC UA、Modbus"},
		{"assets.a1.count", "８台", "8"},
		{"assets.a1.functions", "数据采集，monitor、数据采集", "collect、monitor"},
		{"invoices.i1.lines.l1.net", "1,860,000.00", "1,860,000.00"},
		{"project.links", "生产管控、工艺改进", "生产管控、工艺改进"},
		{"project.useMonths", "5个月", "5"},
		{"notices.H3-1.rate", "12.5%", "12.5%"},
		{"notices.H3-1.cap", "", ""},
		{"plan.budget", "6万", "60,000.00"},
		{"onboarding.from", "2026-12-15", "2026-12-15"},
	} {
		k := sample()
		if err := Set(k, c.path, c.raw, "甲", noon); err != nil {
			t.Errorf("%s=%q: %v", c.path, c.raw, err)
			continue
		}
		got, err := Get(k, c.path)
		if err != nil || got != c.want {
			t.Errorf("%s=%q gives %q, %v; want %q", c.path, c.raw, got, err, c.want)
		}
		if again, err := Tidy(k, c.path, got); err != nil || again != got {
			t.Errorf("%s: printed value %q does not read back: %q, %v", c.path, got, again, err)
		}
	}
}

func TestSetRefusesInWordsAndChangesNothing(t *testing.T) {
	for _, c := range []struct {
		path, raw string
		code      survey.Code
	}{
		{"firm.creditCode", "91430211MA4HY7K28D", survey.CodeCreditCode},
		{"firm.region", "北京市", survey.CodeField},
		{"firm.contact.phone", "12345", survey.CodeField},
		{"assets.a1.functions", "数据采集、喝茶", survey.CodeField},
		{"firm.contact.email", "not an address", survey.CodeField},
		{"firm.bank.account", "6222 abc", survey.CodeField},
		{"firm.founded", "去年", survey.CodeDate},
		{"firm.founded", "2025-02-30", survey.CodeDate},
		{"years.2025.revenue", "很多", survey.CodeMoney},
		{"years.2025.revenue", "-5", survey.CodeMoney},
		{"years.2025.staff", "十个", survey.CodeNumber},
		{"years.1700.staff", "1", survey.CodeUnknownItem},
		{"years.2025.passRates", "101", survey.CodeNumber},
		{"assets.a1.count", "0", survey.CodeNumber},
		{"assets.a1.class", "机器人", survey.CodeField},
		{"assets.a1.id", "a2", survey.CodeUnknownItem},
		{"assets.zz.name", "x", survey.CodeUnknownItem},
		{"arrangements.magic.have", "是", survey.CodeUnknownItem},
		{"firm.secret", "x", survey.CodeUnknownItem},
		{"firm", "x", survey.CodeUnknownItem},
		{"id", "x", survey.CodeUnknownItem},
		{"schema", "x", survey.CodeUnknownItem},
		{"", "x", survey.CodeUnknownItem},
		{"firm.name", strings.Repeat("长", 101), survey.CodeField},
		{"project.summary", "a\x00b", survey.CodeField},
		{"project.links", "炒股", survey.CodeField},
		{"invoices.i1.number", "123", survey.CodeField},
	} {
		k := sample()
		before, _ := k.Facts()
		err := Set(k, c.path, c.raw, "甲", noon)
		if survey.CodeOf(err) != c.code {
			t.Errorf("%s=%q: %v, want %s", c.path, c.raw, err, c.code)
		}
		after, _ := k.Facts()
		if len(before) != len(after) {
			t.Errorf("%s=%q changed the case although it was refused", c.path, c.raw)
		}
	}
}

func TestYearsStayAscending(t *testing.T) {
	k := sample()
	for _, y := range []string{"2025", "2023", "2024"} {
		if err := Set(k, "years."+y+".staff", "5", "甲", noon); err != nil {
			t.Fatal(err)
		}
	}
	if k.Years[0].Year != 2023 || k.Years[1].Year != 2024 || k.Years[2].Year != 2025 {
		t.Errorf("years are %+v", k.Years)
	}
}

func TestThePersonsWordIsNotedOncePerFieldAndOthersAreKept(t *testing.T) {
	k := sample()
	for range 2 {
		if err := Set(k, "assets.a1.networked", "是", "甲", noon); err != nil {
			t.Fatal(err)
		}
	}
	ev := k.Assets[0].Evidence
	if len(ev) != 2 || ev[0].Source != survey.SourceLedger || ev[1].Source != survey.SourcePerson || ev[1].By != "甲" || ev[1].Note != "字段 networked" {
		t.Errorf("evidence is %+v", ev)
	}
}

func TestDiffGivesExactlyTheChangedFacts(t *testing.T) {
	a := sample()
	b := a.Clone()
	if err := Set(b, "assets.a1.networked", "是", "甲", noon); err != nil {
		t.Fatal(err)
	}
	b.Invoices = nil
	changes, err := Diff(a, b)
	if err != nil || len(changes) != 2 || changes[0].Kind != "asset" || changes[0].Gone || changes[1].Kind != "invoice" || !changes[1].Gone {
		t.Errorf("changes %+v, %v", changes, err)
	}
	if none, err := Diff(a, a.Clone()); err != nil || len(none) != 0 {
		t.Errorf("an unchanged case has changes %+v, %v", none, err)
	}
}

func FuzzSet(f *testing.F) {
	for _, s := range []string{"firm.creditCode\x0091430211MA4HY7K28C", "years.2025.revenue\x0030万", "assets.a1.count\x008台", "notices.H3-1.rate\x0020%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		path, raw, _ := strings.Cut(s, "\x00")
		k := sample()
		if Set(k, path, raw, "甲", noon) != nil {
			return
		}
		got, err := Get(k, path)
		if err != nil {
			t.Fatalf("%q=%q was taken and cannot be printed: %v", path, raw, err)
		}
		if again, err := Tidy(k, path, got); err != nil || again != got {
			t.Fatalf("%q=%q prints %q, which reads as %q, %v", path, raw, got, again, err)
		}
	})
}
