package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type answerCmd struct {
	ID      string   `help:"案卷编号。"`
	File    string   `help:"答卷（JSON：{\"answers\":{\"Q8\":\"D\"},\"scenes\":{\"office\":2}}）。" type:"path"`
	Why     string   `help:"自报与清单不同时的说明。"`
	Answers []string `arg:"" optional:"" help:"题号=选项（如 Q6=BC）或 场景=级别（如 office=2）。"`
}

func (c *answerCmd) Run(r *run) error {
	s := join.Sheet{Answers: map[string]string{}, Scenes: map[string]int{}}
	if c.File != "" {
		data, err := readFile(c.File)
		if err != nil {
			return err
		}
		if s, err = join.ReadSheet(data); err != nil {
			return &survey.Error{Code: survey.CodeFileBroken, Op: "shangyunctl.answer", Detail: filepath.Base(c.File) + " 不是答卷", Err: err}
		}
	}
	for _, a := range c.Answers {
		key, value, ok := strings.Cut(a, "=")
		level, err := strconv.Atoi(value)
		switch {
		case !ok:
			return survey.Fail(survey.CodeUsage, "shangyunctl.answer", "“%s”应写成 题号=选项", a)
		case err == nil && !strings.HasPrefix(key, "Q"):
			s.Scenes[key] = level
		default:
			s.Answers[key] = value
		}
	}
	return r.onCase(c.ID, func(d *wizard.Desk, id string) error { return c.put(r, d, id, s) })
}

func (c *answerCmd) put(r *run, d *wizard.Desk, id string, s join.Sheet) error {
	for _, item := range slices.Sorted(maps.Keys(s.Answers)) { // one order, so that the same sheet gives the same case
		why := c.Why
		if w := s.Why[item]; w != "" {
			why = w
		}
		if _, err := d.Answer(r.ctx, id, item, s.Letters(item), why); err != nil {
			return err
		}
	}
	for _, scene := range slices.Sorted(maps.Keys(s.Scenes)) {
		if _, err := d.Scene(r.ctx, id, scene, s.Scenes[scene]); err != nil {
			return err
		}
	}
	st, err := d.Open(r.ctx, id)
	if err != nil {
		return err
	}
	all := len(st.Assessment.Items) + len(st.Assessment.Scenes)
	return r.say(map[string]any{"answers": len(s.Answers), "scenes": len(s.Scenes), "open": st.Assessment.Open},
		"已记录 %d 题、%d 个场景；共 %d 项，还差 %d 项\n", len(s.Answers), len(s.Scenes), all, len(st.Assessment.Open))
}
