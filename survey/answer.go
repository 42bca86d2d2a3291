package survey

// Answer is what a person declared for one scored item (Q1–Q15). For an item that the register answers it is the
// declaration 自报 that stands beside the computed answer.
type Answer struct {
	Item        string     `json:"item"`                  // item key, e.g. "Q6"
	Options     []string   `json:"options"`               // option letters, sorted; empty means withdrawn
	Explanation string     `json:"explanation,omitempty"` // why a declaration differs from the computed answer
	Evidence    []Evidence `json:"evidence,omitempty"`
}

// SceneAnswer is the level a person confirmed for one of the 16 应用场景.
type SceneAnswer struct {
	Scene    string     `json:"scene"` // scene key
	Level    int        `json:"level"` // 0 (未开展) to 4
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Onboarding is what one platform operator needs to connect the firm; it never holds bank, identity, finances or other
// vendors' offers.
type Onboarding struct {
	Operator string   `json:"operator,omitempty"` // vendor of the chosen offers
	Offers   []string `json:"offers,omitempty"`
	Assets   []string `json:"assets,omitempty"` // Asset.IDs to connect
	Network  string   `json:"network,omitempty"`
	From     Date     `json:"from,omitempty"` // wished start
	To       Date     `json:"to,omitempty"`
	Note     string   `json:"note,omitempty"`
}
