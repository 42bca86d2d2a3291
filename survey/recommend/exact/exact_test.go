package exact

import (
	"math/rand/v2"
	"testing"
)

// random makes a small program with 0/1 and counted columns, costs of both signs, rows of both kinds.
func random(r *rand.Rand) *Program {
	n := 3 + r.IntN(8)
	p := New(n)
	signed := r.IntN(2) == 0
	for j := range n {
		p.Cost[j] = r.Int64N(40)
		if signed {
			p.Cost[j] -= 15
		}
		if r.IntN(4) == 0 {
			p.Lo[j] = r.Int64N(2)
			p.Hi[j] = p.Lo[j] + r.Int64N(4)
		}
	}
	for range 1 + r.IntN(8) {
		var w Row
		sum := int64(0)
		for j := range n {
			if r.IntN(2) == 0 {
				c := 1 + r.Int64N(3)
				if r.IntN(4) == 0 {
					c = 1 + r.Int64N(30)
				}
				if r.IntN(3) == 0 {
					c = -c
				}
				w.Cols, w.Coefs = append(w.Cols, j), append(w.Coefs, c)
				sum += c * (p.Lo[j] + p.Hi[j])
			}
		}
		if len(w.Cols) > 0 {
			p.AtLeast(sum/2+r.Int64N(3)-1, w.Cols, w.Coefs)
		}
	}
	return p
}

// brute counts through all columns.
func brute(p *Program) (best int64, all [][]int64) {
	z := append([]int64(nil), p.Lo...)
	for {
		if p.Holds(z) {
			v := p.Value(z)
			if len(all) == 0 || v < best {
				best, all = v, nil
			}
			if v == best {
				all = append(all, append([]int64(nil), z...))
			}
		}
		j := 0
		for j < len(z) && z[j] == p.Hi[j] {
			z[j] = p.Lo[j]
			j++
		}
		if j == len(z) {
			return best, all
		}
		z[j]++
	}
}

func TestMinimiseEqualsCountingThrough(t *testing.T) {
	for _, size := range []int{0, 1 << 30} {
		old := wide
		wide = size
		r := rand.New(rand.NewPCG(5, 6))
		infeasible := 0
		for k := range 3000 {
			p := random(r)
			want, all := brute(p)
			got, err := Minimise(t.Context(), p, Options{Left: k%2 == 0})
			if err != nil || !got.Proved {
				t.Fatalf("program %d: %+v, %v", k, got, err)
			}
			if (got.Z == nil) != (len(all) == 0) || got.Z != nil && got.Value != want {
				t.Fatalf("program %d: %d, want %d of %d\n%+v", k, got.Value, want, len(all), p)
			}
			if got.Z == nil {
				infeasible++
				continue
			}
			if !p.Holds(got.Z) || p.Value(got.Z) != got.Value || got.Low != got.Value {
				t.Fatalf("program %d: %+v", k, got)
			}
			for j, v := range got.Fixed {
				for _, z := range all {
					if z[j] != v {
						t.Fatalf("program %d: column %d is not always %d", k, j, v)
					}
				}
			}
		}
		wide = old
		if infeasible < 100 || infeasible > 2000 {
			t.Errorf("%d of 3000 programs have no solution: the test is one-sided", infeasible)
		}
	}
}
