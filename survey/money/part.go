package money

// Part is v × part ÷ whole cut down to the fen, e.g. what 2 of 6 machines of one line are worth; 0 ≤ part ≤ whole, 0 < whole ≤ 1,000,000,000. It
// divides first, so that it stays within 64 bits.
func Part(v Fen, part, whole int) Fen {
	p, w := Fen(part), Fen(whole)
	return v/w*p + v%w*p/w
}
