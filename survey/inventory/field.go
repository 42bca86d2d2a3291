package inventory

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// field is one comparable fact of an asset. text gives "" when nothing is known; read takes such a text back and forgets the fact for "" and
// for what it cannot read.
type field struct {
	key, name string
	text      func(a *survey.Asset) string
	copy      func(to, from *survey.Asset)
	read      func(a *survey.Asset, text string)
}

func str[T ~string](key, name string, at func(*survey.Asset) *T) field {
	return field{key, name,
		func(a *survey.Asset) string { return strings.TrimSpace(string(*at(a))) },
		func(to, from *survey.Asset) { *at(to) = *at(from) },
		func(a *survey.Asset, text string) { *at(a) = T(text) }}
}

// named is a choice from a closed list, shown by its Chinese name.
func named[T ~string](key, name string, list []survey.Named[T], at func(*survey.Asset) *T) field {
	f := str(key, name, at)
	f.text = func(a *survey.Asset) string {
		if n := survey.NameOf(list, *at(a)); n != "" {
			return n
		}
		return string(*at(a))
	}
	f.read = func(a *survey.Asset, text string) {
		*at(a) = T(text)
		for _, n := range list {
			if n.Name == text {
				*at(a) = n.Value
			}
		}
	}
	return f
}

func tri(key, name string, at func(*survey.Asset) *survey.Tri) field {
	return field{key, name,
		func(a *survey.Asset) string {
			if *at(a) == survey.Unknown {
				return ""
			}
			return at(a).Chinese()
		},
		func(to, from *survey.Asset) { *at(to) = *at(from) },
		func(a *survey.Asset, text string) {
			if v, err := survey.ParseTri(text); err == nil {
				*at(a) = v
			}
		}}
}

func number(key, name string, at func(*survey.Asset) *int) field {
	return field{key, name,
		func(a *survey.Asset) string {
			if *at(a) <= 0 {
				return ""
			}
			return strconv.Itoa(*at(a))
		},
		func(to, from *survey.Asset) { *at(to) = *at(from) },
		func(a *survey.Asset, text string) { *at(a), _ = strconv.Atoi(text) }}
}

var valueField = field{"value", "原值",
	func(a *survey.Asset) string {
		if a.Value == nil {
			return ""
		}
		return a.Value.String()
	},
	func(to, from *survey.Asset) {
		v := *from.Value
		to.Value = &v
	},
	func(a *survey.Asset, text string) {
		a.Value = nil
		if v, err := money.Parse(text); err == nil && text != "" {
			a.Value = &v
		}
	}}

var fields = []field{
	str(fieldNumber, "资产编号", func(a *survey.Asset) *string { return &a.AssetID }),
	str("name", "名称", func(a *survey.Asset) *string { return &a.Name }),
	str("nameplate.manufacturer", "制造商", func(a *survey.Asset) *string { return &a.Nameplate.Manufacturer }),
	str("nameplate.model", "型号", func(a *survey.Asset) *string { return &a.Nameplate.Model }),
	str("nameplate.productCode", "产品代码", func(a *survey.Asset) *string { return &a.Nameplate.ProductCode }),
	str(fieldSerial, "出厂编号", func(a *survey.Asset) *string { return &a.Nameplate.SerialNumber }),
	str("nameplate.deviceClass", "设备类别", func(a *survey.Asset) *string { return &a.Nameplate.DeviceClass }),
	str("nameplate.hardwareRevision", "硬件版本", func(a *survey.Asset) *string { return &a.Nameplate.HardwareRevision }),
	str("nameplate.softwareRevision", "软件版本", func(a *survey.Asset) *string { return &a.Nameplate.SoftwareRevision }),
	str("nameplate.productInstanceUri", "产品实例标识", func(a *survey.Asset) *string { return &a.Nameplate.ProductInstanceURI }),
	str("nameplate.manufacturerUri", "制造商标识", func(a *survey.Asset) *string { return &a.Nameplate.ManufacturerURI }),
	number("nameplate.yearOfConstruction", "出厂年份", func(a *survey.Asset) *int { return &a.Nameplate.YearOfConstruction }),
	number("nameplate.monthOfConstruction", "出厂月份", func(a *survey.Asset) *int { return &a.Nameplate.MonthOfConstruction }),
	str("nameplate.initialOperationDate", "投用日期", func(a *survey.Asset) *survey.Date { return &a.Nameplate.InitialOperation }),
	str("nameplate.location", "安装位置", func(a *survey.Asset) *string { return &a.Nameplate.Location }),
	named("class", "设备类型", survey.ClassNames, func(a *survey.Asset) *survey.PolicyClass { return &a.Class }),
	named("use", "用途", survey.UseNames, func(a *survey.Asset) *survey.Use { return &a.Use }),
	tri("counted", "计入生产设备", func(a *survey.Asset) *survey.Tri { return &a.Counted }),
	number("count", "台数", func(a *survey.Asset) *int { return &a.Count }),
	str("line", "产线", func(a *survey.Asset) *string { return &a.Line }),
	str("workshop", "车间", func(a *survey.Asset) *string { return &a.Workshop }),
	str("siteId", "厂区", func(a *survey.Asset) *string { return &a.SiteID }),
	str("process", "工序", func(a *survey.Asset) *string { return &a.Process }),
	tri("keyStep", "关键工序", func(a *survey.Asset) *survey.Tri { return &a.KeyStep }),
	tri("numeric", "数控", func(a *survey.Asset) *survey.Tri { return &a.Numeric }),
	tri("digital", "数字化", func(a *survey.Asset) *survey.Tri { return &a.Digital }),
	tri("networked", "联网", func(a *survey.Asset) *survey.Tri { return &a.Networked }),
	named("network", "所在网络", survey.NetNames, func(a *survey.Asset) *survey.NetKind { return &a.Network }),
	str("via", "联网方式", func(a *survey.Asset) *string { return &a.Via }),
	str("control", "控制系统", func(a *survey.Asset) *string { return &a.Control }),
	tri("onCloud", "上云", func(a *survey.Asset) *survey.Tri { return &a.OnCloud }),
	str("platform", "上云平台", func(a *survey.Asset) *string { return &a.Platform }),
	str("dataGrade", "数据分级", func(a *survey.Asset) *string { return &a.DataGrade }),
	str("reach.hostName", "主机名", func(a *survey.Asset) *string { return &a.Reach.HostName }),
	str("reach.switch", "上联设备", func(a *survey.Asset) *string { return &a.Reach.Switch }),
	str("reach.port", "上联端口", func(a *survey.Asset) *string { return &a.Reach.Port }),
	str("category", "GB/T 14885 分类代码", func(a *survey.Asset) *string { return &a.Category }),
	str("bought", "购置日期", func(a *survey.Asset) *survey.Date { return &a.Bought }),
	valueField,
	str("note", "备注", func(a *survey.Asset) *string { return &a.Note }),
}

// set is one list of an asset that witnesses add to; lists never conflict.
type set struct {
	key, name string
	add       func(to, from *survey.Asset) (added []string)
	texts     func(a *survey.Asset) []string // as a Word states an element
	drop      func(a *survey.Asset, text string)
	read      func(a *survey.Asset, text string) // adds an element by its text
}

// element says how the elements of a list are shown to people and written as a Word.
type element[T comparable] struct {
	show  func(T) string
	write func(T) string
	read  func(string) T
}

func setOf[T comparable](key, name string, at func(*survey.Asset) *[]T, e element[T]) set {
	put := func(a *survey.Asset, v T) bool {
		fresh := !slices.Contains(*at(a), v)
		if fresh {
			*at(a) = append(slices.Clone(*at(a)), v)
		}
		return fresh
	}
	return set{key: key, name: name,
		add: func(to, from *survey.Asset) (added []string) {
			for _, v := range *at(from) {
				if put(to, v) {
					added = append(added, e.show(v))
				}
			}
			return added
		},
		texts: func(a *survey.Asset) (out []string) {
			for _, v := range *at(a) {
				out = append(out, e.write(v))
			}
			return out
		},
		drop: func(a *survey.Asset, text string) {
			if *at(a) = slices.DeleteFunc(slices.Clone(*at(a)), func(v T) bool { return e.write(v) == text }); len(*at(a)) == 0 {
				*at(a) = nil
			}
		},
		read: func(a *survey.Asset, text string) { put(a, e.read(text)) },
	}
}

func word[T ~string]() element[T] {
	itself := func(v T) string { return string(v) }
	return element[T]{itself, itself, func(s string) T { return T(s) }}
}

// flow is written as data|scene|system.
var flow = element[survey.Flow]{
	func(f survey.Flow) string { return f.Data + "→" + f.Scene },
	func(f survey.Flow) string { return f.Data + "|" + f.Scene + "|" + f.System },
	func(s string) survey.Flow {
		data, rest, _ := strings.Cut(s, "|")
		scene, system, _ := strings.Cut(rest, "|")
		return survey.Flow{Data: data, Scene: scene, System: system}
	},
}

var sets = []set{
	setOf("ports", "接口", func(a *survey.Asset) *[]string { return &a.Ports }, word[string]()),
	setOf("protocols", "协议", func(a *survey.Asset) *[]string { return &a.Protocols }, word[string]()),
	setOf("functions", "信息化功能", func(a *survey.Asset) *[]survey.Function { return &a.Functions }, word[survey.Function]()),
	setOf("reach.macs", "MAC 地址", func(a *survey.Asset) *[]string { return &a.Reach.MACs }, word[string]()),
	setOf("reach.addresses", "网络地址", func(a *survey.Asset) *[]string { return &a.Reach.Addresses }, word[string]()),
	setOf("flows", "自动采集", func(a *survey.Asset) *[]survey.Flow { return &a.Flows }, flow),
}

// FieldName gives the Chinese name of a field key of a Change or a conflict; the key itself when it is not known.
func FieldName(key string) string {
	for _, f := range fields {
		if f.key == key {
			return f.name
		}
	}
	for _, s := range sets {
		if s.key == key {
			return s.name
		}
	}
	return key
}
