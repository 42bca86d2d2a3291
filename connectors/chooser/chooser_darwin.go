package chooser

import (
	"context"
	"errors"
	"os/exec"
	"strings"
)

const osascript = "/usr/bin/osascript"

func available() bool {
	_, err := exec.LookPath(osascript)
	return err == nil
}

// script reads its words from its arguments, so that none of them is ever read as a program.
const script = `on run argv
	set words to item 1 of argv
	if item 2 of argv is "folder" then
		return POSIX path of (choose folder with prompt words)
	end if
	if (count of argv) > 2 then
		return POSIX path of (choose file with prompt words of type (items 3 thru -1 of argv))
	end if
	return POSIX path of (choose file with prompt words)
end run`

func choose(ctx context.Context, a Asked) (string, error) {
	args := []string{"-e", script, a.Title, "file"}
	if a.Folder {
		args[3] = "folder"
	} else {
		for _, e := range a.Extensions {
			args = append(args, strings.TrimPrefix(e, "."))
		}
	}
	out, err := exec.CommandContext(ctx, osascript, args...).Output()
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case errors.As(err, &ended) && strings.Contains(string(ended.Stderr), "-128"): // the person pressed Cancel
		return "", nil
	case err != nil:
		return "", ErrNone
	}
	return answered(out)
}
