package apply

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Paper is one paper of the packing list. The list is composed after comparable official notices; the policy text
// itself names none.
type Paper struct {
	Key     string   // "C1", "H5-1.1"
	Name    string   // as it stands in the 附件清单
	Roles   []string // Attachment.Role values that prove it
	Must    bool     // 必交
	Issuer  string   // who issues it
	Made    bool     // made by this program together with the form
	Measure string   // "" for every application
	When    string   // 如适用: why it may not be needed; "" otherwise
	// Skeleton is a paper that this program begins and a person has to finish; the finished one is attached.
	Skeleton bool
}

// commonPapers stand in the order in which the dossier is bound: the Guangdong order (申报函、承诺书、情况表、完成情况报告、执照、法定代表人证明、
// 授权委托书、审计报告) with what Jinan, Tianmen, Hongshan and the Hubei portal ask for beside it.
var commonPapers = []Paper{
	{Key: "P1", Name: "申报函", Made: true, Issuer: "本程序生成，企业签章"},
	{Key: "C8", Name: "真实性、不重复申报承诺书", Made: true, Issuer: "本程序生成，企业签章"},
	{Key: "P2", Name: "申报表", Made: true, Issuer: "本程序生成，企业签章"},
	{Key: "C9", Name: "申报书", Made: true, Issuer: "本程序生成，企业签章"},
	{Key: "C7", Name: "投入明细表", Made: true, Issuer: "本程序生成"},
	{Key: "P3", Name: "上云技术方案", Made: true, Skeleton: true, Issuer: "本程序生成骨架，企业补充"},
	{Key: "P4", Name: "上云总结报告", Made: true, Skeleton: true, Issuer: "本程序生成骨架，企业补充"},
	{Key: "P7", Name: "证据索引", Made: true, Issuer: "本程序生成"},
	{Key: "C1", Name: "营业执照副本", Roles: []string{"营业执照"}, Must: true, Issuer: "市场监管部门"},
	{Key: "P5", Name: "法定代表人身份证明书", Made: true, Issuer: "本程序生成，企业签章"},
	{Key: "P6", Name: "授权委托书", Made: true, Issuer: "本程序生成，双方签章", When: "委托他人办理时"},
	{Key: "C2", Name: "上年度审计报告", Roles: []string{"审计报告"}, Issuer: "会计师事务所"},
	{Key: "C3", Name: "完税（无欠税）证明和信用中国报告", Roles: []string{"完税证明", "信用报告", "信用中国报告"}, Issuer: "税务机关、信用中国"},
	{Key: "C4", Name: "项目合同", Roles: []string{"合同"}, Must: true, Issuer: "企业"},
	{Key: "C5", Name: "发票", Roles: []string{"发票"}, Must: true, Issuer: "供应商"},
	{Key: "C6", Name: "付款凭证（银行回单）", Roles: []string{"付款凭证", "银行回单", "回单"}, Must: true, Issuer: "开户银行"},
}

// extraPapers follow the policy pack's own list (a test holds them together). They are the further papers per measure, in the order of the form.
var extraPapers = map[string][]Paper{
	"H1-1": {
		named("平台说明和总体架构", "企业", "平台说明"),
		named("接入设备和用户清单", "企业", "接入清单"),
		named("示范项目认定文件", "省工业和信息化厅", "示范认定文件"),
	},
	"H1-2": {
		named("股权转让协议", "企业"),
		named("工商变更登记", "市场监管部门"),
		named("资产评估报告", "评估机构"),
	},
	"H2-1": {
		named("工信部名单（文号及载明项目的页）", "工业和信息化部", "工信部名单"),
		named("平台权属和服务用户证明", "企业", "平台权属证明"),
	},
	"H2-2": {
		named("总部协议和本地主体登记", "市州人民政府", "总部协议"),
		named("著名平台证明（如工信部双跨平台清单）", "工业和信息化部", "双跨平台清单"),
		named("投资专项审计", "会计师事务所"),
	},
	"H3-1": {
		named("服务商上云证明", "云服务商", "上云证明"),
		named("在用系统截图和登录记录", "企业", "系统截图", "登录记录"),
		named("实施前后对比数据", "企业", "前后对比"),
		named("上云技术方案", "企业"),
		named("上云总结报告", "企业"),
	},
	"H4-1": {
		named("工信部名单（文号及载明项目的页）", "工业和信息化部", "工信部名单"),
	},
	"H4-2": {
		named("工信部两化融合试点企业名单", "工业和信息化部", "两化融合试点名单"),
		named("两化融合贯标评定证书", "评定机构", "贯标证书"),
	},
	"H5-1": {
		named("数据来源、模型和成效说明", "企业", "大数据应用说明"),
		named("工业大数据示范认定文件", "省工业和信息化厅", "示范认定文件"),
	},
	"H7-1": {
		named("软件著作权或产品登记", "中国版权保护中心", "软件著作权", "产品登记"),
		named("销售或应用合同", "企业", "应用合同"),
	},
	"H8-1": {
		named("工控安全评估报告", "评估机构", "安全评估报告"),
		named("网络安全等级保护备案或测评（如有）", "公安机关、测评机构", "等保备案", "等保测评"),
	},
}

func named(name, issuer string, roles ...string) Paper {
	return Paper{Name: name, Roles: roles, Issuer: issuer}
}

// Papers lists the papers for a measure in packing order; "" lists those of every application. 上年度审计报告 is 必交
// for H3-1, whose condition is the revenue that the report proves (政策第三条).
func Papers(measure string) []Paper {
	out := slices.Clone(commonPapers)
	for i := range out {
		if out[i].Key == "C2" && measure == "H3-1" {
			out[i].Must = true
		}
	}
	for i, p := range extraPapers[measure] {
		key := measure + "." + itoa(i+1)
		if k := slices.IndexFunc(out, func(q Paper) bool { return q.Name == p.Name }); k >= 0 { // asked for: ours is a beginning only
			out[k].Measure, out[k].Made, out[k].Issuer = measure, false, p.Issuer
			continue
		}
		p.Key, p.Measure = key, measure
		out = append(out, p)
	}
	return out
}

// holders finds the attachments that prove a paper.
func (f *filling) holders(p Paper) []survey.Attachment {
	var out []survey.Attachment
	for _, a := range f.c.Attachments {
		if role := strings.TrimSpace(a.Role); role == p.Name || role == p.Key || slices.Contains(p.Roles, role) {
			out = append(out, a)
		}
	}
	return out
}

// papers are the papers for the measure filed under; what the claim itself misses beyond the list comes last.
func (f *filling) papers() []Paper {
	if f.claim == nil {
		return Papers("")
	}
	out := Papers(f.claim.ID)
	for _, name := range f.claim.Missing {
		if name = clean(name); !slices.ContainsFunc(out, func(p Paper) bool { return p.Name == name }) {
			out = append(out, Paper{Name: name, Measure: f.claim.ID})
		}
	}
	return out
}

// paperTable is the packing list: what goes along and what is still missing.
func (f *filling) paperTable() Table {
	t := Table{
		Key: "papers", Title: "附件清单（按装订顺序）", Keys: []string{"no", "name", "must", "state", "files"},
		Columns: []string{"序号", "材料名称", "要求", "状态", "文件"},
	}
	for i, p := range f.papers() {
		must, state, files := "选交", "缺", ""
		if p.Must {
			must = "必交"
		}
		have := f.holders(p)
		for _, a := range have {
			files += "\n" + a.Name
		}
		switch {
		case len(have) > 0:
			state = "已有 " + itoa(len(have)) + " 份"
		case p.Skeleton:
			state = "骨架已生成，须补充后附上"
		case p.Made:
			must, state = "必交", "随本申报书生成"
			if p.When != "" {
				must = p.When
			}
		}
		t.row(itoa(i+1), p.Name, must, state, files)
	}
	return t
}

// missing lists the papers without an attachment.
func (f *filling) missing() []Missing {
	var out []Missing
	for _, p := range f.papers() {
		if p.Made || len(f.holders(p)) > 0 {
			continue
		}
		why := "同类申报通知普遍要求的材料"
		if p.Measure != "" {
			why = "申报 " + f.measureName() + " 时用来证明条件的材料"
		}
		out = append(out, Missing{Name: p.Name, Why: why, Must: p.Must, Jump: "attachments", Issuer: p.Issuer})
	}
	return out
}
