package apply

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shangyuntong/shangyun/survey"
)

// Guide (报送指引) is what is known of one government portal: its screens in order, what to upload and the steps around it. Such a portal has
// no public interface: a person types or pastes, and no password of it is ever asked for or kept. The YAML tags are the pack's keys.
type Guide struct {
	ID       string        `yaml:"id"`
	Title    string        `yaml:"title"`
	Policies []string      `yaml:"policies"` // ids of the packs that are filed there; none is the guide for all others
	Address  string        `yaml:"address"`  // as published; "" when none is known
	Status   string        `yaml:"status"`   // what is not verified
	Sources  []GuideSource `yaml:"sources"`
	Screens  []GuideScreen `yaml:"screens"`
	Uploads  []GuideUpload `yaml:"uploads"`
	Steps    []GuideStep   `yaml:"steps"`
}

// GuideSource says where the order of the screens or a step comes from.
type GuideSource struct {
	Key       string      `yaml:"key"`
	Title     string      `yaml:"title"`
	Checked   survey.Date `yaml:"checked"`
	Secondary bool        `yaml:"secondary"`
}

// GuideScreen is one screen of the portal.
type GuideScreen struct {
	Title  string       `yaml:"title"`
	Note   string       `yaml:"note"`
	Source string       `yaml:"source"`
	Fields []GuideField `yaml:"fields"`
}

// GuideField is one box of a screen.
type GuideField struct {
	Field string `yaml:"field"` // key of the form's dictionary; "" when only the portal has it
	Label string `yaml:"label"` // as the portal names it; "" takes the form's
	Note  string `yaml:"note"`
	Limit int    `yaml:"limit"` // characters that fit, 0 unknown
}

// GuideUpload is one upload place: the papers of the packing list that belong there.
type GuideUpload struct {
	Label  string   `yaml:"label"`
	Papers []string `yaml:"papers"` // Paper.Key
}

// GuideStep is one step of the checklist. Before counts calendar days before the last day for handing in; nil has no day.
type GuideStep struct {
	Key    string `yaml:"key"`
	Title  string `yaml:"title"`
	Text   string `yaml:"text"`
	Who    string `yaml:"who"`
	Before *int   `yaml:"before"`
	Source string `yaml:"source"`
}

// Check holds a guide against the form's dictionary and the packing list.
func (g *Guide) Check() error {
	known, papers, sources := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, f := range applicationFields {
		known[f.Key] = true
	}
	for _, p := range commonPapers {
		papers[p.Key] = true
	}
	for _, s := range g.Sources {
		if s.Key == "" || s.Title == "" || sources[s.Key] {
			return fmt.Errorf("来源 %q 缺编号、题名或重复", s.Key)
		}
		sources[s.Key] = true
	}
	switch {
	case g.ID == "" || g.Title == "" || g.Status == "":
		return fmt.Errorf("缺 id、title 或 status")
	case len(g.Screens) == 0 || len(g.Steps) == 0:
		return fmt.Errorf("没有 screens 或 steps")
	}
	for _, s := range g.Screens {
		if s.Title == "" || !sources[s.Source] {
			return fmt.Errorf("屏幕 %q 缺标题，或来源 %q 未列出", s.Title, s.Source)
		}
		for _, f := range s.Fields {
			if f.Field != "" && !known[f.Field] || f.Field == "" && f.Label == "" {
				return fmt.Errorf("屏幕“%s”使用了未知字段 %q", s.Title, f.Field)
			}
		}
	}
	for _, u := range g.Uploads {
		for _, p := range u.Papers {
			if !papers[p] {
				return fmt.Errorf("上传项“%s”的材料 %q 不在装订清单里", u.Label, p)
			}
		}
	}
	seen := map[string]bool{}
	for _, s := range g.Steps {
		if s.Key == "" || s.Title == "" || seen[s.Key] || !sources[s.Source] {
			return fmt.Errorf("步骤 %q 缺编号、标题、来源或重复", s.Key)
		}
		seen[s.Key] = true
	}
	return nil
}

// InsecureText is what a person reads before going to a plain-HTTP address.
const InsecureText = "该地址是明文 HTTP：账号、密码和申报数据在途中可能被读取或改动。请先向受理单位核实有无 https 地址；确需使用时只在可信网络中由本人操作，不要使用与别处相同的密码。本程序不会向它发送任何数据。"

// NoInterfaceText says what can be expected of this program at a government portal.
const NoInterfaceText = "政府申报系统没有公开接口，本程序不自动提交：这里给出完整的材料包和按屏幕顺序排列的字段表，由人粘贴、核对和上传。本程序不询问、不保存申报系统的账号和密码。"

// Warning is InsecureText when the address is plain HTTP and not this machine, "" otherwise.
func Warning(address string) string {
	scheme, rest, ok := strings.Cut(strings.ToLower(strings.TrimSpace(address)), "://")
	if !ok || scheme != "http" {
		return ""
	}
	host, _, _ := strings.Cut(strings.ReplaceAll(rest, "\\", "/"), "/")
	host, _, _ = strings.Cut(host, "?")
	host = host[strings.LastIndexByte(host, '@')+1:]
	if strings.HasPrefix(host, "[::1]") {
		return ""
	}
	if name, _, _ := strings.Cut(host, ":"); name == "localhost" || name == "127.0.0.1" {
		return ""
	}
	return InsecureText
}

// Screen is one screen of the portal with the values to be pasted.
type Screen struct {
	Title  string       `json:"title"`
	Note   string       `json:"note,omitempty"`
	Source string       `json:"source"`
	Fields []SheetField `json:"fields"`
}

// SheetField is one value to be pasted.
type SheetField struct {
	No    string `json:"no"` // "2.3"
	Key   string `json:"key,omitempty"`
	Label string `json:"label"`
	Value string `json:"value"`          // as the form prints it
	Copy  string `json:"copy"`           // as boxes of web pages take it: no thousands signs, days as yyyy-mm-dd
	Note  string `json:"note,omitempty"` // why it is empty, or what to watch
	Over  bool   `json:"over,omitempty"` // longer than the box
}

// sheet lays the values of the form out in the order of the screens.
func (g *Guide) sheet(a *Application) []Screen {
	values, kinds := map[string]Field{}, map[string]FieldKind{}
	for _, s := range a.Sections {
		for _, f := range s.Fields {
			values[f.Key] = f
		}
	}
	for _, f := range applicationFields {
		kinds[f.Key] = f.Kind
	}
	var out []Screen
	for i, s := range g.Screens {
		screen := Screen{Title: s.Title, Note: s.Note, Source: g.source(s.Source)}
		for k, f := range s.Fields {
			v := values[f.Field]
			one := SheetField{No: itoa(i+1) + "." + itoa(k+1), Key: f.Field, Label: f.Label, Value: v.Value, Copy: pasted(v.Value, kinds[f.Field]), Note: f.Note}
			if one.Label == "" {
				one.Label = v.Label
			}
			if f.Field != "" && v.Value == "" && one.Note == "" {
				one.Note = "未填写"
			}
			if n := utf8.RuneCountInString(one.Copy); f.Limit > 0 && n > f.Limit {
				one.Over, one.Note = true, fmt.Sprintf("共 %d 字，该栏最多 %d 字，请先压缩", n, f.Limit)
			}
			screen.Fields = append(screen.Fields, one)
		}
		out = append(out, screen)
	}
	return out
}

func (g *Guide) source(key string) string {
	for _, s := range g.Sources {
		if s.Key == key {
			if s.Secondary {
				return s.Title + "（二手来源，待核实）"
			}
			return s.Title
		}
	}
	return ""
}

// pasted is a value as boxes of web pages take it.
func pasted(v string, kind FieldKind) string {
	switch kind {
	case KindYuan, KindWan, KindInt:
		if plain := strings.ReplaceAll(v, ",", ""); strings.Trim(plain, "0123456789.-") == "" {
			return plain
		}
	case KindDate:
		if d, err := survey.ParseDate(v); err == nil {
			return string(d)
		}
	}
	return v
}

// daysBefore is the day n calendar days before d; "" when d is no full date.
func daysBefore(d survey.Date, n int) survey.Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return survey.Date(t.AddDate(0, 0, -n).Format(time.DateOnly))
}
