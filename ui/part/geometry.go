package part

import (
	"math"
	"strconv"
)

func distance(x1, y1, x2, y2 float32) float32 {
	return float32(math.Hypot(float64(x2-x1), float64(y2-y1)))
}

// polar is the point at a distance and an angle from a centre; 0 degrees is up, positive is clockwise.
func polar(cx, cy, r float32, degrees float64) (x, y float32) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return cx + r*float32(sin), cy - r*float32(cos)
}

func clamp(v, lo, hi float32) float32 { return max(lo, min(hi, v)) }

func clampInt(v, lo, hi int) int { return max(lo, min(hi, v)) }

func itoa(n int) string { return strconv.Itoa(n) }
