package report

import (
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// asks says what a step needs and what may go wrong, in general words; facts of the firm are counted, never guessed.
func (m *maker) asks(s *assess.Step, priced bool) (needs, risk string) {
	switch {
	case s.Need == assess.NeedConnect:
		n := 0
		for _, k := range m.connectable() {
			if k.way == wayUnknown {
				n += k.count
			}
		}
		return "确定接入哪 " + itoa(s.Machines) + " 台；设备有通信接口和协议；车间有网络", "未联网生产设备中有 " + itoa(n) + " 台接口或协议" + Unknown + "，可能要加装网关"
	case s.Need == assess.NeedDigitise:
		return "确定改造哪 " + itoa(s.Machines) + " 台；停机窗口", "改造方式和价格随机型变化，须逐台勘查"
	case strings.HasPrefix(s.Need, "data:"):
		return "该环节已有系统；数据能由设备或系统自动送入", "接口是否开放" + Unknown + "，须问原供应商"
	case strings.HasPrefix(s.Need, "scene:"):
		return "指定负责人；定下管理规范并留执行记录；截图备查", risky(priced, "上线后不用即不算达到，须有执行记录")
	case strings.HasPrefix(s.Need, "integrate:"):
		return "至少两个系统在用且可以互通；接口开放", risky(priced, "原供应商是否开放接口"+Unknown)
	case strings.HasPrefix(s.Need, "ai:"):
		return "已有连续、可信的历史数据；明确要解决的一个问题", risky(priced, "数据量和质量是否够用"+Unknown)
	case s.Need != "":
		return "书面报价；供货与运维责任写进合同", risky(priced, "报价范围须写明是否含实施和运维")
	case strings.HasPrefix(s.Key, "settle:"):
		return "核对清单与自报，改成一致或写明理由", "不一致时按较低者计分"
	case s.Link == "" && len(s.Scenes) > 0:
		return "用表格等工具做起来并留记录", "没有连续记录即不算达到"
	}
	return "指定负责人；按附录 D 备材料", "只有文件、没有执行记录，现场可能不认"
}

func risky(priced bool, text string) string {
	if priced {
		return "价格多为估计，以书面报价为准；" + text
	}
	return "没有在册报价；" + text
}

// ways of bringing a machine on a network.
const (
	wayOn       = "已联网"
	wayDirect   = "可直接接入"
	wayGateway  = "加网关可接"
	wayRetrofit = "需加装采集"
	wayUnknown  = Unknown
)

// way judges from the recorded facts alone how a machine could be connected.
func way(a *survey.Asset) string {
	has := func(list []string, words ...string) bool {
		for _, s := range list {
			for _, w := range words {
				if strings.Contains(strings.ToUpper(s), w) {
					return true
				}
			}
		}
		return false
	}
	switch {
	case a.Networked == survey.Yes:
		return wayOn
	case has(a.Ports, "RJ45", "无线", "WIFI", "以太", "4G", "5G") || has(a.Protocols, "OPC", "MODBUS TCP", "PROFINET", "MTCONNECT", "FOCAS", "MQTT", "ETHERNET"):
		return wayDirect
	case has(a.Ports, "RS485", "RS-485", "RS232", "RS-232") || len(a.Protocols) > 0:
		return wayGateway
	case a.Digital == survey.No && len(a.Ports) == 0 && a.Control == "" && a.Numeric == survey.No:
		return wayRetrofit
	}
	return wayUnknown
}

// wayRule is how way judges, as it stands on the page.
const wayRule = "判断口径（本软件自定）：已登记联网的为“已联网”；有网口、无线或以太网类协议的为“可直接接入”；只有串口或其他协议的为“加网关可接”；" +
	"登记为非数字化、非数控且无接口无控制系统的为“需加装采集”；其余资料不够，为“待核实”。"

// kept is machines of one way.
type kept struct {
	way   string
	count int
}

// connectable counts the production machines by way.
func (m *maker) connectable() []kept {
	out := []kept{{way: wayOn}, {way: wayDirect}, {way: wayGateway}, {way: wayRetrofit}, {way: wayUnknown}}
	for i := range m.c.Assets {
		a := &m.c.Assets[i]
		if a.InDenominator() != survey.Yes {
			continue
		}
		w := way(a)
		for j := range out {
			if out[j].way == w {
				out[j].count += max(a.Count, 0)
			}
		}
	}
	return out
}
