package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/installer"
)

type notesCmd struct {
	Since string `help:"从这个标签或提交以后算起；缺省为最近的标签，没有标签则为全部。"`
	Out   string `type:"path" help:"写到这个文件；缺省写到标准输出。"`
}

// Run groups the commits since the last release by room, each as its author put it.
func (c *notesCmd) Run(ctx context.Context) error {
	since := c.Since
	if since == "" {
		if tag, err := exec.CommandContext(ctx, "git", "describe", "--tags", "--abbrev=0", "HEAD^").Output(); err == nil {
			since = strings.TrimSpace(string(tag))
		}
	}
	args := []string{"log", "--no-merges", "--format=%s", "--reverse"}
	if since != "" {
		args = append(args, since+"..HEAD")
	}
	log, err := exec.CommandContext(ctx, "git", args...).Output()
	if err != nil {
		return fmt.Errorf("git log: %w", err)
	}
	text := releaseNotes(installer.Version(), since, string(log))
	if text == "" {
		return errors.New("没有新的提交")
	}
	if c.Out == "" {
		_, err = os.Stdout.WriteString(text)
		return err
	}
	return os.WriteFile(c.Out, []byte(text), 0o644)
}

// releaseNotes writes subjects of the form "room: what a user would notice" by room; other subjects stand last.
func releaseNotes(version, since, log string) string {
	rooms := map[string][]string{}
	for line := range strings.Lines(log) {
		line = strings.TrimSpace(line)
		room, what, ok := strings.Cut(line, ": ")
		if line == "" {
			continue
		}
		if !ok || strings.ContainsAny(room, " ，。") && len(room) > 40 {
			room, what = "其他", line
		}
		rooms[room] = append(rooms[room], what)
	}
	if len(rooms) == 0 {
		return ""
	}
	var names []string
	for n := range rooms {
		if n != "其他" {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	if len(rooms["其他"]) > 0 {
		names = append(names, "其他")
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "# 上云通 %s\n\n", version)
	if since != "" {
		fmt.Fprintf(&out, "自 %s 以来的变化，按房间列出，原文取自提交历史。\n", since)
	} else {
		fmt.Fprintf(&out, "全部变化，按房间列出，原文取自提交历史。\n")
	}
	for _, n := range names {
		fmt.Fprintf(&out, "\n## %s\n\n", n)
		for _, what := range rooms[n] {
			fmt.Fprintf(&out, "- %s\n", what)
		}
	}
	return out.String()
}
