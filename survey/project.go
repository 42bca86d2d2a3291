package survey

import "github.com/shangyuntong/shangyun/survey/money"

// Project is the reform that an application is about.
type Project struct {
	Name       string     `json:"name,omitempty"`
	Start      Date       `json:"start,omitempty"`
	End        Date       `json:"end,omitempty"`
	Place      string     `json:"place,omitempty"`
	Links      []string   `json:"links,omitempty"`      // of the nine 环节 of 政策 P3.3, e.g. "生产管控"
	CoreSystem string     `json:"coreSystem,omitempty"` // System.ID of the 核心业务系统 on the cloud
	Summary    string     `json:"summary,omitempty"`
	Before     string     `json:"before,omitempty"` // 实施前
	After      string     `json:"after,omitempty"`  // 实施后
	Goals      string     `json:"goals,omitempty"`  // 绩效目标
	UseMonths  *int       `json:"useMonths,omitempty"`
	Promised   Tri        `json:"promised"`           // 真实性与不重复申报承诺 accepted
	Measure    string     `json:"measure,omitempty"`  // measure the person files under; "" follows 就高
	Policy     string     `json:"policy,omitempty"`   // pack that the person chose, "id" or "id@version"; "" follows the firm's region
	Readings   []string   `json:"readings,omitempty"` // readings switched by the person, e.g. "A5:wide"
	Agent      Agent      `json:"agent,omitzero"`     // who hands the papers in for the firm
	Award      Award      `json:"award,omitzero"`     // what followed the application
	Steps      []string   `json:"steps,omitempty"`    // tasks of the guide and duties that a person ticked off, by key
	Evidence   []Evidence `json:"evidence,omitempty"`
}

// Agent (受托人) hands the papers in for the firm under a 授权委托书. The identity number is written by pen: no field holds it.
type Agent struct {
	Name  string `json:"name,omitempty"`
	Org   string `json:"org,omitempty"` // 受托人所在单位
	Phone string `json:"phone,omitempty"`
	Until Date   `json:"until,omitempty"` // last day of the authority
}

// Award (获批与后续) is the office's decision and the duties it sets. The days come from the decision or the notice; the policy text sets
// none, so an empty one stays 待核实 and is never proposed.
type Award struct {
	Date       Date       `json:"date,omitempty"`       // 资金下达日期
	DocNo      string     `json:"docNo,omitempty"`      // 下达文号
	Amount     *money.Fen `json:"amount,omitempty"`     // 核定金额
	SelfReview Date       `json:"selfReview,omitempty"` // 绩效自评 due
	Inspection Date       `json:"inspection,omitempty"` // 监督检查 or audit announced for
	KeepUntil  Date       `json:"keepUntil,omitempty"`  // papers to be kept until
}

// BusinessLinks are the nine 核心业务环节 of 政策 P3.3.
var BusinessLinks = []string{"研发设计", "生产设备管理", "生产管控", "市场营销", "工艺改进", "能耗优化", "客户管理", "供应链协同", "设备租赁"}

// Contract is one signed contract of the project.
type Contract struct {
	ID       string     `json:"id"`
	Number   string     `json:"number"`
	Supplier string     `json:"supplier"`
	Title    string     `json:"title,omitempty"`
	Signed   Date       `json:"signed,omitempty"`
	Gross    money.Fen  `json:"gross"`            // 含税
	Net      *money.Fen `json:"net,omitempty"`    // 不含税
	System   string     `json:"system,omitempty"` // System.ID it pays for
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Invoice is one invoice with its lines; a line is the atom of every claim (政策 P10.4).
type Invoice struct {
	ID        string        `json:"id"`
	Number    string        `json:"number"`
	Issued    Date          `json:"issued,omitempty"`
	Seller    string        `json:"seller"`
	BuyerCode string        `json:"buyerCode,omitempty"` // 统一社会信用代码 of the buyer
	Contract  string        `json:"contract,omitempty"`  // Contract.ID
	Lines     []InvoiceLine `json:"lines"`
	Checked   Tri           `json:"checked"` // 已在税务平台查验; unknown prints 未验真
	Evidence  []Evidence    `json:"evidence,omitempty"`
}

// InvoiceLine is one cost line. Net + Tax = Gross must hold.
type InvoiceLine struct {
	ID         string    `json:"id"` // unique in the case
	Item       string    `json:"item"`
	Net        money.Fen `json:"net"` // 不含税
	Tax        money.Fen `json:"tax"`
	Gross      money.Fen `json:"gross"` // 含税
	Kind       CostKind  `json:"kind,omitempty"`
	Topic      Topic     `json:"topic,omitempty"`
	Automation Tri       `json:"automation"`      // 自动化装备; outside the narrow base (reading A5)
	Layer      string    `json:"layer,omitempty"` // 上云层次: key of the pack's layers, e.g. "business"; "" not sorted yet
	Asset      string    `json:"asset,omitempty"`
}

// CostKind sorts a cost line for the form's table of parts.
type CostKind string

// The kinds of cost; "" is unknown.
const (
	CostSoftware  CostKind = "software"  // 软件
	CostCloud     CostKind = "cloud"     // 云服务
	CostEquipment CostKind = "equipment" // 设备
	CostNetwork   CostKind = "network"   // 网络
	CostService   CostKind = "service"   // 实施服务
	CostMerger    CostKind = "merger"    // 并购投资
)

// CostKindNames in form order.
var CostKindNames = []Named[CostKind]{{CostSoftware, "软件"}, {CostCloud, "云服务"}, {CostEquipment, "设备"}, {CostNetwork, "网络"}, {CostService, "实施服务"}, {CostMerger, "并购投资"}}

// Topic says what a cost line is about, so that measures can be matched to it.
type Topic string

// The topics; "" is unknown. They follow the subjects of the policy's money sentences.
const (
	TopicPlatform Topic = "platform" // 企业级平台 P1.3
	TopicRegional Topic = "regional" // 行业性、区域性平台 P2.3
	TopicHQ       Topic = "hq"       // 区域中心或第二总部 P2.3
	TopicCloud    Topic = "cloud"    // 上云上平台 P3.4
	TopicFusion   Topic = "fusion"   // 融合试点示范 P4.4
	TopicBigData  Topic = "bigdata"  // 工业大数据 P5.3
	TopicNetwork  Topic = "network"  // 网络改造 P6.4
	TopicApp      Topic = "app"      // 工业APP、关键软硬件、整体解决方案 P7.3
	TopicSecurity Topic = "security" // 工控安全 P8.3
	TopicMerger   Topic = "merger"   // 并购 P1.3
)

// TopicNames in form order.
var TopicNames = []Named[Topic]{
	{TopicCloud, "上云上平台"}, {TopicBigData, "工业大数据应用"}, {TopicApp, "工业APP、关键软硬件"}, {TopicSecurity, "工控安全"}, {TopicFusion, "两化融合试点示范"},
	{TopicPlatform, "企业级平台"}, {TopicRegional, "行业、区域平台"}, {TopicHQ, "区域中心、第二总部"}, {TopicNetwork, "网络改造"}, {TopicMerger, "并购"},
}

// Payment is one transfer to a supplier.
type Payment struct {
	ID       string     `json:"id"`
	Date     Date       `json:"date,omitempty"`
	Amount   money.Fen  `json:"amount"`
	Voucher  string     `json:"voucher,omitempty"` // 银行回单号
	Invoice  string     `json:"invoice,omitempty"` // Invoice.ID it pays
	Contract string     `json:"contract,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Aid is public money already granted; it may exclude lines from another claim (政策 P10.4).
type Aid struct {
	ID        string     `json:"id"`
	Year      int        `json:"year"`
	Programme string     `json:"programme"`
	DocNo     string     `json:"docNo,omitempty"`
	Project   string     `json:"project,omitempty"`
	Amount    money.Fen  `json:"amount"`
	Lines     []string   `json:"lines,omitempty"` // InvoiceLine.IDs it was given for
	Evidence  []Evidence `json:"evidence,omitempty"`
}

// Notice is this year's application notice as a person typed it in; without it a measure whose rate the policy does not
// state computes nothing.
type Notice struct {
	Measure string      `json:"measure"` // measure id, e.g. "H3-1"
	Title   string      `json:"title"`
	DocNo   string      `json:"docNo"`
	Date    Date        `json:"date"`
	Rate    *money.Rate `json:"rate,omitempty"`
	Cap     *money.Fen  `json:"cap,omitempty"`
	From    Date        `json:"from,omitempty"` // window of eligible spending
	To      Date        `json:"to,omitempty"`
	Due     Date        `json:"due,omitempty"`
	Office  string      `json:"office,omitempty"`
	By      string      `json:"by,omitempty"` // who typed it in
}
