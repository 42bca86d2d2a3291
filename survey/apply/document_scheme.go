package apply

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// writeScheme is the skeleton of the 上云技术方案: what the case knows is filled in, what only people know is asked for in brackets. Planned
// prices never stand in it.
func writeScheme(w *writer) {
	w.picked("base", "一、企业与项目概况", "firm.name", "firm.creditCode", "firm.industry", "firm.products", "project.name", "project.start", "project.end", "project.place")
	w.section("summary", "", w.lines("project.summary", "项目建设内容，按系统或模块分条")...)
	now := w.section("now", "二、现状与问题", w.lines("project.before", "实施前的业务做法、数据从哪里来、主要问题")...)
	now.Tables = []Table{w.table("rates")}
	w.section("goal", "三、上云范围与目标", append([]string{"上云上平台环节：" + w.say("project.links") + "。"}, w.lines("project.goals", "绩效目标，写明指标、基数、目标值和测量方法")...)...)
	w.architecture()
	w.machines()
	w.safety()
	w.section("plan", "七、实施计划与分工", "项目自"+w.say("project.start")+"起至"+w.say("project.end")+"止。", w.ask("阶段、负责人、里程碑和验收标准")).Tables = []Table{w.table("contracts")}
	w.section("money", "八、投入", "已签约、已开票、已付款的投入合计（含税）"+w.say("cost.gross")+"元，其中不含税"+w.say("cost.net")+"元、税额"+w.say("cost.tax")+"元；规划中的费用不列入。", w.ask("资金来源：自有资金、贷款、其他")).Tables = []Table{w.kinds()}
	w.section("risk", "九、风险与保障", w.ask("服务中断、数据迁移、供应商更换、停产窗口等风险和应对"), w.ask("组织、人员和制度保障"))
	w.sign("企业（公章）", "项目负责人（签字）")
}

func (w *writer) architecture() {
	t := Table{
		Key: "systems", Title: "信息系统", Keys: []string{"no", "name", "product", "vendor", "deployment", "core", "with"},
		Columns: []string{"序号", "系统", "产品", "供应商", "部署方式", "核心业务系统", "交换数据的系统"},
	}
	for i, s := range w.f.c.Systems {
		var with []string
		for _, id := range s.Integrations {
			if o := w.f.c.System(id); o != nil {
				with = append(with, o.Name)
			}
		}
		t.row(itoa(i+1), s.Name, s.Product, s.Vendor, survey.NameOf(survey.DeploymentNames, s.Deployment), tri(s.Core), strings.Join(with, "、"))
	}
	w.section("system", "四、总体架构", "核心业务系统为"+w.say("project.coreSystem")+"，云形态为"+w.say("project.deployment")+"，服务商："+w.say("project.suppliers")+"。", w.ask("总体架构图，标明云上、云下部分和网络边界")).Tables = []Table{t}
}

// machines lists what is connected, like machines together.
func (w *writer) machines() {
	t := Table{
		Key: "machines", Title: "设备联网情况", Keys: []string{"no", "name", "count", "control", "protocols", "networked", "via", "cloud", "platform"},
		Columns: []string{"序号", "设备", "台数", "控制系统", "协议", "已联网", "方式", "已上云", "平台"},
	}
	for _, a := range w.f.c.Assets {
		if a.Networked == survey.Yes || a.OnCloud == survey.Yes {
			t.row(itoa(len(t.Rows)+1), a.Name, itoa(a.Count), a.Control, strings.Join(a.Protocols, "、"), tri(a.Networked), a.Via, tri(a.OnCloud), a.Platform)
		}
	}
	text := "登记的生产设备、数字化、联网、上云台数依次为" + w.say("maturity.machines") + "。"
	w.section("machines", "五、设备联网与数据采集", text, w.ask("采集点、频率、网关和数据流向；本次新接入的设备")).Tables = []Table{t}
}

// safety lists what is arranged for network and data.
func (w *writer) safety() {
	t := Table{Key: "safety", Title: "网络与数据安全措施", Keys: []string{"no", "name", "have", "note"}, Columns: []string{"序号", "措施", "有无", "说明"}}
	for _, n := range survey.ArrangementNames {
		for _, a := range w.f.c.Arrangements {
			if a.Kind == n.Value {
				t.row(itoa(len(t.Rows)+1), n.Name, a.Have.Chinese(), a.Note)
			}
		}
	}
	w.section("safety", "六、网络与数据安全", w.ask("数据分级、备份与恢复、权限、与服务商的数据安全责任")).Tables = []Table{t}
}

// kinds is the spending by kind.
func (w *writer) kinds() Table {
	t := Table{Key: "kinds", Title: "投入构成（含税，单位：元）", Keys: []string{"kind", "gross"}, Columns: []string{"类别", "金额"}, Right: []bool{false, true}}
	for _, k := range survey.CostKindNames {
		if v, ok := w.f.costs.kinds[string(k.Value)]; ok {
			t.row(k.Name, v.Display())
		}
	}
	if v, ok := w.f.costs.kinds[""]; ok {
		t.row("未分类", v.Display())
	}
	t.Total = []string{"合计", w.f.costs.gross.Display()}
	return t
}
