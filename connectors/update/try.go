package update

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"time"
)

// Start runs a program with --version and holds what it prints against the version; a program that hangs has failed after two minutes.
func Start(ctx context.Context, program, version string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, "--version").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, bytes.TrimSpace(out[:min(len(out), 400)]))
	}
	if !bytes.Contains(append(out, ' '), []byte(" "+version+" ")) && !bytes.Contains(out, []byte(" "+version+"\n")) && !bytes.Contains(out, []byte(" "+version+"\r\n")) {
		return fmt.Errorf("says %q, not %s", bytes.TrimSpace(out[:min(len(out), 400)]), version)
	}
	return nil
}
