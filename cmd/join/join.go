// Package join wires the parts of the house for the programs: packs, case file, importer, papers, portal. It decides nothing.
package join

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/parcel"
	"github.com/shangyuntong/shangyun/connectors/platform"
	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/connectors/solver"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/recommend/exact"
	"github.com/shangyuntong/shangyun/survey/subsidy"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// portableMark beside a program, whose content nobody reads, makes it keep its cases beside itself, e.g. on a USB stick.
const portableMark = "便携"

// portableFolder is where cases live then.
const portableFolder = "数据"

// DefaultFolder is where cases live unless the person says otherwise: in the person's own folder, or beside a portable program.
func DefaultFolder() string {
	if dir, ok := portable(); ok {
		return dir
	}
	base, err := os.UserConfigDir()
	if err != nil {
		base = "."
	}
	return filepath.Join(base, "shangyun")
}

// portable gives the folder of a portable program's cases.
func portable() (string, bool) {
	exe, err := os.Executable()
	if err != nil {
		return "", false
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(exe), portableMark)); err != nil {
		return "", false
	}
	return filepath.Join(filepath.Dir(exe), portableFolder), true
}

// basePolicy is the pack of a case whose firm names no region yet.
const basePolicy = "hunan-text-v1"

// Texts decodes the languages, once.
var Texts = sync.OnceValues(func() (map[string]survey.Text, error) { return pack.Texts(assets.Text) })

// Packs decodes the packs that come with the program, once.
var Packs = sync.OnceValues(func() (wizard.Packs, error) { return packsOf(assets.Packs()) })

// packsOf decodes packs and runs their own examples.
func packsOf(files fs.FS) (wizard.Packs, error) {
	var p wizard.Packs
	qs, err := pack.Questionnaires(files)
	if err != nil {
		return p, err
	}
	if p.Standards, err = pack.Standards(files); err != nil {
		return p, err
	}
	ps, err := pack.Policies(files)
	if err != nil {
		return p, err
	}
	p.Questions, p.Policies, p.Policy = qs[0], ps, subsidy.Find(ps, basePolicy)
	if p.Software, err = pack.Software(files); err != nil {
		return p, err
	}
	if p.Guide, err = pack.Guide(files); err != nil {
		return p, err
	}
	if p.Portals, err = pack.Portals(files); err != nil {
		return p, err
	}
	if p.Intakes, err = pack.Intakes(files); err != nil {
		return p, err
	}
	p.Catalog, err = pack.Catalog(files)
	return p, err
}

// Engine gives the one outside solver of this program, HiGHS. It is loaded by the first model that our own search leaves open, and its
// compiled code is kept in the user's cache folder.
var Engine = sync.OnceValue(func() exact.Engine {
	h := &solver.HiGHS{}
	if dir, ok := portable(); ok {
		h.Folder = filepath.Join(dir, "highs")
	} else if dir, err := os.UserCacheDir(); err == nil {
		h.Folder = filepath.Join(dir, "shangyun", "highs")
	}
	return h
})

// Solver gives the one solver of this program: our own search, which Engine goes on with.
func Solver() recommend.Solver { return recommend.Exact{Engine: Engine()} }

// Thinking gives a desk without a case file: it can only derive and make papers.
func Thinking() (*wizard.Desk, error) {
	p, err := Packs()
	if err != nil {
		return nil, err
	}
	return wizard.NewDesk(wizard.Parts{Packs: p, Filler: filler{}, Prints: prints(), Dossiers: filler{}, Reporter: filler{}, Solver: Solver(), Engine: Engine(), Now: time.Now, NewID: newID, Program: Version}), nil
}

// Desk opens the case file in dir and joins a whole desk around it. Close the closer when done.
func Desk(ctx context.Context, dir, by string) (*wizard.Desk, io.Closer, error) {
	p, files, err := packsIn(dir)
	if err != nil {
		return nil, nil, err
	}
	db, err := Store(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	store := guard{db}
	if !store.LockState(time.Now()).Locked {
		store.due(ctx)
	}
	wire := sender{client.New(client.WithMemory(uploads{db}))}
	device, err := os.Hostname()
	if err != nil || device == "" {
		device = "电脑"
	}
	return wizard.NewDesk(choosing(wizard.Parts{
		Cases: db, Overviews: db, Blobs: db.Blobs(), Outbox: db.Outbox(), Settings: db, Lock: store, Ways: store, Backups: db, History: db, Audit: db, Eraser: db, Retainer: db,
		Registers: registers{},
		Scanner:   scanner{}, Software: software{}, Network: Network(dir), Importer: importer{}, Invoices: invoices{}, Filler: filler{files}, Prints: prints(), Dossiers: filler{files}, Reporter: filler{files}, Registrar: wire, Sender: wire, Intake: platform.New(time.Now),
		Updater: updater{shelf(dir)},
		Threads: db, Parcels: parcel.Parcels{}, Solver: Solver(), Engine: Engine(),
		Packs: p, Now: time.Now, NewID: newID, Secret: newSecret, Device: device, By: by, Program: Version,
	})), db, nil
}

// newID gives a UUIDv7. It panics only when the operating system has no random numbers.
func newID() string { return uuid.Must(uuid.NewV7()).String() }
