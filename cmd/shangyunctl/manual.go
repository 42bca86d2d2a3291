package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/manual"
	"github.com/shangyuntong/shangyun/survey/seek"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

type manualCmd struct {
	Out  string `help:"把用户手册写成 PDF。" type:"path" placeholder:"FILE"`
	Word string `arg:"" optional:"" help:"解释这个名词；可以只写拼音首字母。"`
}

func (c *manualCmd) Run(r *run) error {
	h, err := join.Help()
	if err != nil {
		return err
	}
	switch {
	case c.Out != "":
		f, err := h.PDF(r.ctx)
		if err != nil {
			return err
		}
		if err := os.WriteFile(c.Out, f.Data, 0o644); err != nil {
			return survey.Wrap(survey.CodeFileMissing, "shangyunctl.manual", err)
		}
		return r.say(map[string]any{"file": c.Out, "bytes": len(f.Data)}, "已写出 %s\n", filepath.Base(c.Out))
	case c.Word != "":
		return r.explain(h.Terms, c.Word)
	case r.cli.JSON:
		return r.json(map[string]any{"manual": h.Manual, "terms": h.Terms})
	}
	for _, t := range h.Terms {
		fmt.Fprintf(r.out, "%s · %s\n", t.Group, t.Name)
	}
	return nil
}

// explain prints the terms that a word finds by their names.
func (r *run) explain(terms []manual.Term, word string) error {
	var entries []seek.Entry
	for i, t := range terms {
		entries = append(entries, seek.Entry{Title: t.Name, To: fmt.Sprint(i)})
	}
	var found []manual.Term
	for _, e := range seek.New(entries).Find(word, 5) {
		for i, t := range terms {
			if fmt.Sprint(i) == e.To {
				found = append(found, t)
			}
		}
	}
	if len(found) == 0 {
		return survey.Fail(survey.CodeUnknownItem, "shangyunctl.manual", "名词表里没有“%s”", word)
	}
	if r.cli.JSON {
		return r.json(found)
	}
	for _, t := range found {
		fmt.Fprintf(r.out, "%s\n%s\n出处：%s\n\n", t.Name, strings.Join(t.Text, "\n"), t.Source)
	}
	return nil
}

type findCmd struct {
	target
	Words []string `arg:"" help:"几个字或拼音首字母；每个词都要对上。"`
	Limit int      `help:"最多列出几条。" default:"30"`
}

func (c *findCmd) Run(r *run) error {
	return c.read(r, func(_ *wizard.Desk, st *wizard.State) error {
		found := seek.New(wizard.Say(r.text.T).Places(st)).Find(strings.Join(c.Words, " "), c.Limit)
		if r.cli.JSON {
			return r.json(found)
		}
		for _, e := range found {
			fmt.Fprintf(r.out, "%s\t%s\t%s\t%s\n", r.text.T("find.kind."+e.Kind), e.Title, e.Note, e.To)
		}
		return nil
	})
}
