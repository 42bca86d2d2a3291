package register

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

var day = time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC)

// stock is a register with everything, with nothing, with several machines in a line and with texts that formats do not love.
func stock() *survey.Case {
	v := money.Fen(30_000_000)
	return &survey.Case{ID: "01890a5d-ac96-774b-bcce-b302099a8057", AsOf: "2026-11-28", Firm: survey.Firm{Name: "株洲恒硬刀具有限公司"},
		Assets: []survey.Asset{
			{ID: "01890a5d-ac96-774b-bcce-b302099a8001", AssetID: "SB-1", Name: "加工中心", Count: 1, Value: &v, Workshop: "一车间", Control: "FANUC 0i", Protocols: []string{"focas"},
				Nameplate: survey.Nameplate{Manufacturer: "大连机床", Model: "VMC850", ProductCode: "VMC-850-A", SerialNumber: "S-77", SoftwareRevision: "D4F1", HardwareRevision: "2", YearOfConstruction: 2019, ProductInstanceURI: "urn:dalian:77"},
				Networked: survey.Yes, Reach: survey.Reach{HostName: "VMC1", MACs: []string{"00:e0:e4:01:02:03"}, Addresses: []string{"192.168.0.7", "fe80::1"}, Switch: "SW1", Port: "Fa0/3"}},
			{ID: "01890a5d-ac96-774b-bcce-b302099a8002", Count: 3},
			{ID: "01890a5d-ac96-774b-bcce-b302099a8003", Name: "办公电脑（本机）", Count: 1, Nameplate: survey.Nameplate{DeviceClass: "计算机", Manufacturer: "LENOVO", Model: "M720t", SerialNumber: "PC12", SoftwareRevision: "Windows 10"},
				Reach: survey.Reach{MACs: []string{"44:19:b6:01:02:03"}, Addresses: []string{"192.168.0.9"}}},
			{ID: "01890a5d-ac96-774b-bcce-b302099a8004", Name: "交换机\x01" + strings.Repeat("长", 3000), Count: 1, Nameplate: survey.Nameplate{DeviceClass: "网络设备", ProductInstanceURI: "not a uri"}},
			{ID: "01890a5d-ac96-774b-bcce-b302099a8005", Name: "打印机", Count: 1, Nameplate: survey.Nameplate{DeviceClass: "打印机"}},
		},
		Systems: []survey.System{{ID: "01890a5d-ac96-774b-bcce-b302099a9001", Name: "ERP", Kind: survey.KindERP, Vendor: "用友", Product: "用友 U8", Deployment: survey.DeployLocal, InUse: survey.Yes}, {ID: "01890a5d-ac96-774b-bcce-b302099a9002", Kind: survey.KindOA}},
	}
}

// schema compiles a published schema of testdata; others are those it refers to, by the name it uses.
func schema(t *testing.T, file string, others map[string]string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	load := func(file string) any {
		f, err := os.Open(filepath.Join("testdata", file+".schema.json.gz"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(z)
		if err != nil {
			t.Fatal(err)
		}
		return plain(doc)
	}
	for name, other := range others {
		if err := c.AddResource(name, load(other)); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.AddResource("https://test.invalid/"+file, load(file)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("https://test.invalid/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// units rewrites what Go's regular expressions spell otherwise than the schema of the shells: characters by number, and the range that the
// schema writes as pairs of UTF-16 units.
var (
	units = regexp.MustCompile(`\\u([0-9a-f]{4})`)
	pairs = strings.NewReplacer(`|\x{d800}[\x{dc00}-\x{dfff}]|[\x{d801}-\x{dbfe}][\x{dc00}-\x{dfff}]|\x{dbff}[\x{dc00}-\x{dfff}]`, `|[\x{10000}-\x{10ffff}]`)
)

func plain(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[string]any:
		for k := range v {
			if text, ok := v[k].(string); ok && k == "pattern" {
				v[k] = pairs.Replace(units.ReplaceAllString(text, `\x{$1}`))
				continue
			}
			v[k] = plain(v[k])
		}
	}
	return v
}

func valid(t *testing.T, s *jsonschema.Schema, what string, data []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if err := s.Validate(doc); err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

func TestGLPIFilesAreValid(t *testing.T) {
	s := schema(t, "glpi-inventory", nil)
	data, err := GLPI(stock(), "上云通 0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) != 7 {
		t.Fatalf("%d files, want one for each of 7 machines: %v", len(z.File), err)
	}
	kinds := map[string]int{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		one, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		valid(t, s, f.Name, one)
		var d struct{ ItemType string }
		if err := json.Unmarshal(one, &d); err != nil {
			t.Fatal(err)
		}
		kinds[d.ItemType]++
		if strings.Contains(string(one), "300000") {
			t.Errorf("%s tells an amount", f.Name)
		}
	}
	if kinds["Computer"] != 1 || kinds["NetworkEquipment"] != 1 || kinds["Printer"] != 1 || kinds["Unmanaged"] != 4 {
		t.Errorf("kinds %v", kinds)
	}
	wrong, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"deviceid":"x","itemtype":"Lathe","content":{}}`))
	if s.Validate(wrong) == nil {
		t.Error("the schema refuses nothing")
	}
	many := &survey.Case{Assets: []survey.Asset{{ID: "x", Count: maxFiles + 1}}}
	if _, err := GLPI(many, "x"); survey.CodeOf(err) != survey.CodeRegisterOut {
		t.Errorf("too many machines: %v", err)
	}
}

func TestTheBillOfMaterialsIsValid(t *testing.T) {
	s := schema(t, "cyclonedx-bom-1.6", map[string]string{
		"http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json": "cyclonedx-spdx", "http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json": "cyclonedx-jsf-0.82"})
	data, err := CycloneDX(stock(), "上云通 0.1.0", day)
	if err != nil {
		t.Fatal(err)
	}
	valid(t, s, "bom", data)
	again, _ := CycloneDX(stock(), "上云通 0.1.0", day)
	if !bytes.Equal(data, again) || !bytes.Contains(data, []byte(`"D4F1"`)) || !bytes.Contains(data, []byte("用友 U8")) {
		t.Errorf("the bill of materials lacks something:\n%s", data)
	}
	empty, _ := CycloneDX(&survey.Case{ID: stock().ID}, "上云通 0.1.0", day)
	valid(t, s, "an empty register", empty)
	wrong, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"lathe","name":"x"}]}`))
	if s.Validate(wrong) == nil {
		t.Error("the schema refuses nothing")
	}
}

func TestTheShellsAreValid(t *testing.T) {
	s := schema(t, "aas-3", nil)
	data, err := AAS(stock())
	if err != nil {
		t.Fatal(err)
	}
	valid(t, s, "shells", data)
	for _, want := range []string{`"URIOfTheProduct"`, `"S-77"`, "2019", "尚未查明的栏目：URIOfTheProduct、ManufacturerName"} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	empty, _ := AAS(&survey.Case{})
	valid(t, s, "an empty register", empty)
	wrong, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"submodels":[{"modelType":"Submodel","id":""}]}`))
	if s.Validate(wrong) == nil {
		t.Error("the schema refuses nothing")
	}
}
