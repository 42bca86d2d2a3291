package probe

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
)

// TestMutatedAnswers changes recorded answers at random (bytes, lengths, cuts, repetitions) and reads them: never a panic, never more kept
// than the bounds. SHANGYUN_MUTATIONS sets how many times each transcript is changed; the fuzz targets go deeper.
func TestMutatedAnswers(t *testing.T) {
	times, err := strconv.Atoi(os.Getenv("SHANGYUN_MUTATIONS"))
	if err != nil {
		times = 300
	}
	r := rand.New(rand.NewPCG(7, 2))
	for _, x := range transcripts(t) {
		p, whole := x.protocol(), x.answers(t)
		for range times {
			answers := make([][]byte, len(whole))
			for i, a := range whole {
				answers[i] = mutate(r, slices.Clone(a))
			}
			id, err := read(p, answers, fuzzMarks)
			if err == nil && (len(id.Facts) > maxFacts || len(id.Software) > maxFacts || len(id.Neighbours) > maxSeen || len([]rune(id.Name)) > maxWords) {
				t.Fatalf("%s: unbounded", x.name)
			}
		}
	}
}

func mutate(r *rand.Rand, b []byte) []byte {
	for range r.IntN(4) {
		if len(b) == 0 {
			return b
		}
		at := r.IntN(len(b))
		switch r.IntN(5) {
		case 0:
			b[at] = byte(r.IntN(256))
		case 1:
			b[at] = []byte{0, 0x7f, 0x80, 0xff}[r.IntN(4)]
		case 2:
			b = b[:at]
		case 3:
			b = append(b[:at:at], append(slices.Clone(b[r.IntN(at+1):]), b[at:]...)...)
		case 4:
			for i := at; i < min(at+4, len(b)); i++ {
				b[i] = 0xff
			}
		}
	}
	return b
}
