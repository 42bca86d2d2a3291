package apply

import "strings"

// Printed is what stands on paper for a field: its value, 待补充 for a required field without one, — for an optional
// one, and nothing in the places for pen and seal.
func Printed(f Field) string {
	switch {
	case f.Value != "" || strings.HasPrefix(f.Key, "sign."):
		return f.Value
	case f.Required:
		return "待补充"
	}
	return "—"
}
