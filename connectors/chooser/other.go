//go:build !linux && !freebsd && !openbsd && !netbsd && !darwin && !windows

package chooser

import "context"

func available() bool { return false }

func choose(context.Context, Asked) (string, error) { return "", ErrNone }
