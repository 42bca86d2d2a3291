package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// proof is what the register shows of one demand, in words, with the facts behind it.
type proof func(c *survey.Case) (survey.Tri, string, []Ref)

// proofs is the closed list that clauses of standards may ask for.
var proofs = map[string]proof{
	"key-automated": keyMachines("数控", func(a *survey.Asset) survey.Tri { return a.Numeric }),
	"key-digital":   keyMachines("数字化", func(a *survey.Asset) survey.Tri { return a.Digital }),
	"key-port":      keyMachines("标准通信接口", func(a *survey.Asset) survey.Tri { return listed(a.Ports, "RJ45", "RS232", "RS485") }),
	"key-protocol": keyMachines("主流通信协议", func(a *survey.Asset) survey.Tri {
		return listed(a.Protocols, "OPC", "MODBUS", "PROFIBUS", "PROFINET", "MQTT", "ETHERNET/IP", "ETHERCAT")
	}),
	"control-net":    arrangement(survey.ArrangedControlNet, "工控网络"),
	"app-net":        arrangement(survey.ArrangedAppNet, "应用系统网络"),
	"net-boundary":   arrangement(survey.ArrangedNetBoundary, "边界防护与访问控制"),
	"cloud-public":   cloudSystem("公有云或 SaaS", survey.DeployPublic, survey.DeploySaaS, survey.DeployHybrid),
	"cloud-any":      cloudSystem("公有云、私有云、混合云或 SaaS", survey.DeployPublic, survey.DeploySaaS, survey.DeployHybrid, survey.DeployPrivate),
	"cloud-machines": cloudMachines,
	"model":          models,
}

// listed tells whether one of the entries is a known one; other entries are to be verified by a person, and so is an empty list.
func listed(have []string, known ...string) survey.Tri {
	for _, h := range have {
		h = strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(survey.HalfWidth(h)))
		if slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(h, k) }) {
			return survey.Yes
		}
	}
	return survey.Unknown
}

// keyMachines asks that every 关键工序 has at least one machine of the kind.
func keyMachines(what string, is func(*survey.Asset) survey.Tri) proof {
	return func(c *survey.Case) (survey.Tri, string, []Ref) {
		steps, names, behind := map[string]survey.Tri{}, []string{}, []Ref{}
		for i := range c.Assets {
			a := &c.Assets[i]
			name := survey.NormalizeText(a.Process)
			if a.KeyStep != survey.Yes || name == "" {
				continue
			}
			have, seen := steps[name]
			if !seen {
				names, have = append(names, name), survey.No
			}
			switch v := is(a); {
			case v == survey.Yes:
				have = survey.Yes
				behind = append(behind, assetRef(a))
			case v == survey.Unknown && have == survey.No:
				have = survey.Unknown
			}
			steps[name] = have
		}
		if len(names) == 0 {
			return survey.Unknown, "还没有登记关键工序", nil
		}
		var missing, open []string
		for _, n := range names {
			switch steps[n] {
			case survey.No:
				missing = append(missing, n)
			case survey.Unknown:
				open = append(open, n)
			}
		}
		text := fmt.Sprintf("%d 道关键工序中 %d 道有%s的设备", len(names), len(names)-len(missing)-len(open), what)
		if len(missing) > 0 {
			return survey.No, text + "，没有的：" + strings.Join(missing, "、"), behind
		}
		if len(open) > 0 {
			return survey.Unknown, text + "，待核实：" + strings.Join(open, "、"), behind
		}
		return survey.Yes, text, behind
	}
}

func arrangement(kind survey.ArrangementKind, name string) proof {
	return func(c *survey.Case) (survey.Tri, string, []Ref) {
		have := c.Arrangement(kind).Have
		text := map[survey.Tri]string{survey.Yes: "已有", survey.No: "没有", survey.Unknown: "未登记"}[have] + name
		if have == survey.Unknown {
			return have, text, nil
		}
		return have, text, []Ref{{Kind: "arrangement", ID: string(kind), Text: text}}
	}
}

// cloudSystem asks for one system in use that runs so.
func cloudSystem(name string, kinds ...survey.Deployment) proof {
	return func(c *survey.Case) (survey.Tri, string, []Ref) {
		holds, behind := survey.No, []Ref(nil)
		for i := range c.Systems {
			s := &c.Systems[i]
			switch {
			case s.InUse == survey.Yes && slices.Contains(kinds, s.Deployment):
				behind = append(behind, systemRef(s))
			case s.InUse != survey.No && (s.InUse == survey.Unknown || s.Deployment == ""):
				holds = survey.Unknown
			}
		}
		switch {
		case len(behind) > 0:
			return survey.Yes, fmt.Sprintf("%d 个系统用%s", len(behind), name), behind
		case len(c.Systems) == 0:
			return survey.Unknown, "还没有登记信息系统", nil
		case holds == survey.Unknown:
			return holds, "有系统的部署方式待核实", nil
		}
		return survey.No, "没有系统用" + name, nil
	}
}

// cloudMachines asks for one machine on a cloud.
func cloudMachines(c *survey.Case) (survey.Tri, string, []Ref) {
	holds, behind := survey.No, []Ref(nil)
	for i := range c.Assets {
		a := &c.Assets[i]
		if a.Use == survey.UseOffice {
			continue
		}
		if a.OnCloud == survey.Yes {
			behind = append(behind, assetRef(a))
		} else if a.OnCloud == survey.Unknown {
			holds = survey.Unknown
		}
	}
	switch {
	case len(behind) > 0:
		return survey.Yes, fmt.Sprintf("%d 项设备已上云", len(behind)), behind
	case len(c.Assets) == 0 || holds == survey.Unknown:
		return survey.Unknown, "设备上云情况待核实", nil
	}
	return survey.No, "没有设备上云", nil
}

// models asks for one system in use with a model or AI.
func models(c *survey.Case) (survey.Tri, string, []Ref) {
	holds, behind := survey.No, []Ref(nil)
	for i := range c.Systems {
		s := &c.Systems[i]
		if s.InUse == survey.Yes && s.AI == survey.Yes {
			behind = append(behind, systemRef(s))
		} else if s.InUse != survey.No && s.AI != survey.No {
			holds = survey.Unknown
		}
	}
	switch {
	case len(behind) > 0:
		return survey.Yes, fmt.Sprintf("%d 个系统用了模型或人工智能", len(behind)), behind
	case len(c.Systems) == 0 || holds == survey.Unknown:
		return survey.Unknown, "系统是否用了模型或人工智能待核实", nil
	}
	return survey.No, "没有系统用模型或人工智能", nil
}
