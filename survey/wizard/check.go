package wizard

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// settingCheck stands before the id of a case that is open for checking only; its value is who checks.
const settingCheck = "check."

// BeginCheck (检查) opens a case for checking only: until EndCheck no fact of it can be changed on this computer, by whatever verb, and nothing of
// it is sealed; a wish for a change is a remark (Note with survey.RoleCheck). It is noted in the log.
func (d *Desk) BeginCheck(ctx context.Context, id string) (*State, error) {
	if _, err := d.Cases.Load(ctx, id); err != nil {
		return nil, err
	}
	by := d.By
	if by == "" {
		by = "检查人"
	}
	if err := d.log(ctx, id, DeedView, "打开案卷供检查，不能修改", ""); err != nil {
		return nil, err
	}
	if err := d.Settings.PutSetting(ctx, settingCheck+id, by); err != nil {
		return nil, err
	}
	return d.View(ctx, id)
}

// EndCheck lets the case be changed again; the remarks stay in it.
func (d *Desk) EndCheck(ctx context.Context, id string) (*State, error) {
	if err := d.Settings.PutSetting(ctx, settingCheck+id, ""); err != nil {
		return nil, err
	}
	if err := d.log(ctx, id, DeedView, "结束检查，可以修改", ""); err != nil {
		return nil, err
	}
	return d.Open(ctx, id)
}

// checking tells who has the case open for checking only, "" when nobody has.
func (d *Desk) checking(ctx context.Context, id string) (string, error) {
	if d.Settings == nil {
		return "", nil
	}
	return d.Settings.Setting(ctx, settingCheck+id)
}

// mayChange refuses changes to a case that is open for checking only; remarks may be added.
func (d *Desk) mayChange(ctx context.Context, id string, changes []Change) error {
	by, err := d.checking(ctx, id)
	if err != nil || by == "" {
		return err
	}
	for _, ch := range changes {
		var a survey.Attachment
		if ch.Gone || ch.Kind != "attachment" || json.Unmarshal(ch.Data, &a) != nil || a.Role != survey.RoleCheck {
			return errForCheck("wizard.save")
		}
	}
	return nil
}

func errForCheck(op string) error { return survey.Fail(survey.CodeForCheck, op, "检查中") }

// forCheck is errForCheck when somebody checks.
func forCheck(by, op string) error {
	if by == "" {
		return nil
	}
	return errForCheck(op)
}

// SignSheetOf gives the sheet of a case as it stands. Equal facts give an equal digest.
func (d *Desk) SignSheetOf(ctx context.Context, st *State) (survey.SignSheet, error) {
	remarks, err := d.Notes(ctx, st.Case, survey.RoleCheck)
	if err != nil {
		return survey.SignSheet{}, err
	}
	digest, err := CheckDigest(st.Case)
	if err != nil {
		return survey.SignSheet{}, err
	}
	c, a := st.Case, st.Assessment
	n := inventory.Count(c.Assets)
	s := survey.SignSheet{Firm: c.Firm.Name, CreditCode: c.Firm.CreditCode, Case: c.ID, Digest: digest, By: d.By, Date: d.today(), Remarks: remarks}
	claim := "没有可计算的金额"
	if x := st.Claims.Conservative.Amount; x != nil {
		claim = x.Display() + " 元（测算上限，" + st.Claims.Validity + "）"
	}
	level := "未评测"
	if len(a.Open) < len(a.Items)+len(a.Scenes) {
		level = a.LevelName + "，" + a.Score.String() + " 分（等级规则：" + a.RuleStatus + "）"
	}
	s.Pairs = [][2]string{
		{"基准日", c.AsOf.Chinese()}, {"设备", strconv.Itoa(len(c.Assets)) + " 行，生产设备 " + strconv.Itoa(n.Machines) + " 台"},
		{"评测结果", level}, {"未答", strconv.Itoa(len(a.Open)) + " 项"}, {"补贴", claim},
		{"必改", strconv.Itoa(mustCount(st)) + " 处"}, {"附件", strconv.Itoa(len(c.Attachments)) + " 份"},
	}
	return s, nil
}

// CheckDigest is the SHA-256 of the exchange file of a case without remarks, so that a remark does not change what was checked.
func CheckDigest(c *survey.Case) (string, error) {
	plain := c.Clone()
	drop(&plain.Attachments, func(a survey.Attachment) bool { return a.Role == survey.RoleCheck })
	data, err := ExchangeFile(plain)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), err
}

// TakeSignSheet gives the sheet as a PDF, after the consent.
func (d *Desk) TakeSignSheet(ctx context.Context, id string, l Leaving) ([]File, error) {
	l.Kind = LeavesCheck
	if d.Walks == nil {
		return nil, errNoWalk
	}
	st, err := d.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	s, err := d.SignSheetOf(ctx, st)
	if err != nil {
		return nil, err
	}
	f, err := d.Walks.Sign(s)
	if err != nil {
		return nil, err
	}
	return []File{f}, d.Leave(ctx, id, l)
}
