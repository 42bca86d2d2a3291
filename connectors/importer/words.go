package importer

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// word pairs what people write, folded, with the name that is kept.
type word struct{ as, name string }

// ports and protocols; longer words stand before the words they contain.
var portWords = []word{
	{"rj45", "RJ45"}, {"rj-45", "RJ45"}, {"rs485", "RS485"}, {"rs-485", "RS485"}, {"485", "RS485"}, {"rs232", "RS232"}, {"rs-232", "RS232"}, {"rs422", "RS422"},
	{"以太网", "RJ45"}, {"网口", "RJ45"}, {"wifi", "无线"}, {"wi-fi", "无线"}, {"无线", "无线"}, {"usb", "USB"},
}

var protocolWords = []word{
	{"opcua", "OPC UA"}, {"opc-ua", "OPC UA"}, {"opcda", "OPC DA"}, {"opc", "OPC"}, {"modbus/tcp", "Modbus TCP"}, {"modbustcp", "Modbus TCP"}, {"modbus-tcp", "Modbus TCP"}, {"modbus/rtu", "Modbus RTU"}, {"modbusrtu", "Modbus RTU"}, {"modbus-rtu", "Modbus RTU"}, {"modbus", "Modbus"},
	{"profinet", "PROFINET"}, {"profibus", "PROFIBUS"}, {"ethernet/ip", "EtherNet/IP"}, {"ethernetip", "EtherNet/IP"}, {"ethercat", "EtherCAT"}, {"focas", "FOCAS"}, {"mtconnect", "MTConnect"},
	{"mqtt", "MQTT"}, {"slmp", "SLMP"}, {"mc协议", "SLMP"}, {"s7", "S7"}, {"fins", "FINS"}, {"bacnet", "BACnet"}, {"dl/t645", "DL/T 645"}, {"dlt645", "DL/T 645"}, {"cc-link", "CC-Link"}, {"canopen", "CANopen"}, {"iec104", "IEC 104"}, {"euromap", "Euromap"},
}

// take finds the words of list in s, each once, and returns what is left of s.
func take(s string, list []word) (found []string, rest string) {
	rest = fold(s)
	for _, w := range list {
		if strings.Contains(rest, w.as) {
			rest = strings.ReplaceAll(rest, w.as, " ")
			found = addOnce(found, w.name)
		}
	}
	return found, rest
}

// readPorts sorts a cell of 接口 or 协议 into both lists; other is true when words remain that neither list knows.
func readPorts(s string) (ports, protocols []string, other bool) {
	if isNone(s) {
		return nil, nil, false
	}
	protocols, rest := take(s, protocolWords)
	ports, rest = take(rest, portWords)
	rest = strings.NewReplacer("tcp/ip", "", "接口", "", "协议", "", "口", "").Replace(rest)
	return ports, protocols, strings.Trim(rest, " /、,;+和及与()|.") != ""
}

// network is what a cell of 联网 or 联网方式 says.
type network struct {
	kind survey.NetKind
	via  string
}

// readNetwork finds the network and the way to it in words such as 工控网, 应用系统网（有线）, 5G, WiFi.
func readNetwork(s string) network {
	t := fold(s)
	var n network
	for _, w := range []struct {
		as   string
		kind survey.NetKind
	}{{"5g", survey.Net5G}, {"工控", survey.NetControl}, {"工业控制", survey.NetControl}, {"工业网", survey.NetControl}, {"应用", survey.NetApp}, {"办公", survey.NetApp}} {
		if strings.Contains(t, w.as) {
			n.kind = w.kind
			break
		}
	}
	for _, w := range []word{{"nb-iot", "NB-IoT"}, {"nbiot", "NB-IoT"}, {"5g", "5G"}, {"4g", "4G"}, {"wifi", "WiFi"}, {"wi-fi", "WiFi"}, {"无线", "WiFi"}, {"pon", "PON"}, {"有线", "有线"}, {"网线", "有线"}, {"以太网", "有线"}} {
		if strings.Contains(t, w.as) {
			n.via = w.name
			break
		}
	}
	return n
}

// dataWords say which kind of data a word names and which scene it feeds: 运行状态、告警 feed 设备管理, 过程数据 feed
// 生产管控, 质量 feeds 质量管理, 能耗 feeds 能耗管理 (2024 edition, the examples of automatic collection per link).
var dataWords = []struct{ as, data, scene string }{
	{"状态", "状态", "equipment"}, {"开机", "状态", "equipment"}, {"告警", "告警", "equipment"}, {"报警", "告警", "equipment"}, {"故障", "告警", "equipment"},
	{"工艺", "工艺", "production-control"}, {"温度", "工艺", "production-control"}, {"压力", "工艺", "production-control"}, {"产量", "业务", "production-control"}, {"报工", "业务", "production-control"}, {"计数", "业务", "production-control"},
	{"质量", "质量", "quality"}, {"检测", "质量", "quality"}, {"尺寸", "质量", "quality"}, {"能耗", "能耗", "energy"}, {"电量", "能耗", "energy"}, {"用电", "能耗", "energy"},
}

// readFlows turns 状态、工艺 and a target into flows. Without a target there is none: data that go nowhere feed no scene.
func readFlows(data, target string) []survey.Flow {
	if isNone(data) || isNone(target) {
		return nil
	}
	var flows []survey.Flow
	for _, w := range dataWords {
		f := survey.Flow{Data: w.data, System: target, Scene: w.scene}
		if strings.Contains(data, w.as) && !containsFlow(flows, f) {
			flows = append(flows, f)
		}
	}
	return flows
}

func containsFlow(list []survey.Flow, f survey.Flow) bool {
	for _, x := range list {
		if x == f {
			return true
		}
	}
	return false
}

// isNone tells whether a cell says that there is nothing.
func isNone(s string) bool {
	switch fold(s) {
	case "", "无", "-", "--", "—", "——", "/", "\\", "否", "没有", "n/a", "na", "×", "x", "未", "暂无":
		return true
	}
	return false
}

// readTri reads yes/no as people mark it, also 是（FANUC）, 已接入 or 无/未装.
func readTri(s string) (survey.Tri, error) {
	t, err := survey.ParseTri(s)
	if err == nil {
		return t, nil
	}
	h := fold(s)
	for _, no := range []string{"未", "无", "否", "没", "不是", "×"} {
		if strings.HasPrefix(h, no) {
			return survey.No, nil
		}
	}
	for _, yes := range []string{"是(", "是,", "是/", "是、", "有(", "有,", "有/", "有、", "√", "✓", "已", "✔"} {
		if strings.HasPrefix(h, yes) && !strings.Contains(h, "拟") && !strings.Contains(h, "计划") {
			return survey.Yes, nil
		}
	}
	return survey.Unknown, err
}

// numericControl names control systems that make a machine 数控: a CNC, a PLC or a DCS.
var numericControl = []string{"fanuc", "发那科", "sinumerik", "siemens", "西门子", "840d", "828d", "广数", "gsk", "华中", "hnc", "plc", "dcs", "s7-", "三菱", "mitsubishi", "海德汉", "heidenhain", "马扎克", "mazatrol", "新代", "syntec", "凯恩帝", "数控"}

func isNumericControl(s string) bool { return hasAny(fold(s), numericControl) }

func hasAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func addOnce(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

func joinNote(note, more string) string {
	if note == "" || more == "" {
		return note + more
	}
	return note + "；" + more
}
