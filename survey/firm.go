package survey

import "github.com/shangyuntong/shangyun/survey/money"

// Firm is the applicant as its licence and its people state it. Empty strings and nil pointers are unknown.
type Firm struct {
	Name         string     `json:"name"`                   // as on the licence, ≤ 100 characters
	CreditCode   string     `json:"creditCode"`             // 统一社会信用代码, normalised (see CreditCode)
	Region       string     `json:"region"`                 // GB/T 2260 code of the 市州, e.g. "430200"
	County       string     `json:"county,omitempty"`       // 县市区; decides the reviewing office
	Park         string     `json:"park,omitempty"`         // 园区
	Address      string     `json:"address,omitempty"`      // 注册地址
	Industry     string     `json:"industry"`               // GB/T 4754-2017 code, e.g. "C33"
	Products     string     `json:"products,omitempty"`     // 主营产品
	Nature       string     `json:"nature,omitempty"`       // 企业性质
	LegalRep     string     `json:"legalRep,omitempty"`     // 法定代表人
	Founded      Date       `json:"founded,omitempty"`      // 成立时间
	Capital      *money.Fen `json:"capital,omitempty"`      // 注册资本
	VATPayer     VATPayer   `json:"vatPayer,omitempty"`     // 一般纳税人 or 小规模纳税人
	AboveScale   Tri        `json:"aboveScale"`             // 规上
	Independent  Tri        `json:"independent"`            // 独立法人
	Dishonest    Tri        `json:"dishonest"`              // on 严重失信 or 经营异常 lists
	Contact      Contact    `json:"contact"`                // who answers for the request
	Bank         Bank       `json:"bank"`                   // for payment; never part of an onboarding request
	DeclaredSize string     `json:"declaredSize,omitempty"` // 企业规模 as the firm states it: large, medium, small, micro
	Evidence     []Evidence `json:"evidence,omitempty"`
}

// VATPayer is the kind of VAT taxpayer; it decides whether a cost base is 含税 or 不含税.
type VATPayer string

// The kinds; "" is unknown.
const (
	VATGeneral VATPayer = "general" // 一般纳税人
	VATSmall   VATPayer = "small"   // 小规模纳税人
)

// Contact is the person who answers for a request.
type Contact struct {
	Name  string `json:"name,omitempty"`
	Phone string `json:"phone,omitempty"`
	Email string `json:"email,omitempty"`
}

// Bank is the account a subsidy would be paid to.
type Bank struct {
	AccountName string `json:"accountName,omitempty"` // 开户名
	BankName    string `json:"bankName,omitempty"`    // 开户行
	Account     string `json:"account,omitempty"`     // 账号, digits
}

// Site is one place of production.
type Site struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Address  string     `json:"address,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Year holds one year's figures of the firm. Nil is unknown, never zero.
type Year struct {
	Year        int         `json:"year"`                  // calendar year, 1990–2100
	Staff       *int        `json:"staff,omitempty"`       // 从业人员平均人数
	Revenue     *money.Fen  `json:"revenue,omitempty"`     // 营业收入
	MainRevenue *money.Fen  `json:"mainRevenue,omitempty"` // 主营业务收入
	Cost        *money.Fen  `json:"cost,omitempty"`        // 营业成本
	Profit      *money.Fen  `json:"profit,omitempty"`      // 利润总额
	Tax         *money.Fen  `json:"tax,omitempty"`         // 纳税额
	Assets      *money.Fen  `json:"assets,omitempty"`      // 资产总额
	EnergyKgce  *int64      `json:"energyKgce,omitempty"`  // 综合能源消费量 in kg of standard coal (吨标准煤 × 1000)
	PassRates   []MonthRate `json:"passRates,omitempty"`   // 月产品合格率
	Page        string      `json:"page,omitempty"`        // page of the audit report
	Evidence    []Evidence  `json:"evidence,omitempty"`
}

// MonthRate is one month's 产品合格率 in hundredths of a per cent (9 850 is 98.50 %), 0–10 000.
type MonthRate struct {
	Month int `json:"month"` // 1–12
	Rate  int `json:"rate"`
}

// Title is a list entry, selection or certificate that a measure may demand: 示范项目, 工信部试点示范, 贯标证书, 标杆企业.
type Title struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"` // key of the policy pack, e.g. "selected:工业大数据应用示范"
	Have       Tri        `json:"have"`
	DocNo      string     `json:"docNo,omitempty"` // 文号
	Date       Date       `json:"date,omitempty"`
	Project    string     `json:"project,omitempty"` // project the list names
	ValidUntil Date       `json:"validUntil,omitempty"`
	Evidence   []Evidence `json:"evidence,omitempty"`
}
