package wizard

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/pack"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

// Signatures checks detached signatures (minisign).
type Signatures interface {
	// Verify fails unless sig is key's signature of data.
	Verify(key string, data, sig []byte) error
}

// settingCatalogs keeps the loaded catalogs; maxCatalog bounds one and maxCatalogs their number.
const (
	settingCatalogs = "catalogs"
	maxCatalog      = 1 << 20
	maxCatalogs     = 20
)

// LoadedCatalog is one catalog file beside the shipped one. Later ones lie over earlier ones, offer by offer.
type LoadedCatalog struct {
	ID      string      `json:"id"`
	Title   string      `json:"title"`
	Date    survey.Date `json:"date"`
	Sponsor string      `json:"sponsorRelation"`
	File    string      `json:"file"`
	SHA256  string      `json:"sha256"`
	Key     string      `json:"key,omitempty"` // public key that signed it; "" is unsigned
	Added   time.Time   `json:"added"`
	Off     bool        `json:"off,omitempty"` // kept but not used
	Offers  int         `json:"offers"`
	Text    string      `json:"text,omitempty"` // the file; left out of what is listed
}

// Catalogs lists the loaded catalogs in the order in which they lie over each other, without their texts.
func (d *Desk) Catalogs(ctx context.Context) ([]LoadedCatalog, error) {
	all, err := d.loaded(ctx)
	for i := range all {
		all[i].Text = ""
	}
	return all, err
}

func (d *Desk) loaded(ctx context.Context) ([]LoadedCatalog, error) {
	out := []LoadedCatalog{}
	if d.Settings == nil {
		return out, nil
	}
	raw, err := d.Settings.Setting(ctx, settingCatalogs)
	if err != nil || raw == "" {
		return out, err
	}
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		return nil, survey.Wrap(survey.CodeStoreDamaged, "wizard.catalogs", err)
	}
	return out, nil
}

// AddCatalog loads a catalog file over those at hand, in place of one of the same id. With a signature the key has to be its signer's; an id
// that was signed once is only taken from the same key again, and no older than it was (E0120). What the file says is checked like a shipped one
// (E0701).
func (d *Desk) AddCatalog(ctx context.Context, name string, data, sig []byte, key string) (LoadedCatalog, error) {
	const op = "wizard.catalog"
	if len(data) > maxCatalog {
		return LoadedCatalog{}, survey.Fail(survey.CodeFileTooBig, op, "产品目录最大 1 MB")
	}
	all, err := d.loaded(ctx)
	if err != nil {
		return LoadedCatalog{}, err
	}
	part, err := pack.CatalogOver(name, data, d.Packs.Catalog)
	if err != nil {
		return LoadedCatalog{}, err
	}
	if part.ID == "" || part.ID == d.Packs.Catalog.ID {
		return LoadedCatalog{}, survey.Fail(survey.CodeCatalog, op, "目录要有自己的 id、title、date 和 sponsor_relation，才分得清来源")
	}
	if len(sig) > 0 || key != "" {
		if d.Signers == nil || d.Signers.Verify(key, data, sig) != nil {
			return LoadedCatalog{}, survey.Fail(survey.CodeCatalog, op, "签名与公钥、文件不符，没有采用")
		}
	}
	sum := sha256.Sum256(data)
	l := LoadedCatalog{ID: part.ID, Title: part.Title, Date: part.Date, Sponsor: part.Sponsor, File: clip(name), SHA256: hex.EncodeToString(sum[:]), Key: key, Added: d.Now().UTC(), Offers: len(part.Offers), Text: string(data)}
	i := slices.IndexFunc(all, func(k LoadedCatalog) bool { return k.ID == l.ID })
	switch {
	case i < 0 && len(all) >= maxCatalogs:
		return l, survey.Fail(survey.CodeCatalog, op, "最多同时装 %d 份目录", maxCatalogs)
	case i >= 0 && all[i].Key != "" && all[i].Key != key:
		return l, survey.Fail(survey.CodeCatalog, op, "“%s”上一版由另一把密钥签名，这一版没有同一把密钥的签名", l.Title)
	case i >= 0 && l.Date.Before(all[i].Date):
		return l, survey.Fail(survey.CodeCatalog, op, "“%s”比已装的（%s）旧", l.Title, all[i].Date)
	case i >= 0:
		all = slices.Delete(all, i, i+1)
	}
	err = d.keepCatalogs(ctx, append(all, l))
	l.Text = ""
	return l, err
}

// DropCatalog forgets a loaded catalog; SwitchCatalog keeps it without using it, or uses it again.
func (d *Desk) DropCatalog(ctx context.Context, id string) error {
	return d.changeCatalogs(ctx, id, func(all []LoadedCatalog, i int) []LoadedCatalog { return slices.Delete(all, i, i+1) })
}

// SwitchCatalog turns a loaded catalog on or off.
func (d *Desk) SwitchCatalog(ctx context.Context, id string, on bool) error {
	return d.changeCatalogs(ctx, id, func(all []LoadedCatalog, i int) []LoadedCatalog { all[i].Off = !on; return all })
}

func (d *Desk) changeCatalogs(ctx context.Context, id string, change func([]LoadedCatalog, int) []LoadedCatalog) error {
	all, err := d.loaded(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(k LoadedCatalog) bool { return k.ID == id })
	if i < 0 {
		return survey.Fail(survey.CodeUnknownItem, "wizard.catalog", "没有装目录 %s", clip(id))
	}
	return d.keepCatalogs(ctx, change(all, i))
}

func (d *Desk) keepCatalogs(ctx context.Context, all []LoadedCatalog) error {
	raw, err := json.Marshal(all)
	if err != nil {
		return survey.Wrap(survey.CodeInternal, "wizard.catalogs", err)
	}
	return d.Settings.PutSetting(ctx, settingCatalogs, string(raw))
}

// CompareCatalog tells what a loaded catalog would change against the shipped one at the quantities of a case.
func (d *Desk) CompareCatalog(ctx context.Context, st *State, id string) ([]recommend.Difference, error) {
	all, err := d.loaded(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range all {
		if l.ID != id {
			continue
		}
		part, err := pack.CatalogOver(l.File, []byte(l.Text), d.Packs.Catalog)
		if err != nil {
			return nil, err
		}
		return recommend.Compare(d.Packs.Catalog, recommend.Lay(d.Packs.Catalog, part), recommend.QuantitiesOf(st.Assessment, st.Case)), nil
	}
	return nil, survey.Fail(survey.CodeUnknownItem, "wizard.catalog", "没有装目录 %s", clip(id))
}

// shelf is what the desk keeps of the loaded catalogs between two looks.
type shelf struct {
	raw string
	cat *recommend.Catalog
}

// catalog is the shipped catalog with the loaded ones over it. When they cannot be read – the folder is locked, a file is no good any more – the
// shipped one is given.
func (d *Desk) catalog(ctx context.Context) *recommend.Catalog {
	base := d.Packs.Catalog
	if d.Settings == nil || base == nil {
		return base
	}
	raw, err := d.Settings.Setting(ctx, settingCatalogs)
	if err != nil || raw == "" {
		return base
	}
	if d.shelf.cat != nil && d.shelf.raw == raw {
		return d.shelf.cat
	}
	all, err := d.loaded(ctx)
	if err != nil {
		return base
	}
	cat := base
	for _, l := range all {
		if part, err := pack.CatalogOver(l.File, []byte(l.Text), base); err == nil && !l.Off {
			cat = recommend.Lay(cat, part)
		}
	}
	d.shelf = shelf{raw, cat}
	return cat
}
