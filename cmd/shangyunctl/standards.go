package main

import (
	"fmt"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// standards prints the figures of other standards, each with its edition, source and how far it is verified.
func (c *assessShowCmd) standards(r *run, st *wizard.State) error {
	list := assess.Standards(st.Standards, st.Case, st.Assessment.Level)
	if r.cli.JSON {
		return r.json(list)
	}
	last := ""
	for _, f := range list {
		if f.Standard != last {
			last = f.Standard
			fmt.Fprintf(r.out, "%s\n  版本：%s\n  来源（%s）：%s\n  %s\n", f.Standard, f.Edition, r.text.T("standard."+f.Kind), f.Source, f.Note)
		}
		fmt.Fprintf(r.out, "    %s：%s  %s（%s）\n", f.Name, f.Value, f.Text, f.Rule)
		for _, b := range f.Behind {
			fmt.Fprintf(r.out, "        依据 %s\n", b.Text)
		}
	}
	return nil
}
