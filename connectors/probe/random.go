package probe

import "crypto/rand"

// random gives n random bytes for ids in requests.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails; the runtime stops the program instead
	return b
}
