package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Where passphrases come from when nobody sits at a terminal.
const (
	envPassphrase = "SHANGYUN_PASSPHRASE"
	envNew        = "SHANGYUN_NEW_PASSPHRASE"
)

// secret gives a passphrase: from the environment, else asked for without an echo. Without either it is E0308.
func (r *run) secret(env, ask string) (string, error) {
	if s := os.Getenv(env); s != "" {
		return s, nil
	}
	fd := int(os.Stdin.Fd())
	if !term.IsTerminal(fd) {
		return "", survey.Fail(survey.CodeLocked, "shangyunctl.secret", "没有终端可以输入，请用环境变量 %s 给出", env)
	}
	fmt.Fprint(r.note, ask+"：")
	b, err := term.ReadPassword(fd)
	fmt.Fprintln(r.note)
	if err != nil {
		return "", survey.Wrap(survey.CodeLocked, "shangyunctl.secret", err)
	}
	return string(b), nil
}

// twice asks for a new passphrase and once more, so that a slip of the hand locks nobody out.
func (r *run) twice(env string) (string, error) {
	first, err := r.secret(env, "新口令")
	if err != nil || os.Getenv(env) != "" {
		return first, err
	}
	again, err := r.secret(env, "再输一遍")
	if err == nil && again != first {
		err = survey.Fail(survey.CodeField, "shangyunctl.secret", "两次输入的口令不一样，没有改动")
	}
	return first, err
}

// locker is what a command finds locked: the desk, or the case file alone.
type locker struct {
	state   wizard.LockState
	unlock  func(secret string) error
	keyring func() error
}

// open opens a locked case file for one command: by the identity file that was named, by the passphrase in the environment, by the
// system's keyring when the person chose it, else by asking.
func (r *run) open(l locker) error {
	if !l.state.Locked {
		return nil
	}
	if r.cli.Identity != "" {
		text, err := r.identity()
		if err != nil {
			return err
		}
		return l.unlock(text)
	}
	if os.Getenv(envPassphrase) == "" && l.state.Keyring && l.keyring() == nil {
		return nil
	}
	s, err := r.secret(envPassphrase, "口令或恢复码")
	if err != nil {
		return err
	}
	return l.unlock(s)
}

// unlock opens the desk's case file.
func (r *run) unlock(d *wizard.Desk) error {
	return r.open(locker{d.LockState(), func(s string) error { return d.Unlock(r.ctx, s) }, func() error { return d.UnlockByKeyring(r.ctx) }})
}

// maxIdentity bounds an identity file, in bytes.
const maxIdentity = 64 << 10

// identity reads the agency's age identity file.
func (r *run) identity() (string, error) {
	const op = "shangyunctl.identity"
	f, err := os.Open(r.cli.Identity)
	if err != nil {
		return "", &survey.Error{Code: survey.CodeFileMissing, Op: op, Detail: r.cli.Identity, Err: err}
	}
	data, err := io.ReadAll(io.LimitReader(f, maxIdentity+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return "", &survey.Error{Code: survey.CodeFileMissing, Op: op, Detail: r.cli.Identity, Err: err}
	}
	if text := string(data); len(data) <= maxIdentity && strings.Contains(text, "AGE-SECRET-KEY-") {
		return text, nil
	}
	return "", survey.Fail(survey.CodeFileKind, op, "%s 不是 age 私钥文件；加了口令的私钥文件请先用 age -d 解开", r.cli.Identity)
}

// sure asks a yes-or-no question on the terminal; without one only the flag counts.
func (r *run) sure(yes bool, question string) error {
	if yes {
		return nil
	}
	if term.IsTerminal(int(os.Stdin.Fd())) {
		fmt.Fprint(r.note, question+"（输入 yes 继续）：")
		line, err := bufio.NewReader(io.LimitReader(os.Stdin, 100)).ReadString('\n')
		if err == nil && strings.TrimSpace(line) == "yes" {
			return nil
		}
	}
	return survey.Fail(survey.CodeUsage, "shangyunctl.sure", "没有确认，什么也没有改动；确认请加 --yes")
}
