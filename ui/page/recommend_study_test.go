package page_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestRecommendAnalysesOnDemandAndTakesQuotes(t *testing.T) {
	s := sampleStand(t)
	s.ui.Go(wizard.StepRecommend)
	s.tap("分析")
	s.sees("深入分析", "价格变动时稳不稳", "为什么没有选它")
	s.tap("开始分析")
	s.sees("每项需求花多少", "净费用", "花多少、加几分", "厂商集中度与退出", "数据质量", "政策的九个环节", "A1 计算", "D5 工艺优化")
	s.shot("recommend-study")
	s.tap("路线图与报价")
	s.sees("实施路线图", "第 1 批", "现金流", "厂商报价", "还没有报价", "比价表")
	s.fill("报价单名称或编号", "报价单 8")
	s.fill("报价日期", "2026-11-20")
	s.fill("一次性费用", "1,000")
	offer := s.ui.State().Bundle.Lines[0].Offer
	s.fill("产品", offer)
	s.tap("登记报价")
	if q := s.stored().Plan.Quotes; len(q) != 1 || q[0].ID != offer || q[0].OneOff != 100_000 || q[0].Source != "报价单 8" {
		t.Fatalf("quotes are %+v", q)
	}
	s.sees("报价单 8（2026-11-20）")
	s.tap("删去")
	if q := s.stored().Plan.Quotes; len(q) != 0 {
		t.Fatalf("quotes are %+v", q)
	}
}
