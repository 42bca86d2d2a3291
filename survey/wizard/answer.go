package wizard

import (
	"context"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// Answer declares the options of an item Q1–Q15 by their letters. For an item that the register answers the declaration stands beside
// the computed answer; explanation tells why they differ. No options withdraws the declaration.
func (d *Desk) Answer(ctx context.Context, id, item string, options []string, explanation string) (*State, error) {
	q, ok := d.item(item)
	if !ok {
		return nil, survey.Fail(survey.CodeUnknownItem, "wizard.answer", "没有采集项 %s", item)
	}
	options, err := letters(q, options)
	if err != nil {
		return nil, err
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		said := survey.Answer{Item: item, Options: options, Explanation: strings.TrimSpace(explanation), Evidence: []survey.Evidence{d.person("")}}
		i := slices.IndexFunc(c.Answers, func(a survey.Answer) bool { return a.Item == item })
		switch {
		case len(options) == 0:
			c.Answers = slices.DeleteFunc(c.Answers, func(a survey.Answer) bool { return a.Item == item })
		case i < 0:
			c.Answers = append(c.Answers, said)
		case !slices.Equal(c.Answers[i].Options, options) || c.Answers[i].Explanation != said.Explanation || !d.said(c.Answers[i].Evidence):
			c.Answers[i] = said
		}
		return nil
	})
}

// item finds what a question offers, by running the questionnaire on an empty case.
func (d *Desk) item(key string) (assess.Item, bool) {
	for _, it := range assess.Run(d.Packs.Questions, &survey.Case{}).Items {
		if it.Key == key {
			return it, true
		}
	}
	return assess.Item{}, false
}

// letters checks and sorts option letters; a single-choice item takes one, 无 (the option of 0 points in a multiple choice) excludes the rest.
func letters(q assess.Item, options []string) ([]string, error) {
	var out []string
	none := false
	for _, o := range options {
		o = strings.ToUpper(strings.TrimSpace(o))
		i := slices.IndexFunc(q.Options, func(x assess.Option) bool { return x.Letter == o })
		if i < 0 {
			return nil, survey.Fail(survey.CodeUnknownItem, "wizard.answer", "%s 没有选项 %s", q.Key, clip(o))
		}
		none = none || q.Multi && q.Options[i].Points == 0
		if !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	if len(out) > 1 && (!q.Multi || none) {
		return nil, survey.Fail(survey.CodeField, "wizard.answer", "%s 不能同时选 %s", q.Key, strings.Join(out, "、"))
	}
	slices.Sort(out)
	return out, nil
}

// Scene confirms the level of one 应用场景, 0–4; level −1 takes the confirmation back.
func (d *Desk) Scene(ctx context.Context, id, scene string, level int) (*State, error) {
	known := slices.ContainsFunc(assess.Run(d.Packs.Questions, &survey.Case{}).Scenes, func(s assess.SceneLevel) bool { return s.Key == scene })
	if !known || level < -1 || level > 4 {
		return nil, survey.Fail(survey.CodeUnknownItem, "wizard.scene", "没有场景 %s 的第 %d 级", clip(scene), level)
	}
	return d.Edit(ctx, id, func(c *survey.Case) error {
		said := survey.SceneAnswer{Scene: scene, Level: level, Evidence: []survey.Evidence{d.person("")}}
		i := slices.IndexFunc(c.Scenes, func(a survey.SceneAnswer) bool { return a.Scene == scene })
		switch {
		case level < 0:
			c.Scenes = slices.DeleteFunc(c.Scenes, func(a survey.SceneAnswer) bool { return a.Scene == scene })
		case i < 0:
			c.Scenes = append(c.Scenes, said)
		case c.Scenes[i].Level != level || !d.said(c.Scenes[i].Evidence):
			c.Scenes[i] = said
		}
		return nil
	})
}

// said tells whether the person at this desk is the one who said it: saying the same again then changes nothing.
func (d *Desk) said(list []survey.Evidence) bool {
	return slices.ContainsFunc(list, func(e survey.Evidence) bool { return e.Source == survey.SourcePerson && e.By == d.By })
}
