package subsidy

import (
	"math"
	"math/bits"
	"slices"
)

// packer finds the set of lines that serves one application best when every line has a price: what the set brings, at most the cap, less the
// prices. Lines are tried in the order of price per yuan; what the cap still holds, filled by parts of lines in that order, is the bound.
type packer struct {
	limit  int64
	items  []item  // free lines that bring more than their price or less than a fen below it, the cheapest per yuan in front
	good   int     // how many of them bring more than their price; the others help where a fen is cut off
	spare  []item  // anchors that bring less than their price; at most one is taken, where nothing else anchors
	w, pay []int64 // sums over items up to there
	now    []int   // places chosen, the given ones in front
	held   int     // anchors among them
	best   int64
	pick   []int // places of the best set
	open   int64 // highest bound left when nodes ran out
	nodes  int
}

type item struct {
	place  int
	w, pay int64
	anchor bool
}

// maxPacking bounds the nodes of one packing; beyond it its bound stands for its value.
const maxPacking = 3000

// none is the value where no set is allowed.
const none = math.MinInt64 / 4

// cheaper orders by price per yuan, exactly.
func cheaper(a, b item) bool {
	ah, al := bits.Mul64(uint64(a.pay), uint64(b.w))
	bh, bl := bits.Mul64(uint64(b.pay), uint64(a.w))
	return ah < bh || ah == bh && al < bl
}

// run packs; sum and cost are those of the given lines in now. It gives an upper bound of the best value, which is the value itself unless
// the nodes ran out.
func (k *packer) run(sum, cost int64) int64 {
	k.w, k.pay, k.good = append(k.w[:0], 0), append(k.pay[:0], 0), 0
	for i, it := range k.items {
		if it.w > it.pay {
			k.good = i + 1
		}
		k.w, k.pay = append(k.w, k.w[i]+it.w), append(k.pay, k.pay[i]+it.pay)
	}
	k.best, k.open, k.nodes, k.pick = none, none, maxPacking, k.pick[:0]
	if len(k.now) == 0 {
		k.best = 0
	}
	k.walk(0, sum, cost)
	return max(k.best, k.open)
}

func (k *packer) walk(i int, sum, cost int64) {
	bound := k.bound(i, sum) - cost
	if bound <= k.best {
		return
	}
	if k.nodes--; k.nodes < 0 {
		k.open = max(k.open, bound)
		return
	}
	if sum >= k.limit || i == len(k.items) {
		k.leaf(i, sum, cost)
		return
	}
	it, anchor := k.items[i], 0
	if it.anchor {
		anchor = 1
	}
	k.now, k.held = append(k.now, it.place), k.held+anchor
	k.walk(i+1, sum+it.w, cost+it.pay)
	k.now, k.held = k.now[:len(k.now)-1], k.held-anchor
	k.walk(i+1, sum, cost)
}

// bound is what the lines from i on can bring beside sum, less their prices.
func (k *packer) bound(i int, sum int64) int64 {
	if sum >= k.limit {
		return k.limit
	}
	n := max(i, k.good)
	if sum+k.w[n]-k.w[i] <= k.limit {
		return sum + k.w[n] - k.w[i] - (k.pay[n] - k.pay[i])
	}
	at, _ := slices.BinarySearch(k.w[i:n+1], k.limit-sum+k.w[i])
	at += i - 1 // the line that the cap cuts
	rest := k.limit - sum - (k.w[at] - k.w[i])
	hi, lo := bits.Mul64(uint64(k.items[at].pay), uint64(rest))
	part, _ := bits.Div64(hi, lo, uint64(k.items[at].w))
	return k.limit - (k.pay[at] - k.pay[i]) - int64(part)
}

// leaf keeps the set when it is better; without an anchor it needs one more line.
func (k *packer) leaf(i int, sum, cost int64) {
	if k.held > 0 || len(k.now) == 0 {
		k.keep(-1, wholeFen(min(sum, k.limit))-cost)
		return
	}
	for _, list := range [...][]item{k.items[i:], k.spare} {
		for _, it := range list {
			if it.anchor {
				k.keep(it.place, wholeFen(min(sum+it.w, k.limit))-cost-it.pay)
			}
		}
	}
}

func (k *packer) keep(more int, value int64) {
	if value <= k.best {
		return
	}
	k.best, k.pick = value, append(k.pick[:0], k.now...)
	if more >= 0 {
		k.pick = append(k.pick, more)
	}
}

// wholeFen cuts ten-thousandths of a fen down to whole fen.
func wholeFen(v int64) int64 { return v - v%10_000 }
