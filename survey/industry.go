package survey

import "strings"

// Industry is one manufacturing division (大类) of GB/T 4754-2017, 门类 C, divisions 13–43.
type Industry struct {
	Code       string         `json:"code"`       // "C33"
	Name       string         `json:"name"`       // "金属制品业"
	Initials   string         `json:"initials"`   // pinyin initials of the name, for search
	Production ProductionKind `json:"production"` // a hint, see ProductionHintSource
}

// ProductionKind is a hint whether a trade makes things piece by piece (离散) or in a flow (流程).
type ProductionKind string

// The kinds; "" is unknown.
const (
	ProductionDiscrete ProductionKind = "discrete"     // 离散
	ProductionProcess  ProductionKind = "process"      // 流程
	ProductionPartly   ProductionKind = "process-part" // 部分流程
)

// ProductionHintSource must stand wherever a ProductionKind is shown: no standard says it.
const ProductionHintSource = "来源：经验，待核实"

// Chinese returns the word to show, "待核实" when unknown.
func (k ProductionKind) Chinese() string {
	switch k {
	case ProductionDiscrete:
		return "离散型"
	case ProductionProcess:
		return "流程型"
	case ProductionPartly:
		return "部分为流程型"
	}
	return "待核实"
}

var industries = []Industry{
	{"C13", "农副食品加工业", "nfspjgy", ProductionPartly},
	{"C14", "食品制造业", "spzzy", ProductionPartly},
	{"C15", "酒、饮料和精制茶制造业", "jylhjzczzy", ProductionPartly},
	{"C16", "烟草制品业", "yczpy", ""},
	{"C17", "纺织业", "fzy", ProductionProcess},
	{"C18", "纺织服装、服饰业", "fzfzfsy", ProductionDiscrete},
	{"C19", "皮革、毛皮、羽毛及其制品和制鞋业", "pgmpymjqzphzxy", ProductionDiscrete},
	{"C20", "木材加工和木、竹、藤、棕、草制品业", "mcjghmztzczpy", ProductionDiscrete},
	{"C21", "家具制造业", "jjzzy", ProductionDiscrete},
	{"C22", "造纸和纸制品业", "zzhzzpy", ProductionProcess},
	{"C23", "印刷和记录媒介复制业", "yshjlmjfzy", ""},
	{"C24", "文教、工美、体育和娱乐用品制造业", "wjgmtyhylypzzy", ProductionDiscrete},
	{"C25", "石油、煤炭及其他燃料加工业", "symtjqtrljgy", ProductionProcess},
	{"C26", "化学原料和化学制品制造业", "hxylhhxzpzzy", ProductionProcess},
	{"C27", "医药制造业", "yyzzy", ProductionProcess},
	{"C28", "化学纤维制造业", "hxxwzzy", ProductionProcess},
	{"C29", "橡胶和塑料制品业", "xjhslzpy", ""},
	{"C30", "非金属矿物制品业", "fjskwzpy", ProductionProcess},
	{"C31", "黑色金属冶炼和压延加工业", "hsjsylhyyjgy", ProductionProcess},
	{"C32", "有色金属冶炼和压延加工业", "ysjsylhyyjgy", ProductionProcess},
	{"C33", "金属制品业", "jszpy", ProductionDiscrete},
	{"C34", "通用设备制造业", "tysbzzy", ProductionDiscrete},
	{"C35", "专用设备制造业", "zysbzzy", ProductionDiscrete},
	{"C36", "汽车制造业", "qczzy", ProductionDiscrete},
	{"C37", "铁路、船舶、航空航天和其他运输设备制造业", "tlcbhkhthqtyssbzzy", ProductionDiscrete},
	{"C38", "电气机械和器材制造业", "dqjxhqczzy", ProductionDiscrete},
	{"C39", "计算机、通信和其他电子设备制造业", "jsjtxhqtdzsbzzy", ProductionDiscrete},
	{"C40", "仪器仪表制造业", "yqybzzy", ProductionDiscrete},
	{"C41", "其他制造业", "qtzzy", ""},
	{"C42", "废弃资源综合利用业", "fqzyzhlyy", ""},
	{"C43", "金属制品、机械和设备修理业", "jszpjxhsbxly", ProductionDiscrete},
}

// Industries returns the 31 manufacturing divisions in the order of their codes.
func Industries() []Industry {
	return append([]Industry(nil), industries...)
}

// IndustryByCode finds the division of a GB/T 4754 code with or without the letter, at any depth: "C33", "33", "c3392".
// It reports false outside manufacturing (13–43). Digits after the division are not checked: no table of them is here.
func IndustryByCode(code string) (Industry, bool) {
	letter, digits, ok := splitIndustry(code)
	if !ok || letter != 'C' || len(digits) < 2 {
		return Industry{}, false
	}
	for _, in := range industries {
		if in.Code[1:] == digits[:2] {
			return in, true
		}
	}
	return Industry{}, false
}

// SearchIndustries finds divisions by a code or its beginning ("3", "C33", "3392"), a part of the name ("设备") or
// pinyin initials ("zysb"), in the order of the codes. An empty query finds all.
func SearchIndustries(query string) []Industry {
	q := NormalizeText(query)
	if in, ok := IndustryByCode(q); ok {
		return []Industry{in}
	}
	var found []Industry
	for _, in := range industries {
		code := strings.ToLower(in.Code)
		if strings.HasPrefix(code, q) || strings.HasPrefix(code[1:], q) ||
			strings.Contains(in.Name, q) || strings.Contains(in.Initials, q) {
			found = append(found, in)
		}
	}
	return found
}

// industryLetters are the 门类 of GB/T 4754-2017 with their last 大类.
var industryLetters = []struct {
	letter byte
	last   string
}{
	{'A', "05"}, {'B', "12"}, {'C', "43"}, {'D', "46"}, {'E', "50"}, {'F', "52"}, {'G', "60"}, {'H', "62"}, {'I', "65"},
	{'J', "69"}, {'K', "70"}, {'L', "72"}, {'M', "75"}, {'N', "79"}, {'O', "82"}, {'P', "83"}, {'Q', "85"}, {'R', "90"},
	{'S', "96"}, {'T', "97"},
}

// splitIndustry reads a code of two to four digits, or of a letter with none or two to four, and gives the letter that
// the digits belong to. It reports false when letter and digits disagree.
func splitIndustry(code string) (letter byte, digits string, ok bool) {
	digits = strings.ToUpper(HalfWidth(code))
	if digits != "" && digits[0] >= 'A' && digits[0] <= 'T' {
		letter, digits = digits[0], digits[1:]
		if digits == "" {
			return letter, "", true
		}
	}
	if len(digits) < 2 || len(digits) > 4 || strings.Trim(digits, "0123456789") != "" || digits[:2] == "00" {
		return 0, "", false
	}
	for _, l := range industryLetters {
		if digits[:2] <= l.last {
			return l.letter, digits, letter == 0 || letter == l.letter
		}
	}
	return 0, "", false
}
