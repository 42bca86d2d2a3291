package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/installer"
)

// shipped are the programs whose parts are listed, each with and without cgo and for every system that we build for.
var shipped = []string{"./cmd/shangyun", "./cmd/shangyunctl", "./cmd/shangyun-portal"}

var systems = []string{"linux", "windows", "darwin"}

// noModules are parts that are no Go modules: version, licence and where the text stands.
var noModules = map[string][3]string{
	"HiGHS (WebAssembly)": {"1.15.3", "MIT", "connectors/solver/highs.LICENSE"},
	"Noto Sans SC":        {"2.004", "OFL-1.1", "assets/font/NotoSansSC-OFL.txt"},
	"Noto Serif SC":       {"2.003", "OFL-1.1", "assets/font/NotoSerifSC-OFL.txt"},
}

type licencesCmd struct {
	Out string `default:"installer/licences.json" type:"path" help:"写到这个文件。"`
}

// Run collects the licences anew.
func (c *licencesCmd) Run(ctx context.Context) error {
	l, err := collect(ctx, ".")
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(l, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(c.Out, append(data, '\n'), 0o644)
}

// collect gathers the texts of everything that the shipped programs are made of; root is the folder of the module.
func collect(ctx context.Context, root string) (installer.Licences, error) {
	folders, err := modules(ctx, root)
	if err != nil {
		return installer.Licences{}, err
	}
	g := gathering{at: map[string]int{}, l: installer.Licences{Parts: map[string]installer.Licensed{}}}
	goroot, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return g.l, err
	}
	folders["Go"] = strings.TrimSpace(string(goroot))
	names := make([]string, 0, len(folders))
	for name := range folders {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := g.folder(name, folders[name]); err != nil {
			return g.l, err
		}
	}
	for _, name := range []string{"HiGHS (WebAssembly)", "Noto Sans SC", "Noto Serif SC"} {
		is := noModules[name]
		text, err := os.ReadFile(filepath.Join(root, is[2]))
		if err != nil {
			return g.l, err
		}
		g.l.Parts[name] = installer.Licensed{Version: is[0], Licence: is[1], Texts: []int{g.text(text)}}
	}
	return g.l, nil
}

// modules gives the folder of every module that a shipped program is built of on any system.
func modules(ctx context.Context, root string) (map[string]string, error) {
	out := map[string]string{}
	for _, system := range systems {
		cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-e", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}"}, shipped...)...)
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
		lines, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for line := range strings.Lines(string(lines)) {
			if path, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				out[path] = dir
			}
		}
	}
	return out, nil
}

type gathering struct {
	l  installer.Licences
	at map[string]int // where a text stands
}

var licenceFile = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|notice|patents|copyright)([-.].*)?$`)

func (g *gathering) folder(name, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	is := installer.Licensed{Texts: []int{}}
	var ids []string
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		is.Texts = append(is.Texts, g.text(text))
		if id := spdx(text); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	is.Licence = strings.Join(ids, " AND ")
	g.l.Parts[name] = is
	return nil
}

func (g *gathering) text(b []byte) int {
	s := strings.ReplaceAll(strings.ToValidUTF8(string(bytes.TrimSpace(b)), "?"), "\r\n", "\n")
	n, ok := g.at[s]
	if !ok {
		n = len(g.l.Texts)
		g.at[s] = n
		g.l.Texts = append(g.l.Texts, s)
	}
	return n
}

// marks tell a licence by phrases that stand in it alone, looked for in this order.
var marks = []struct{ id, phrase string }{
	{"Apache-2.0", "apache license version 2.0"}, {"MPL-2.0", "mozilla public license version 2.0"}, {"OFL-1.1", "sil open font license"},
	{"BSD-3-Clause", "neither the name"}, {"BSD-3-Clause", "may not be used to endorse or promote"}, {"BSD-2-Clause", "redistributions in binary form must reproduce"},
	{"ISC", "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee"},
	{"ISC", "permission to use, copy, modify, and distribute this software for any purpose with or without fee"},
	{"MIT", "permission is hereby granted, free of charge"}, {"Unlicense", "this is free and unencumbered software"}, {"CC0-1.0", "cc0 1.0 universal"},
	{"Zlib", "this software is provided 'as-is', without any express or implied warranty"},
}

// spdx names a licence by its text, "" when it is none that we know.
func spdx(text []byte) string {
	s := strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer(",", " ", "(", " ", ")", " ").Replace(string(text))), " "))
	for _, m := range marks {
		if strings.Contains(s, strings.Join(strings.Fields(strings.ReplaceAll(m.phrase, ",", " ")), " ")) {
			return m.id
		}
	}
	return ""
}
