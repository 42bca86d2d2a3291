package survey

import "github.com/shangyuntong/shangyun/survey/money"

// Asset is one line of the equipment register: one machine, or Count machines that are alike in every recorded respect.
// The policy's class and the use are two separate facts.
type Asset struct {
	ID        string      `json:"id"`
	AssetID   string      `json:"assetId,omitempty"` // 资产编号
	Name      string      `json:"name"`              // OPC UA Machinery ComponentName
	Nameplate Nameplate   `json:"nameplate"`
	Class     PolicyClass `json:"class,omitempty"` // 政策 P6.2
	Use       Use         `json:"use,omitempty"`
	Counted   Tri         `json:"counted"`            // 计入生产设备分母; unknown follows Use (see InDenominator)
	Count     int         `json:"count"`              // 台, ≥ 1
	Line      string      `json:"line,omitempty"`     // 产线
	Workshop  string      `json:"workshop,omitempty"` // 车间
	SiteID    string      `json:"siteId,omitempty"`
	Process   string      `json:"process,omitempty"` // 工序名
	KeyStep   Tri         `json:"keyStep"`           // 关键工序
	Numeric   Tri         `json:"numeric"`           // 数控 (数控装置, PLC or DCS)
	Digital   Tri         `json:"digital"`           // 数字化设备
	Networked Tri         `json:"networked"`         // 联网
	Network   NetKind     `json:"network,omitempty"` // which network
	Via       string      `json:"via,omitempty"`     // 有线, WiFi, 4G, 5G, NB-IoT, PON
	Ports     []string    `json:"ports,omitempty"`   // RJ45, RS485, RS232, 无线
	Protocols []string    `json:"protocols,omitempty"`
	Control   string      `json:"control,omitempty"`  // 控制系统
	Flows     []Flow      `json:"flows,omitempty"`    // data that leaves the machine by itself
	OnCloud   Tri         `json:"onCloud"`            // 上云
	Platform  string      `json:"platform,omitempty"` // which platform
	Functions []Function  `json:"functions,omitempty"`
	DataGrade string      `json:"dataGrade,omitempty"` // 一级, 二级, 三级
	Reach     Reach       `json:"reach,omitzero"`      // how it is known on a network
	Category  string      `json:"category,omitempty"`  // GB/T 14885 分类代码, only as a person or the firm's list gives it
	Bought    Date        `json:"bought,omitempty"`
	Value     *money.Fen  `json:"value,omitempty"` // 原值 of the whole line
	Note      string      `json:"note,omitempty"`
	Evidence  []Evidence  `json:"evidence,omitempty"`
}

// Nameplate holds the OPC UA Machinery identification fields (OPC 40001-1) under their own names.
type Nameplate struct {
	Manufacturer        string `json:"manufacturer,omitempty"`
	Model               string `json:"model,omitempty"`
	ProductCode         string `json:"productCode,omitempty"`
	SerialNumber        string `json:"serialNumber,omitempty"`
	DeviceClass         string `json:"deviceClass,omitempty"`
	HardwareRevision    string `json:"hardwareRevision,omitempty"`
	SoftwareRevision    string `json:"softwareRevision,omitempty"`
	ProductInstanceURI  string `json:"productInstanceUri,omitempty"`
	ManufacturerURI     string `json:"manufacturerUri,omitempty"`
	YearOfConstruction  int    `json:"yearOfConstruction,omitempty"`
	MonthOfConstruction int    `json:"monthOfConstruction,omitempty"`
	InitialOperation    Date   `json:"initialOperationDate,omitempty"`
	Location            string `json:"location,omitempty"`
}

// PolicyClass is the policy's equipment class (政策 P6.2), or none of the four.
type PolicyClass string

// The classes; "" is not yet classed.
const (
	ClassCNC       PolicyClass = "cnc"       // 数控机床
	ClassTrade     PolicyClass = "trade"     // 行业专用设备
	ClassLarge     PolicyClass = "large"     // 大型机器设备
	ClassAuxiliary PolicyClass = "auxiliary" // 工厂辅助设备
	ClassNone      PolicyClass = "none"      // 不属于四类
)

// Use is what a machine is for. Only 生产 counts in the rates' denominator unless a person decides otherwise.
type Use string

// The uses; "" is unknown.
const (
	UseProduction Use = "production" // 生产
	UseTesting    Use = "testing"    // 检测
	UseLogistics  Use = "logistics"  // 物流
	UseAuxiliary  Use = "auxiliary"  // 辅助
	UseUtility    Use = "utility"    // 公用
	UseOffice     Use = "office"     // 办公与信息设备
)

// NetKind is the network a machine hangs on; it also answers 采集项 Q1.
type NetKind string

// The networks; "" is none or unknown (see Asset.Networked).
const (
	NetControl NetKind = "control" // 工控网
	NetApp     NetKind = "app"     // 应用系统网
	Net5G      NetKind = "5g"      // 5G 工业网络
)

// Function is one of the six functions of 设备信息化管理体系 (政策 P6.2).
type Function string

// The six functions.
const (
	FnCollect  Function = "collect"  // 数据采集
	FnMonitor  Function = "monitor"  // 设备监控
	FnMaintain Function = "maintain" // 运维诊断
	FnOptimise Function = "optimise" // 流程优化
	FnEnergy   Function = "energy"   // 节能环保
	FnSafety   Function = "safety"   // 安全监控
)

// Flow is one kind of data that a machine or a system delivers without a person typing it.
type Flow struct {
	Data   string `json:"data"`             // 状态, 工艺, 质量, 能耗, 告警, 业务
	System string `json:"system,omitempty"` // System.ID it goes to
	Scene  string `json:"scene"`            // scene key it feeds (e.g. "production-control"), see the questionnaire
}

// InDenominator tells whether the machine counts as 生产设备: a person's decision, else its use.
// Unknown means that neither is known; such machines are listed as 待核实 and not counted.
func (a *Asset) InDenominator() Tri {
	if a.Counted != Unknown {
		return a.Counted
	}
	if a.Use == "" {
		return Unknown
	}
	return TriOf(a.Use == UseProduction)
}

// Names of the classes and uses in Chinese, in form order.
var (
	ClassNames = []Named[PolicyClass]{{ClassCNC, "数控机床"}, {ClassTrade, "行业专用设备"}, {ClassLarge, "大型机器设备"}, {ClassAuxiliary, "工厂辅助设备"}, {ClassNone, "不属于四类"}}
	UseNames   = []Named[Use]{{UseProduction, "生产"}, {UseTesting, "检测"}, {UseLogistics, "物流"}, {UseAuxiliary, "辅助"}, {UseUtility, "公用"}, {UseOffice, "办公与信息"}}
	NetNames   = []Named[NetKind]{{NetControl, "工控网"}, {NetApp, "应用系统网"}, {Net5G, "5G 工业网络"}}
	FnNames    = []Named[Function]{{FnCollect, "数据采集"}, {FnMonitor, "设备监控"}, {FnMaintain, "运维诊断"}, {FnOptimise, "流程优化"}, {FnEnergy, "节能环保"}, {FnSafety, "安全监控"}}
)

// Named pairs a value with its Chinese name.
type Named[T ~string] struct {
	Value T
	Name  string
}

// NameOf finds the Chinese name of v in list; "" when v is empty or not listed.
func NameOf[T ~string](list []Named[T], v T) string {
	for _, n := range list {
		if n.Value == v {
			return n.Name
		}
	}
	return ""
}
