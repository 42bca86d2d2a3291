package survey

// Layout (版式) is how a person agreed that a list of the firm is read, so that the next list with the same header is read alike.
type Layout struct {
	ID       string         `json:"id"`    // fingerprint of the header
	Name     string         `json:"name"`  // of the file it was agreed for
	Sheet    string         `json:"sheet"` // worksheet, "" in a text table
	Columns  []LayoutColumn `json:"columns"`
	Evidence []Evidence     `json:"evidence,omitempty"`
}

// LayoutColumn is one column of a list: what its header says, the field it fills and the unit of its amounts.
type LayoutColumn struct {
	Header string `json:"header"`
	Field  string `json:"field"`          // "ignored" is not read
	Unit   string `json:"unit,omitempty"` // 元, 千元, 万元
}
