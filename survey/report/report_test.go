package report

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/rule"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// small is a case with three steps: one closes a scene that 二级 lacks, one brings two points, one a little.
func small() Input {
	return Input{
		Case: &survey.Case{ID: "0193f0a0-1111", AsOf: "2026-11-23", Firm: survey.Firm{Name: "甲", Bank: survey.Bank{Account: "6222000000000000000", BankName: "某银行"}, Contact: survey.Contact{Phone: "13800000000"}},
			Drafts: map[string]string{"firm.bank.account": "6222x"}},
		Assessment: &assess.Assessment{
			Edition: "e1", Title: "指标", RuleStatus: "待核对", Level: 1, LevelName: "一级", Score: 50000,
			Ladder: []assess.Rung{{Level: 1, Name: "一级", Met: true}, {Level: 2, Name: "二级", NeedScore: 40000, HaveScore: 50000, NeedScenes: 6, HaveScenes: 5, NeedStars: 3, HaveStars: 3}},
			Items:  []assess.Item{{Key: "Q6", Term: "安全", Dimension: "d", Max: 5000, Points: 2500, Options: []assess.Option{{Letter: "B", Text: "有制度"}}, Counted: []string{"B"}, Answered: true, Evidence: []string{"制度文件", "评估报告"}}},
			Scenes: []assess.SceneLevel{{Key: "warehouse", No: 1, Title: "仓储", Level: 1, Levels: []string{"一", "二", "三", "四"}, Evidence: []string{"一级：台账", "二级：截图"}}},
			Steps: []assess.Step{
				{Key: "item:Q6:D", Title: "做一次评估", Item: "Q6", Points: 500},
				{Key: "item:Q9:D", Title: "写制度", Item: "Q9", Points: 2000},
				{Key: "scene:warehouse:2", Need: "scene:warehouse", Title: "仓储二级", Group: "scene:warehouse", Scenes: []assess.SceneGain{{Scene: "warehouse", From: 1, To: 2}}},
				{Key: "scene:warehouse:3", Need: "integrate:warehouse", Title: "仓储三级", Group: "scene:warehouse", Scenes: []assess.SceneGain{{Scene: "warehouse", From: 1, To: 3}}},
			},
		},
		Catalog: &recommend.Catalog{ID: "c1", Needs: []recommend.Need{{Key: "scene:warehouse"}}, Offers: []recommend.Offer{
			{ID: "o1", Vendor: "v", Title: "贵", PriceKind: recommend.PriceList, Covers: []recommend.Cover{{Need: "scene:warehouse", Halves: 2}}, Prices: []recommend.Price{{Metric: recommend.PerFirm, Tiers: []recommend.Tier{{Yearly: money.Yuan(9000)}}}}},
			{ID: "o2", Vendor: "v", Title: "省", PriceKind: recommend.PriceEstimate, Checked: "2026-11-22", Covers: []recommend.Cover{{Need: "scene:warehouse", Halves: 2}}, Prices: []recommend.Price{{Metric: recommend.PerFirm, Tiers: []recommend.Tier{{Yearly: money.Yuan(8000)}}}}},
		}},
		Policy: &subsidy.Policy{Measures: []subsidy.Measure{{ID: "H3-1", Name: "标杆", Topics: []survey.Topic{survey.TopicCloud}}}},
		Claims: &subsidy.Claims{Policy: "p", Measures: []subsidy.MeasureClaim{{ID: "H3-1", Clause: "第三条", Verdict: rule.Met, TitlesHeld: rule.Open}}},
	}
}

func TestMeasuresStandByThePublishedFormula(t *testing.T) {
	var got []string
	for _, x := range Make(small()).Measures {
		if x.Score != x.Effect*x.Effort*x.Fit {
			t.Errorf("%s: %d is not %d × %d × %d", x.Key, x.Score, x.Effect, x.Effort, x.Fit)
		}
		got = append(got, x.Key+" "+itoa(x.Effect)+itoa(x.Effort)+itoa(x.Fit)+" "+x.Time)
	}
	want := []string{"scene:warehouse:2 322 待核实", "item:Q9:D 231 待核实", "item:Q6:D 131 待核实"} // the third level waits for the second
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestACostIsTheRangeOfTheOffersOrSaysThatThereIsNone(t *testing.T) {
	in := small()
	if got := Make(in).Measures[0]; got.Cost != "8,000.00 元～9,000.00 元（首年）" || !strings.Contains(got.CostBy, "“省”，区间估计，核对于 2026-11-22") {
		t.Errorf("cost %q by %q", got.Cost, got.CostBy)
	}
	in.Case.Plan.Budget = new(money.Fen)
	if got := Make(in).Measures; got[0].Key != "item:Q9:D" || got[1].Effort != 1 && got[2].Effort != 1 {
		t.Errorf("beyond the budget it is still light: %+v", got)
	}
	in.Catalog.Offers = nil
	for _, x := range Make(in).Measures {
		if x.Key == "scene:warehouse:2" && (x.Cost != "无在册报价，需询价" || x.Effort != 1) {
			t.Errorf("without an offer: %q, effort %d", x.Cost, x.Effort)
		}
	}
}

func TestPeersAreShownOnlyWithNumberYearAndSource(t *testing.T) {
	in := small()
	for _, p := range []Peer{{Name: "x", Value: "9%", Year: 2025, Source: "s"}, {Name: "x", Value: "9%", N: 3, Source: "s"}, {Name: "x", Value: "9%", N: 3, Year: 2025}} {
		in.Peers = []Peer{p}
		r := Make(in)
		if s := strings.Join(r.Texts(), "\n"); strings.Contains(s, "9%") || !strings.Contains(s, NoPeers) {
			t.Errorf("%+v is shown", p)
		}
	}
	in.Peers = []Peer{{Name: "x", Value: "9%", N: 3, Year: 2025, Source: "统计局"}}
	r := Make(in)
	if s := strings.Join(r.Texts(), "\n"); !strings.Contains(s, "9%") || !strings.Contains(s, "统计局") || strings.Contains(s, NoPeers) {
		t.Error("a peer with number, year and source is not shown")
	}
}

func TestTheIndexTellsWhatIsThereAndWhatLacks(t *testing.T) {
	in := small()
	in.Assessment.Items[0].Papers, in.Assessment.Scenes[0].Papers = []string{"制度文件", "评估报告"}, []string{"台账"}
	in.Case.Attachments = []survey.Attachment{
		{ID: "1", Name: "a.pdf", Role: "制度文件", For: "Q6", SHA256: strings.Repeat("a", 64)}, {ID: "2", Name: "a2.pdf", Role: "制度文件", For: "Q6", SHA256: "22"},
		{ID: "3", Name: "c.pdf", Role: "合同"},
	}
	r := Make(in)
	ch := chapter(t, r, "evidence")
	if got := ch.Blocks[0].Text[0]; !strings.HasPrefix(got, "共要 3 件，已附 1 件，还缺 2 件。") || !strings.HasSuffix(got, "另有 1 个附件不是评测材料，见第 2 章。") {
		t.Errorf("got %s", got)
	}
	want := [][]string{
		{"Q6 安全（B）", "制度文件；评估报告", "制度文件：a.pdf（SHA-256 aaaaaaaaaaaa…）、制度文件：a2.pdf（SHA-256 22…）", "评估报告"},
		{"仓储（一级）", "台账", "—", "缺全部 1 件"},
	}
	if got := ch.Blocks[1].Table.Rows; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestDataHoldNoBankAccountAndNoTelephone(t *testing.T) {
	in := small()
	data, err := Data(in, Make(in))
	if err != nil || !json.Valid(data) {
		t.Fatal(err)
	}
	for _, secret := range []string{"6222", "某银行", "13800000000"} {
		if strings.Contains(string(data), secret) {
			t.Errorf("%s stands in the data", secret)
		}
	}
}

func TestAMachinesWayFollowsFromWhatIsRecorded(t *testing.T) {
	for _, c := range []struct {
		asset survey.Asset
		want  string
	}{
		{survey.Asset{Networked: survey.Yes}, wayOn}, {survey.Asset{Ports: []string{"RJ45"}}, wayDirect}, {survey.Asset{Protocols: []string{"OPC UA"}}, wayDirect},
		{survey.Asset{Ports: []string{"RS485"}}, wayGateway}, {survey.Asset{Protocols: []string{"Modbus RTU"}}, wayGateway},
		{survey.Asset{Digital: survey.No, Numeric: survey.No}, wayRetrofit}, {survey.Asset{}, wayUnknown}, {survey.Asset{Digital: survey.No}, wayUnknown},
	} {
		if got := way(&c.asset); got != c.want {
			t.Errorf("%+v: %s, want %s", c.asset, got, c.want)
		}
	}
}

func TestALongTableSaysHowMuchIsLeftOut(t *testing.T) {
	table := &Table{Columns: []string{"a"}, Widths: []int{100}}
	for range 50 {
		table.row(strings.Repeat("长", 100)) // two lines each
	}
	if table.fit(40, "行"); len(table.Rows) != 20 || table.More != "另有 30 行见附件 JSON" {
		t.Errorf("%d rows, %q", len(table.Rows), table.More)
	}
}
