package solver

import (
	"context"
	"fmt"
	"math"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

// Minimise runs HiGHS on p. When ctx ends it gives what HiGHS has by then.
func (h *HiGHS) Minimise(ctx context.Context, p exact.Question, tell func(bound int64)) (exact.Proposal, error) {
	if err := h.Warm(ctx); err != nil {
		return exact.Proposal{}, err
	}
	g := &guest{ctx: ctx}
	if tell != nil {
		g.log = func(line string) {
			if b, ok := boundOf(line); ok {
				tell(whole(b, p))
			}
		}
	}
	inner := context.WithValue(context.WithoutCancel(ctx), guestKey{}, g)
	m, err := h.runtime.InstantiateModule(inner, h.code, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return exact.Proposal{}, fmt.Errorf("solver: %w", err)
	}
	defer m.Close(inner)
	r := &run{ctx: inner, m: m, p: p, log: g.log != nil}
	out := r.solve()
	if r.err != nil {
		return exact.Proposal{}, fmt.Errorf("solver: %w", r.err)
	}
	return out, nil
}

// run is one model in one instance. After the first error nothing more is called.
type run struct {
	ctx context.Context
	m   api.Module
	p   exact.Question
	log bool
	err error
	h   uint64
}

func (r *run) call(name string, args ...uint64) uint64 {
	if r.err != nil {
		return 0
	}
	f := r.m.ExportedFunction(name)
	if f == nil {
		r.err = fmt.Errorf("no export %q", name)
		return 0
	}
	out, err := f.Call(r.ctx, args...)
	r.err = err
	if err != nil || len(out) == 0 {
		return 0
	}
	return out[0]
}

// alloc takes memory of the instance; it goes with the instance.
func (r *run) alloc(bytes int) uint64 {
	p := r.call(exportMalloc, uint64(max(bytes, 8)))
	if r.err == nil && p == 0 {
		r.err = fmt.Errorf("the model needs more than %d MiB", maxPages/16)
	}
	return p
}

func (r *run) doubles(all []float64) uint64 {
	at := r.alloc(8 * len(all))
	for i, v := range all {
		if r.err == nil && !r.m.Memory().WriteFloat64Le(uint32(at)+uint32(8*i), v) {
			r.err = errAborted
		}
	}
	return at
}

func (r *run) ints(all []int32) uint64 {
	at := r.alloc(4 * len(all))
	for i, v := range all {
		if r.err == nil && !r.m.Memory().WriteUint32Le(uint32(at)+uint32(4*i), uint32(v)) {
			r.err = errAborted
		}
	}
	return at
}

func (r *run) text(s string) uint64 {
	at := r.alloc(len(s) + 1)
	if r.err == nil && !r.m.Memory().Write(uint32(at), append([]byte(s), 0)) {
		r.err = errAborted
	}
	return at
}

func (r *run) solve() exact.Proposal {
	r.call(exportInit)
	r.h = r.call(exportCreate)
	for name, v := range map[string]uint64{"output_flag": flag(r.log), "log_to_console": flag(r.log)} {
		r.call(exportSetBool, r.h, r.text(name), v)
	}
	for name, v := range map[string]float64{"mip_rel_gap": 0, "mip_abs_gap": 0.5, "mip_feasibility_tolerance": 1e-7, "time_limit": 1e6} {
		r.call(exportSetDouble, r.h, r.text(name), math.Float64bits(v))
	}
	r.call(exportSetInt, r.h, r.text("mip_max_nodes"), uint64(min(r.p.Nodes, math.MaxInt32)))
	r.pass()
	n := len(r.p.Cost)
	if r.p.Start != nil {
		z := make([]float64, n)
		for j, v := range r.p.Start {
			z[j] = float64(v)
		}
		zero := r.doubles(make([]float64, max(n, len(r.p.Rows))))
		r.call(exportStart, r.h, r.doubles(z), zero, zero, zero)
	}
	r.call(exportRun, r.h)
	status := r.call(exportStatus, r.h)
	switch status {
	case statusInfeasible, statusUnbounded:
		return exact.Proposal{Bound: math.MaxInt64, Proved: r.err == nil}
	}
	return r.read(n, status == statusOptimal)
}

// read fetches the solution and the bound.
func (r *run) read(n int, optimal bool) exact.Proposal {
	at, spare := r.alloc(8*n), r.alloc(8*max(n, len(r.p.Rows)))
	r.call(exportSolution, r.h, at, spare, spare, spare)
	low := r.alloc(8)
	r.call(exportInfo, r.h, r.text("mip_dual_bound"), low)
	if r.err != nil {
		return exact.Proposal{}
	}
	out := exact.Proposal{Z: make([]int64, n), Proved: optimal}
	for j := range out.Z {
		v, _ := r.m.Memory().ReadFloat64Le(uint32(at) + uint32(8*j))
		out.Z[j] = int64(math.Round(v))
	}
	b, _ := r.m.Memory().ReadFloat64Le(uint32(low))
	out.Bound = whole(b, r.p)
	return out
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// pass hands the program over by columns. The costs are divided by what they share: values of the objective are whole numbers.
func (r *run) pass() {
	n, m := len(r.p.Cost), len(r.p.Rows)
	cost, lower, upper := make([]float64, n), make([]float64, n), make([]float64, n)
	kind, start := make([]int32, n), make([]int32, n+1)
	for j, c := range r.p.Cost {
		cost[j], upper[j], kind[j] = float64(c/r.p.Step), float64(r.p.Hi[j]), 1
	}
	low, high := make([]float64, m), make([]float64, m)
	for i, w := range r.p.Rows {
		low[i], high[i] = float64(w.Rhs), math.Inf(1)
		for _, j := range w.Cols {
			start[j+1]++
		}
	}
	for j := range n {
		start[j+1] += start[j]
	}
	index, value, next := make([]int32, start[n]), make([]float64, start[n]), append([]int32(nil), start...)
	for i, w := range r.p.Rows {
		for k, j := range w.Cols {
			index[next[j]], value[next[j]] = int32(i), float64(w.Coefs[k])
			next[j]++
		}
	}
	r.call(exportPassMIP, r.h, uint64(n), uint64(m), uint64(len(index)), 1, 1, math.Float64bits(0), r.doubles(cost), r.doubles(lower), r.doubles(upper),
		r.doubles(low), r.doubles(high), r.ints(start), r.ints(index), r.doubles(value), r.ints(kind))
}
