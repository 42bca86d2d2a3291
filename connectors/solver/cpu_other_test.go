//go:build !unix

package solver_test

import "time"

var start = time.Now()

func cpu() time.Duration { return time.Since(start) }
