//go:build !linux && !windows && !darwin

package host

import (
	"context"

	"github.com/shangyuntong/shangyun/survey/inventory"
)

func installed(context.Context) ([]inventory.Program, []string) {
	return nil, []string{"这种系统上读不到已安装的程序"}
}
