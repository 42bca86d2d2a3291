//go:build linux || freebsd || openbsd || netbsd

package chooser

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
)

// programs are the dialog programs that are known, the desktop's own first.
func programs() []string {
	if strings.Contains(strings.ToUpper(os.Getenv("XDG_CURRENT_DESKTOP")), "KDE") {
		return []string{"kdialog", "zenity", "qarma"}
	}
	return []string{"zenity", "qarma", "kdialog"}
}

func find() (name, path string) {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return "", ""
	}
	for _, p := range programs() {
		if path, err := exec.LookPath(p); err == nil {
			return p, path
		}
	}
	return "", ""
}

func available() bool {
	_, path := find()
	return path != ""
}

func choose(ctx context.Context, a Asked) (string, error) {
	name, path := find()
	if path == "" {
		return "", ErrNone
	}
	cmd := exec.CommandContext(ctx, path, arguments(name, a)...) // our own words only; titles and patterns are arguments, no shell reads them
	out, err := cmd.Output()
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case errors.As(err, &ended) && ended.ExitCode() == 1: // closed or cancelled
		return "", nil
	case err != nil:
		return "", ErrNone
	}
	return answered(out)
}

// arguments are those of zenity and its like, or of kdialog.
func arguments(name string, a Asked) []string {
	if name == "kdialog" {
		args := []string{"--title", a.Title}
		if a.Folder {
			return append(args, "--getexistingdirectory", home())
		}
		args = append(args, "--getopenfilename", home())
		if p := patterns(a.Extensions); len(p) > 0 {
			args = append(args, strings.Join(p, " "))
		}
		return args
	}
	args := []string{"--file-selection", "--title=" + a.Title}
	if a.Folder {
		return append(args, "--directory")
	}
	if p := patterns(a.Extensions); len(p) > 0 {
		args = append(args, "--file-filter="+strings.Join(p, " "))
	}
	return args
}

func home() string {
	if dir, err := os.UserHomeDir(); err == nil {
		return dir
	}
	return "/"
}
