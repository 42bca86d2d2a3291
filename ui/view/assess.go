package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Question is one of the questions of 数字化评测 as its card shows it: an item Q1–Q15 or a scene.
type Question struct {
	Key   string // "Q3", or the scene's key
	Scene bool
	Head  string // number, official term, how many answers, full points
	Title string
	Help  string
	Badge string
	Sure  Tone     // of the badge
	More  []string // what counts for each answer, and an example; shown on demand

	Calc      *Calc  // how the register answers
	Undefined string // why the register cannot answer
	Mend      string // path where that is mended

	Multi   bool
	Answers []Answer
	Chosen  []int

	Behind []Fact
	Facts  string // 看这 21 台

	Said   *Said    // the firm's own declaration beside the register's answer
	Level  *Confirm // of scenes
	Papers string   // documents an assessor asks for
	Proof  *Proving // those asked for with the answer that counts; nil when it brings no points
}

// Answer is one row to choose.
type Answer struct {
	Letter, Text, Points, Note, Sub string
	None                            bool // excludes the rest of a multiple choice
}

// Calc is a computed answer with its scale. The big parts are empty when the calculation is one sentence.
type Calc struct {
	Parts       []string // "21 / 60 台", "35.0%"
	Result      string   // "3 分"
	Sentence    string   // the calculation in one line, with its reservations
	Flip        string
	Bands       []Band
	Value, Next float32 // places on the scale, 0 to 1; Next is below 0 when nothing is near
}

// Band is one interval of the scale.
type Band struct {
	To            float32
	Label, Points string
}

// Fact is one fact behind an answer, with the path that leads to it.
type Fact struct{ Text, Path string }

// Said compares a declaration with the computed answer.
type Said struct {
	Computed, Declared, Counted string
	Differs                     bool
	Path                        string // of the explanation
}

// Confirm is how far a scene is: proposed by the register, confirmed by a person.
type Confirm struct {
	Proposed  int
	Proposal  string // level and reason in words
	Confirmed bool
	State     string // 已确认：二级, or 还没有确认
	Above     string // a warning when the confirmed level is higher than what the register proves
}

// Keys lists the questions in order: items, then scenes.
func Keys(a assess.Assessment) []string {
	out := make([]string, 0, len(a.Items)+len(a.Scenes))
	for i := range a.Items {
		out = append(out, a.Items[i].Key)
	}
	for i := range a.Scenes {
		out = append(out, a.Scenes[i].Key)
	}
	return out
}

// QuestionOf gives the card of a question; nil for an unknown key.
func QuestionOf(w Words, st *wizard.State, key string) *Question {
	a := &st.Assessment
	for i := range a.Items {
		if a.Items[i].Key == key {
			q := itemQuestion(w, st, &a.Items[i])
			q.Proof = provingOf(w, st, key)
			return q
		}
	}
	for i := range a.Scenes {
		if a.Scenes[i].Key == key {
			q := sceneQuestion(w, &a.Scenes[i])
			q.Proof = provingOf(w, st, key)
			return q
		}
	}
	return nil
}

func itemQuestion(w Words, st *wizard.State, it *assess.Item) *Question {
	many := w("assess.one")
	if it.Multi {
		many = w("assess.many")
	}
	q := &Question{
		Key: it.Key, Head: w("assess.head", it.Key, it.Term, many, it.Max.String()), Title: it.Title, Help: it.Help, Multi: it.Multi,
		Badge: w("assess.kind." + string(it.Kind)), Papers: strings.Join(it.Evidence, "、"),
	}
	q.Sure = map[assess.Kind]Tone{assess.KindFull: Under, assess.KindHalf: Careful}[it.Kind]
	if it.Example != "" {
		q.More = append(q.More, w("assess.example", it.Example))
	}
	computes := it.Kind == assess.KindFull
	for i, o := range it.Options {
		x := Answer{Letter: o.Letter, Text: o.Text, Points: w("assess.points", o.Points.String()), None: it.Multi && o.Points == 0}
		if computes {
			q.More = append(q.More, w("assess.counts", o.Letter, o.Note))
		} else {
			x.Sub = o.Note
		}
		x.Note = noteOf(w, it, o.Letter)
		q.Answers = append(q.Answers, x)
		if slices.Contains(shown(it), o.Letter) {
			q.Chosen = append(q.Chosen, i)
		}
	}
	if it.Computed != nil {
		q.Calc = calcOf(w, st, it)
	} else if it.Undefined != "" {
		q.Undefined, q.Mend = it.Undefined, mendOf(st, it)
	}
	q.Behind = factsOf(it.Behind)
	if n := len(q.Behind); n > 0 {
		q.Facts = w("assess.behind", n)
		if it.Ratio != nil && it.Behind[0].Kind == "asset" {
			q.Facts = w("assess.behind.machines", it.Ratio.Num)
		}
	}
	q.Said = saidOf(w, it)
	return q
}

// shown gives the letters that are marked: what the firm declared, else what the register says.
func shown(it *assess.Item) []string {
	if it.Declared != nil {
		return it.Declared
	}
	return it.Computed
}

func noteOf(w Words, it *assess.Item, letter string) string {
	computed, declared := slices.Contains(it.Computed, letter), slices.Contains(it.Declared, letter)
	switch {
	case computed && (it.Declared == nil || declared):
		return w("assess.note.computed")
	case computed:
		return w("assess.note.register")
	case declared && it.Computed != nil:
		return w("assess.note.declared")
	}
	return ""
}

func saidOf(w Words, it *assess.Item) *Said {
	if it.Declared == nil || it.Kind == assess.KindAsk {
		return nil
	}
	s := &Said{Declared: w("assess.said", strings.Join(it.Declared, "、"), it.DeclaredPoints.String()), Path: "answers." + it.Key + ".explanation"}
	switch {
	case it.Computed != nil:
		s.Computed = w("assess.found", strings.Join(it.Computed, "、"), it.ComputedPoints.String())
		s.Differs = !slices.Equal(it.Computed, it.Declared)
		s.Counted = w("assess.counted", it.Points.String())
	case it.Counted == nil:
		s.Declared = w("assess.said.only", strings.Join(it.Declared, "、"))
		s.Counted = w("assess.notcounted")
	default:
		return nil
	}
	return s
}

func factsOf(refs []assess.Ref) []Fact {
	out := make([]Fact, 0, len(refs))
	for _, r := range refs {
		path := map[string]string{"asset": "assets." + r.ID, "system": "systems." + r.ID, "payment": "payments." + r.ID,
			"year": "years." + r.ID + ".revenue", "arrangement": "arrangements." + r.ID + ".have"}[r.Kind]
		out = append(out, Fact{r.Text, path})
	}
	return out
}

// sceneQuestion makes the card of a scene: five rows from 未开展 to 四级.
func sceneQuestion(w Words, s *assess.SceneLevel) *Question {
	q := &Question{
		Key: s.Key, Scene: true, Head: w("assess.scene.head", s.No, s.Group), Title: s.Title, Help: w("assess.scene.help"),
		Badge: w("assess.kind.scene"), Sure: Careful, Papers: strings.Join(s.Evidence, "；"),
	}
	if s.Star {
		q.Head += w("assess.scene.star")
	}
	if s.Example != "" {
		q.More = []string{w("assess.example", s.Example)}
	}
	q.Answers = []Answer{{Letter: "A", Text: w("assess.scene.none")}}
	for i, text := range s.Levels {
		q.Answers = append(q.Answers, Answer{Letter: string(rune('B' + i)), Text: text, Points: w("assess.level." + strconv.Itoa(i+1))})
	}
	if s.Proposed < len(q.Answers) {
		q.Answers[s.Proposed].Note = w("assess.note.proposed")
	}
	q.Level = confirmOf(w, s)
	if s.Confirmed != nil {
		q.Chosen = []int{*s.Confirmed}
	}
	q.Behind = factsOf(s.Behind)
	if n := len(q.Behind); n > 0 {
		q.Facts = w("assess.behind", n)
	}
	return q
}

// confirmOf words the proposal and the confirmation of a scene; level 0 is 未开展.
func confirmOf(w Words, s *assess.SceneLevel) *Confirm {
	level := func(l int) string { return w("assess.level." + strconv.Itoa(l)) }
	c := &Confirm{Proposed: s.Proposed, Proposal: w("assess.scene.proposal", level(s.Proposed), s.Reason), State: w("assess.scene.open")}
	if s.Proposed == 0 {
		c.Proposal = w("assess.scene.proposal.none", s.Reason)
	}
	if s.Confirmed == nil {
		return c
	}
	c.Confirmed, c.State = true, w("assess.scene.done", level(*s.Confirmed))
	if *s.Confirmed == 0 {
		c.State = w("assess.scene.done.none")
	}
	switch {
	case *s.Confirmed <= s.Proposed:
	case s.Proposed == 0:
		c.Above = w("assess.scene.above.none")
	default:
		c.Above = w("assess.scene.above", level(s.Proposed))
	}
	return c
}
