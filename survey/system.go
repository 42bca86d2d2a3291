package survey

// System is one information system in use or planned, bought, rented or home-made.
type System struct {
	ID           string     `json:"id"`
	Name         string     `json:"name"`
	Kind         SystemKind `json:"kind"`
	Vendor       string     `json:"vendor,omitempty"`
	Product      string     `json:"product,omitempty"`
	Deployment   Deployment `json:"deployment,omitempty"`
	Scenes       []string   `json:"scenes,omitempty"`       // scene keys it serves; empty follows Kind
	Integrations []string   `json:"integrations,omitempty"` // System.IDs that exchange data with it
	AI           Tri        `json:"ai"`                     // uses a model or AI in daily work
	Core         Tri        `json:"core"`                   // 核心业务系统 (政策 P3.3)
	InUse        Tri        `json:"inUse"`
	Since        Date       `json:"since,omitempty"`
	Flows        []Flow     `json:"flows,omitempty"` // scenes whose data come in without typing
	Note         string     `json:"note,omitempty"`
	Evidence     []Evidence `json:"evidence,omitempty"`
}

// SystemKind is the type of a system; the questionnaire maps it to scenes.
type SystemKind string

// The kinds of systems. KindSheet is a spreadsheet or cloud drive: a tool, not a system.
const (
	KindSheet   SystemKind = "sheet"
	KindCAD     SystemKind = "cad"
	KindCAE     SystemKind = "cae"
	KindPDM     SystemKind = "pdm"
	KindPLM     SystemKind = "plm"
	KindCAM     SystemKind = "cam"
	KindCAPP    SystemKind = "capp"
	KindCRM     SystemKind = "crm"
	KindAPS     SystemKind = "aps"
	KindERP     SystemKind = "erp"
	KindMES     SystemKind = "mes"
	KindQMS     SystemKind = "qms"
	KindEAM     SystemKind = "eam"
	KindIoT     SystemKind = "iot"
	KindEHS     SystemKind = "ehs"
	KindEMS     SystemKind = "ems"
	KindSRM     SystemKind = "srm"
	KindWMS     SystemKind = "wms"
	KindTMS     SystemKind = "tms"
	KindFinance SystemKind = "finance"
	KindHRM     SystemKind = "hrm"
	KindOA      SystemKind = "oa"
	KindBI      SystemKind = "bi"
	KindOther   SystemKind = "other"
)

// SystemKindNames in form order.
var SystemKindNames = []Named[SystemKind]{
	{KindERP, "ERP 企业资源计划"}, {KindMES, "MES 制造执行"}, {KindFinance, "财务软件"}, {KindOA, "协同办公 OA"}, {KindCAD, "CAD 设计软件"}, {KindCAE, "CAE/EDA 仿真"},
	{KindPDM, "PDM 图纸管理"}, {KindPLM, "PLM 产品生命周期"}, {KindCAM, "CAM 编程"}, {KindCAPP, "CAPP 工艺"}, {KindCRM, "CRM 客户管理"}, {KindAPS, "APS 排程"},
	{KindQMS, "QMS 质量"}, {KindEAM, "EAM 设备管理"}, {KindIoT, "设备物联平台"}, {KindEHS, "EHS 安全"}, {KindEMS, "EMS 能源"}, {KindSRM, "SRM 采购"},
	{KindWMS, "WMS 仓储"}, {KindTMS, "TMS 物流"}, {KindHRM, "HRM 人力"}, {KindBI, "BI 决策分析"}, {KindSheet, "电子表格、网盘等工具"}, {KindOther, "其他"},
}

// Deployment says where a system runs.
type Deployment string

// The deployments; "" is unknown.
const (
	DeployLocal   Deployment = "local"   // 本地
	DeployPrivate Deployment = "private" // 私有云
	DeployPublic  Deployment = "public"  // 公有云
	DeployHybrid  Deployment = "hybrid"  // 混合云
	DeploySaaS    Deployment = "saas"    // SaaS
)

// DeploymentNames in form order.
var DeploymentNames = []Named[Deployment]{{DeployLocal, "本地"}, {DeployPrivate, "私有云"}, {DeployPublic, "公有云"}, {DeployHybrid, "混合云"}, {DeploySaaS, "SaaS"}}

// OnCloud tells whether the system runs on a cloud; unknown deployment stays unknown.
func (s System) OnCloud() Tri {
	if s.Deployment == "" {
		return Unknown
	}
	return TriOf(s.Deployment != DeployLocal)
}

// Arrangement is one network or security arrangement asked by 采集项 Q1, Q6 and Q7.
type Arrangement struct {
	Kind     ArrangementKind `json:"kind"`
	Have     Tri             `json:"have"`
	Date     Date            `json:"date,omitempty"`
	Note     string          `json:"note,omitempty"`
	Evidence []Evidence      `json:"evidence,omitempty"`
}

// ArrangementKind is the closed list of arrangements.
type ArrangementKind string

// The arrangements, named after the options they prove.
const (
	ArrangedControlNet  ArrangementKind = "control-net"    // Q1 B 工控网络
	ArrangedAppNet      ArrangementKind = "app-net"        // Q1 C 应用系统网络
	Arranged5G          ArrangementKind = "5g-net"         // Q1 D 5G 工业网络
	ArrangedFullCover   ArrangementKind = "full-cover"     // Q1 E 全面覆盖、可扩展
	ArrangedNetPolicy   ArrangementKind = "net-policy"     // Q6 B
	ArrangedNetProduct  ArrangementKind = "net-product"    // Q6 C
	ArrangedNetRisk     ArrangementKind = "net-risk"       // Q6 D
	ArrangedNetBoundary ArrangementKind = "net-boundary"   // Q6 E
	ArrangedDataPolicy  ArrangementKind = "data-policy"    // Q7 B
	ArrangedDataProduct ArrangementKind = "data-product"   // Q7 C
	ArrangedDataRisk    ArrangementKind = "data-risk"      // Q7 D
	ArrangedDataLedger  ArrangementKind = "data-inventory" // Q7 E
)

// ArrangementNames in form order.
var ArrangementNames = []Named[ArrangementKind]{
	{ArrangedControlNet, "车间有工控网络"}, {ArrangedAppNet, "有应用系统网络，设备、人员、系统互联"}, {Arranged5G, "自建或租用 5G 工业网络"}, {ArrangedFullCover, "网络覆盖全部生产现场和环节，可扩展"},
	{ArrangedNetPolicy, "网络安全管理制度"}, {ArrangedNetProduct, "网络安全产品或服务（防火墙、分区、入侵检测、身份认证等）"}, {ArrangedNetRisk, "做过网络安全风险评估"}, {ArrangedNetBoundary, "有边界访问控制，关键节点能查入侵和恶意代码"},
	{ArrangedDataPolicy, "数据安全管理制度"}, {ArrangedDataProduct, "数据安全产品或服务（加密、备份、脱敏等）"}, {ArrangedDataRisk, "做过数据安全风险评估"}, {ArrangedDataLedger, "有数据台账并定期核验"},
}
