package wizard

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/seek"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// The kinds of what can be found in a case.
const (
	PlaceField  = "field"  // To is the path of a field
	PlaceAsset  = "asset"  // To is the path of the machine's name
	PlaceSystem = "system" // To is the path of the system's name
	PlaceItem   = "item"   // To is the path of the answer
	PlaceScene  = "scene"  // To is the path of the scene
	PlaceOffer  = "offer"  // To is the path plan.offer.<id>
	PlacePolicy = "policy" // To is the policy's id and the paragraph, hunan-text-v1.P3.3
	PlacePaper  = "paper"  // To is the path of the attachment
)

// fixedFields are the fields of a case that stand once, in the order of the pages.
var fixedFields = strings.Fields(`firm.name firm.creditCode firm.region firm.county firm.address firm.park firm.industry firm.products firm.legalRep firm.founded firm.capital
	firm.nature firm.vatPayer firm.aboveScale firm.independent firm.dishonest asOf firm.contact.name firm.contact.phone firm.contact.email firm.declaredSize
	plan.budget firm.bank.accountName firm.bank.bankName firm.bank.account project.name project.start project.end project.place project.coreSystem
	project.summary project.before project.after project.goals project.useMonths`)

// yearFields are the fields of each year.
var yearFields = strings.Fields("staff revenue mainRevenue cost profit tax assets energyKgce")

// Places lists what can be found in a case and the packs that it follows: fields with what they hold, machines, systems, questions with their
// answers, scenes, offers, sentences of the policy, attachments. Each names the place where it stands.
func (t Say) Places(st *State) []seek.Entry {
	out := t.fields(st)
	c := st.Case
	for i := range c.Assets {
		a := &c.Assets[i]
		out = append(out, seek.Entry{Kind: PlaceAsset, Title: a.Name, Note: strings.Join(filled(a.AssetID, a.Nameplate.Manufacturer, a.Nameplate.Model, a.Workshop, a.Process), " · "),
			Words: a.Nameplate.SerialNumber + " " + a.Line + " " + a.Control, To: "assets." + a.ID + ".name"})
	}
	for i := range c.Systems {
		s := &c.Systems[i]
		out = append(out, seek.Entry{Kind: PlaceSystem, Title: s.Name, Note: strings.Join(filled(s.Vendor, s.Product), " · "), To: "systems." + s.ID + ".name"})
	}
	out = append(out, t.answers(st)...)
	if st.Catalog != nil {
		out = append(out, Offers(st.Catalog)...)
	}
	out = append(out, Paragraphs(st.Policies)...)
	for i := range c.Attachments {
		a := &c.Attachments[i]
		out = append(out, seek.Entry{Kind: PlacePaper, Title: a.Name, Note: a.Role, To: "attachments." + a.ID})
	}
	return out
}

func filled(words ...string) (out []string) {
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

func (t Say) fields(st *State) []seek.Entry {
	var out []seek.Entry
	add := func(path, label string) {
		value := ""
		if !strings.HasPrefix(path, "firm.contact.") && !strings.HasPrefix(path, "firm.bank.") { // persons and accounts are not shown in passing
			value = shownAt(st, path)
		}
		out = append(out, seek.Entry{Kind: PlaceField, Title: label, Note: clip(value), To: path})
	}
	for _, path := range fixedFields {
		add(path, t.labelOf(path))
	}
	if last := st.Case.LastYear(); last > 0 {
		for year := last; year > last-2; year-- {
			for _, f := range yearFields {
				add("years."+strconv.Itoa(year)+"."+f, strconv.Itoa(year)+" "+t("fact.year."+f))
			}
		}
	}
	return out
}

// shownAt is what a field shows: the kept draft, else the value.
func shownAt(st *State, path string) string {
	if draft, kept := st.Case.Drafts[path]; kept {
		return draft
	}
	value, err := Get(st.Case, path)
	if err != nil {
		return ""
	}
	return value
}

func (t Say) answers(st *State) []seek.Entry {
	var out []seek.Entry
	for i := range st.Assessment.Items {
		it := &st.Assessment.Items[i]
		note := t("find.unanswered")
		if it.Answered {
			note = t("find.answered", strings.Join(it.Counted, ""))
		}
		out = append(out, seek.Entry{Kind: PlaceItem, Title: it.Key + " " + it.Title, Note: note, Words: it.Term + " " + it.Help, To: "answers." + it.Key})
	}
	for i := range st.Assessment.Scenes {
		s := &st.Assessment.Scenes[i]
		out = append(out, seek.Entry{Kind: PlaceScene, Title: s.Title, Note: s.Group, Words: strings.Join(s.Levels, " "), To: "scenes." + s.Key})
	}
	return out
}

// Offers lists the products of a catalog with their vendors.
func Offers(c *recommend.Catalog) []seek.Entry {
	vendors := map[string]string{}
	for _, v := range c.Vendors {
		vendors[v.ID] = v.Name
	}
	out := make([]seek.Entry, len(c.Offers))
	for i := range c.Offers {
		o := &c.Offers[i]
		out[i] = seek.Entry{Kind: PlaceOffer, Title: strings.Join(filled(o.Title, o.Edition), " "), Note: vendors[o.Vendor], Words: o.Link + " " + o.ID, To: "plan.offer." + o.ID}
	}
	return out
}

// Paragraphs lists the policies' paragraphs, word for word.
func Paragraphs(all []*subsidy.Policy) []seek.Entry {
	var out []seek.Entry
	for _, p := range all {
		for _, par := range p.Paragraphs {
			out = append(out, seek.Entry{Kind: PlacePolicy, Title: par.ID + " " + clip(par.Text), Note: p.Title, Extra: par.Text, To: p.ID + "." + par.ID})
		}
	}
	return out
}
