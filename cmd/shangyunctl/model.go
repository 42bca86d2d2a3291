package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/money"
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
	m, names, err := recommend.ParseModel(data)
	if err != nil {
		return err
	}
	p, err := prove(r, m, names, time.Now(), c.Limit)
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
	p, err := prove(r, m, names, time.Now(), c.Limit)
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

// prove solves m, for limit at most when it is not 0: then the answer so far is printed with its true gap. A solve that takes long says how far it is, every two seconds.
func prove(r *run, m recommend.Model, names recommend.Names, began time.Time, limit time.Duration) (proof, error) {
	last := began
	ctx := r.ctx
	if limit > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, limit)
		defer stop()
	}
	ctx = recommend.Watch(ctx, func(p recommend.Progress) {
		if time.Since(last) > 2*time.Second {
			last = time.Now()
			fmt.Fprintln(r.note, progressText(p))
		}
	})
	s, err := join.Solver().Solve(ctx, m)
	result := recommend.ResultOf(m, s, time.Since(began))
	result.Absent = names.Absent
	return proof{m, names, s, result}, survey.Wrap(survey.CodeModel, "shangyunctl.model", err)
}

// progressText says where a solve stands, in the units of the goal.
func progressText(p recommend.Progress) string {
	name, show := map[string]string{"weight": "覆盖权重", "vendors": "供应商数", "cost": "总价", "ties": "同价方案"}[p.Goal], func(v int64) string { return strconv.FormatInt(v, 10) }
	switch {
	case p.Goal == "cost":
		show = func(v int64) string { return money.Fen(v).String() }
	case p.Goal == "ties":
		return fmt.Sprintf("%s：已搜索 %d 个节点", name, p.Nodes)
	}
	if !p.Found {
		return fmt.Sprintf("%s：还没有方案，已证明不会优于 %s，已搜索 %d 个节点", name, show(p.Bound), p.Nodes)
	}
	return fmt.Sprintf("%s：当前 %s，已证明不会优于 %s，差距 %s，已搜索 %d 个节点", name, show(p.Value), show(p.Bound), show(p.Gap()), p.Nodes)
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
