package importer

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// Field names what a column holds.
type Field string

// The fields of an equipment list; "" is a column that is not understood.
const (
	FieldSeq       Field = "seq"            // 序号
	FieldAssetID   Field = "assetId"        // 资产编号
	FieldName      Field = "name"           // 设备名称
	FieldModel     Field = "model"          // 规格型号
	FieldMaker     Field = "manufacturer"   // 生产厂家
	FieldSerial    Field = "serial"         // 出厂编号
	FieldKind      Field = "kind"           // 类别, both the policy's class and the use
	FieldCounted   Field = "counted"        // 是否计入生产设备
	FieldCount     Field = "count"          // 数量
	FieldBought    Field = "bought"         // 购置日期
	FieldStarted   Field = "started"        // 投用日期
	FieldBuilt     Field = "built"          // 出厂日期 or 出厂年份
	FieldValue     Field = "value"          // 原值 of the row
	FieldPrice     Field = "price"          // 单价
	FieldWorkshop  Field = "workshop"       // 车间
	FieldLine      Field = "line"           // 产线
	FieldLocation  Field = "location"       // 安装地点
	FieldProcess   Field = "process"        // 工序名
	FieldKeyStep   Field = "keyStep"        // 是否关键工序
	FieldNumeric   Field = "numeric"        // 是否数控
	FieldDigital   Field = "digital"        // 是否数字化
	FieldDigitalN  Field = "digitalCount"   // 其中数字化台数
	FieldNetworked Field = "networked"      // 是否联网
	FieldNetworkN  Field = "networkedCount" // 其中联网台数
	FieldNetwork   Field = "network"        // 联网方式
	FieldPorts     Field = "ports"          // 接口、协议, in one or two columns
	FieldControl   Field = "control"        // 控制系统
	FieldData      Field = "data"           // 自动采集的数据
	FieldDataTo    Field = "dataTo"         // 数据去向
	FieldOnCloud   Field = "onCloud"        // 是否上云
	FieldPlatform  Field = "platform"       // 上云平台
	FieldGrade     Field = "grade"          // 数据等级
	FieldState     Field = "state"          // 使用状态
	FieldCategory  Field = "category"       // GB/T 14885 分类代码
	FieldMAC       Field = "mac"            // MAC 地址
	FieldAddress   Field = "address"        // IP 地址
	FieldHost      Field = "host"           // 主机名
	FieldNote      Field = "note"           // 备注
	FieldIgnored   Field = "ignored"        // understood and of no use here: 净值, 折旧, 单位, 责任人
)

// exact lists the headers as people write them, folded; the first word is the usual one.
var exact = map[Field][]string{
	FieldSeq:       {"序号", "行号", "no", "no."},
	FieldAssetID:   {"资产编号", "设备编号", "编号", "固定资产编号", "资产编码", "设备编码", "固定资产编码", "资产代码", "设备代码", "统一编号", "管理编号"},
	FieldName:      {"设备名称", "名称", "资产名称", "固定资产名称", "仪器名称", "仪器设备名称", "机器名称", "设备", "名称及型号", "设备名"},
	FieldModel:     {"规格型号", "型号", "型号规格", "规格", "设备型号", "规格/型号", "型号/规格", "机型"},
	FieldMaker:     {"生产厂家", "厂家", "制造商", "制造厂家", "品牌", "生产厂商", "厂商", "制造单位", "生产单位", "供应商", "厂家/品牌", "品牌/厂家"},
	FieldSerial:    {"出厂编号", "序列号", "机身编号", "出厂序列号", "sn", "s/n", "机号"},
	FieldKind:      {"类别", "设备类别", "设备类型", "资产类别", "分类", "设备分类", "用途", "设备用途", "类型", "固定资产类别"},
	FieldCounted:   {"是否生产设备", "计入生产设备", "是否计入", "是否计入分母", "计入分母", "是否计入生产设备"},
	FieldCount:     {"数量", "台数", "台套数", "设备数量", "数量/台", "数量/台套", "台套", "总台数", "设备台数"},
	FieldBought:    {"购置日期", "购入日期", "购买日期", "采购日期", "购置时间", "购入时间", "购买时间", "入账日期", "入账时间", "取得日期", "购置年月", "购入年月"},
	FieldStarted:   {"投用日期", "启用日期", "使用日期", "开始使用日期", "投产日期", "投入使用日期", "启用时间", "投用时间"},
	FieldBuilt:     {"出厂日期", "出厂年份", "制造年份", "生产日期", "制造日期", "出厂年月", "制造年月"},
	FieldValue:     {"原值", "设备原值", "资产原值", "固定资产原值", "购置金额", "金额", "总价", "入账价值", "原价", "账面原值", "购置价格", "购置价"},
	FieldPrice:     {"单价", "单台原值", "单台价格", "设备单价", "单台价"},
	FieldWorkshop:  {"车间", "所在车间", "使用车间", "使用部门", "部门", "所属部门", "所属车间", "车间/部门", "部门/车间"},
	FieldLine:      {"产线", "生产线", "所在产线", "所属产线", "班组"},
	FieldLocation:  {"安装地点", "存放地点", "位置", "安装位置", "放置地点", "所在位置", "地点"},
	FieldProcess:   {"工序", "工序名称", "所属工序", "对应工序", "所在工序", "关键工序名称"},
	FieldKeyStep:   {"是否关键工序", "关键工序", "关键工序设备", "是否关键工序设备"},
	FieldNumeric:   {"是否数控", "数控", "数控化", "是否数控化", "数控设备", "是否数控设备"},
	FieldDigital:   {"是否数字化", "数字化", "数字化设备", "是否数字化设备", "是否为数字化设备"},
	FieldDigitalN:  {"数字化台数", "其中数字化台数", "数字化设备台数", "数字化数量", "数字化设备数量", "其中数字化"},
	FieldNetworked: {"是否联网", "联网", "联网情况", "联网状态", "是否已联网", "是否接入网络"},
	FieldNetworkN:  {"联网台数", "其中联网台数", "联网设备台数", "联网数量", "已联网台数", "其中联网"},
	FieldNetwork:   {"联网方式", "网络类型", "网络", "接入方式", "接入网络", "联网网络"},
	FieldPorts:     {"接口", "通信接口", "通讯接口", "协议", "通信协议", "通讯协议", "接口/协议", "接口协议", "接口及协议", "数字接口", "接口、协议"},
	FieldControl:   {"控制系统", "数控系统", "系统", "控制器", "plc型号", "控制系统/plc"},
	FieldData:      {"采集数据", "自动采集数据", "采集内容", "数据采集内容", "自动采集内容", "采集的数据"},
	FieldDataTo:    {"数据去向", "目标系统", "数据去向/系统", "接入系统", "对接系统", "数据接入系统", "去向系统"},
	FieldOnCloud:   {"是否上云", "上云", "上云情况", "是否已上云"},
	FieldPlatform:  {"上云平台", "云平台", "平台名称", "所上平台", "接入平台", "上云平台名称"},
	FieldGrade:     {"数据等级", "数据分级", "数据级别"},
	FieldState:     {"使用状态", "状态", "设备状态", "使用情况", "资产状态", "现状"},
	FieldCategory:  {"资产分类代码", "分类代码", "国标分类代码", "固定资产分类代码", "gb/t14885", "gb/t14885分类代码", "资产分类编码"},
	FieldMAC:       {"mac地址", "mac", "网卡地址", "物理地址"},
	FieldAddress:   {"ip地址", "ip", "网络地址", "ipv4", "ip地址/网络地址"},
	FieldHost:      {"主机名", "计算机名", "设备主机名", "hostname"},
	FieldNote:      {"备注", "说明", "备注说明", "其他"},
	FieldIgnored:   {"净值", "资产净值", "累计折旧", "折旧", "月折旧额", "残值", "单位", "计量单位", "责任人", "保管人", "使用人", "负责人", "使用年限", "功率", "额定功率", "凭证号"},
}

// parts lists words that decide when no whole header matches; earlier lines win.
var parts = []struct {
	word  string
	field Field
}{
	{"净值", FieldIgnored}, {"折旧", FieldIgnored}, {"残值", FieldIgnored}, {"数字化台", FieldDigitalN}, {"联网台", FieldNetworkN},
	{"关键工序", FieldKeyStep}, {"数据去向", FieldDataTo}, {"采集", FieldData}, {"上云平台", FieldPlatform}, {"是否上云", FieldOnCloud},
	{"联网方式", FieldNetwork}, {"是否联网", FieldNetworked}, {"是否数字化", FieldDigital}, {"是否数控", FieldNumeric}, {"数控系统", FieldControl}, {"控制系统", FieldControl},
	{"出厂编号", FieldSerial}, {"设备名称", FieldName}, {"资产名称", FieldName}, {"资产编号", FieldAssetID}, {"设备编号", FieldAssetID}, {"型号", FieldModel}, {"厂家", FieldMaker}, {"制造商", FieldMaker},
	{"原值", FieldValue}, {"单价", FieldPrice}, {"数量", FieldCount}, {"购置日", FieldBought}, {"购置时", FieldBought}, {"协议", FieldPorts}, {"接口", FieldPorts}, {"车间", FieldWorkshop}, {"备注", FieldNote},
}

var exactWords = invert(exact)

func invert(m map[Field][]string) map[string]Field {
	out := map[string]Field{}
	for f, words := range m {
		for _, w := range words {
			out[w] = f
		}
	}
	return out
}

// fieldOf understands one header. weight is 3 for a whole word and 1 for a part of one; 0 means not understood.
func fieldOf(header string) (f Field, weight int) {
	for _, h := range []string{fold(header), fold(cutBrackets(header)), fold(cutUnit(header))} {
		if f, ok := exactWords[h]; ok {
			return f, 3
		}
	}
	h := fold(header)
	if len([]rune(h)) > 30 {
		return "", 0 // a sentence, not a header
	}
	for _, p := range parts {
		if strings.Contains(h, p.word) {
			return p.field, 1
		}
	}
	return "", 0
}

// fold makes a header or a word comparable: half-width, lower case, without space and the marks of a required field.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '*', '※', '★', '#', ':', '＊':
			return -1
		}
		return r
	}, survey.NormalizeText(s))
}

// cutBrackets drops what stands in brackets: 原值（万元） is 原值.
func cutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range survey.HalfWidth(s) {
		switch r {
		case '(', '[', '【', '〔', '{':
			depth++
		case ')', ']', '】', '〕', '}':
			depth = max(depth-1, 0)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// cutUnit drops a unit after a slash or a comma: 原值/万元 is 原值.
func cutUnit(s string) string {
	h := survey.HalfWidth(s)
	i := strings.LastIndexAny(h, "/,-_")
	if i < 0 {
		return s
	}
	tail := strings.TrimSpace(h[i+1:])
	if _, ok := money.UnitOf(tail); ok || tail == "台" || tail == "台套" || tail == "套" {
		return h[:i]
	}
	return s
}
