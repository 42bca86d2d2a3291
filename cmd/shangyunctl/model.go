package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// solveFile answers a model file; no case is touched.
func (c *recommendCmd) solveFile(r *run) error {
	if c.Case != "" || c.ID != "" || c.Accept || c.Budget != "" {
		return survey.Fail(survey.CodeUsage, "shangyunctl.model", "--model 不能与案卷的选项一起用")
	}
	data, err := readFile(c.Model)
	if err != nil {
		return err
	}
	began := time.Now()
	m, names, err := recommend.ParseModel(data)
	if err != nil {
		return err
	}
	p, err := prove(m, names, began)
	if err != nil {
		return err
	}
	if c.LP != "" {
		if err := p.write(r, c.LP); err != nil {
			return err
		}
	}
	if err := r.json(p.result); err != nil {
		return err
	}
	switch p.result.Status {
	case recommend.StatusInfeasible:
		return survey.Fail(survey.CodeNoSolution, "shangyunctl.model", "status 为 infeasible")
	case recommend.StatusUnknown:
		return survey.Fail(survey.CodeNoSolution, "shangyunctl.model", "限定步数内没有找到，也没有证明不存在")
	}
	return nil
}

// exportModel writes what a third party needs to repeat the answer for a case.
func (c *recommendCmd) exportModel(r *run, st *wizard.State) error {
	m, names := recommend.ModelOf(st.Catalog, st.Assessment, st.Case)
	p, err := prove(m, names, time.Now())
	if err != nil {
		return err
	}
	return p.write(r, c.LP)
}

// proof is a model with its answer.
type proof struct {
	model  recommend.Model
	names  recommend.Names
	answer recommend.Solution
	result recommend.Result
}

func prove(m recommend.Model, names recommend.Names, began time.Time) (proof, error) {
	s, err := recommend.Exact{}.Solve(m)
	result := recommend.ResultOf(m, s, time.Since(began))
	result.Absent = names.Absent
	return proof{m, names, s, result}, survey.Wrap(survey.CodeModel, "shangyunctl.model", err)
}

// write puts the last stage into file and, beside it, the stages before, the model and the result.
func (p proof) write(r *run, file string) error {
	base := strings.TrimSuffix(file, ".lp")
	result, err := json.MarshalIndent(p.result, "", "  ")
	if err != nil {
		return survey.Wrap(survey.CodeInternal, "shangyunctl.model", err)
	}
	names := []string{base + ".model.json", base + ".result.json"}
	data := [][]byte{recommend.WriteModel(p.model, p.names), append(result, '\n')}
	stages := recommend.Stages(p.model, p.answer)
	for i, s := range stages {
		name := file
		if i < len(stages)-1 {
			name = base + "." + s.Goal + ".lp"
		}
		names, data = append(names, name), append(data, s.LP)
	}
	if err := writeFiles(names, data); err != nil {
		return err
	}
	for i, s := range stages {
		best := "应当无解"
		if s.Value != "" && p.answer.Optimal {
			best = "最优值应为 " + s.Value
		} else if s.Value != "" {
			best = "本程序达到 " + s.Value + "，未证明最优"
		}
		fmt.Fprintf(r.note, "已写出 %s（%s），%s\n", names[2+i], s.Goal, best)
	}
	fmt.Fprintf(r.note, "已写出 %s 和 %s\n", names[0], names[1])
	return nil
}
