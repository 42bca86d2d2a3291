package document

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey/apply"
)

// BenchmarkSet writes the whole set of papers of one case with 24 cost lines (goal: 300 ms).
func BenchmarkSet(b *testing.B) {
	in := input(24)
	a := apply.Fill(in)
	request, err := apply.RequestJSON(in, a)
	if err != nil {
		b.Fatal(err)
	}
	f, t := fonts(b), templates(b)
	for b.Loop() {
		if _, err := Set(a, request, f, t); err != nil {
			b.Fatal(err)
		}
	}
}
