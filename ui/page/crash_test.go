package page_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/ui"
)

func TestAfterACrashThePersonIsToldOnceThatNothingIsLost(t *testing.T) {
	s := newStand(t)
	s.show(func(c *ui.Config) { c.Earlier = "/案卷/crash-20261128-120000.txt" })
	s.ui.Started()
	s.sees("您的资料是安全的", "crash-20261128-120000.txt")
	s.tap("知道了")
	s.ui.Started()
	s.misses("您的资料是安全的")
}
