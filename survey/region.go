package survey

import (
	"fmt"
	"strings"
)

// Region is one of Hunan's 14 市州 by its GB/T 2260 code.
type Region struct {
	Code string `json:"code"` // six digits, "430100"
	Name string `json:"name"` // "长沙市"
}

var regions = []Region{
	{"430100", "长沙市"}, {"430200", "株洲市"}, {"430300", "湘潭市"}, {"430400", "衡阳市"}, {"430500", "邵阳市"},
	{"430600", "岳阳市"}, {"430700", "常德市"}, {"430800", "张家界市"}, {"430900", "益阳市"}, {"431000", "郴州市"},
	{"431100", "永州市"}, {"431200", "怀化市"}, {"431300", "娄底市"}, {"433100", "湘西土家族苗族自治州"},
}

// Regions returns the 13 cities and the prefecture in the order of their codes.
func Regions() []Region {
	return append([]Region(nil), regions...)
}

// RegionByCode finds the 市州 of a six-digit code, its own ("430100") or that of a county in it ("430102"). It reports
// false for the province itself, for other provinces and for anything that is no code.
func RegionByCode(code string) (Region, bool) {
	code = HalfWidth(code)
	if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		return Region{}, false
	}
	for _, r := range regions {
		if r.Code[:4] == code[:4] {
			return r, true
		}
	}
	return Region{}, false
}

// RegionByName finds a 市州 by its name with or without 市, 自治州 or 湖南省: "长沙", "湖南省株洲市", "湘西州".
func RegionByName(name string) (Region, bool) {
	name = strings.TrimPrefix(strings.TrimPrefix(HalfWidth(name), "湖南省"), "湖南")
	if name == "湘西" || name == "湘西州" || name == "湘西自治州" {
		return regions[len(regions)-1], true
	}
	for _, r := range regions {
		if name == r.Name || name == strings.TrimSuffix(r.Name, "市") {
			return r, true
		}
	}
	return Region{}, false
}

// SuggestRegion proposes the 市州 from the registry digits of a credit code. The registry is not the address, so a
// proposal never replaces what a person entered. Without one it reports false and the Note says why.
func SuggestRegion(code CreditCode) (Region, Note, bool) {
	digits := code.RegionCode()
	region, ok := RegionByCode(digits)
	switch {
	case digits == "":
		return Region{}, "", false
	case ok:
		return region, Note(fmt.Sprintf("由信用代码第 3 至 8 位 %s（登记机关）推断为%s，请按实际所在地确认", digits, region.Name)), true
	case digits == "430000":
		return Region{}, "信用代码由湖南省级登记机关赋码，不能推断市州，请选择企业所在地", false
	case strings.HasPrefix(digits, "43"):
		return Region{}, Note(fmt.Sprintf("登记机关代码 %s 不在湖南 14 个市州之内，请选择企业所在地并核对代码", digits)), false
	}
	return Region{}, Note(fmt.Sprintf("登记机关代码 %s 不属于湖南省（43），请核对企业是否在湖南注册", digits)), false
}
