package apply

// FieldKind says what a field holds and how it is written.
type FieldKind string

// The kinds of fields.
const (
	KindText    FieldKind = "text"
	KindCode    FieldKind = "code"    // 统一社会信用代码
	KindInt     FieldKind = "int"     // whole number
	KindYuan    FieldKind = "yuan"    // 300,000.50
	KindWan     FieldKind = "wan"     // 万元, two decimals, cut down
	KindCapital FieldKind = "capital" // 人民币大写
	KindDate    FieldKind = "date"    // 2026年11月22日
	KindChoice  FieldKind = "choice"  // boxes
	KindSpace   FieldKind = "space"   // a place for pen or seal; always empty
)

// FieldSpec describes one field of the form (the composite dictionary of comparable official forms; the policy text
// itself prescribes none).
type FieldSpec struct {
	Key      string    // "firm.name"; the wizard's field path where a person mends it
	Section  string    // key of the section it stands in
	Label    string    // with unit
	Unit     string    // 元, 万元, 人, 个月 or ""
	Required bool      // an empty one is a 必改 finding
	Kind     FieldKind //
	get      func(*filling) string
	source   func(*filling) string
}

// Fields lists the closed dictionary of kind ("application" or "onboarding") in form order; nil for another kind.
func Fields(kind string) []FieldSpec {
	switch kind {
	case KindApplication:
		return append([]FieldSpec(nil), applicationFields...)
	case KindOnboarding:
		return append([]FieldSpec(nil), onboardingFields...)
	}
	return nil
}

// The two kinds of request.
const (
	KindApplication = "application"
	KindOnboarding  = "onboarding"
)

// The sections of the application, in the order of the Guangdong dossier.
var applicationSections = []section{
	{"cover", "封面"},
	{"firm", "一、申报单位基本情况"},
	{"finance", "二、财务情况"},
	{"project", "三、项目概况"},
	{"maturity", "四、数字化水平自评"},
	{"cost", "五、投入明细"},
	{"claim", "六、申请奖补金额"},
	{"aid", "七、已获财政资金支持情况"},
	{"effect", "八、实施前后对比与绩效目标"},
	{"promise", "九、真实性与不重复申报承诺书"},
	{"papers", "十、附件清单"},
}

type section struct{ key, title string }

func field(section, key, label string, kind FieldKind, get func(*filling) string) FieldSpec {
	f := FieldSpec{Key: key, Section: section, Label: label, Kind: kind, get: get}
	switch kind {
	case KindYuan:
		f.Unit = "元"
	case KindWan:
		f.Unit = "万元"
	}
	if f.Unit != "" {
		f.Label += "（" + f.Unit + "）"
	}
	return f
}

// must marks a field as required.
func must(f FieldSpec) FieldSpec {
	f.Required = true
	return f
}

// unit gives a field its unit.
func unit(f FieldSpec, u string) FieldSpec {
	f.Unit, f.Label = u, f.Label+"（"+u+"）"
	return f
}

// from names where the value comes from.
func from(f FieldSpec, source func(*filling) string) FieldSpec {
	f.source = source
	return f
}
