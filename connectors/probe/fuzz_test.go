package probe

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"
)

// fuzz feeds a protocol's reader with foreign bytes: never a panic, nothing unbounded, and what was read stays readable from what is kept.
// The seeds are the transcripts; several answers are told apart by their lengths, so that the fuzzer moves the borders too.
func fuzz(f *testing.F, name string) {
	p := registry[name]
	for _, x := range transcripts(f) {
		if x.protocol() != p {
			continue
		}
		var all []byte
		var cut uint16
		answers := x.answers(f)
		for i, a := range answers {
			if i == 0 {
				cut = uint16(len(a))
			}
			all = append(all, a...)
		}
		f.Add(all, cut)
	}
	f.Fuzz(func(t *testing.T, b []byte, cut uint16) {
		answers := [][]byte{b}
		if n := int(cut); n > 0 && n < len(b) {
			answers = [][]byte{b[:n], b[n:]}
			for len(answers) < 6 && len(answers[len(answers)-1]) > n { // more answers of the same length
				last := answers[len(answers)-1]
				answers = append(answers[:len(answers)-1], last[:n], last[n:])
			}
		}
		id, err := read(p, answers, fuzzMarks)
		if err != nil {
			return
		}
		if len(id.Facts) > maxFacts || len(id.Software) > maxFacts || len([]rune(id.Name)) > maxWords || len([]rune(id.Nameplate.Model)) > maxWords {
			t.Errorf("unbounded: %d facts, %d products", len(id.Facts), len(id.Software))
		}
		if _, err := Again(id, fuzzMarks); err != nil {
			t.Errorf("not readable again: %v", err)
		}
	})
}

var fuzzMarks = &Marks{list: []Mark{{Product: "OA", Kind: "oa", Body: []string{"/seeyon/"}, Title: []string{"登录"}, Icon: []int32{1}}}}

func FuzzAds(f *testing.F)          { fuzz(f, "ads") }
func FuzzBacnet(f *testing.F)       { fuzz(f, "bacnet") }
func FuzzDcp(f *testing.F)          { fuzz(f, "dcp") }
func FuzzDlt645(f *testing.F)       { fuzz(f, "dlt645") }
func FuzzEnip(f *testing.F)         { fuzz(f, "enip") }
func FuzzFins(f *testing.F)         { fuzz(f, "fins") }
func FuzzFocas(f *testing.F)        { fuzz(f, "focas") }
func FuzzFox(f *testing.F)          { fuzz(f, "fox") }
func FuzzHttp(f *testing.F)         { fuzz(f, "http") }
func FuzzHttps(f *testing.F)        { fuzz(f, "https") }
func FuzzIec104(f *testing.F)       { fuzz(f, "iec104") }
func FuzzIpp(f *testing.F)          { fuzz(f, "ipp") }
func FuzzLldp(f *testing.F)         { fuzz(f, "lldp") }
func FuzzMdns(f *testing.F)         { fuzz(f, "mdns") }
func FuzzModbus(f *testing.F)       { fuzz(f, "modbus") }
func FuzzMqtt(f *testing.F)         { fuzz(f, "mqtt") }
func FuzzMssql(f *testing.F)        { fuzz(f, "mssql") }
func FuzzMssqlBrowser(f *testing.F) { fuzz(f, "mssql-browser") }
func FuzzMtconnect(f *testing.F)    { fuzz(f, "mtconnect") }
func FuzzMysql(f *testing.F)        { fuzz(f, "mysql") }
func FuzzOpcua(f *testing.F)        { fuzz(f, "opcua") }
func FuzzOracle(f *testing.F)       { fuzz(f, "oracle") }
func FuzzPostgres(f *testing.F)     { fuzz(f, "postgres") }
func FuzzRdp(f *testing.F)          { fuzz(f, "rdp") }
func FuzzRedis(f *testing.F)        { fuzz(f, "redis") }
func FuzzS7(f *testing.F)           { fuzz(f, "s7") }
func FuzzSlmp(f *testing.F)         { fuzz(f, "slmp") }
func FuzzSmb(f *testing.F)          { fuzz(f, "smb") }
func FuzzSnmp(f *testing.F)         { fuzz(f, "snmp") }
func FuzzSsdp(f *testing.F)         { fuzz(f, "ssdp") }
func FuzzSsh(f *testing.F)          { fuzz(f, "ssh") }
func FuzzUpnp(f *testing.F)         { fuzz(f, "upnp") }
func FuzzWsd(f *testing.F)          { fuzz(f, "wsd") }

// FuzzSizes feeds the functions that tell an answer's length while it comes.
func FuzzSizes(f *testing.F) {
	sizes := []func([]byte) (int, error){modbusSize, tpktSize, slmpSize, focasSize, iec104Size, sshSize, mysqlSize, tdsSize, redisSize, smbSize, uaSize, httpSize}
	for _, x := range transcripts(f) {
		for _, a := range x.answers(f) {
			f.Add(a)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) == 0 {
			return
		}
		for i, size := range sizes {
			if n, err := size(b); err == nil && n < 0 {
				t.Errorf("%d: %d", i, n)
			}
		}
	})
}

// FuzzTables feeds the readers of address tables and lease files.
func FuzzTables(f *testing.F) {
	f.Add("IP address       HW type     Flags       HW address            Mask     Device\n10.0.0.1         0x1         0x2         00:1b:1b:0a:0b:0c     *        eth0\n")
	f.Add("lease 10.0.0.9 {\n  hardware ethernet 00:1b:1b:0a:0b:0c;\n  client-hostname \"plc\";\n}\n1716000000 00:1b:1b:0a:0b:0c 10.0.0.8 hmi *\n")
	f.Fuzz(func(t *testing.T, s string) {
		for a := range parseTable(s) {
			if !a.Is4() {
				t.Errorf("%v", a)
			}
		}
		for _, h := range parseLeases(s) {
			if h.Address == "" {
				t.Error("a lease without an address")
			}
		}
	})
}

// TestEveryProtocolHasAFuzzTarget reads this file: each registered protocol is fuzzed.
func TestEveryProtocolHasAFuzzTarget(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "fuzz_test.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		c, ok := n.(*ast.CallExpr)
		if !ok || len(c.Args) != 2 {
			return true
		}
		if f, ok := c.Fun.(*ast.Ident); ok && f.Name == "fuzz" {
			if l, ok := c.Args[1].(*ast.BasicLit); ok {
				name, _ := strconv.Unquote(l.Value)
				have[name] = true
			}
		}
		return true
	})
	for _, p := range Protocols() {
		if !have[p.Name] {
			t.Errorf("%s has no fuzz target", p.Name)
		}
	}
}

func FuzzSnmpTables(f *testing.F) { fuzz(f, "snmp-tables") }

func FuzzOpcuaSession(f *testing.F) { fuzz(f, "opcua-session") }
