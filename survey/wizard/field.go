package wizard

import (
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey"
)

// Get prints the field at path as a form shows it; unknown values are "". It fails with E0106 for a path that names no field.
func Get(c *survey.Case, path string) (string, error) {
	p, err := find(c, path, false)
	if err != nil {
		if survey.CodeOf(err) == survey.CodeUnknownItem && creatable(path) {
			return "", nil
		}
		return "", err
	}
	t, ok := leaves[p.leaf.Type()]
	if !ok {
		return "", unknownPath(path)
	}
	return t.print(p.leaf.Interface()), nil
}

// Set reads raw into the field at path and notes who said so. The case is unchanged when raw cannot be taken (E0101–E0106).
func Set(c *survey.Case, path, raw, by string, at time.Time) error {
	work := c.Clone()
	if err := put(work, path, raw, by, at); err != nil {
		return err
	}
	*c = *work
	return nil
}

// put is Set on a case that is thrown away when it fails.
func put(work *survey.Case, path, raw, by string, at time.Time) error {
	p, err := find(work, path, true)
	if err != nil {
		return err
	}
	t, ok := leaves[p.leaf.Type()]
	if !ok || p.isKey() || path == "schema" {
		return unknownPath(path)
	}
	if check := checks[shape(path)]; check != nil {
		if raw, err = check(raw); err != nil {
			return err
		}
	}
	v, err := t.parse(raw)
	if err != nil {
		return err
	}
	same := reflect.DeepEqual(p.leaf.Interface(), v)
	p.leaf.Set(reflect.ValueOf(v))
	witness(p, path, survey.Evidence{Source: survey.SourcePerson, By: by, At: at.UTC()}, same)
	return nil
}

// Tidy gives raw as Set would store and Get would print it, or the reason why it cannot be taken.
func Tidy(c *survey.Case, path, raw string) (string, error) {
	work := c.Clone()
	if err := Set(work, path, raw, "", time.Time{}); err != nil {
		return "", err
	}
	return Get(work, path)
}

// witness adds or renews the person's evidence on the innermost element that keeps evidence. The same person who says the same again
// changes nothing.
func witness(p place, path string, said survey.Evidence, same bool) {
	said.Note = "字段 " + path[strings.LastIndexByte(path, '.')+1:]
	for _, v := range slices.Backward(p.parents) {
		f := v.FieldByName("Evidence")
		if !f.IsValid() || f.Type() != reflect.TypeFor[[]survey.Evidence]() {
			continue
		}
		list := f.Interface().([]survey.Evidence)
		known := func(e survey.Evidence) bool { return e.Source == said.Source && e.Note == said.Note }
		if i := slices.IndexFunc(list, known); same && i >= 0 && list[i].By == said.By {
			return
		}
		f.Set(reflect.ValueOf(append(slices.DeleteFunc(slices.Clone(list), known), said)))
		return
	}
}

// checks holds what a field demands beyond its type, by the shape of its path ("*" for a key); each gives the text to store.
var checks = map[string]func(string) (string, error){
	"firm.name":             limit(100),
	"firm.creditCode":       creditCode,
	"firm.region":           region,
	"firm.industry":         industry,
	"firm.contact.phone":    phone,
	"firm.contact.email":    email,
	"firm.bank.account":     account,
	"firm.declaredSize":     oneOf("large", "medium", "small", "micro"),
	"project.name":          limit(100),
	"project.links":         links,
	"project.agent.phone":   phone,
	"assets.*.name":         needed,
	"assets.*.count":        positive,
	"systems.*.name":        needed,
	"contracts.*.number":    limit(60),
	"invoices.*.number":     invoiceNumber,
	"invoices.*.buyerCode":  creditCode,
	"answers.*.explanation": limit(500),
}

// isKey tells whether the place is what names its element; that never changes.
func (p place) isKey() bool {
	t := p.parents[len(p.parents)-1].Type()
	name := keyOf[t]
	if name == "" {
		name = "ID"
	}
	f, ok := t.FieldByName(name)
	if !ok {
		return false
	}
	tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return tag == p.field
}

// shape replaces the keys of list elements in path by "*".
func shape(path string) string {
	segs := strings.Split(path, ".")
	for i := 0; i+1 < len(segs); i++ {
		if keyed[segs[i]] {
			segs[i+1] = "*"
		}
	}
	return strings.Join(segs, ".")
}

var keyed = map[string]bool{
	"sites": true, "years": true, "titles": true, "assets": true, "systems": true, "arrangements": true, "answers": true, "scenes": true,
	"contracts": true, "invoices": true, "lines": true, "payments": true, "aids": true, "notices": true, "attachments": true,
}

func creatable(path string) bool {
	c := &survey.Case{}
	_, err := find(c, path, true)
	return err == nil
}

func limit(n int) func(string) (string, error) {
	return func(raw string) (string, error) {
		s := strings.TrimSpace(raw)
		if k := utf8.RuneCountInString(s); k > n {
			return "", survey.Fail(survey.CodeField, "wizard.limit", "共 %d 字，最多 %d 字", k, n)
		}
		return s, nil
	}
}

func needed(raw string) (string, error) {
	s := strings.TrimSpace(raw)
	if s == "" {
		return "", survey.Fail(survey.CodeField, "wizard.needed", "名称不能空着")
	}
	return limit(100)(s)
}

func positive(raw string) (string, error) {
	n, err := parseCount(raw)
	if err == nil && n < 1 {
		err = survey.Fail(survey.CodeNumber, "wizard.count", "台数至少是 1")
	}
	return raw, err
}

func oneOf(words ...string) func(string) (string, error) {
	return func(raw string) (string, error) {
		if s := strings.TrimSpace(raw); s == "" || slices.Contains(words, s) {
			return s, nil
		}
		return "", survey.Fail(survey.CodeField, "wizard.choice", "只能是 %s", strings.Join(words, "、"))
	}
}

func creditCode(raw string) (string, error) {
	if survey.HalfWidth(raw) == "" {
		return "", nil
	}
	code, _, err := survey.ParseCreditCode(raw)
	if err != nil {
		return "", &survey.Error{Code: survey.CodeCreditCode, Op: "wizard.creditcode", Detail: err.Error()}
	}
	return string(code), nil
}

// region takes the code of a 市州, its own and not a county's, or its name.
func region(raw string) (string, error) {
	s := survey.HalfWidth(raw)
	if s == "" {
		return "", nil
	}
	if r, ok := survey.RegionByCode(s); ok && r.Code == s {
		return s, nil
	}
	if r, ok := survey.RegionByName(s); ok {
		return r.Code, nil
	}
	return "", survey.Fail(survey.CodeField, "wizard.region", "“%s”不是湖南的市州", clip(s))
}

func industry(raw string) (string, error) {
	s := survey.HalfWidth(raw)
	if s == "" {
		return "", nil
	}
	if _, ok := survey.IndustryByCode(s); !ok {
		return "", survey.Fail(survey.CodeField, "wizard.industry", "“%s”不是制造业行业代码（C13–C43）", clip(s))
	}
	return strings.ToUpper(s), nil
}

func phone(raw string) (string, error) {
	s := strings.NewReplacer(" ", "", "-", "").Replace(survey.HalfWidth(raw))
	if s == "" {
		return "", nil
	}
	mobile := len(s) == 11 && s[0] == '1' && s[1] >= '3'
	fixedLine := len(s) >= 10 && len(s) <= 12 && s[0] == '0'
	if strings.Trim(s, "0123456789") != "" || !mobile && !fixedLine {
		return "", survey.Fail(survey.CodeField, "wizard.phone", "应是 11 位手机号或带区号的座机")
	}
	return s, nil
}

func email(raw string) (string, error) {
	s := survey.HalfWidth(raw)
	if s == "" {
		return "", nil
	}
	name, host, ok := strings.Cut(s, "@")
	if !ok || name == "" || !strings.Contains(strings.Trim(host, "."), ".") || strings.ContainsAny(s, " ,;<>()\"") || strings.Contains(host, "@") || len(s) > 200 {
		return "", survey.Fail(survey.CodeField, "wizard.email", "应写成 name@company.com 的样子")
	}
	return s, nil
}

func account(raw string) (string, error) {
	s := strings.NewReplacer(" ", "", "-", "").Replace(survey.HalfWidth(raw))
	if s != "" && (len(s) < 8 || len(s) > 30 || strings.Trim(s, "0123456789") != "") {
		return "", survey.Fail(survey.CodeField, "wizard.account", "应是 8 到 30 位数字")
	}
	return s, nil
}

func invoiceNumber(raw string) (string, error) {
	s := strings.ReplaceAll(survey.HalfWidth(raw), " ", "")
	if s == "" || strings.Trim(s, "0123456789") != "" || len(s) != 8 && len(s) != 20 {
		return "", survey.Fail(survey.CodeField, "wizard.invoice", "应是 8 位（税控）或 20 位（数电）数字")
	}
	return s, nil
}

func links(raw string) (string, error) {
	words, err := parseWords(raw)
	if err != nil {
		return "", err
	}
	for _, w := range words {
		if !slices.Contains(survey.BusinessLinks, w) {
			return "", survey.Fail(survey.CodeField, "wizard.links", "“%s”不是九个环节之一", clip(w))
		}
	}
	return raw, nil
}
