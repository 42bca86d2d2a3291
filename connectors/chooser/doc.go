// Package chooser asks for a file or a folder by the system's own dialog: zenity or kdialog on Linux, comdlg32 and shell32 on
// Windows, osascript on macOS. It reads and writes nothing and knows nothing of cases. Where no such dialog is at hand, Available says so and the
// caller shows its own.
package chooser

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
)

// Asked is what to ask for.
type Asked struct {
	Title      string
	Extensions []string // such as ".xlsx"; none is every file
	Folder     bool     // a folder instead of a file
}

// ErrNone means that this computer has no dialog that this package can show.
var ErrNone = errors.New("no native dialog")

// Choose shows the dialog and waits for the person, for as long as ctx lasts. "" means that the person changed her mind. It must not be called on
// the goroutine that draws the window.
func Choose(ctx context.Context, a Asked) (path string, err error) { return choose(ctx, a) }

// Available tells whether Choose can show a dialog here.
func Available() bool { return available() }

// patterns are the extensions as file patterns in small and capital letters: systems compare them by letter.
func patterns(extensions []string) []string {
	var out []string
	for _, e := range extensions {
		low, high := "*"+strings.ToLower(e), "*"+strings.ToUpper(e)
		out = append(out, low)
		if high != low {
			out = append(out, high)
		}
	}
	return out
}

// answered takes the path out of a dialog program's answer: one line, absolute.
func answered(out []byte) (string, error) {
	name := strings.TrimRight(string(out), "\r\n")
	if name == "" {
		return "", nil
	}
	if strings.ContainsAny(name, "\x00\n") || !filepath.IsAbs(name) {
		return "", errors.New("the dialog's answer is no path")
	}
	return filepath.Clean(name), nil
}
