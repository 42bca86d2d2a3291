package page_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/view"
)

// readyStand is the sample firm with a plan and all papers that must go along, on 检查与报送.
func readyStand(t *testing.T) *stand {
	t.Helper()
	s := sampleStand(t, reporting)
	id := s.ui.Case()
	s.must(s.desk.Accept(t.Context(), id))
	for _, role := range []string{"营业执照", "合同", "发票", "付款凭证"} {
		s.must(s.desk.Attach(t.Context(), id, role+".png", role, "", "image/png", sampleFile(t, "附件-"+role+".png")))
	}
	s.ui.Open(id)
	s.ui.Go(wizard.StepReview)
	return s
}

// button gives the shown button with a label.
func (s *stand) button(label string) *part.Button {
	s.t.Helper()
	var found *part.Button
	s.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*part.Button); ok && b.Label() == label {
			found = b
		}
	})
	if found == nil {
		s.t.Fatalf("no button %q", label)
	}
	return found
}

// consent ticks every statement that is asked for.
func (s *stand) consent(kind submit.Kind) {
	s.t.Helper()
	for _, words := range view.Consents(kind, s.ui.State().Enrolment.Portal) {
		s.sees(words)
		s.tap(words)
	}
}

func (s *stand) latest(kind submit.Kind) *wizard.Request {
	s.t.Helper()
	st, err := s.desk.Open(s.t.Context(), s.ui.Case())
	if err != nil {
		s.t.Fatal(err)
	}
	for i := range st.Requests {
		if st.Requests[i].Kind == kind {
			return &st.Requests[i]
		}
	}
	return nil
}

func TestReviewShowsEverythingOnceAndLeadsToWhatIsMissing(t *testing.T) {
	s := sampleStand(t, reporting)
	s.must(s.desk.Set(t.Context(), s.ui.Case(), "firm.county", ""))
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepReview)
	st := s.ui.State()
	s.sees("株洲恒硬刀具有限公司", "91430211MA4HY7K28C", "60 台，数字化 33，联网 21", st.Assessment.Score.String(), st.Assessment.RuleStatus, "576,000.00",
		st.Claims.Validity, "所在县市区", "缺少材料：营业执照副本", "必改", "提示")
	if !s.button("报送").Disabled() {
		t.Error("sending is open with things to mend")
	}
	s.tap("补上")
	s.fill("所在县市区", "天元区")
	s.ui.Go(wizard.StepReview)
	s.misses("“所在县市区”未填写")
	s.tap("去补材料")
	s.sees("添加文件")
}

func TestReviewWithoutAPortalLeadsToTheSettings(t *testing.T) {
	s := readyStand(t)
	s.sees("还没有登记报送门户")
	if !s.button("报送").Disabled() {
		t.Error("sending is open without a portal")
	}
	s.tap("另存文书")
	s.sees("导出前请确认", "同意把“株洲恒硬刀具有限公司”的申报书", "写到“导出”", "经办人：测试员")
	if len(s.saved) > 0 {
		t.Error("papers were written before anybody agreed")
	}
	s.tap("同意并导出")
	if len(s.saved) < 4 {
		t.Errorf("%d papers were saved without a portal", len(s.saved))
	}
	s.tap("去设置登记")
	s.misses("报送前确认")
}

func TestReviewSendsToARealPortalAndProvesIt(t *testing.T) {
	s, o := readyStand(t), openOffice(t)
	o.enrol(s)
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepReview)
	if !s.button("报送").Disabled() {
		t.Error("sending is open before anybody agreed")
	}
	s.tap("看会发出去什么")
	s.sees("株洲市受理处", o.URL, "营业执照.png", ".pdf", "不会发出", "430************0001")
	s.misses("4300000000000000001")
	s.tap("收起")
	s.consent(submit.Application)
	s.tap("报送")

	r := s.latest(submit.Application)
	if got := s.get("project.policy"); got != "hunan-text-v1@1" {
		t.Errorf("the pack it was filed under is kept as %q", got)
	}
	if r == nil || r.Receipt == nil || r.State != submit.StateSent {
		t.Fatalf("the request stands as %+v", r)
	}
	raw, err := s.parts.Outbox.Bytes(t.Context(), r.ID, r.Revision)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := submit.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ui.State().Enrolment.Keys.Verify(*r.Receipt, sealed); err != nil {
		t.Error(err)
	}
	if c := s.stored().Consents; len(c) != 1 || c[0].Text != wizard.ConsentText(submit.Application, "株洲市受理处") {
		t.Errorf("consents = %+v", c)
	}
	s.sees("回执号", r.Receipt.Number, "第 1 版", view.Digest(r.SHA256), "已回执")
	s.tap("与门户核对")
	s.sees("逐字节一致")
	if got := len(sealed.Submission.Attachments); got < 8 {
		t.Errorf("%d files went along", got)
	}

	s.tap("报送") // the same again changes nothing
	if again := s.latest(submit.Application); again.SHA256 != r.SHA256 || again.Attempts != r.Attempts {
		t.Errorf("sending again made %+v", again)
	}
	s.must(s.desk.Set(t.Context(), s.ui.Case(), "project.useMonths", "6"))
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepReview)
	s.consent(submit.Application)
	s.tap("报送")
	if next := s.latest(submit.Application); next.Revision != 2 || next.ID != r.ID || next.Receipt == nil {
		t.Errorf("the changed case went as %+v", next)
	}
	s.sees("第 2 版", "以前的版本", r.Receipt.Number)
}

func TestAPortalThatIsDownKeepsTheSealedRequestForLater(t *testing.T) {
	s, o := readyStand(t), openOffice(t)
	o.enrol(s)
	s.ui.Open(s.ui.Case())
	s.ui.Go(wizard.StepReview)
	s.consent(submit.Application)
	o.Close()
	s.tap("报送")
	s.sees("E0501", "再次报送", "没有送达")
	s.tap("知道了")
	r := s.latest(submit.Application)
	if r == nil || r.Receipt != nil || r.Problem != string(survey.CodePortalDown) {
		t.Fatalf("the request stands as %+v", r)
	}
	if raw, err := s.parts.Outbox.Bytes(t.Context(), r.ID, r.Revision); err != nil || submit.Digest(raw) != r.SHA256 {
		t.Errorf("the sealed bytes are gone: %v", err)
	}
	s.show() // the program is started again
	s.ui.Open(s.firstCase())
	s.ui.Go(wizard.StepReview)
	s.sees("E0501")
	o.reopen()
	s.tap("再次报送")
	after := s.latest(submit.Application)
	if after.Receipt == nil || after.SHA256 != r.SHA256 || after.Revision != 1 {
		t.Errorf("after the retry it stands as %+v", after)
	}
	s.sees(after.Receipt.Number)
	s.misses("E0501")
}

func TestOnboardingNamesOneOperatorAndNothingThatIsNotItsBusiness(t *testing.T) {
	s, o := readyStand(t), openOffice(t)
	s.must(s.desk.Set(t.Context(), s.ui.Case(), "plan.budget", "")) // the sample's own budget pays for one vendor only
	s.must(s.desk.Accept(t.Context(), s.ui.Case()))
	o.enrol(s)
	s.ui.Open(s.ui.Case())
	s.tab(wizard.StepReview, 1)
	s.sees("“平台服务商”未填写")
	operators := view.Operators(s.ui.State())
	if len(operators) < 2 {
		t.Fatalf("operators = %v", operators)
	}
	s.fill("平台服务商", operators[1].Value)
	s.fill("平台服务商", operators[0].Value)
	s.fill("希望开始日期", "不急")
	s.sees("E0104")
	s.fill("希望开始日期", "2026年12月20日")
	device := s.stored().Assets[0]
	s.tap(strings.TrimSpace(device.Name + " " + device.Nameplate.Model))
	s.tap("看会发出去什么")
	s.sees(operators[0].Value, "银行账户", "不发")
	s.tap("收起")
	s.consent(submit.Onboarding)
	s.tap("报送")
	r := s.latest(submit.Onboarding)
	if r == nil || r.Receipt == nil {
		t.Fatalf("the request stands as %+v", r)
	}
	raw, err := s.parts.Outbox.Bytes(t.Context(), r.ID, r.Revision)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := submit.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	c := s.stored()
	for what, secret := range map[string]string{
		"account": c.Firm.Bank.Account, "revenue": "46800000", "legal representative": c.Firm.LegalRep, "other vendor": operators[1].Value,
		"price": s.ui.State().Bundle.Lines[0].FirstYear.String(),
	} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("the request names the %s (%s)", what, secret)
		}
	}
	if len(c.Onboarding.Assets) != 1 || c.Onboarding.Assets[0] != device.ID || c.Onboarding.From != "2026-12-20" {
		t.Errorf("the wish was saved as %+v", c.Onboarding)
	}
	for _, b := range sealed.Submission.Attachments {
		if b.Role == "营业执照" {
			t.Error("the licence went along")
		}
	}
	if s.latest(submit.Application) != nil {
		t.Error("an application was sealed as well")
	}
}
