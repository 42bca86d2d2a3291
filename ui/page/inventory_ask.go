package page

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/ui/part"
)

// scanForm asks what to look at: addresses, what is left alone, the meters' gateway, the one credential for switches and the kind of network.
type scanForm struct {
	targets, exclude, gateway, community, user, auth, priv *part.TextField
	profile                                                *part.ChoiceField
	third                                                  *part.Check
	second, thirds                                         fyne.CanvasObject // the fields of either version
	all                                                    fyne.CanvasObject
}

func newScanForm(a Actions, l *look) *scanForm {
	t := a.T
	f := &scanForm{}
	f.targets = part.NewTextField(part.FieldSpec{Label: t("scan.targets"), Placeholder: "192.168.1.0/24", Hint: t("scan.targets.hint")})
	f.exclude = part.NewTextField(part.FieldSpec{Label: t("scan.exclude"), Hint: t("scan.exclude.hint")})
	f.gateway = part.NewTextField(part.FieldSpec{Label: t("scan.gateway"), Placeholder: "192.168.1.60:8899", Hint: t("scan.gateway.hint")})
	f.community = part.NewPasswordField(part.FieldSpec{Label: t("scan.snmp"), Hint: t("scan.snmp.hint")})
	f.user = part.NewTextField(part.FieldSpec{Label: t("scan.snmp3.user"), Hint: t("scan.snmp.hint")})
	f.auth = part.NewPasswordField(part.FieldSpec{Label: t("scan.snmp3.auth"), Hint: t("scan.snmp3.auth.hint")})
	f.priv = part.NewPasswordField(part.FieldSpec{Label: t("scan.snmp3.priv"), Hint: t("scan.snmp3.priv.hint")})
	f.profile = part.NewChoiceField(part.FieldSpec{Label: t("scan.profile"), Hint: t("scan.profile.hint")}, []part.Option{
		{Value: string(scan.ProfileOT), Text: t("scan.profile.ot")}, {Value: string(scan.ProfileIT), Text: t("scan.profile.it")}})
	f.second, f.thirds = part.VStack(0, f.community), part.Columns(14, nil, f.user, f.auth, f.priv)
	f.third = part.NewCheck(t("scan.snmp3"), false, f.version)
	f.all = part.VStack(12, f.targets, part.Columns(14, nil, f.exclude, f.gateway), f.profile, f.second, f.thirds, f.third)
	f.show(l)
	return f
}

func (f *scanForm) content() fyne.CanvasObject { return f.all }

// version shows the fields of one version of SNMP.
func (f *scanForm) version(third bool) {
	f.second.Hide()
	f.thirds.Hide()
	if third {
		f.thirds.Show()
	} else {
		f.second.Show()
	}
	f.all.Refresh()
}

// show fills in what a look was asked; keep takes it down.
func (f *scanForm) show(l *look) {
	f.targets.SetValue(l.targets)
	f.exclude.SetValue(l.exclude)
	f.gateway.SetValue(l.gateway)
	f.community.SetValue(l.community)
	f.user.SetValue(l.user)
	f.auth.SetValue(l.auth)
	f.priv.SetValue(l.priv)
	f.profile.SetValue(l.profile)
	f.third.Set(l.third)
	f.version(l.third)
}

func (f *scanForm) keep(l *look) {
	l.targets, l.exclude, l.gateway, l.profile = f.targets.Value(), f.exclude.Value(), f.gateway.Value(), f.profile.Value()
	l.community, l.user, l.auth, l.priv, l.third = f.community.Value(), f.user.Value(), f.auth.Value(), f.priv.Value(), f.third.On()
}

// order is what the person asks for. A credential is for the switches' tables as well; SNMPv3 uses SHA and AES.
func (f *scanForm) order() scan.Order {
	o := scan.Order{Targets: words(f.targets.Value()), Exclude: words(f.exclude.Value()), Gateways: words(f.gateway.Value()), Profile: scan.Profile(f.profile.Value())}
	switch {
	case f.third.On() && f.user.Value() != "":
		o.SNMP = scan.SNMP{Version: "3", User: f.user.Value(), Switches: true}
		if p := f.auth.Value(); p != "" {
			o.SNMP.Auth, o.SNMP.AuthPass = "SHA", p
		}
		if p := f.priv.Value(); p != "" {
			o.SNMP.Priv, o.SNMP.PrivPass = "AES", p
		}
	case !f.third.On() && f.community.Value() != "":
		o.SNMP = scan.SNMP{Version: "2c", Community: f.community.Value(), Switches: true}
	}
	return o
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;，；、\n", r) })
}
