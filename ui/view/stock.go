package view

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// RateCard is one rate with the lines behind each of its parts.
type RateCard struct {
	Name, Percent, Text, Rule string
	Parts                     []RatePart
}

// RatePart is a share of a rate and the ids of its lines.
type RatePart struct {
	Label string
	Lines []string
}

// RateCards lists the rates of a register, each clickable down to its machines. Parts without a line are left out.
func RateCards(w Words, c *survey.Case) []RateCard {
	var out []RateCard
	for _, r := range inventory.Rates(inventory.Count(c.Assets)) {
		k := RateCard{Name: r.Name, Percent: r.Percent, Text: r.Text, Rule: w("stock.rate.rule", r.Rule, r.Standard, r.Status)}
		if k.Percent == "" {
			k.Percent = "—"
		}
		for _, p := range []inventory.Part{inventory.PartCounted, inventory.PartRest, inventory.PartOpen} {
			lines, err := inventory.Behind(c.Assets, r.Key, p)
			if err == nil && len(lines) > 0 {
				k.Parts = append(k.Parts, RatePart{w("stock.part."+string(p), len(lines)), lines})
			}
		}
		out = append(out, k)
	}
	return out
}

// NextStep says what is not known of a machine and where to look; ok is false for one that is identified.
func NextStep(st *wizard.State, asset string) (u inventory.Unidentified, ok bool) {
	for _, u := range inventory.Open(st.Case, st.Plates) {
		if u.Asset == asset {
			return u, true
		}
	}
	return u, false
}

// Photos names the pictures of a machine's name plate.
func Photos(c *survey.Case, asset string) (names []string) {
	for _, a := range c.Attachments {
		if a.Role == survey.RolePlate && a.For == asset {
			names = append(names, a.Name)
		}
	}
	return names
}

// Others lists the other lines of the register, for a choice.
func Others(w Words, c *survey.Case, asset string) []ListItem {
	var out []ListItem
	for i := range c.Assets {
		if a := &c.Assets[i]; a.ID != asset {
			out = append(out, ListItem{Value: a.ID, Text: cmpOr(a.Name, w("inventory.unnamed")), Note: strings.TrimSpace(a.AssetID + " " + a.Nameplate.Model)})
		}
	}
	return out
}

func cmpOr(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// Separable lists the witnesses of a line that can be taken out again: number and words.
func Separable(w Words, a *survey.Asset) (out []ListItem) {
	with := 0
	for _, e := range a.Evidence {
		if len(e.Said) > 0 || e.Source == survey.SourcePerson {
			with++
		}
	}
	for i, e := range a.Evidence {
		if with > 1 && len(e.Said) > 0 && e.Source != survey.SourcePerson {
			out = append(out, ListItem{Value: strconv.Itoa(i), Text: strings.TrimSpace(w("inventory.source."+string(e.Source)) + " " + e.Ref)})
		}
	}
	return out
}
