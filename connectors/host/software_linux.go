package host

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strings"

	"github.com/shangyuntong/shangyun/survey/inventory"
)

const (
	dpkgStatus = "/var/lib/dpkg/status"
	rpmFormat  = `%{NAME}\t%{VERSION}\t%{VENDOR}\n`
)

// installed reads dpkg's own file and asks rpm where its database is.
func installed(ctx context.Context) (out []inventory.Program, problems []string) {
	f, err := os.Open(dpkgStatus)
	if err == nil {
		out, err = readDpkg(f)
		f.Close()
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		problems = append(problems, "读不完 dpkg 的软件清单")
	}
	if !hasRPM() {
		return out, problems
	}
	list, err := rpm(ctx)
	if err != nil {
		problems = append(problems, "rpm 没有给出软件清单")
	}
	return append(out, list...), problems
}

func hasRPM() bool {
	for _, dir := range []string{"/var/lib/rpm", "/usr/lib/sysimage/rpm"} {
		if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
			return true
		}
	}
	return false
}

func rpm(ctx context.Context) ([]inventory.Program, error) {
	cmd := exec.CommandContext(ctx, "rpm", "-qa", "--qf", rpmFormat)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	list, err := readRPM(pipe)
	return list, errors.Join(err, cmd.Wait())
}

// readDpkg reads the paragraphs of dpkg's status file; packages that are removed but for their settings are left out.
func readDpkg(r io.Reader) ([]inventory.Program, error) {
	var out []inventory.Program
	var name, version, maker string
	here := false
	take := func() {
		if p, ok := program(name, version, maker); ok && here && len(out) < 2*maxPrograms {
			out = append(out, p)
		}
		name, version, maker, here = "", "", "", false
	}
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		line := s.Text()
		if line == "" {
			take()
			continue
		}
		key, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); key {
		case "Package":
			name = value
		case "Version":
			version = value
		case "Maintainer":
			maker, _, _ = strings.Cut(value, " <")
		case "Status":
			here = value == "install ok installed"
		}
	}
	take()
	return out, s.Err()
}

// readRPM reads lines of name, version and vendor with tabs between.
func readRPM(r io.Reader) ([]inventory.Program, error) {
	var out []inventory.Program
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for s.Scan() && len(out) < 2*maxPrograms {
		name, rest, _ := strings.Cut(s.Text(), "\t")
		version, vendor, _ := strings.Cut(rest, "\t")
		if vendor == "(none)" {
			vendor = ""
		}
		if p, ok := program(name, version, vendor); ok && name != "gpg-pubkey" {
			out = append(out, p)
		}
	}
	return out, s.Err()
}
