package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// put writes a file into a folder of the test.
func put(t *testing.T, name string, content []byte) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestALedgerInGB18030IsReadRightAndANumberIsNoDate(t *testing.T) {
	bin, data := tools(t), filepath.Join(t.TempDir(), "data")
	runCtl(t, bin, data, "case", "new", "株洲测试有限公司").want(t, 0, "已新建案卷")
	r := runCtl(t, bin, data, "import", filepath.Join("..", "connectors", "importer", "testdata", "台账-GB18030.csv")).want(t, 0, "新增 3 行")
	r.want(t, 0, "第 5 行 购置日期：“45721”是数字，不是日期")
	assets := exported(t, bin, data).Assets
	if len(assets) != 3 {
		t.Fatalf("%d lines", len(assets))
	}
	for i, want := range []struct{ name, model, bought, workshop string }{
		{"数控车床", "CK6150", "2015-10", "镕铸车间"}, {"真空炉", "VQ-𬭚", "2020-07-15", "热处理"}, {"刀具检测仪", "GENIUS", "", "质检室"},
	} {
		a := assets[i]
		if a.Name != want.name || a.Nameplate.Model != want.model || string(a.Bought) != want.bought || a.Workshop != want.workshop {
			t.Errorf("line %d: %s %s %s %s, want %+v", i, a.Name, a.Nameplate.Model, a.Bought, a.Workshop, want)
		}
	}
	if strings.Contains(runCtl(t, bin, data, "case", "export", "--agree", "测试").out, `"45721"`) {
		t.Error("the number is in the case")
	}
}

func TestFilesThatCannotBeReadAreNamedAndChangeNothing(t *testing.T) {
	bin, data := tools(t), filepath.Join(t.TempDir(), "data")
	runCtl(t, bin, data, "case", "new", "株洲测试有限公司").want(t, 0, "已新建案卷")
	before := runCtl(t, bin, data, "case", "export", "--agree", "测试").out
	locked := filepath.Join(t.TempDir(), "台账.xlsx")
	book := excelize.NewFile()
	if err := book.SetSheetRow("Sheet1", "A1", &[]any{"设备名称", "数量"}); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(locked, excelize.Options{Password: "机密"}); err != nil {
		t.Fatal(err)
	}
	old := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 512)...)
	for _, u := range utf16.Encode([]rune("Workbook")) {
		old = append(old, byte(u), byte(u>>8))
	}
	for _, c := range []struct{ file, words string }{
		{locked, "E0202"}, {put(t, "台账.xls", old), "E0203"}, {put(t, "台账.xlsx", []byte("PK\x03\x04 cut")), "E0201"},
		{put(t, "空.csv", nil), "E0204"}, {put(t, "别的.csv", []byte("a,b\n1,2\n")), "E0204"}, {t.TempDir(), "E0207"}, {filepath.Join(t.TempDir(), "没有.csv"), "E0207"},
	} {
		r := runCtl(t, bin, data, "import", c.file).want(t, 3, c.words)
		if strings.Count(strings.TrimSpace(r.errs), "\n") > 0 || r.out != "" {
			t.Errorf("more than one sentence: %q %q", r.out, r.errs)
		}
	}
	if after := runCtl(t, bin, data, "case", "export", "--agree", "测试").out; after != before {
		t.Error("a file that could not be read changed the case")
	}
}

func TestACharacterThatTheFontLacksIsNamed(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	out := filepath.Join(t.TempDir(), "文书")
	runCtl(t, bin, data, "set", "firm.name=株洲𰻝面机械有限公司").want(t, 0, "已保存")
	runCtl(t, bin, data, "apply", "--agree", "测试", "-o", out).want(t, 3, "“𰻝”（U+30EDD）").want(t, 3, "E0206")
	if left, err := os.ReadDir(out); err == nil && len(left) > 0 {
		t.Errorf("papers were written: %v", left)
	}
	if name := exported(t, bin, data).Firm.Name; name != "株洲𰻝面机械有限公司" {
		t.Errorf("the name is %q", name)
	}
	runCtl(t, bin, data, "set", "firm.name=株洲恒硬刀具有限公司").want(t, 0, "已保存")
	runCtl(t, bin, data, "apply", "--agree", "测试", "-o", out).want(t, 0, "申报书.pdf")
}

func TestAWrongCreditCodeIsKeptAndStandsAgainstSending(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	o.enrol(t, data, o.address)
	runCtl(t, o.bin, data, "set", "firm.creditCode=91430211MA4HY7K28D").want(t, 3, "E0102 统一社会信用代码不对")
	c := exported(t, o.bin, data)
	if c.Drafts["firm.creditCode"] != "91430211MA4HY7K28D" || c.Firm.CreditCode != "91430211MA4HY7K28C" {
		t.Errorf("draft %q beside %q", c.Drafts["firm.creditCode"], c.Firm.CreditCode)
	}
	runCtl(t, o.bin, data, "send", "--agree").want(t, 4, "E0401").want(t, 4, "统一社会信用代码")
	if all := heldBy(t, o.data); len(all) != 0 {
		t.Errorf("the portal was given %+v", all)
	}
	runCtl(t, o.bin, data, "set", "firm.creditCode=91430211MA4HY7K28C").want(t, 0, "已保存")
	if c := exported(t, o.bin, data); len(c.Drafts) != 0 {
		t.Errorf("drafts are left: %v", c.Drafts)
	}
	runCtl(t, o.bin, data, "send", "--agree").want(t, 0, "已报送")
}

func TestSetAddsAndTakesOut(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	var made struct{ Added []string }
	runCtl(t, bin, data, "--json", "set", "add:contracts", "add:titles=专精特新").into(t, &made)
	if len(made.Added) != 2 || !strings.HasPrefix(made.Added[0], "contracts.") || !strings.HasPrefix(made.Added[1], "titles.") {
		t.Fatalf("added %v", made.Added)
	}
	runCtl(t, bin, data, "set", made.Added[0]+".number=HT-9", made.Added[0]+".gross=30万").want(t, 0, "已保存 2 项")
	runCtl(t, bin, data, "case", "export", "--agree", "测试").want(t, 0, "300000.00")
	runCtl(t, bin, data, "set", "del:"+made.Added[0], "del:"+made.Added[1]).want(t, 0, "已保存 2 项")
	if c := exported(t, bin, data); len(c.Contracts) != 4 || len(c.Titles) != 1 {
		t.Errorf("%d contracts, %d titles", len(c.Contracts), len(c.Titles))
	}
	runCtl(t, bin, data, "set", "del:"+made.Added[0]).want(t, 3, "E0106")
	runCtl(t, bin, data, "set", "add:magic").want(t, 3, "E0106")
	runCtl(t, bin, data, "set", "firm.name").want(t, 2, "E0002")
}
