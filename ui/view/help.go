package view

import (
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/manual"
	"github.com/shangyuntong/shangyun/survey/seek"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// Topic is one thing to be read in the help.
type Topic struct {
	Key    string // term:联网率, scene:quality, policy:hunan-text-v1.P3.3, manual:2.1, guide:3
	Title  string
	Note   string
	Deep   bool // stands under the topic before it
	Blocks []manual.Block
}

// The kinds of topics, as their keys begin.
const (
	TopicTerm   = "term"
	TopicScene  = "scene"
	TopicPolicy = "policy"
	TopicManual = "manual"
	TopicGuide  = "guide"
)

// TopicKind is the kind of a topic's key.
func TopicKind(key string) string {
	kind, _, _ := strings.Cut(key, ":")
	return kind
}

func prose(text ...string) (out []manual.Block) {
	for _, t := range text {
		out = append(out, manual.Block{Kind: manual.Prose, Text: t})
	}
	return out
}

// PageHelp tells what a page is for, what counts and what happens with the data, and the keys that work everywhere.
func PageHelp(w Words, page string) []Topic {
	var out []Topic
	for _, part := range []string{"for", "counts", "data"} {
		out = append(out, Topic{Title: w("help.section." + part), Blocks: prose(w("help." + page + "." + part))})
	}
	keys := manual.Block{Kind: manual.Table, Rows: [][]string{
		{"F1", w("help.key.help")}, {"Ctrl+K", w("help.key.find")}, {"Tab · Shift+Tab", w("help.key.tab")}, {"Ctrl+Z · Ctrl+Y", w("help.key.undo")},
		{"Ctrl+Enter", w("help.key.next")}, {"Alt+←", w("help.key.back")}, {"Ctrl+L", w("help.key.lock")},
	}}
	return append(out, Topic{Title: w("help.section.keys"), Blocks: []manual.Block{keys}})
}

// Terms lists what can be looked up: the glossary, the scenes of the questionnaire in use, the paragraphs of the policies.
func Terms(w Words, terms []manual.Term, q *assess.Questionnaire, policies []*subsidy.Policy) []Topic {
	var out []Topic
	for _, t := range terms {
		out = append(out, Topic{Key: TopicTerm + ":" + t.Name, Title: t.Name, Note: t.Group, Blocks: append(prose(t.Text...), prose(w("help.source")+"："+t.Source)...)})
	}
	if q != nil {
		for i := range q.Scenes {
			out = append(out, sceneTopic(w, q, &q.Scenes[i]))
		}
	}
	for _, p := range policies {
		for _, par := range p.Paragraphs {
			title := par.ID + " " + par.Text
			if r := []rune(title); len(r) > 22 {
				title = string(r[:22]) + "…"
			}
			out = append(out, Topic{Key: TopicPolicy + ":" + p.ID + "." + par.ID, Title: title, Note: p.Title,
				Blocks: prose(par.Text, w("help.source")+"："+p.Title+" "+par.ID, p.Validity)})
		}
	}
	return out
}

// sceneTopic explains a scene by the sentences of its levels, as the assessment asks them.
func sceneTopic(w Words, q *assess.Questionnaire, s *assess.Scene) Topic {
	note := "help.scene.plain"
	if s.Star {
		note = "help.scene.star"
	}
	levels := manual.Block{Kind: manual.Bullets}
	for i, text := range s.Levels {
		levels.Items = append(levels.Items, w("help.scene.level", w("assess.level."+strconv.Itoa(i+1)), text))
	}
	blocks := []manual.Block{levels}
	if s.Example != "" {
		blocks = append(blocks, prose(w("help.scene.example", s.Example))...)
	}
	return Topic{Key: TopicScene + ":" + s.Key, Title: s.Title, Note: w(note, w("help.scene")), Blocks: append(blocks, prose(w("help.source")+"："+q.Title+"，"+q.Status)...)}
}

// Pages lists a manual's chapters and sections in order.
func Pages(kind string, m manual.Manual) []Topic {
	var out []Topic
	if len(m.Lead) > 0 {
		out = append(out, Topic{Key: kind + ":0", Title: m.Title, Blocks: m.Lead})
	}
	for i, c := range m.Chapters {
		key := kind + ":" + strconv.Itoa(i+1)
		out = append(out, Topic{Key: key, Title: c.Title, Blocks: c.Blocks})
		if len(c.Blocks) == 0 && len(c.Sections) > 0 { // a chapter is never an empty page
			out[len(out)-1].Blocks = c.Sections[0].Blocks
		}
		for j, s := range c.Sections {
			out = append(out, Topic{Key: key + "." + strconv.Itoa(j+1), Title: s.Title, Deep: true, Blocks: s.Blocks})
		}
	}
	return out
}

// TopicEntries makes topics findable by their titles, notes and words.
func TopicEntries(kind string, topics []Topic) []seek.Entry {
	out := make([]seek.Entry, len(topics))
	for i, t := range topics {
		var words []string
		for _, b := range t.Blocks {
			words = append(append(words, b.Text), b.Items...)
			for _, row := range b.Rows {
				words = append(words, row...)
			}
		}
		out[i] = seek.Entry{Kind: kind, Title: t.Title, Note: t.Note, Words: strings.Join(words, " "), To: t.Key}
	}
	return out
}

// FindTopics gives the topics that words find, best first; all of them in their order for no words.
func FindTopics(topics []Topic, words string) []Topic {
	if strings.TrimSpace(words) == "" {
		return topics
	}
	at := map[string]int{}
	for i, t := range topics {
		at[t.Key] = i
	}
	var out []Topic
	for _, e := range seek.New(TopicEntries("", topics)).Find(words, 0) {
		out = append(out, topics[at[e.To]])
	}
	return out
}
