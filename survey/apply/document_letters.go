package apply

import "strings"

// writeLetter writes the 申报函 to the recommending office, first in the Guangdong dossier.
func writeLetter(w *writer) {
	office := w.say("cover.office")
	list := make([]string, 0, len(w.dossier.Packing))
	for _, p := range w.dossier.Packing {
		if p.Letter() {
			list = append(list, p.No+"　"+p.Name)
		}
	}
	w.section("body", "",
		office+"：",
		"根据"+orElse(w.value["claim.clause"].Value, "有关申报通知")+"，我单位（统一社会信用代码："+w.say("firm.creditCode")+"）现就“"+w.say("project.name")+"”项目提出申报，申报事项为"+w.say("claim.measure")+"。",
		"项目自"+w.say("project.start")+"起至"+w.say("project.end")+"止，建设地点为"+w.say("project.place")+"；已签约、已开票、已付款的投入合计（含税）"+w.say("cost.gross")+"元。"+w.asked(),
		"我单位承诺所报材料真实、完整，同一费用未重复申报、多头申报。随函报送材料如下，请予审核推荐。",
		"联系人："+w.say("firm.contact.name")+"　　联系电话："+w.say("firm.contact.phone"),
	)
	w.section("list", "附：随函报送材料", list...)
	w.sign("申报单位（公章）", "法定代表人（签字）")
}

// asked says what is applied for, or why no sum stands here.
func (w *writer) asked() string {
	if v := w.f.asked(); v != nil {
		return "申请奖补金额（测算上限）" + v.Display() + "元（" + v.CapitalRMB() + "），以主管部门核定为准。"
	}
	return "申请金额" + orElse(w.f.noAmount(), ByNotice) + "。"
}

func orElse(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// writePromise is the 承诺书 on a page of its own.
func writePromise(w *writer) {
	w.section("body", "", w.say("cover.office")+"：")
	body := &w.out.Sections[0]
	body.Text = append(append(body.Text, "我单位申报“"+w.say("project.name")+"”项目（申报表编号："+w.form.Number+"），郑重承诺如下："), promise[1:]...)
	w.sign("申报单位（公章）", "法定代表人（签字）")
}

// writeIdentity is the 法定代表人身份证明书. The identity number is written by pen.
func writeIdentity(w *writer) {
	w.section("body", "",
		"　　"+w.say("firm.legalRep")+"同志（性别：＿＿，身份证号码：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿），现任我单位＿＿＿＿＿＿职务，为我单位法定代表人，特此证明。",
		"单位名称："+w.say("firm.name"),
		"统一社会信用代码："+w.say("firm.creditCode"),
		"注册地址："+w.say("firm.address"),
		"附：法定代表人身份证复印件（正反面，加盖公章）。身份证号码由本人手写，本程序不保存。",
	)
	w.sign("单位（公章）", "法定代表人（签字）")
}

// writeMandate is the 授权委托书, needed when somebody else files for the firm.
func writeMandate(w *writer) {
	g := w.f.c.Project.Agent
	until := g.Until.Chinese()
	if until == "" {
		until = "＿＿＿＿年＿＿月＿＿日"
	}
	of := ""
	if g.Org != "" {
		of = "（" + clean(g.Org) + "）"
	}
	w.section("body", "",
		"　　委托人："+w.say("firm.name")+"（统一社会信用代码："+w.say("firm.creditCode")+"），法定代表人："+w.say("firm.legalRep")+"。",
		"受托人："+orElse(clean(g.Name), blankLine)+of+"，身份证号码：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿，联系电话："+orElse(clean(g.Phone), blankLine)+"。",
		"兹委托上述受托人代为办理我单位“"+w.say("project.name")+"”项目（申报表编号："+w.form.Number+"）的申报事宜，委托权限为：提交、补正和领取申报材料，查询办理进度，签收有关文书。受托人无权变更申报内容和申请金额，无权转委托，不得代收财政资金。",
		"委托期限自本委托书签署之日起至"+until+"止。受托人在上述权限内的行为，我单位予以承认。",
		"附：受托人身份证复印件。身份证号码由本人手写，本程序不保存。",
	)
	if g.Name == "" {
		w.open++
	}
	w.sign("委托人（公章）", "法定代表人（签字）", "受托人（签字）")
}
