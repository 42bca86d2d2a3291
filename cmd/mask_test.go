package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNumbersOfPeopleStandInNoOutput feeds a case with known telephone, identity and account numbers through the verbs, failing ones included, and
// searches everything that was printed. Only an export and case show --show may tell them.
func TestNumbersOfPeopleStandInNoOutput(t *testing.T) {
	bin := tools(t)
	data, files := firm(t)
	const phone, identity, card = "13987654321", "430203198001011234", "6222000011112222333"
	numbers := []string{phone, identity, card}
	dir := t.TempDir()
	bad := filepath.Join(dir, phone+".json")
	if err := os.WriteFile(bad, []byte(`{"schema":"shangyun-case/1","firm":{"contact":{"phone":"`+phone+`"},"bank":{"account":"`+card+`"},"`+identity+`":1}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, line := range [][]string{
		{"set", "firm.contact.phone=" + phone, "firm.bank.account=" + card}, {"set", "firm.founded=" + phone}, {"set", "firm.capital=" + identity + "万万"},
		{"set", "firm.creditCode=" + identity}, {"set", "firm.region=" + phone}, {"set", "years.2025.staff=" + card}, {"set", "firm.contact.phone=" + phone + "9"}, {"set", phone + "=1"},
		{"set", "add:lines=" + phone}, {"answer", identity + "=A"}, {"case", "import", bad}, {"import", filepath.Join(dir, phone+".xlsx")}, {"invoice", filepath.Join(dir, identity+".xml")},
		{"attach", "--role", "合同", filepath.Join(dir, card+".png")}, {"portal", "show", "http://127.0.0.1:1/" + phone}, {"send"}, {"send", "--agree"}, {"case", "show"}, {"case", "list"}, {"history"}, {"changes"},
		{"undo"}, {"redo"}, {"status"}, {"assess"}, {"recommend"}, {"subsidy"}, {"case", "export"}, {"apply", "-o", dir}, {"case", "retain", "", phone}, {"case", "delete", "", "--yes-delete", phone},
		{"case", "bundle", "", filepath.Join(dir, "a.zip")}, {"audit", "show"}, {"import", filepath.Join(files, "台账.xlsx")},
	} {
		for _, json := range []bool{false, true} {
			args := line
			if json {
				args = append([]string{"--json"}, line...)
			}
			r := runCtl(t, bin, data, args...)
			for _, n := range numbers {
				if strings.Contains(r.out+r.errs, n) {
					t.Errorf("%v prints %s:\n%s%s", args, n, r.out, r.errs)
				}
			}
			seen += len(r.out) + len(r.errs)
		}
	}
	if seen < 10_000 {
		t.Errorf("only %d bytes were printed", seen)
	}
	if r := runCtl(t, bin, data, "--json", "case", "show", "--show"); !strings.Contains(r.out, phone) || !strings.Contains(r.out, card) {
		t.Error("the numbers were never in the case: the search proves nothing")
	}
}
