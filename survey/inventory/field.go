package inventory

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// field is one comparable fact of an asset. text gives "" when nothing is known.
type field struct {
	key, name string
	text      func(a *survey.Asset) string
	copy      func(to, from *survey.Asset)
}

func str[T ~string](key, name string, at func(*survey.Asset) *T) field {
	return field{key, name,
		func(a *survey.Asset) string { return strings.TrimSpace(string(*at(a))) },
		func(to, from *survey.Asset) { *at(to) = *at(from) }}
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
		func(to, from *survey.Asset) { *at(to) = *at(from) }}
}

func number(key, name string, at func(*survey.Asset) *int) field {
	return field{key, name,
		func(a *survey.Asset) string {
			if *at(a) <= 0 {
				return ""
			}
			return strconv.Itoa(*at(a))
		},
		func(to, from *survey.Asset) { *at(to) = *at(from) }}
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
	str("bought", "购置日期", func(a *survey.Asset) *survey.Date { return &a.Bought }),
	valueField,
	str("note", "备注", func(a *survey.Asset) *string { return &a.Note }),
}

// set is one list of an asset that witnesses add to; lists never conflict.
type set struct {
	key, name string
	add       func(to, from *survey.Asset) (added []string)
}

func setOf[T comparable](key, name string, at func(*survey.Asset) *[]T, text func(T) string) set {
	return set{key, name, func(to, from *survey.Asset) (added []string) {
		for _, v := range *at(from) {
			if !slices.Contains(*at(to), v) {
				*at(to) = append(slices.Clone(*at(to)), v)
				added = append(added, text(v))
			}
		}
		return added
	}}
}

func itself[T ~string](v T) string { return string(v) }

var sets = []set{
	setOf("ports", "接口", func(a *survey.Asset) *[]string { return &a.Ports }, itself[string]),
	setOf("protocols", "协议", func(a *survey.Asset) *[]string { return &a.Protocols }, itself[string]),
	setOf("functions", "信息化功能", func(a *survey.Asset) *[]survey.Function { return &a.Functions }, itself[survey.Function]),
	setOf("flows", "自动采集", func(a *survey.Asset) *[]survey.Flow { return &a.Flows }, func(f survey.Flow) string { return f.Data + "→" + f.Scene }),
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
