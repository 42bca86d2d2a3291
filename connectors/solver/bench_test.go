package solver_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/solver"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

var nowhere = context.Background()

// limit is what each solver may take for one model: SHANGYUN_BENCH_LIMIT, or a minute.
var limit = func() time.Duration {
	if d, err := time.ParseDuration(os.Getenv("SHANGYUN_BENCH_LIMIT")); err == nil {
		return d
	}
	return time.Minute
}()

// column is what one solver did with the models of one row of the table.
type column struct {
	took   []time.Duration
	proved int
}

func (c *column) add(took time.Duration, proved bool) {
	c.took = append(c.took, took)
	if proved {
		c.proved++
	}
}

func (c *column) median() time.Duration {
	if len(c.took) == 0 {
		return 0
	}
	slices.Sort(c.took)
	return c.took[len(c.took)/2]
}

func (c *column) String() string {
	if len(c.took) == 0 {
		return "–"
	}
	return fmt.Sprintf("%9.1f %9.1f %3d/%d", ms(c.median()), ms(c.took[len(c.took)-1]), c.proved, len(c.took))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// BenchmarkAgainstPeers prints the table of make bench-recommend. Ours is the CPU time from a model to its answer, model building and ties included; the
// peers' is their own clock of CPU time without reading the file, added up over the stages of the same model.
func BenchmarkAgainstPeers(b *testing.B) {
	if os.Getenv("SHANGYUN_PEERS") != "1" {
		b.Skip("SHANGYUN_PEERS is not 1: make bench-recommend")
	}
	h := &solver.HiGHS{Folder: b.TempDir()}
	began := time.Now()
	if err := h.Warm(nowhere); err != nil {
		b.Fatal(err)
	}
	cold := time.Since(began)
	began = time.Now()
	if err := (&solver.HiGHS{Folder: h.Folder}).Warm(nowhere); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("HiGHS: first load %v, from the folder %v\n", cold.Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
	fmt.Printf("%-42s | %-28s | %-28s | %-28s | ours/CBC\n", "median ms, max ms, proved", "ours (CPU)", "CBC", "GLPK")
	seeds := 5
	if n, err := strconv.Atoi(os.Getenv("SHANGYUN_BENCH_SEEDS")); err == nil {
		seeds = n
	}
	for _, g := range groups(b, seeds) {
		var ours, cbc, glpk column
		for _, m := range g.models {
			measure(b, h, m, &ours, &cbc, &glpk)
		}
		ratio := float64(ours.median()) / float64(max(cbc.median(), 1))
		fmt.Printf("%-42s | %-28v | %-28v | %-28v | %.2f\n", g.name, &ours, &cbc, &glpk, ratio)
	}
}

type group struct {
	name   string
	models []recommend.Model
}

func groups(b *testing.B, seeds int) (out []group) {
	want := regexp.MustCompile(os.Getenv("SHANGYUN_BENCH_ONLY"))
	add := func(name string, model func(seed uint64) recommend.Model, n int) {
		if !want.MatchString(name) {
			return
		}
		g := group{name: name}
		for seed := range uint64(n) {
			g.models = append(g.models, model(seed))
		}
		out = append(out, g)
	}
	for _, size := range [][2]int{{20, 60}, {30, 120}, {40, 200}, {60, 400}, {80, 800}} {
		for _, s := range []shape{{}, {percent: 60}, {heavy: true}, {heavy: true, percent: 60}, {equal: true}, {equal: true, percent: 60}} {
			s.needs, s.offers = size[0], size[1]
			add(s.String(), s.model, seeds)
		}
	}
	for _, c := range []struct {
		name       string
		rows, cols int
		density    float64
		equal      bool
	}{{"like set 4 (200×1000, 2 %)", 200, 1000, 0.02, false}, {"like set 5 (200×2000, 2 %)", 200, 2000, 0.02, false}, {"like set 6 (200×1000, 5 %)", 200, 1000, 0.05, false},
		{"like set A (300×3000, 2 %)", 300, 3000, 0.02, false}, {"like set C (400×4000, 2 %)", 400, 4000, 0.02, false}, {"like set E (50×500, 20 %, equal)", 50, 500, 0.2, true}} {
		add(c.name, func(seed uint64) recommend.Model { return randomCovering(seed, c.rows, c.cols, c.density, c.equal) }, seeds)
	}
	if dir := os.Getenv("SHANGYUN_SCP"); dir != "" {
		for _, set := range []string{"scp4", "scp5", "scp6", "scpa", "scpb", "scpc"} {
			files, _ := filepath.Glob(filepath.Join(dir, set+"*.txt"))
			add("OR-Library "+set, func(seed uint64) recommend.Model { return orLibrary(b, files[seed]) }, len(files))
		}
	}
	return out
}

func measure(b *testing.B, h *solver.HiGHS, m recommend.Model, ours, cbc, glpk *column) {
	b.Helper()
	data := recommend.WriteModel(m, recommend.Names{})
	ctx, stop := context.WithTimeout(nowhere, limit)
	defer stop()
	read, _, err := recommend.ParseModel(data)
	if err != nil {
		b.Fatal(err)
	}
	began := cpu()
	s, err := recommend.Exact{Engine: h}.Solve(ctx, read)
	took := cpu() - began
	ours.add(took, s.Optimal)
	if testing.Verbose() {
		fmt.Printf("  %.1f ms, proved %v, ties %v, weight %d ≤ %d, cost %v ≥ %v\n", ms(took), s.Optimal, s.TieProved, s.Weight, s.WeightBound, s.Cost, s.Bound)
	}
	if err != nil {
		b.Fatal(err)
	}
	if os.Getenv("SHANGYUN_BENCH_ALONE") == "1" {
		return
	}
	var their [2]time.Duration
	proved := [2]bool{true, true}
	dir := b.TempDir()
	for i, stage := range recommend.Stages(m, s) {
		file := filepath.Join(dir, fmt.Sprintf("%d.lp", i))
		if err := os.WriteFile(file, stage.LP, 0o600); err != nil {
			b.Fatal(err)
		}
		for p, run := range []func(*testing.B, string) (time.Duration, string){runCBC, runGLPK} {
			d, value := run(b, file)
			their[p] += d
			proved[p] = proved[p] && value != ""
			if value != "" && s.Optimal && !near(value, stage.Value) {
				b.Errorf("stage %s: ours %s, peer %d %s", stage.Goal, stage.Value, p, value)
			}
		}
	}
	cbc.add(their[0], proved[0])
	glpk.add(their[1], proved[1])
}

func near(a, b string) bool {
	x, _ := strconv.ParseFloat(a, 64)
	y, _ := strconv.ParseFloat(b, 64)
	return x-y < 1e-3 && y-x < 1e-3
}

var (
	cbcTime  = regexp.MustCompile(`Total time \(CPU seconds\): +([0-9.]+)`)
	cbcValue = regexp.MustCompile(`Result - Optimal solution found\s+Objective value: +(-?[0-9.]+)`)
	glpkTime = regexp.MustCompile(`Time used: +([0-9.]+) secs`)
)

func runCBC(b *testing.B, file string) (time.Duration, string) {
	out, _ := exec.Command("cbc", file, "ratioGap", "0", "allowableGap", "0", "sec", fmt.Sprint(limit.Seconds()), "solve").CombinedOutput()
	return seconds(cbcTime.FindSubmatch(out)), first(cbcValue.FindSubmatch(out))
}

func runGLPK(b *testing.B, file string) (time.Duration, string) {
	out, _ := exec.Command("glpsol", "--lp", file, "--cuts", "--tmlim", fmt.Sprint(limit.Seconds()), "--write", file+".out").CombinedOutput()
	data, _ := os.ReadFile(file + ".out")
	if !regexp.MustCompile(`(?m)^s mip \d+ \d+ o `).Match(data) {
		return seconds(glpkTime.FindSubmatch(out)), ""
	}
	return seconds(glpkTime.FindSubmatch(out)), first(regexp.MustCompile(`(?m)^s mip \d+ \d+ o (-?[0-9.e+]+)`).FindSubmatch(data))
}

func first(m [][]byte) string {
	if m == nil {
		return ""
	}
	return string(m[1])
}

func seconds(m [][]byte) time.Duration {
	v, err := strconv.ParseFloat(first(m), 64)
	if err != nil {
		return limit
	}
	return time.Duration(v * float64(time.Second))
}
