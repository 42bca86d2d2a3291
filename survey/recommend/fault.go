package recommend

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey"
)

// Fault names one way in which a model file is wrong. The list is closed and append-only.
type Fault string

// The faults.
const (
	FaultSyntax      Fault = "syntax"            // not one JSON value of the kind that stands here
	FaultSchema      Fault = "wrong-schema"      // marked as another format
	FaultField       Fault = "unknown-field"     // a name the format does not have
	FaultDoubleField Fault = "doubled-field"     // one name twice in an object
	FaultLater       Fault = "unsupported"       // a feature that this version does not compute
	FaultSize        Fault = "too-large"         // over MaxModelBytes, or too many conditions
	FaultOffers      Fault = "too-many-offers"   // over MaxOffers
	FaultNeeds       Fault = "too-many-needs"    // over MaxNeeds
	FaultNoNeeds     Fault = "no-needs"          // nothing to cover
	FaultID          Fault = "bad-id"            // empty or over 200 bytes
	FaultDouble      Fault = "doubled-id"        // one id twice where it must be unique
	FaultPrice       Fault = "bad-price"         // missing, or no decimal string such as "429.00"
	FaultNegative    Fault = "negative-price"    // below zero
	FaultSum         Fault = "sum-too-large"     // the prices add up beyond the largest amount
	FaultBudget      Fault = "bad-budget"        // negative, or no decimal string
	FaultNumber      Fault = "bad-number"        // not a whole number of the range
	FaultDegree      Fault = "bad-degree"        // not 0.5 or 1
	FaultNeed        Fault = "unknown-need"      // no need of this id
	FaultOffer       Fault = "unknown-offer"     // a forbidden set names no offer of the file
	FaultSelfRequire Fault = "self-require"      // an offer requires itself
	FaultSelfExclude Fault = "self-exclude"      // an offer excludes itself
	FaultRequirement Fault = "empty-set"         // a list of which one has to be chosen is empty
	FaultCycle       Fault = "require-cycle"     // offers that wait for each other: none can be the first
	FaultModel       Fault = "refused-by-solver" // anything else the solver refuses
	FaultAmount      Fault = "bad-amount"        // cash, a cap, a minimum or an award: negative, or no decimal string
	FaultRate        Fault = "bad-rate"          // no decimal string from 0 to 1
	FaultCounter     Fault = "unknown-counter"   // no counter of this id
	FaultLevel       Fault = "unknown-level"     // no level of this id
	FaultTerms       Fault = "too-many-terms"    // over MaxTerms layers, counters or levels
	FaultTiers       Fault = "bad-tiers"         // an offer with tiers says what belongs to the tiers
)

var faultWords = map[Fault]string{
	FaultSyntax: "不是要求的 JSON 内容", FaultSchema: "schema 应为 " + SchemaModel, FaultField: "没有这个字段", FaultDoubleField: "字段重复",
	FaultLater: "本版还不计算这一项，请去掉或写 null", FaultSize: "模型太大", FaultOffers: fmt.Sprintf("产品超过 %d 个", MaxOffers),
	FaultNeeds: fmt.Sprintf("需求超过 %d 个", MaxNeeds), FaultNoNeeds: "没有需求", FaultID: "编号为空或过长", FaultDouble: "编号重复",
	FaultPrice: "价格应写成 \"429.00\" 这样的字符串", FaultNegative: "价格是负数", FaultSum: "价格合计超出范围", FaultBudget: "预算应写成 \"30000.00\" 这样的字符串，不能为负",
	FaultNumber: "不是范围内的整数", FaultDegree: "degree 只能是 0.5 或 1", FaultNeed: "没有这个需求", FaultOffer: "没有这个产品",
	FaultAmount: "应写成 \"30000.00\" 这样的字符串，不能为负", FaultRate: "比例应写成 \"0.50\" 这样的字符串，0 到 1", FaultCounter: "没有这个计数项", FaultLevel: "没有这个等级",
	FaultTerms: fmt.Sprintf("补贴层、计数项或等级超过 %d 个", MaxTerms), FaultTiers: "有 tiers 的产品，价格、覆盖、计数和 slot 写在各档里",
	FaultSelfRequire: "要求了自己", FaultSelfExclude: "排斥了自己", FaultRequirement: "空的清单", FaultCycle: "互相要求，哪个都不能先买", FaultModel: "求解器不接受",
}

// ModelError says what is wrong with a model file and where.
type ModelError struct {
	Fault Fault
	Where string // path inside the file, with the id where one is known
}

// Error gives the technical text; people read the detail of the *survey.Error around it.
func (e *ModelError) Error() string { return fmt.Sprintf("model: %s at %s", e.Fault, e.Where) }

func fault(f Fault, where string, args ...any) error {
	return &ModelError{Fault: f, Where: fmt.Sprintf(where, args...)}
}

// outward makes the boundary's error of a fault.
func outward(err error) error {
	e, ok := err.(*ModelError)
	if !ok {
		e = &ModelError{Fault: FaultModel, Where: err.Error()}
	}
	return &survey.Error{Code: survey.CodeModel, Op: "recommend.model", Detail: fmt.Sprintf("%s：%s（%s）", e.Where, faultWords[e.Fault], e.Fault), Err: e}
}
