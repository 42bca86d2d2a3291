package seek_test

import (
	"slices"
	"testing"

	"github.com/shangyuntong/shangyun/survey/seek"
)

func titles(list []seek.Entry) (out []string) {
	for _, e := range list {
		out = append(out, e.Title)
	}
	return out
}

func TestThingsAreFoundByNameInitialsAndNote(t *testing.T) {
	x := seek.New([]seek.Entry{
		{Title: "设备联网上云"}, {Title: "联网率", Note: "Q3"}, {Title: "五轴加工中心", Note: "德玛吉"}, {Title: "MES 系统", Words: "制造执行"}, {Title: "重点支持门槛"}, {Title: "长沙某厂"},
	})
	for q, want := range map[string][]string{
		"联网":    {"联网率", "设备联网上云"},
		"lw":    {"联网率", "设备联网上云"},
		"LWL":   {"联网率"},
		"德玛吉":   {"五轴加工中心"},
		"制造":    {"MES 系统"},
		"mes":   {"MES 系统"},
		"ｑ３":    {"联网率"},
		"加工 五轴": {"五轴加工中心"},
		"zdzc":  {"重点支持门槛"}, "cdzc": {"重点支持门槛"}, // 重 is both zhòng and chóng
		"csm":  {"长沙某厂"},
		"":     nil,
		"没有这个": nil,
	} {
		if got := titles(x.Find(q, 0)); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
	if got := x.Find("l", 1); len(got) != 1 {
		t.Errorf("limit 1 gives %d", len(got))
	}
}

func FuzzFind(f *testing.F) {
	x := seek.New([]seek.Entry{{Title: "联网率 Q3"}, {Title: ""}, {Title: "\xff长"}})
	f.Add("lw")
	f.Add("\xff 联")
	f.Fuzz(func(t *testing.T, q string) { x.Find(q, 3) })
}
