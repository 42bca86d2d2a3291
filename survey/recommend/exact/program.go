package exact

import (
	"errors"
	"math"
	"math/bits"
)

// ErrSize tells that the numbers of a program are too large to be added up safely.
var ErrSize = errors.New("exact: numbers too large")

// Program is what is minimised: Σ Cost·z over the rows, with Lo ≤ z ≤ Hi in whole numbers.
type Program struct {
	Cost   []int64
	Lo, Hi []int64 // Lo is not negative
	Rows   []Row
	uses   [][]use // per column: the rows it stands in
}

// Row is Σ Coefs·z ≥ Rhs. A column stands in it once.
type Row struct {
	Cols  []int
	Coefs []int64
	Rhs   int64
}

type use struct {
	row  int
	coef int64
}

// New gives a program without rows whose columns are 0 or 1 and cost nothing.
func New(columns int) *Program {
	p := &Program{Cost: make([]int64, columns), Lo: make([]int64, columns), Hi: make([]int64, columns)}
	for j := range p.Hi {
		p.Hi[j] = 1
	}
	return p
}

// AtLeast adds Σ coefs·z ≥ rhs.
func (p *Program) AtLeast(rhs int64, cols []int, coefs []int64) {
	p.Rows = append(p.Rows, Row{Cols: cols, Coefs: coefs, Rhs: rhs})
}

// AtMost adds Σ coefs·z ≤ rhs.
func (p *Program) AtMost(rhs int64, cols []int, coefs []int64) {
	neg := make([]int64, len(coefs))
	for i, c := range coefs {
		neg[i] = -c
	}
	p.AtLeast(-rhs, cols, neg)
}

// Value is Σ Cost·z.
func (p *Program) Value(z []int64) int64 {
	var v int64
	for j, c := range p.Cost {
		v += c * z[j]
	}
	return v
}

// Holds tells whether z is within all bounds and rows.
func (p *Program) Holds(z []int64) bool {
	for j, v := range z {
		if v < p.Lo[j] || v > p.Hi[j] {
			return false
		}
	}
	for i := range p.Rows {
		if p.Rows[i].sum(z) < p.Rows[i].Rhs {
			return false
		}
	}
	return true
}

func (w *Row) sum(z []int64) int64 {
	var v int64
	for i, j := range w.Cols {
		v += w.Coefs[i] * z[j]
	}
	return v
}

// seal divides each row by what its coefficients share, which makes the bounds sharper, links the columns to their rows, and refuses
// numbers whose sums could overflow.
func (p *Program) seal() error {
	for k := range p.Rows {
		p.Rows[k].divide()
	}
	p.link()
	if !p.safe(p.Cost, nil, 0) {
		return ErrSize
	}
	for k := range p.Rows {
		if w := &p.Rows[k]; !p.safe(w.Coefs, w.Cols, w.Rhs) {
			return ErrSize
		}
	}
	return nil
}

// safe tells whether Σ |coef|·hi stays far within int64; cols nil means all columns in order.
func (p *Program) safe(coefs []int64, cols []int, rhs int64) bool {
	const most = math.MaxInt64 / 8
	total := uint64(max(rhs, -rhs))
	for i, c := range coefs {
		j := i
		if cols != nil {
			j = cols[i]
		}
		high, low := bits.Mul64(uint64(max(c, -c)), uint64(max(p.Hi[j], 1)))
		if total += low; high > 0 || low > most || total > most {
			return false
		}
	}
	return true
}

func (w *Row) divide() {
	var g int64
	for _, c := range w.Coefs {
		if g = Divisor(g, c); g == 1 {
			return
		}
	}
	if g < 2 {
		return
	}
	coefs := make([]int64, len(w.Coefs)) // rows share theirs with whoever made them
	for i, c := range w.Coefs {
		coefs[i] = c / g
	}
	w.Coefs, w.Rhs = coefs, ceil(w.Rhs, g)
}

// Divisor is the greatest common one; of 0 and a it is |a|.
func Divisor(g, a int64) int64 {
	for a = max(a, -a); a != 0; {
		g, a = a, g%a
	}
	return g
}

// ceil is a/b rounded up, for b > 0.
func ceil(a, b int64) int64 {
	q := a / b
	if a > q*b {
		q++
	}
	return q
}

// floor is a/b rounded down, for b > 0.
func floor(a, b int64) int64 {
	q := a / b
	if a < q*b {
		q--
	}
	return q
}

func (p *Program) link() {
	count := make([]int, len(p.Cost))
	total := 0
	for r := range p.Rows {
		for _, j := range p.Rows[r].Cols {
			count[j]++
		}
		total += len(p.Rows[r].Cols)
	}
	all := make([]use, total)
	p.uses = make([][]use, len(p.Cost))
	for j, n := range count {
		p.uses[j], all = all[:0:n], all[n:]
	}
	for r := range p.Rows {
		w := &p.Rows[r]
		for i, j := range w.Cols {
			p.uses[j] = append(p.uses[j], use{r, w.Coefs[i]})
		}
	}
}

// step is the greatest common divisor of the costs: values of solutions differ by multiples of it.
func (p *Program) step() int64 {
	var g int64
	for _, c := range p.Cost {
		if g = Divisor(g, c); g == 1 {
			return 1
		}
	}
	return max(g, 1)
}
