package survey

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Fact is one stored row of a case: a kind, an id inside the kind, a place in its list, and the JSON of the noun. Stores keep facts and
// never look inside Data, so that it can be sealed.
type Fact struct {
	Kind  string          `json:"kind"`
	ID    string          `json:"id"`
	Order int             `json:"order"`
	Data  json.RawMessage `json:"data"`
}

// list describes one list of a case: its kind, how to write it out and how to take a row back.
type list struct {
	kind string
	each func(c *Case, yield func(id string, v any)) // v is a pointer
	add  func(c *Case, data []byte, room int) error  // room: how many rows of the kind are still to come, this one included
}

func listOf[T any](kind string, at func(*Case) *[]T, id func(*T) string) list {
	return list{
		kind: kind,
		each: func(c *Case, yield func(string, any)) {
			s := *at(c)
			for i := range s {
				yield(id(&s[i]), &s[i])
			}
		},
		add: func(c *Case, data []byte, room int) error {
			s := at(c)
			*s = append(slices.Grow(*s, room), *new(T))
			return strictQuick(string(data), &(*s)[len(*s)-1])
		},
	}
}

var lists = []list{
	listOf("site", func(c *Case) *[]Site { return &c.Sites }, func(v *Site) string { return v.ID }),
	listOf("year", func(c *Case) *[]Year { return &c.Years }, func(v *Year) string { return strconv.Itoa(v.Year) }),
	listOf("title", func(c *Case) *[]Title { return &c.Titles }, func(v *Title) string { return v.ID }),
	listOf("asset", func(c *Case) *[]Asset { return &c.Assets }, func(v *Asset) string { return v.ID }),
	listOf("system", func(c *Case) *[]System { return &c.Systems }, func(v *System) string { return v.ID }),
	listOf("arrangement", func(c *Case) *[]Arrangement { return &c.Arrangements }, func(v *Arrangement) string { return string(v.Kind) }),
	listOf("conflict", func(c *Case) *[]Conflict { return &c.Conflicts }, func(v *Conflict) string { return v.ID }),
	listOf("answer", func(c *Case) *[]Answer { return &c.Answers }, func(v *Answer) string { return v.Item }),
	listOf("scene", func(c *Case) *[]SceneAnswer { return &c.Scenes }, func(v *SceneAnswer) string { return v.Scene }),
	listOf("contract", func(c *Case) *[]Contract { return &c.Contracts }, func(v *Contract) string { return v.ID }),
	listOf("invoice", func(c *Case) *[]Invoice { return &c.Invoices }, func(v *Invoice) string { return v.ID }),
	listOf("payment", func(c *Case) *[]Payment { return &c.Payments }, func(v *Payment) string { return v.ID }),
	listOf("aid", func(c *Case) *[]Aid { return &c.Aids }, func(v *Aid) string { return v.ID }),
	listOf("notice", func(c *Case) *[]Notice { return &c.Notices }, func(v *Notice) string { return v.Measure }),
	listOf("attachment", func(c *Case) *[]Attachment { return &c.Attachments }, func(v *Attachment) string { return v.ID }),
	listOf("consent", func(c *Case) *[]Consent { return &c.Consents }, func(v *Consent) string { return v.ID }),
	listOf("snapshot", func(c *Case) *[]Snapshot { return &c.Snapshots }, func(v *Snapshot) string { return v.Label }),
	listOf("edition", func(c *Case) *[]Edition { return &c.Editions }, func(v *Edition) string { return v.Digest }),
	listOf("settlement", func(c *Case) *[]Settlement { return &c.Settlements }, func(v *Settlement) string { return v.ID }),
	listOf("layout", func(c *Case) *[]Layout { return &c.Layouts }, func(v *Layout) string { return v.ID }),
}

// Listed tells whether facts of a kind stand in a list, so that their order counts.
func Listed(kind string) bool {
	return slices.ContainsFunc(lists, func(l list) bool { return l.kind == kind })
}

// Facts takes the case apart into rows, in a fixed order. An id that is empty or doubled inside its kind is an error, because a row
// would be lost.
func (c *Case) Facts() ([]Fact, error) {
	return c.facts(func(string, string, int, any) bool { return true })
}

// facts gives the rows that want asks for; v is the noun itself or a pointer to it.
func (c *Case) facts(want func(kind, id string, order int, v any) bool) ([]Fact, error) {
	var out []Fact
	var failed error
	put := func(kind, id string, order int, v any) {
		if id != "" && !want(kind, id, order, v) {
			return
		}
		data, err := json.Marshal(v)
		if err != nil || id == "" {
			failed = Fail(CodeInternal, "survey.facts", "%s 缺少编号或无法保存", kind)
			return
		}
		out = append(out, Fact{Kind: kind, ID: id, Order: order, Data: data})
	}
	put("asOf", "asOf", 0, c.AsOf)
	put("firm", "firm", 0, c.Firm)
	put("plan", "plan", 0, c.Plan)
	put("onboarding", "onboarding", 0, c.Onboarding)
	put("project", "project", 0, c.Project)
	for _, l := range lists {
		seen, n := map[string]bool{}, 0
		l.each(c, func(id string, v any) {
			if seen[id] {
				failed = Fail(CodeField, "survey.facts", "%s 编号 %s 重复", l.kind, id)
			}
			seen[id] = true
			put(l.kind, id, n, v)
			n++
		})
	}
	keys := make([]string, 0, len(c.Drafts))
	for k := range c.Drafts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		put("draft", k, 0, c.Drafts[k])
	}
	return out, failed
}

// ids tells what Facts would refuse, without writing the rows.
func (c *Case) ids() error {
	var failed error
	for _, l := range lists {
		seen := map[string]bool{}
		l.each(c, func(id string, _ any) {
			switch {
			case id == "":
				failed = Fail(CodeInternal, "survey.facts", "%s 缺少编号或无法保存", l.kind)
			case seen[id]:
				failed = Fail(CodeField, "survey.facts", "%s 编号 %s 重复", l.kind, id)
			}
			seen[id] = true
		})
	}
	if _, nameless := c.Drafts[""]; nameless {
		failed = Fail(CodeInternal, "survey.facts", "%s 缺少编号或无法保存", "draft")
	}
	return failed
}

// Assemble puts rows back into a case whose ID, Created and AsOf the caller has set; a row may hold a later AsOf. Rows may come in any order; unknown kinds and unknown
// fields are refused, so that nothing is dropped silently.
func (c *Case) Assemble(facts []Fact) error {
	c.Schema = SchemaCase
	facts = slices.Clone(facts)
	slices.SortStableFunc(facts, func(a, b Fact) int {
		if d := strings.Compare(a.Kind, b.Kind); d != 0 {
			return d
		}
		if a.Order != b.Order {
			return a.Order - b.Order
		}
		return strings.Compare(a.ID, b.ID)
	})
	end := 0 // of the rows of one kind
	for i, f := range facts {
		for end <= i || end < len(facts) && facts[end].Kind == f.Kind {
			end++
		}
		if err := c.take(f, end-i); err != nil {
			return &Error{Code: CodeStoreDamaged, Op: "survey.assemble", Detail: f.Kind, Err: err}
		}
	}
	slices.SortStableFunc(c.Years, func(a, b Year) int { return a.Year - b.Year }) // two computers may each have added one
	return nil
}

func (c *Case) take(f Fact, room int) error {
	switch f.Kind {
	case "asOf":
		return strictJSON(f.Data, &c.AsOf)
	case "firm":
		return strictJSON(f.Data, &c.Firm)
	case "plan":
		return strictJSON(f.Data, &c.Plan)
	case "onboarding":
		return strictJSON(f.Data, &c.Onboarding)
	case "project":
		return strictJSON(f.Data, &c.Project)
	case "draft":
		var s string
		if err := strictJSON(f.Data, &s); err != nil {
			return err
		}
		if c.Drafts == nil {
			c.Drafts = map[string]string{}
		}
		c.Drafts[f.ID] = s
		return nil
	}
	for _, l := range lists {
		if l.kind == f.Kind {
			return l.add(c, f.Data, room)
		}
	}
	return fmt.Errorf("unknown kind %q", f.Kind)
}

// DecodeCase reads the exchange JSON. Unknown fields, a second value behind the first and a wrong schema mark are refused.
func DecodeCase(data []byte) (*Case, error) { return DecodeCaseText(string(data)) }

// DecodeCaseText is DecodeCase of a text; the case's own texts are parts of it and keep it in memory.
func DecodeCaseText(data string) (*Case, error) {
	var c Case
	if err := strictQuick(data, &c); err != nil {
		return nil, &Error{Code: CodeCaseFile, Op: "survey.decode", Err: err}
	}
	if c.Schema != SchemaCase {
		return nil, Fail(CodeCaseFile, "survey.decode", "schema 应为 %s", SchemaCase)
	}
	if err := c.ids(); err != nil {
		return nil, err
	}
	return &c, nil
}

func strictJSON(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("trailing data")
	}
	return nil
}
