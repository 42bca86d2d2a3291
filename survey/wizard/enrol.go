package wizard

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Keys of settings that hold secrets: the enrolled portal's token and this device's secret.
const (
	settingEnrolment = "portal.enrolment"
	settingDevice    = "portal.device"
)

// Enrolment gives the enrolled portal, nil when there is none.
func (d *Desk) Enrolment(ctx context.Context) (*submit.Enrolment, error) {
	raw, err := d.Settings.Setting(ctx, settingEnrolment)
	if err != nil || raw == "" {
		return nil, err
	}
	var e submit.Enrolment
	if err := json.Unmarshal([]byte(raw), &e); err != nil {
		return nil, survey.Wrap(survey.CodeStoreDamaged, "wizard.enrolment", err)
	}
	return &e, nil
}

func (d *Desk) needEnrolment(ctx context.Context) (*submit.Enrolment, error) {
	e, err := d.Enrolment(ctx)
	if err == nil && e == nil {
		err = survey.Fail(survey.CodeNotEnrolled, "wizard.enrolment", "还没有登记报送门户")
	}
	return e, err
}

// Fingerprint asks a portal for its key's fingerprint, for people to compare by telephone or on paper.
func (d *Desk) Fingerprint(ctx context.Context, address string) (string, error) {
	if d.Registrar == nil {
		return "", errNoPortal
	}
	return d.Registrar.Fingerprint(ctx, address)
}

var errNoPortal = survey.Fail(survey.CodeNotReady, "wizard.enrol", "此程序不带联网报送")

// Enrol pins the portal's key, whose fingerprint the person compared, and spends the enrolment code. A portal with another key is refused.
func (d *Desk) Enrol(ctx context.Context, address, code, fingerprint string) (submit.Enrolment, error) {
	if d.Registrar == nil {
		return submit.Enrolment{}, errNoPortal
	}
	dev, err := d.device(ctx)
	if err != nil {
		return submit.Enrolment{}, err
	}
	var e submit.Enrolment
	err = d.sending(ctx, "", "登记报送门户", address, func() (string, error) {
		if e, err = d.Registrar.Enrol(ctx, address, code, fingerprint, dev); err != nil {
			return "", err
		}
		return "已登记“" + e.Portal + "”", d.put(ctx, settingEnrolment, e)
	})
	return e, err
}

// device gives this installation's name, made at the first enrolment.
func (d *Desk) device(ctx context.Context) (Device, error) {
	var dev Device
	raw, err := d.Settings.Setting(ctx, settingDevice)
	if err != nil {
		return dev, err
	}
	if raw != "" {
		return dev, survey.Wrap(survey.CodeStoreDamaged, "wizard.device", json.Unmarshal([]byte(raw), &dev))
	}
	dev = Device{ID: d.NewID(), Name: d.Device, Key: d.Secret()}
	return dev, d.put(ctx, settingDevice, dev)
}

func (d *Desk) put(ctx context.Context, key string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return survey.Wrap(survey.CodeInternal, "wizard.setting", err)
	}
	return d.Settings.PutSetting(ctx, key, string(raw))
}

// samePortal asks who answers at the enrolled address before anything leaves: E0602 when it shows neither the pinned key nor one that
// follows from it. The receipt is still what proves; this keeps a request from a portal that could not sign one.
func (d *Desk) samePortal(ctx context.Context, e submit.Enrolment) error {
	if d.Registrar == nil {
		return nil
	}
	shown, err := d.Registrar.Fingerprint(ctx, e.Address)
	if err != nil {
		return err
	}
	id := strings.ReplaceAll(shown, " ", "")
	if _, err := e.Keys.Key(id); err == nil {
		return nil
	}
	if e.Keys.Rotations, err = d.Registrar.Rotations(ctx, e.Address); err != nil {
		return err
	}
	_, err = e.Keys.Key(id)
	return err
}

// verify holds a receipt against the pinned key. When another key signed, the portal is asked for its rotations; only a chain signed from the pinned key
// on is taken, and then kept.
func (d *Desk) verify(ctx context.Context, e submit.Enrolment, r submit.Receipt, s submit.Sealed) error {
	err := e.Keys.Verify(r, s)
	if survey.CodeOf(err) != survey.CodePortalKey || d.Registrar == nil {
		return err
	}
	rotations, asked := d.Registrar.Rotations(ctx, e.Address)
	if asked != nil {
		return asked
	}
	e.Keys.Rotations = rotations
	if err := e.Keys.Verify(r, s); err != nil {
		return err
	}
	return d.put(ctx, settingEnrolment, e)
}
