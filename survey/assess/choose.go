package assess

import "slices"

// Clean keeps what can be counted of an answer: known letters in official order, "无" alone when it is among them, no letter whose
// Requires do not hold, and for a single choice only the lowest. Nil means not answered.
func (q *Question) Clean(letters []string) []string {
	var out []string
	for i := range q.Options {
		if o := &q.Options[i]; slices.Contains(letters, o.Letter) {
			if o.None {
				return []string{o.Letter}
			}
			out = append(out, o.Letter)
		}
	}
	if !q.Multi && len(out) > 1 {
		return []string{slices.MinFunc(out, func(a, b string) int { return int(q.points(a) - q.points(b)) })}
	}
	kept := slices.DeleteFunc(slices.Clone(out), func(l string) bool { return !q.holds(l, out) })
	if len(kept) == 0 && len(out) > 0 {
		return []string{q.Options[0].Letter}
	}
	return kept
}

// Score gives the points of an answer after Clean; an unanswered question gives 0.
func (q *Question) Score(letters []string) Points {
	var sum Points
	for _, l := range q.Clean(letters) {
		sum += q.points(l)
	}
	return sum
}

func (q *Question) holds(letter string, among []string) bool {
	for _, need := range q.option(letter).Requires {
		if !slices.Contains(among, need) {
			return false
		}
	}
	return true
}

func (q *Question) points(letter string) Points { return q.option(letter).Points }

func (q *Question) option(letter string) *Choice {
	for i := range q.Options {
		if q.Options[i].Letter == letter {
			return &q.Options[i]
		}
	}
	return &Choice{}
}

// Band gives the place of the band that num/den lies in: 0 for [0, first bound], then open below and closed above. It is exact for
// every pair of whole numbers; den must be positive.
func Band(num, den int64, bounds []int) int {
	for i, b := range bounds {
		if product(num, 100).cmp(product(den, int64(b))) <= 0 {
			return i
		}
	}
	return len(bounds)
}
