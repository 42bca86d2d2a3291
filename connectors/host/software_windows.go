package host

import (
	"context"

	"golang.org/x/sys/windows/registry"

	"github.com/shangyuntong/shangyun/survey/inventory"
)

const uninstall = `SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall`

// installed reads the Uninstall keys of both word sizes and of the person at this computer. Win32_Product is never asked: it sets off
// repairs.
func installed(ctx context.Context) (out []inventory.Program, problems []string) {
	for _, at := range []struct {
		root registry.Key
		view uint32
	}{{registry.LOCAL_MACHINE, registry.WOW64_64KEY}, {registry.LOCAL_MACHINE, registry.WOW64_32KEY}, {registry.CURRENT_USER, 0}} {
		k, err := registry.OpenKey(at.root, uninstall, registry.ENUMERATE_SUB_KEYS|registry.QUERY_VALUE|at.view)
		if err != nil {
			continue // a 32-bit system has one view only
		}
		names, err := k.ReadSubKeyNames(-1)
		k.Close()
		if err != nil {
			problems = append(problems, "读不完注册表里的软件清单")
		}
		for _, name := range names {
			if ctx.Err() != nil {
				return out, problems
			}
			if p, ok := entry(at.root, uninstall+`\`+name, at.view); ok {
				out = append(out, p)
			}
		}
	}
	return out, problems
}

// entry reads one program; parts of the system and updates of other entries are left out.
func entry(root registry.Key, path string, view uint32) (inventory.Program, bool) {
	k, err := registry.OpenKey(root, path, registry.QUERY_VALUE|view)
	if err != nil {
		return inventory.Program{}, false
	}
	defer k.Close()
	text := func(name string) string {
		v, _, err := k.GetStringValue(name)
		if err != nil {
			return ""
		}
		return v
	}
	if part, _, err := k.GetIntegerValue("SystemComponent"); err == nil && part == 1 || text("ParentKeyName") != "" {
		return inventory.Program{}, false
	}
	return program(text("DisplayName"), text("DisplayVersion"), text("Publisher"))
}
