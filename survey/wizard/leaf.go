package wizard

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
)

// maxText is the longest text a field takes, in characters.
const maxText = 4000

// leafType reads and writes one type of field.
type leafType struct {
	parse func(raw string) (any, error)
	print func(v any) string
}

var leaves = map[reflect.Type]leafType{}

func leaf[T any](parse func(string) (T, error), print func(T) string) {
	leaves[reflect.TypeFor[T]()] = leafType{
		parse: func(raw string) (any, error) { return parse(raw) },
		print: func(v any) string { return print(v.(T)) },
	}
}

// optional makes the leaf of *T from that of T: empty is nil.
func optional[T any](parse func(string) (T, error), print func(T) string) {
	leaf(func(raw string) (*T, error) {
		if survey.HalfWidth(raw) == "" {
			return nil, nil
		}
		v, err := parse(raw)
		return &v, err
	}, func(p *T) string {
		if p == nil {
			return ""
		}
		return print(*p)
	})
}

func choice[T ~string](names []survey.Named[T]) {
	leaf(func(raw string) (T, error) {
		s := strings.TrimSpace(raw)
		if s == "" {
			return "", nil
		}
		for _, n := range names {
			if string(n.Value) == strings.ToLower(s) || n.Name == s {
				return n.Value, nil
			}
		}
		return "", survey.Fail(survey.CodeField, "wizard.choice", "“%s”不在可选范围内", clip(s))
	}, func(v T) string { return string(v) })
}

// choices makes the leaf of a list of T, written with 、 between; each is taken once.
func choices[T ~string](names []survey.Named[T]) {
	leaf(func(raw string) ([]T, error) {
		words, err := parseWords(raw)
		if err != nil {
			return nil, err
		}
		var out []T
		for _, w := range words {
			i := slices.IndexFunc(names, func(n survey.Named[T]) bool { return string(n.Value) == strings.ToLower(w) || n.Name == w })
			if i < 0 {
				return nil, survey.Fail(survey.CodeField, "wizard.choice", "“%s”不在可选范围内", clip(w))
			}
			if !slices.Contains(out, names[i].Value) {
				out = append(out, names[i].Value)
			}
		}
		return out, nil
	}, func(list []T) string {
		words := make([]string, len(list))
		for i, v := range list {
			words[i] = string(v)
		}
		return strings.Join(words, "、")
	})
}

func init() {
	leaf(parseText, func(s string) string { return s })
	leaf(survey.ParseDate, func(d survey.Date) string { return string(d) })
	leaf(survey.ParseTri, survey.Tri.String)
	leaf(parseFen, money.Fen.Display)
	optional(parseFen, money.Fen.Display)
	leaf(parseCount, strconv.Itoa)
	optional(parseCount, strconv.Itoa)
	optional(parseTonnes, printTonnes)
	optional(parseRate, money.Rate.Percent)
	leaf(parseWords, func(s []string) string { return strings.Join(s, "、") })
	leaf(parseMonths, printMonths)
	choices(survey.FnNames)
	choice(survey.ClassNames)
	choice(survey.ObjectiveNames)
	choice(survey.UseNames)
	choice(survey.NetNames)
	choice(survey.SystemKindNames)
	choice(survey.DeploymentNames)
	choice(survey.CostKindNames)
	choice(survey.TopicNames)
	choice([]survey.Named[survey.VATPayer]{{Value: survey.VATGeneral, Name: "一般纳税人"}, {Value: survey.VATSmall, Name: "小规模纳税人"}})
}

func parseText(raw string) (string, error) {
	s := strings.TrimSpace(strings.ReplaceAll(raw, "\r\n", "\n"))
	if !utf8.ValidString(s) {
		return "", survey.Fail(survey.CodeField, "wizard.text", "含有无法识别的字符")
	}
	if n := utf8.RuneCountInString(s); n > maxText {
		return "", survey.Fail(survey.CodeField, "wizard.text", "共 %d 字，最多 %d 字", n, maxText)
	}
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFD {
			return "", survey.Fail(survey.CodeField, "wizard.text", "含有看不见的控制字符")
		}
	}
	return s, nil
}

func parseFen(raw string) (money.Fen, error) {
	f, err := money.Parse(raw)
	if err != nil {
		return 0, &survey.Error{Code: survey.CodeMoney, Op: "wizard.money", Detail: fmt.Sprintf("“%s”不是金额，可写 300,000.50 或 30万", clip(raw)), Err: err}
	}
	if f < 0 {
		return 0, survey.Fail(survey.CodeMoney, "wizard.money", "金额不能是负数")
	}
	return f, nil
}

func parseCount(raw string) (int, error) {
	s := strings.TrimRight(strings.ReplaceAll(survey.HalfWidth(raw), ",", ""), "台套个人月年 ")
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 10_000_000 {
		return 0, survey.Fail(survey.CodeNumber, "wizard.count", "“%s”不是 0 到 10000000 的整数", clip(raw))
	}
	return n, nil
}

// parseTonnes reads 吨标准煤 with up to three decimals as kg.
func parseTonnes(raw string) (int64, error) {
	s := strings.TrimSpace(strings.TrimSuffix(strings.ReplaceAll(survey.HalfWidth(raw), ",", ""), "吨标准煤"))
	kg, err := fixed(s, 3)
	if err != nil {
		return 0, survey.Fail(survey.CodeNumber, "wizard.energy", "“%s”不是吨标准煤数，最多三位小数", clip(raw))
	}
	return kg, nil
}

func printTonnes(kg int64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%03d", kg/1000, kg%1000), "0"), ".")
}

// parseRate reads "20%", "12.5%" or "0.20" as a rate up to 100 %.
func parseRate(raw string) (money.Rate, error) {
	r, err := money.ParseRate(raw)
	if err != nil || r > money.One {
		return 0, survey.Fail(survey.CodeNumber, "wizard.rate", "“%s”不是比例，可写 20%% 或 0.20", clip(raw))
	}
	return r, nil
}

func parseWords(raw string) ([]string, error) {
	if _, err := parseText(raw); err != nil {
		return nil, err
	}
	var out []string
	for _, w := range strings.FieldsFunc(raw, func(r rune) bool { return strings.ContainsRune("、，,;；\n|", r) }) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out, nil
}

// parseMonths reads up to twelve monthly 合格率 in per cent, from January on: "98.5、98.7、" (an empty place is an unknown month).
func parseMonths(raw string) ([]survey.MonthRate, error) {
	s := strings.NewReplacer("、", ",", "，", ",", ";", ",", "；", ",", "%", "").Replace(survey.HalfWidth(raw))
	var out []survey.MonthRate
	if s == "" {
		return nil, nil
	}
	for i, p := range strings.Split(s, ",") {
		if p = strings.TrimSpace(p); p == "" {
			continue
		}
		r, err := fixed(p, 2)
		if err != nil || r > 10000 || i > 11 {
			return nil, survey.Fail(survey.CodeNumber, "wizard.months", "第 %d 个值“%s”不是 0 到 100 的百分数", i+1, clip(p))
		}
		out = append(out, survey.MonthRate{Month: i + 1, Rate: int(r)})
	}
	return out, nil
}

func printMonths(m []survey.MonthRate) string {
	if len(m) == 0 {
		return ""
	}
	parts := make([]string, m[len(m)-1].Month)
	for _, r := range m {
		if r.Month >= 1 && r.Month <= len(parts) {
			parts[r.Month-1] = fmt.Sprintf("%d.%02d", r.Rate/100, r.Rate%100)
		}
	}
	return strings.Join(parts, "、")
}

// fixed reads a plain non-negative decimal as an integer with that many places.
func fixed(s string, places int) (int64, error) {
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" || len(frac) > places || len(whole) > 15 {
		return 0, strconv.ErrSyntax
	}
	digits := whole + frac + strings.Repeat("0", places-len(frac))
	n, err := strconv.ParseUint(digits, 10, 63)
	if err != nil || n > math.MaxInt64/2 {
		return 0, strconv.ErrSyntax
	}
	return int64(n), nil
}

func clip(s string) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return string(r)
}
