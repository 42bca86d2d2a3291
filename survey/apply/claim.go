package apply

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// ByNotice is what stands where the policy states no rate.
const ByNotice = "以当年申报通知为准"

// pickClaim finds the measure filed under: the person's choice, else the one of the headline (就高), else the one that
// would be best 若入选.
func (f *filling) pickClaim() (*subsidy.MeasureClaim, bool) {
	if f.in.Claims == nil {
		return nil, false
	}
	if m := f.measure(f.c.Project.Measure); m != nil {
		return m, true
	}
	for _, t := range []subsidy.Total{f.in.Claims.Conservative, f.in.Claims.IfSelected} {
		if len(t.Parts) > 0 {
			if m := f.measure(t.Parts[0].Measure); m != nil {
				return m, false
			}
		}
	}
	return nil, false
}

func (f *filling) measure(id string) *subsidy.MeasureClaim {
	for i := range f.in.Claims.Measures {
		if m := &f.in.Claims.Measures[i]; m.ID == id && id != "" {
			return m
		}
	}
	return nil
}

func (f *filling) measureName() string {
	if f.claim == nil {
		return ""
	}
	return f.claim.ID + " " + f.claim.Name
}

func (f *filling) clause() string {
	if f.claim == nil {
		return ""
	}
	title := f.in.Claims.Title
	if title != "" && !strings.Contains(title, "《") {
		title = "《" + title + "》"
	}
	return strings.TrimSpace(title + strings.TrimPrefix(f.claim.Clause, "政策") + " " + f.claim.Paragraph)
}

func (f *filling) sentence() string {
	if f.claim == nil {
		return ""
	}
	return f.claim.Sentence
}

func (f *filling) base() string {
	if f.claim == nil {
		return ""
	}
	return f.claim.Base.Display()
}

func (f *filling) explain() string {
	if f.claim == nil {
		return ""
	}
	return f.claim.Explain
}

func (f *filling) open() string {
	if f.claim == nil || f.claim.Open == 0 {
		return ""
	}
	return f.claim.Open.Display()
}

// asked is the amount applied for; nil when the text states none or a title is still missing.
func (f *filling) asked() *money.Fen {
	if f.claim == nil || f.claim.IfTitled {
		return nil
	}
	return f.claim.Amount
}

// noAmount says why no amount stands in the form, "" when nothing is known at all.
func (f *filling) noAmount() string {
	switch {
	case f.claim == nil:
		return ""
	case f.claim.Amount == nil && f.claim.Rate == nil && f.claim.Kind != string(subsidy.KindShare) && f.claim.Kind != string(subsidy.KindLump):
		return ByNotice
	case f.claim.Amount == nil:
		return "没有可计入的费用，暂不填写金额"
	}
	return "尚未取得资格前置条件，暂不填写金额"
}

func (f *filling) amount() string {
	if v := f.asked(); v != nil {
		return v.Display()
	}
	return f.noAmount()
}

func (f *filling) amountWan() string {
	if v := f.asked(); v != nil {
		return v.Wan()
	}
	return f.noAmount()
}

func (f *filling) capital() string {
	if v := f.asked(); v != nil {
		return v.CapitalRMB()
	}
	return f.noAmount()
}

// ifSelected stands apart: what would follow from a title that the firm does not hold yet.
func (f *filling) ifSelected() string {
	if f.claim == nil || !f.claim.IfTitled || f.claim.Amount == nil {
		return ""
	}
	return "若入选：" + f.claim.Amount.Display() + " 元"
}

func (f *filling) claimText() []string {
	if f.claim == nil {
		return nil
	}
	out := []string{CeilingNote}
	if v := clean(f.in.Claims.Validity); v != "" {
		out = append([]string{strings.TrimSuffix(v, "。") + "。"}, out...)
	}
	if f.in.Claims.VATBase != "" {
		out = append(out, "费用口径："+clean(f.in.Claims.VATBase)+"。")
	}
	for _, t := range f.claim.Titles {
		out = append(out, "资格前置条件："+clean(t.Text)+"（"+t.Verdict.Chinese()+"）")
	}
	for _, t := range f.claim.Conditions {
		out = append(out, "申报条件："+clean(t.Text)+"（"+t.Verdict.Chinese()+"）")
	}
	return out
}

func (f *filling) aidTotal() string {
	if len(f.c.Aids) == 0 {
		return ""
	}
	var sum money.Fen
	for _, a := range f.c.Aids {
		s, err := money.Add(sum, a.Amount)
		if err != nil {
			return ""
		}
		sum = s
	}
	return sum.Display()
}

func (f *filling) aidTable() Table {
	t := Table{
		Key: "aids", Title: "已获财政资金支持情况（单位：元）", Keys: []string{"no", "year", "programme", "docNo", "project", "amount"},
		Columns: []string{"序号", "年度", "专项或政策", "文号", "项目名称", "金额"}, Right: []bool{false, false, false, false, false, true},
	}
	for i, a := range f.c.Aids {
		t.row(itoa(i+1), itoa(a.Year), a.Programme, a.DocNo, a.Project, a.Amount.Display())
	}
	if len(f.c.Aids) > 0 {
		t.Total = []string{"", "合计", "", "", "", f.aidTotal()}
	}
	return t
}

func (f *filling) aidText() []string {
	if len(f.c.Aids) == 0 {
		return []string{"本次填报未登记已获得的各级财政资金支持；如有，应在本表补充后再报送。"}
	}
	return nil
}

// promise is the 承诺书: truth, no double filing, no 失信, inspection and publication, recovery.
var promise = []string{
	"本单位郑重承诺：",
	"一、本次申报所提交的全部材料（含电子材料）真实、合法、完整、有效，复印件与原件一致，电子材料与纸质材料一致。",
	"二、本次申报所列合同、发票和付款均真实发生；同一项费用未向其他财政专项资金重复申报、多头申报，未重复享受政策。",
	"三、本单位依法经营，未被列入严重失信主体名单，不存在法律法规和申报通知规定的不得申报的情形。",
	"四、自觉接受主管部门及其委托机构的监督检查、审计和绩效评价，同意按规定公示项目及资金安排信息。",
	"五、如有弄虚作假、重复申报或违规使用资金等行为，愿意退回已获资金，承担相应法律责任并接受相应处理。",
}
