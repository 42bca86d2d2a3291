package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"
)

// A recovery code is 26 random characters of 5 bits (130 bits) and 4 check characters, in six groups of five. The alphabet is
// Crockford's: no I, L, O and U, and what is easily misread is taken for what was meant.
const (
	alphabet  = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeChars = 26
	allChars  = 30
)

func newCode() string {
	b := make([]byte, codeChars)
	_, _ = rand.Read(b)
	for i := range b {
		b[i] = alphabet[b[i]&31]
	}
	all := string(b) + checkOf(string(b))
	groups := make([]string, 0, allChars/5)
	for i := 0; i < allChars; i += 5 {
		groups = append(groups, all[i:i+5])
	}
	return strings.Join(groups, "-")
}

func checkOf(chars string) string {
	sum := sha256.Sum256([]byte("shangyun recovery " + chars))
	out := make([]byte, allChars-codeChars)
	for i := range out {
		out[i] = alphabet[sum[i]&31]
	}
	return string(out)
}

// readCode gives the code's secret. Case, spaces and dashes do not matter. It fails with ErrMistyped.
func readCode(code string) ([]byte, error) {
	if len(code) > 200 {
		return nil, ErrMistyped
	}
	fold := strings.NewReplacer("-", "", " ", "", "　", "", "\t", "", "—", "", "－", "", "O", "0", "I", "1", "L", "1")
	s := fold.Replace(strings.ToUpper(strings.TrimSpace(code)))
	if len(s) != allChars || strings.Trim(s, alphabet) != "" || checkOf(s[:codeChars]) != s[codeChars:] {
		return nil, ErrMistyped
	}
	return []byte(s[:codeChars]), nil
}

// IsRecoveryCode tells whether s is written like a recovery code, its check part included.
func IsRecoveryCode(s string) bool {
	_, err := readCode(s)
	return err == nil
}
