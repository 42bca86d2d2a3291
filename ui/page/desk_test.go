package page_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/google/uuid"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/casedb"
	"github.com/shangyuntong/shangyun/connectors/importer"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui"
	"github.com/shangyuntong/shangyun/ui/part"
	"github.com/shangyuntong/shangyun/ui/theme"
)

// noon is the clock of the tests: the sample firm's reference day.
var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

// stand is the whole window over a real case file in a folder of its own.
type stand struct {
	t     testing.TB
	dir   string
	parts wizard.Parts
	desk  *wizard.Desk
	ui    *ui.UI
	win   fyne.Window

	pick   wizard.File   // what the next choice of a file hands over
	folder string        // what the next choice of a folder hands over
	saved  []wizard.File // what was written to a folder
}

// newStand opens the window over an empty case file; change may exchange parts of the desk, e.g. a scanner or sender of five lines.
func newStand(t testing.TB, change ...func(*wizard.Parts)) *stand {
	t.Helper()
	s := &stand{t: t, dir: t.TempDir()}
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Fonts{Regular: assets.FontSans(), Bold: assets.FontSansBold()}, theme.Options{Icon: assets.Icon}))
	db, err := casedb.Open(t.Context(), s.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s.parts = wizard.Parts{
		Cases: db, Overviews: db, Blobs: db.Blobs(), Outbox: db.Outbox(), Settings: db, History: db, Audit: db, Reporter: reporter{}, Eraser: db, Retainer: db, Importer: ledgers{}, Packs: packs(t),
		Now: func() time.Time { return noon }, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Secret: func() string { return strings.Repeat("5a", 32) }, Device: "测试机", By: "测试员",
	}
	for _, c := range change {
		c(&s.parts)
	}
	s.desk = wizard.NewDesk(s.parts)
	s.show()
	return s
}

// show makes the window anew, as after a restart of the program; change may exchange what it is made of.
func (s *stand) show(change ...func(*ui.Config)) {
	s.t.Helper()
	texts, err := pack.Texts(assets.Text)
	if err != nil {
		s.t.Fatal(err)
	}
	s.win = test.NewTempWindow(s.t, nil)
	s.win.SetPadded(false)
	s.win.Resize(fyne.NewSize(1180, 760))
	cfg := ui.Config{Help: reading(s.t), Desk: s.desk, Texts: texts, Inline: true, Sample: sampleFile(s.t, "企业资料.json"), Folder: s.dir, System: ui.System{
		Pick: func(_ fyne.Window, _ string, _ []string, got func(string, []byte, error)) {
			got(s.pick.Name, s.pick.Data, nil)
		},
		Write: func(_ string, files []wizard.File) error {
			s.saved = files
			return nil
		},
		Folder: func(_ fyne.Window, _ string, got func(string, error)) {
			if s.folder == "" {
				s.folder = "导出"
			}
			got(s.folder, nil)
		},
		Sheet: func(code, lock string) (wizard.File, error) {
			return wizard.File{Name: "恢复码-" + lock + ".pdf", Data: []byte(code)}, nil
		},
		Stream: func(name string, fill func(io.Writer) error) error {
			var out bytes.Buffer
			if err := fill(&out); err != nil {
				return err
			}
			s.saved = append(s.saved, wizard.File{Name: filepath.Base(name), Data: out.Bytes()})
			return nil
		},
	}}
	for _, c := range change {
		c(&cfg)
	}
	if s.ui, err = ui.New(s.win, cfg); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(s.ui.Close)
}

// sampleStand opens the window on the sample firm: its file, its ledger and its answers.
func sampleStand(t testing.TB, change ...func(*wizard.Parts)) *stand {
	t.Helper()
	s := newStand(t, change...)
	id := s.adoptSample()
	s.must(s.desk.Import(t.Context(), id, "台账.xlsx", sampleFile(t, "台账.xlsx")))
	var sheet struct {
		Answers map[string]string
		Scenes  map[string]int
	}
	if err := json.Unmarshal(sampleFile(t, "答卷.json"), &sheet); err != nil {
		t.Fatal(err)
	}
	for item, letters := range sheet.Answers {
		s.must(s.desk.Answer(t.Context(), id, item, strings.Split(letters, ""), ""))
	}
	for scene, level := range sheet.Scenes {
		s.must(s.desk.Scene(t.Context(), id, scene, level))
	}
	s.ui.Open(id)
	return s
}

// adoptSample stores the sample firm's file, without ledger and answers, and gives its id.
func (s *stand) adoptSample() string {
	s.t.Helper()
	c, err := survey.DecodeCase(sampleFile(s.t, "企业资料.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	st, err := s.desk.Adopt(s.t.Context(), c)
	if err != nil {
		s.t.Fatal(err)
	}
	return st.Case.ID
}

func sampleFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := assets.Sample.ReadFile("sample/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func packs(t testing.TB) wizard.Packs {
	t.Helper()
	qs, err := pack.Questionnaires(assets.Questions)
	if err != nil {
		t.Fatal(err)
	}
	ps, err := pack.Policies(assets.Policy)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := pack.Catalog(assets.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	standards, err := pack.Standards(assets.Questions)
	if err != nil {
		t.Fatal(err)
	}
	return wizard.Packs{Questions: qs[0], Standards: standards, Policies: ps, Policy: ps[0], Catalog: catalog}
}

type ledgers struct{}

func (ledgers) Fields() (out []wizard.ColumnField) {
	for _, f := range importer.Fields() {
		out = append(out, wizard.ColumnField{Key: string(f), Name: f.Name()})
	}
	return out
}

func (ledgers) Ledger(name string, data []byte, in wizard.Reading) (wizard.Ledger, error) {
	l, err := importer.Read(name, data, in.Layouts, in.At)
	l.Link(in.Systems)
	out := wizard.Ledger{Format: l.Format, Sheet: l.Sheet, Layout: l.Layout, Agreed: l.Agreed, Samples: l.Samples, Assets: l.Assets}
	for _, p := range l.Problems {
		out.Problems = append(out.Problems, fmt.Sprintf("第 %d 行 %s：%s", p.Row, p.Column, p.Text))
	}
	for _, k := range l.Skipped {
		out.Skipped = append(out.Skipped, fmt.Sprintf("第 %d 行（%s）：%s", k.Row, k.Reason, k.Text))
	}
	return out, err
}

// must fails the test when the last of a verb's results is an error.
func (s *stand) must(results ...any) {
	s.t.Helper()
	if err, ok := results[len(results)-1].(error); ok && err != nil {
		s.t.Fatal(err)
	}
}

// stored loads the open case from the file, so that a test compares what is saved and not what is shown.
func (s *stand) stored() *survey.Case {
	s.t.Helper()
	c, err := s.parts.Cases.Load(context.Background(), s.ui.Case())
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// get gives the saved value of a path as a form prints it.
func (s *stand) get(path string) string {
	s.t.Helper()
	v, err := wizard.Get(s.stored(), path)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

// walk visits everything that is shown, parents first: the page and what lies above it.
func (s *stand) walk(visit func(fyne.CanvasObject)) {
	for _, o := range append([]fyne.CanvasObject{s.win.Content()}, s.win.Canvas().Overlays().List()...) {
		walk(o, visit)
	}
}

func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch v := o.(type) {
	case *fyne.Container:
		for _, c := range v.Objects {
			walk(c, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(v).Objects() {
			walk(c, visit)
		}
	}
}

// words gives all words that are shown, without blanks and line breaks, so that wrapping does not matter.
func (s *stand) words() string {
	var b strings.Builder
	s.walk(func(o fyne.CanvasObject) {
		switch v := o.(type) {
		case *canvas.Text:
			b.WriteString(v.Text)
		case *part.Entry:
			b.WriteString(v.Text)
		}
	})
	return squeeze(b.String())
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// sees demands that words are shown; misses that they are not.
func (s *stand) sees(want ...string) {
	s.t.Helper()
	all := s.words()
	for _, w := range want {
		if !strings.Contains(all, squeeze(w)) {
			s.t.Errorf("%q is not shown", w)
		}
	}
}

func (s *stand) misses(want ...string) {
	s.t.Helper()
	all := s.words()
	for _, w := range want {
		if strings.Contains(all, squeeze(w)) {
			s.t.Errorf("%q is shown", w)
		}
	}
}

// field finds the shown field with a label; n says which when there are several, from 0.
func (s *stand) field(label string, n ...int) part.Field {
	s.t.Helper()
	var found []part.Field
	var labels []string
	s.walk(func(o fyne.CanvasObject) {
		f, ok := o.(part.Field)
		l, named := o.(interface{ Label() string })
		if ok && named {
			labels = append(labels, l.Label())
			if l.Label() == label {
				found = append(found, f)
			}
		}
	})
	at := 0
	if len(n) > 0 {
		at = n[0]
	}
	if at >= len(found) {
		s.t.Fatalf("no field %q among %q", label, labels)
	}
	return found[at]
}

// fill types into the field with a label, or chooses, and leaves it.
func (s *stand) fill(label, text string, n ...int) {
	s.t.Helper()
	f := s.field(label, n...)
	if e, ok := f.(interface{ Input() fyne.Focusable }).Input().(*part.Entry); ok {
		f.Focus()
		e.SetText("")
		test.Type(e, text)
		s.win.Canvas().Unfocus()
		return
	}
	c, ok := f.(interface{ Choose(string) })
	if !ok {
		s.t.Fatalf("field %q takes neither text nor a choice", label)
	}
	c.Choose(text)
}

// tap taps the shown button, chip or check with that label; n says which when there are several.
func (s *stand) tap(label string, n ...int) {
	s.t.Helper()
	var found []fyne.Tappable
	var labels []string
	s.walk(func(o fyne.CanvasObject) {
		b, ok := o.(fyne.Tappable)
		l, named := o.(interface{ Label() string })
		if _, entry := o.(*widget.Entry); ok && named && !entry {
			labels = append(labels, l.Label())
			if l.Label() == label {
				found = append(found, b)
			}
		}
	})
	at := 0
	if len(n) > 0 {
		at = n[0]
	}
	if at >= len(found) {
		s.t.Fatalf("nothing to tap with %q among %q", label, labels)
	}
	test.Tap(found[at])
}

// labelWith gives the label of the first thing to tap that begins with words.
func (s *stand) labelWith(words string) (label string) {
	s.t.Helper()
	s.walk(func(o fyne.CanvasObject) {
		l, named := o.(interface{ Label() string })
		if _, ok := o.(fyne.Tappable); ok && named && label == "" && strings.HasPrefix(l.Label(), words) {
			label = l.Label()
		}
	})
	return label
}

// table gives the n-th shown table.
func (s *stand) table(n int) *part.Table {
	s.t.Helper()
	var found []*part.Table
	s.walk(func(o fyne.CanvasObject) {
		if t, ok := o.(*part.Table); ok {
			found = append(found, t)
		}
	})
	if n >= len(found) {
		s.t.Fatalf("%d tables are shown, want number %d", len(found), n)
	}
	return found[n]
}
