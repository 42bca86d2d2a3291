package apply

// Application is a filled form: one data set for DOCX, PDF, XLSX and JSON, so that they cannot disagree.
type Application struct {
	Kind     string    `json:"kind"` // application or onboarding
	Title    string    `json:"title"`
	Number   string    `json:"number"` // 申报表编号 printed on every page: case id and revision
	Date     string    `json:"date"`   // 2026年11月22日
	Sections []Section `json:"sections"`
	Notes    []string  `json:"notes"` // statements that every paper carries (validity, level rule, 测算上限)
	Checks   []Check   `json:"checks"`
	Missing  []Missing `json:"missing"`
}

// Section is one part of the form.
type Section struct {
	Key    string   `json:"key"`
	Title  string   `json:"title"`
	Fields []Field  `json:"fields,omitempty"`
	Tables []Table  `json:"tables,omitempty"`
	Text   []string `json:"text,omitempty"` // paragraphs, e.g. the promise
}

// Field is one filled field of the closed dictionary (Fields).
type Field struct {
	Key      string `json:"key"`   // "firm.name"
	Label    string `json:"label"` // with unit, e.g. 上年度主营业务收入（万元）
	Value    string `json:"value"` // "" when missing; see Printed
	Required bool   `json:"required,omitempty"`
	Source   string `json:"source,omitempty"`  // where the value comes from
	Options  []Tick `json:"options,omitempty"` // boxes of a choice, in form order; Value names the ticked ones
}

// Tick is one box of a choice.
type Tick struct {
	Text string `json:"text"`
	On   bool   `json:"on"`
}

// Table is one table of the form; rows hold as many cells as there are columns.
type Table struct {
	Key     string     `json:"key"`
	Title   string     `json:"title"`
	Keys    []string   `json:"keys"` // one name per column, for templates: {{.supplier}}
	Columns []string   `json:"columns"`
	Right   []bool     `json:"right,omitempty"` // right-aligned columns
	Rows    [][]string `json:"rows"`
	Total   []string   `json:"total,omitempty"`
}

// Check is one cross-check that found something.
type Check struct {
	Level  string `json:"level"` // must (必改) or hint (提示)
	Code   string `json:"code"`  // stable name, e.g. "parts-total"
	Text   string `json:"text"`
	Clause string `json:"clause,omitempty"`
	Jump   string `json:"jump,omitempty"` // field path or page that mends it
}

// Missing is a paper that the form asks for and the case lacks.
type Missing struct {
	Name   string `json:"name"`
	Why    string `json:"why"`
	Must   bool   `json:"must"`
	Jump   string `json:"jump,omitempty"`
	Issuer string `json:"issuer,omitempty"`
}

// Must tells whether a 必改 finding or a missing 必交 paper stands against sending.
func (a *Application) Must() bool {
	for _, c := range a.Checks {
		if c.Level == "must" {
			return true
		}
	}
	for _, m := range a.Missing {
		if m.Must {
			return true
		}
	}
	return false
}
