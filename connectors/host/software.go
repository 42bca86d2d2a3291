package host

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/shirou/gopsutil/v3/net"
	"github.com/shirou/gopsutil/v3/process"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// maxPrograms bounds a list of installed programs.
const maxPrograms = 20_000

// Software lists what is installed on this computer and which of its programs wait for connections. What cannot be read is named in
// Problems. It fails with CodeCancelled only.
func Software(ctx context.Context) (inventory.Installed, error) {
	limited, cancel := context.WithTimeout(ctx, 4*Timeout)
	defer cancel()
	var in inventory.Installed
	in.Programs, in.Problems = installed(limited)
	services, err := listening(limited)
	if err != nil {
		in.Problems = append(in.Problems, "看不到哪些程序在等待连接（可能需要管理员权限）")
	}
	in.Services = services
	if err := ctx.Err(); err != nil {
		return inventory.Installed{}, survey.Wrap(survey.CodeCancelled, "host.software", err)
	}
	slices.SortFunc(in.Programs, func(a, b inventory.Program) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Version, b.Version))
	})
	in.Programs = slices.Compact(in.Programs)
	if len(in.Programs) > maxPrograms {
		in.Programs = in.Programs[:maxPrograms]
		in.Problems = append(in.Problems, "已安装的程序太多，只列出前面的一部分")
	}
	return in, nil
}

// listening lists each port with its program once.
func listening(ctx context.Context) ([]inventory.Service, error) {
	list, err := net.ConnectionsWithoutUidsWithContext(ctx, "tcp")
	if err != nil {
		return nil, err
	}
	var out []inventory.Service
	for _, c := range list {
		if c.Status != "LISTEN" {
			continue
		}
		s := inventory.Service{Port: int(c.Laddr.Port)}
		if c.Pid > 0 {
			if p, err := process.NewProcessWithContext(ctx, c.Pid); err == nil {
				s.Process, _ = p.NameWithContext(ctx) // a program that has just ended has no name
			}
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b inventory.Service) int { return cmp.Or(a.Port-b.Port, strings.Compare(a.Process, b.Process)) })
	return slices.Compact(out), nil
}

// program tidies one entry; false for what has no name.
func program(name, version, publisher string) (inventory.Program, bool) {
	tidy := func(s string) string {
		s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
		if r := []rune(s); len(r) > 200 {
			return string(r[:200])
		}
		return s
	}
	p := inventory.Program{Name: tidy(name), Version: tidy(version), Publisher: tidy(publisher)}
	return p, p.Name != ""
}
