package rule

import (
	"maps"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// Facts resolves fact keys from a case. Numbers holds figures of other rooms under their own keys (assess.level, assess.score, …); a key
// that is not in it is unknown.
type Facts struct {
	Case    *survey.Case
	Numbers map[string]Number
	Answers map[string]Answered // by item key
	Scenes  map[string]Reached  // by scene key; only what a person confirmed
}

// Kind is the kind of a fact; it decides which comparisons fit.
type Kind int

// The kinds of facts.
const (
	KindTri Kind = iota
	KindNumber
	KindText
	KindSet
	KindDate
)

// Value is one looked-up fact. Known false leaves every condition on it 待核实.
type Value struct {
	Known  bool
	Tri    survey.Tri
	Number Number
	Text   string
	Set    []string
	Closed bool // the set is complete: what is not in it is not there
	Date   survey.Date
	Found  string // the fact in words, with its source
}

type entry struct {
	kind   Kind
	name   string // plain Chinese
	needed string // what settles it when unknown
	look   func(Facts) Value
}

// Keys lists the catalogue of facts that a condition may ask for, sorted. Titles are asked by Cond.Title instead.
func Keys() []string { return slices.Sorted(maps.Keys(catalogue)) }

// KindOf gives the kind of a fact key and whether the catalogue has it.
func KindOf(key string) (Kind, bool) {
	e, ok := find(key)
	return e.kind, ok
}

// Look resolves a key; a key outside the catalogue is unknown.
func (f Facts) Look(key string) Value {
	if e, ok := find(key); ok && f.Case != nil {
		return e.look(f)
	}
	return Value{}
}

func tri(t survey.Tri, name string, ev []survey.Evidence) Value {
	if t != survey.Yes && t != survey.No {
		return Value{}
	}
	return Value{Known: true, Tri: t, Found: name + "：" + t.Chinese() + source(ev)}
}

func text(s, shown, name string, ev []survey.Evidence) Value {
	if s == "" {
		return Value{}
	}
	if shown == "" {
		shown = s
	}
	return Value{Known: true, Text: s, Found: name + "：" + shown + source(ev)}
}

var sourceNames = []survey.Named[survey.Source]{
	{Value: survey.SourcePerson, Name: "人工填写"}, {Value: survey.SourceLedger, Name: "台账"}, {Value: survey.SourceHost, Name: "本机读取"},
	{Value: survey.SourceProbe, Name: "设备读取"}, {Value: survey.SourceInvoice, Name: "票据识别"}, {Value: survey.SourceDocument, Name: "附件"}, {Value: survey.SourceImport, Name: "导入"},
}

// source names the last witness of a fact, "（台账 台账.xlsx 第 17 行）".
func source(ev []survey.Evidence) string {
	if len(ev) == 0 {
		return "（未注明来源）"
	}
	last := ev[len(ev)-1]
	words := []string{survey.NameOf(sourceNames, last.Source), last.By, last.Ref}
	words = slices.DeleteFunc(words, func(s string) bool { return s == "" })
	if len(words) == 0 {
		return "（未注明来源）"
	}
	return "（" + strings.Join(words, " ") + "）"
}
