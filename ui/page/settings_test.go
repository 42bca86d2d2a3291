package page_test

import (
	"context"
	"crypto/ed25519"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// townHall is a portal of a few lines: one key, one code.
type townHall struct{ key ed25519.PublicKey }

func newTownHall() townHall {
	return townHall{ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public().(ed25519.PublicKey)}
}

func (o townHall) Fingerprint(_ context.Context, address string) (string, error) {
	if !strings.HasPrefix(address, "https://") {
		return "", survey.Fail(survey.CodeInsecure, "test", "没有加密")
	}
	return submit.Fingerprint(o.key), nil
}

func (o townHall) Enrol(_ context.Context, address, code, fingerprint string, by wizard.Device) (submit.Enrolment, error) {
	if code != "ABCD-1234" || !submit.SameFingerprint(fingerprint, o.key) {
		return submit.Enrolment{}, survey.Fail(survey.CodeEnrol, "test", "码不对")
	}
	return submit.Enrolment{Address: address, Portal: "株洲市受理处", DeviceID: by.ID, Token: "t", Keys: submit.Keyring{Pinned: o.key}}, nil
}

func (o townHall) Rotations(context.Context, string) ([]submit.KeyRotation, error) { return nil, nil }

func TestAPortalIsEnrolledOnlyAfterTheFingerprintsWereCompared(t *testing.T) {
	o := newTownHall()
	s := sampleStand(t, func(p *wizard.Parts) { p.Registrar = o })
	s.ui.Settings()
	enrolled := func() *submit.Enrolment {
		e, err := s.desk.Enrolment(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	s.fill("门户地址", "http://portal.example")
	s.tap("询问指纹")
	s.sees("E0505")
	s.tap("知道了")
	s.fill("门户地址", "https://portal.example")
	s.fill("登记码", "ABCD-1234")
	s.tap("已与受理单位核对，指纹每一组都一致")
	s.tap("登记")
	if enrolled() != nil {
		t.Fatal("a portal was enrolled before its fingerprint was seen")
	}
	s.tap("询问指纹")
	s.sees(submit.Fingerprint(o.key))
	s.tap("登记")
	if enrolled() != nil {
		t.Fatal("a portal was enrolled before a person said that the fingerprints agree")
	}
	s.tap("已与受理单位核对，指纹每一组都一致")
	s.fill("门户地址", "https://other.example")
	s.tap("登记")
	if enrolled() != nil {
		t.Fatal("the comparison for one address counted for another")
	}
	s.misses(submit.Fingerprint(o.key))
	s.fill("门户地址", "https://portal.example")
	s.tap("询问指纹")
	s.tap("已与受理单位核对，指纹每一组都一致")
	s.fill("登记码", "FALSCH")
	s.tap("登记")
	s.sees("E0605")
	s.tap("知道了")
	s.fill("登记码", "ABCD-1234")
	s.tap("登记")
	if e := enrolled(); e == nil || e.Address != "https://portal.example" || !e.Keys.Pinned.Equal(o.key) {
		t.Fatalf("enrolled: %+v", e)
	}
	s.sees("株洲市受理处", "已登记报送门户", submit.Fingerprint(o.key))
	if s.ui.State().Enrolment == nil {
		t.Error("the open case does not know of the portal")
	}
	s.show()
	s.ui.Settings()
	s.sees("株洲市受理处")
}

func TestLanguageAndStyleStayAfterARestart(t *testing.T) {
	s := sampleStand(t)
	s.ui.Settings()
	s.fill("语言", "en")
	s.sees("Settings", "Workbench", "Language")
	s.misses("报送门户")
	s.fill("Colours", "yes")
	s.show()
	s.sees("Workbench")
	s.ui.Settings()
	if got := s.field("Colours").Value(); got != "yes" {
		t.Errorf("dark is %q after a restart", got)
	}
	s.fill("Language", "zh")
	s.sees("设置", "配色")
}

func TestTheIdleTimeIsChosenAndKept(t *testing.T) {
	s := newStand(t)
	s.ui.Settings()
	s.sees("没有设置口令")
	if got := s.field("闲置多久后锁定").Value(); got != "10" {
		t.Errorf("at first %q minutes", got)
	}
	s.fill("闲置多久后锁定", "30")
	s.show()
	s.ui.Settings()
	if got := s.field("闲置多久后锁定").Value(); got != "30" {
		t.Errorf("after a restart %q", got)
	}
	s.fill("闲置多久后锁定", "0")
	s.show()
	if got := s.ui.Setting("lock.minutes"); got != "0" {
		t.Errorf("never is kept as %q", got)
	}
}

func TestTheSettingsSayHowFarEachPackIsVerified(t *testing.T) {
	s := newStand(t)
	s.ui.Settings()
	p := s.parts.Packs
	s.sees(p.Questions.Title, p.Questions.Rule.Status, p.Policy.Validity, p.Catalog.Date.Chinese(), s.dir)
}
