package subsidy

import (
	"fmt"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/rule"
)

// Check tells whether a policy is well formed and its examples come out: ids are unique, every quoted sentence stands word for word in its
// paragraph, rates and caps fit the kind, conditions ask for known facts and titles, and there is an example that pays and one that does not.
func (p *Policy) Check() error {
	k := checker{p: p, ids: map[string]bool{}, titles: map[string]bool{}, choices: map[string]bool{}, papers: map[string]bool{}, layers: map[string]bool{}}
	k.must(p.ID != "" && p.Title != "" && p.Validity != "", "缺少 id、title 或 validity")
	k.must(!strings.Contains(p.ID, "@") && p.Version > 0, "编号不得含 @，version 应从 1 起")
	k.must(!p.To.Before(p.From), "from 晚于 to")
	k.must(len(p.Sources) > 0 && len(p.Measures) > 0, "缺少 sources 或 measures")
	for _, s := range p.Sources {
		k.once("来源", s.Key)
		k.must(s.Title != "" && s.Article != "", "来源 %s 缺少 title 或 article", s.Key)
		k.must(s.Date != "" || s.Checked != "", "来源 %s 既没有文件日期 date，也没有核对日期 checked", s.Key)
	}
	k.scheme()
	for _, q := range p.Paragraphs {
		k.once("段落", q.ID)
	}
	for _, t := range p.Titles {
		k.once("资格", t.Key)
		k.must(t.Name != "" && t.Issuer != "", "资格 %s 缺少 name 或 issuer", t.Key)
		k.must(t.Days == nil || *t.Days >= 0, "资格 %s 的 days 为负", t.Key)
		k.titles[t.Key] = true
	}
	for _, r := range p.Readings {
		k.once("读法", r.ID)
		k.must(r.Text != "" && len(r.Choices) > 0, "读法 %s 缺少 text 或 choices", r.ID)
		for _, c := range r.Choices {
			k.must(c.Key != "" && c.Text != "", "读法 %s 的选项缺少 key 或 text", r.ID)
			k.choices[r.ID+":"+c.Key] = true
		}
	}
	k.conditions("共同条件", p.Conditions)
	for i := range p.Measures {
		k.measure(&p.Measures[i])
	}
	k.cards()
	if k.err != nil {
		return k.err
	}
	return p.runExamples()
}

type checker struct {
	p       *Policy
	ids     map[string]bool
	titles  map[string]bool
	choices map[string]bool
	papers  map[string]bool
	layers  map[string]bool
	err     error
}

func (k *checker) must(ok bool, format string, args ...any) {
	if !ok && k.err == nil {
		k.err = survey.Fail(survey.CodePack, "subsidy.check", "%s：%s", k.p.ID, fmt.Sprintf(format, args...))
	}
}

func (k *checker) once(what, id string) {
	k.must(id != "" && !k.ids[what+id], "%s编号“%s”为空或重复", what, id)
	k.ids[what+id] = true
}

func (k *checker) quote(what, paragraph, sentence string) {
	text := k.p.Text(paragraph)
	if strings.HasPrefix(paragraph, "S") {
		for _, s := range k.p.Sections {
			if paragraph == fmt.Sprintf("S%d", s.No) {
				text = s.Title
			}
		}
	}
	k.must(sentence != "" && strings.Contains(text, sentence), "%s 引用的句子不在 %s 中", what, paragraph)
}

func (k *checker) conditions(what string, list []Condition) {
	for i := range list {
		if list[i].Under != "" {
			k.must(k.choices[list[i].Under], "%s 用到未知读法 %s", what, list[i].Under)
		}
		if err := rule.Check(&list[i].Cond, k.titles); err != nil && k.err == nil {
			k.err = &survey.Error{Code: survey.CodePack, Op: "subsidy.check", Detail: k.p.ID + " " + what, Err: err}
		}
		k.must(list[i].Text != "", "%s 有一个条件缺少 text", what)
		for _, key := range list[i].Evidence {
			k.must(k.papers[key], "%s 的条件“%s”指向未知材料 %s", what, list[i].Text, key)
		}
	}
}

func (k *checker) cards() {
	for _, c := range k.p.Cards {
		k.once("卡片", c.ID)
		k.must(c.Title != "" && c.Text != "" && len(c.Sentences) > 0, "卡片 %s 缺少 title、text 或 sentences", c.ID)
		for _, s := range c.Sentences {
			k.quote(c.ID, c.Paragraph, s)
		}
		for _, q := range c.Also {
			k.quote(c.ID, q.Paragraph, q.Sentence)
		}
	}
	for _, n := range k.p.NoCard {
		k.must(n.Because != "", "%s 的 no_card 缺少 because", n.Paragraph)
		k.quote("no_card", n.Paragraph, n.Sentence)
	}
	k.must(k.p.Forecast == "" || k.ids["条款"+k.p.Forecast], "forecast 指向未知条款 %s", k.p.Forecast)
}

func (p *Policy) runExamples() error {
	pays, none := false, false
	for i := range p.Examples {
		if err := p.Examples[i].Run(p); err != nil {
			return err
		}
		pays, none = pays || p.Examples[i].Expect.Headline != nil, none || p.Examples[i].Expect.Headline == nil
	}
	if !pays || !none {
		return survey.Fail(survey.CodePack, "subsidy.examples", "%s 至少要有一个有金额和一个没有金额的示例", p.ID)
	}
	return nil
}
