package main

import (
	"bufio"
	"cmp"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

const (
	maxCaseLine = 8 << 20 // bytes of one case
	maxFaults   = 20      // faults that are told
	batch       = 64      // lines handed to a worker at a time
)

// job is some lines of the file with the number of the first.
type job struct {
	first int
	lines [][]byte
}

// simulate computes every case under every policy. The figures do not depend on jobs.
func simulate(in io.Reader, policies []*subsidy.Policy, qs *assess.Questionnaire, jobs int) (simulated, error) {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	work, parts := make(chan job, jobs), make([]part, jobs)
	var all sync.WaitGroup
	for i := range parts {
		parts[i].begin(policies, qs)
		all.Go(func() {
			for j := range work {
				parts[i].take(j)
			}
		})
	}
	err := deal(in, work)
	close(work)
	all.Wait()
	if err != nil {
		return simulated{}, &survey.Error{Code: survey.CodeFileBroken, Op: "shangyunctl.simulate", Detail: "一行超过 8 MB 或无法读取", Err: err}
	}
	return merge(parts, policies), nil
}

// deal hands the lines out in batches; empty ones are left out but counted.
func deal(in io.Reader, work chan<- job) error {
	s := bufio.NewScanner(in)
	s.Buffer(make([]byte, 1<<16), maxCaseLine)
	j, n := job{first: 1}, 0
	for s.Scan() {
		n++
		j.lines = append(j.lines, []byte(strings.TrimSpace(s.Text())))
		if len(j.lines) == batch {
			work <- j
			j = job{first: n + 1}
		}
	}
	work <- j
	return s.Err()
}

// part is what one worker counted.
type part struct {
	policies []*subsidy.Policy
	qs       *assess.Questionnaire
	sums     []*subsidy.Simulation
	refused  int
	faults   []fault
}

func (p *part) begin(policies []*subsidy.Policy, qs *assess.Questionnaire) {
	p.policies = policies
	if policies[0].NeedsAssessment() {
		p.qs = qs
	}
	for _, x := range policies {
		p.sums = append(p.sums, subsidy.NewSimulation(x))
	}
}

func (p *part) take(j job) {
	for i, line := range j.lines {
		if len(line) == 0 {
			continue
		}
		c, err := survey.DecodeCase(line)
		if err != nil {
			p.refused++
			if len(p.faults) < maxFaults { // a worker meets its lines in order
				p.faults = append(p.faults, fault{j.first + i, err.Error()})
			}
			continue
		}
		var a assess.Assessment
		if p.qs != nil {
			a = assess.Run(p.qs, c)
		}
		for k, x := range p.policies {
			p.sums[k].Add(c, subsidy.Decide(x, c, a))
		}
	}
}

func merge(parts []part, policies []*subsidy.Policy) simulated {
	var out simulated
	sums := make([]*subsidy.Simulation, len(policies))
	for k, x := range policies {
		sums[k] = subsidy.NewSimulation(x)
		for i := range parts {
			sums[k].Merge(parts[i].sums[k])
		}
	}
	for i := range parts {
		out.Refused += parts[i].refused
		out.Faults = append(out.Faults, parts[i].faults...)
	}
	slices.SortFunc(out.Faults, func(a, b fault) int { return cmp.Compare(a.Line, b.Line) })
	out.Faults = out.Faults[:min(len(out.Faults), maxFaults)]
	if out.Base = sums[0]; len(sums) > 1 {
		out.WhatIf = sums[1]
	}
	return out
}
