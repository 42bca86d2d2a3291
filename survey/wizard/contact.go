package wizard

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
)

// Keys of settings: the secret of this installation, and whose parcels it takes.
const (
	settingIdentity = "parcel.identity"
	settingContacts = "parcel.contacts"
)

// Card gives the card of this installation, to be handed to others; the secret behind it is made the first time and stays sealed here.
func (d *Desk) Card(ctx context.Context) (handover.Card, error) {
	secret, err := d.identity(ctx)
	if err != nil {
		return handover.Card{}, err
	}
	return d.Parcels.Card(secret, d.By)
}

func (d *Desk) identity(ctx context.Context) (string, error) {
	if d.Parcels == nil || d.Threads == nil {
		return "", survey.Fail(survey.CodeNotReady, "wizard.parcel", "此程序不带交接")
	}
	secret, err := d.Settings.Setting(ctx, settingIdentity)
	if err != nil || secret != "" {
		return secret, err
	}
	if secret, err = d.Parcels.NewIdentity(); err != nil {
		return "", err
	}
	return secret, d.Settings.PutSetting(ctx, settingIdentity, secret)
}

// Contacts lists whom parcels are made for and taken from, under the names given here.
func (d *Desk) Contacts(ctx context.Context) ([]handover.Card, error) {
	raw, err := d.Settings.Setting(ctx, settingContacts)
	if err != nil || raw == "" {
		return nil, err
	}
	var out []handover.Card
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		return nil, survey.Wrap(survey.CodeStoreDamaged, "wizard.contacts", err)
	}
	return out, nil
}

// Trust enters a contact by the card that he gave. fingerprint is what the person compared with him by telephone or face to face: another one
// than the card's fails with E0209. A name that is taken gets the new card; "" takes the card's name.
func (d *Desk) Trust(ctx context.Context, name, card, fingerprint string) (handover.Card, error) {
	const op = "wizard.trust"
	if _, err := d.identity(ctx); err != nil {
		return handover.Card{}, err
	}
	c, err := handover.ReadCard(card)
	if err != nil {
		return c, err
	}
	if err := d.Parcels.CheckCard(c); err != nil {
		return c, err
	}
	if digits(fingerprint) != digits(c.Fingerprint()) {
		return c, survey.Fail(survey.CodeParcel, op, "核对码不一致，名片可能被人换过，请与对方重新核对")
	}
	if name = strings.TrimSpace(name); name != "" {
		c.Name = name
	}
	if c.Name == "" {
		return c, survey.Fail(survey.CodeField, op, "请给联系人起一个名字")
	}
	all, err := d.Contacts(ctx)
	if err != nil {
		return c, err
	}
	all = slices.DeleteFunc(all, func(k handover.Card) bool { return k.Name == c.Name || k.Key == c.Key })
	return c, d.put(ctx, settingContacts, append(all, c))
}

// digits drops what people put between groups.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func (d *Desk) contact(ctx context.Context, name string) (handover.Card, error) {
	all, err := d.Contacts(ctx)
	if err != nil {
		return handover.Card{}, err
	}
	for _, c := range all {
		if c.Name == name {
			return c, nil
		}
	}
	return handover.Card{}, survey.Fail(survey.CodeUnknownItem, "wizard.contact", "没有名为“%s”的联系人，请先登记对方名片", clip(name))
}

// ReadCard reads a card that somebody gave, so that its fingerprint can be compared before Trust.
func (d *Desk) ReadCard(text string) (handover.Card, error) {
	c, err := handover.ReadCard(text)
	if err == nil && d.Parcels != nil {
		err = d.Parcels.CheckCard(c)
	}
	return c, err
}
