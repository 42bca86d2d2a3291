package host

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/shangyuntong/shangyun/survey/inventory"
)

// installed reads the bundles under /Applications and one folder below.
func installed(ctx context.Context) (out []inventory.Program, problems []string) {
	for _, pattern := range []string{"/Applications/*.app", "/Applications/*/*.app"} {
		list, err := filepath.Glob(pattern)
		if err != nil {
			problems = append(problems, "读不到“应用程序”文件夹")
		}
		for _, app := range list {
			if ctx.Err() != nil {
				return out, problems
			}
			data, err := os.ReadFile(filepath.Join(app, "Contents", "Info.plist"))
			if err != nil {
				data = nil
			}
			if p, ok := readBundle(data, strings.TrimSuffix(filepath.Base(app), ".app")); ok {
				out = append(out, p)
			}
		}
	}
	return out, problems
}
