package server

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// places are what a reviewer can point at, in the order of the papers.
type places struct {
	list []choice
	name map[string]string
	lang string
}

// reasonRow is one row of the form for returning.
type reasonRow struct {
	submit.Reason
	Name     string // of the place
	Revision int    // of a reason that was given before
	Places   []choice
	Codes    []choice
}

// row makes the form's row for a reason; a pointer to no known place is offered as it is.
func (p places) row(r submit.Reason) reasonRow {
	row := reasonRow{Reason: r, Name: p.name[r.Pointer]}
	if row.Name == "" {
		row.Name = r.Pointer
	}
	for _, c := range p.list {
		c.On = c.Value == r.Pointer
		row.Places = append(row.Places, c)
	}
	if r.Pointer != "" && p.name[r.Pointer] == "" {
		row.Places = append(row.Places, choice{r.Pointer, r.Pointer, true})
	}
	for _, c := range submit.ReasonCodes {
		row.Codes = append(row.Codes, choice{c.Code, c.Code + " " + say(p.lang, c.Name), c.Code == r.Code})
	}
	return row
}

// pointer joins the parts of a place; templates call it.
func pointer(parts ...any) string {
	names := make([]string, len(parts))
	for i, p := range parts {
		switch p := p.(type) {
		case string:
			names[i] = p
		case int:
			names[i] = strconv.Itoa(p)
		}
	}
	return submit.Pointer(names...)
}

func placesOf(v *visit, sealed submit.Sealed, p paper) places {
	out := places{name: map[string]string{}, lang: v.lang}
	add := func(at, name string) {
		out.list, out.name[at] = append(out.list, choice{Value: at, Word: name}), name
	}
	add("", v.t("整份申请"))
	if p.Form != nil {
		for i, section := range p.Form.Sections {
			for j, f := range section.Fields {
				add(pointer("document", "form", "sections", i, "fields", j), section.Title+" › "+f.Label)
			}
			for j, t := range section.Tables {
				at := pointer("document", "form", "sections", i, "tables", j)
				add(at, section.Title+" › "+t.Title)
				for k, cells := range t.Rows {
					add(at+pointer("rows", k), t.Title+" › "+v.t("第")+" "+strconv.Itoa(k+1)+" "+v.t("行")+" "+short(slices.DeleteFunc(slices.Clone(cells), func(s string) bool { return s == "" })))
				}
			}
		}
	}
	var top map[string]json.RawMessage
	if json.Unmarshal(sealed.Submission.Document, &top) == nil {
		for _, name := range slices.Sorted(maps.Keys(top)) {
			if name != "form" || p.Form == nil {
				add(pointer("document", name), v.t(label(name)))
			}
		}
	}
	for i, b := range sealed.Submission.Attachments {
		add(pointer("attachments", i), v.t("材料")+" › "+b.Name)
	}
	return out
}

// short names a row by its first cells.
func short(cells []string) string {
	return strings.Join(cells[:min(len(cells), 2)], " ")
}

// placeName gives a difference's place in words: the longest known beginning, then the members' own names.
func placeName(v *visit, sealed submit.Sealed, at string) string {
	p, err := paperOf(sealed.Submission.Document)
	if err != nil {
		return at
	}
	known := placesOf(v, sealed, p)
	for head := at; head != ""; head = head[:strings.LastIndexByte(head, '/')] {
		if name := known.name[head]; name != "" {
			rest := strings.Split(strings.TrimPrefix(strings.TrimSuffix(strings.TrimPrefix(at, head), "/value"), "/"), "/")
			for _, r := range rest {
				if r != "" {
					name += " › " + v.t(label(r))
				}
			}
			return name
		}
	}
	parts := strings.Split(strings.TrimPrefix(at, "/"), "/")
	for i, part := range parts {
		parts[i] = v.t(label(part))
	}
	return strings.Join(parts, " › ")
}
