package wizard

import (
	"context"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/shangyuntong/shangyun/survey"
)

// Photo is one file of a folder of photos; Read is called once.
type Photo struct {
	Name string
	Read func() ([]byte, error)
}

// PhotoTaken tells what became of a photo.
type PhotoTaken struct {
	Name    string      `json:"name"`
	Asset   string      `json:"asset,omitempty"` // Asset.ID it was filed with
	Machine string      `json:"machine,omitempty"`
	By      string      `json:"by,omitempty"`   // "qr" or "name": how the machine was told
	Code    survey.Code `json:"code,omitempty"` // why it was not taken at all
	Detail  string      `json:"detail,omitempty"`
}

// maxPhotos bounds one folder.
const maxPhotos = 5_000

// TakePhotos files photos of a visit with their machines: by a QR code in the picture (that of the walk sheet, or one that says an asset or serial
// number), else by the asset number in the file's name. What fits no machine, or several, is kept without one, to be filed by a person (FilePhoto);
// a file that cannot be read is named and stops nothing. The same photo twice is kept once. Undo takes all of it back.
func (d *Desk) TakePhotos(ctx context.Context, id string, photos []Photo, tell func(done int)) (*State, []PhotoTaken, error) {
	if len(photos) > maxPhotos {
		return nil, nil, survey.Fail(survey.CodeFileTooBig, "wizard.photos", "一次最多 %d 张照片", maxPhotos)
	}
	c, err := d.Cases.Load(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	taken := make([]PhotoTaken, len(photos))
	var files []survey.Attachment
	for i, p := range photos {
		if ctx.Err() != nil {
			return nil, nil, survey.Wrap(survey.CodeCancelled, "wizard.photos", ctx.Err())
		}
		if tell != nil {
			tell(i)
		}
		a, t, err := d.takePhoto(ctx, c, p)
		if err != nil {
			t.Code, t.Detail = survey.CodeOf(err), survey.DetailOf(err)
		} else {
			files = append(files, a)
		}
		taken[i] = t
	}
	st, err := d.Edit(ctx, id, func(c *survey.Case) error {
		for _, a := range files {
			filePhoto(c, a)
		}
		return nil
	})
	return st, taken, err
}

func (d *Desk) takePhoto(ctx context.Context, c *survey.Case, p Photo) (survey.Attachment, PhotoTaken, error) {
	t := PhotoTaken{Name: p.Name}
	data, err := p.Read()
	if err != nil {
		return survey.Attachment{}, t, err
	}
	kind := pictureType(data)
	switch {
	case kind == "":
		return survey.Attachment{}, t, survey.Fail(survey.CodeFileKind, "wizard.photos", "不是 PNG 或 JPEG 照片")
	case len(data) > 64<<20:
		return survey.Attachment{}, t, survey.Fail(survey.CodeFileTooBig, "wizard.photos", "超过 64 MB")
	}
	at := -1
	if d.Codes != nil {
		codes, _ := d.Codes(data) // a picture without a code is told by its name
		for _, code := range codes {
			if at = assetOfCode(c, code); at >= 0 {
				t.By = "qr"
				break
			}
		}
	}
	if at < 0 {
		if at = assetOfName(c, p.Name); at >= 0 {
			t.By = "name"
		}
	}
	sha, err := d.Blobs.Put(ctx, data)
	if err != nil {
		return survey.Attachment{}, t, err
	}
	a := survey.Attachment{ID: d.NewID(), Name: path.Base(strings.ReplaceAll(p.Name, `\`, "/")), Role: survey.RolePhoto, SHA256: sha, Size: int64(len(data)), Type: kind, Added: d.Now().UTC()}
	if at >= 0 {
		t.Asset, t.Machine = c.Assets[at].ID, c.Assets[at].Name
		a.For = t.Asset
	}
	return a, t, nil
}

// filePhoto keeps a photo once: with its machine rather than without one, and never taken away from the machine a person filed it with.
func filePhoto(c *survey.Case, a survey.Attachment) {
	for i := range c.Attachments {
		k := &c.Attachments[i]
		if k.Role != survey.RolePhoto || k.SHA256 != a.SHA256 {
			continue
		}
		if k.For == "" {
			k.For = a.For
		}
		return
	}
	c.Attachments = append(c.Attachments, a)
}

// FilePhoto files a photo with a machine; "" takes it from its machine.
func (d *Desk) FilePhoto(ctx context.Context, id, photo, asset string) (*State, error) {
	return d.Edit(ctx, id, func(c *survey.Case) error {
		i := slices.IndexFunc(c.Attachments, func(a survey.Attachment) bool { return a.ID == photo && a.Role == survey.RolePhoto })
		if i < 0 {
			return survey.Fail(survey.CodeUnknownItem, "wizard.photo", "没有这张照片")
		}
		if asset != "" {
			if _, err := assetAt(c, asset); err != nil {
				return err
			}
		}
		c.Attachments[i].For = asset
		return nil
	})
}

func pictureType(data []byte) string {
	switch head := string(data[:min(len(data), 8)]); {
	case strings.HasPrefix(head, "\x89PNG\r\n\x1a\n"):
		return "image/png"
	case strings.HasPrefix(head, "\xff\xd8\xff"):
		return "image/jpeg"
	}
	return ""
}

// assetOfCode finds the one machine that a QR code speaks of, -1 for none or several.
func assetOfCode(c *survey.Case, code string) int {
	code = strings.TrimSpace(code)
	if id, ok := strings.CutPrefix(code, survey.AssetCode("")); ok {
		return slices.IndexFunc(c.Assets, func(a survey.Asset) bool { return a.ID == id })
	}
	if code == "" {
		return -1
	}
	return only(c, func(a *survey.Asset) bool { return a.AssetID == code || a.Nameplate.SerialNumber == code })
}

// assetOfName finds the one machine whose asset number or id stands in a file's name as a word of its own; the longest number counts.
func assetOfName(c *survey.Case, name string) int {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.ToUpper(strings.TrimSuffix(name, path.Ext(name)))
	best := ""
	for i := range c.Assets {
		for _, key := range []string{c.Assets[i].ID, c.Assets[i].AssetID} {
			if key = strings.ToUpper(key); len(key) > len(best) && isWord(name, key) {
				best = key
			}
		}
	}
	if best == "" {
		return -1
	}
	return only(c, func(a *survey.Asset) bool { return strings.ToUpper(a.ID) == best || strings.ToUpper(a.AssetID) == best })
}

// isWord tells whether a key begins a name, or stands in it with neither letter nor digit beside it. Short keys have to begin it: a camera's own
// numbers would be taken for them.
func isWord(name, key string) bool {
	for at, from := 0, 0; ; from = at + 1 {
		i := strings.Index(name[from:], key)
		if i < 0 {
			return false
		}
		at = from + i
		before, after := rune(' '), rune(' ')
		for _, r := range name[:at] {
			before = r
		}
		for _, r := range name[at+len(key):] {
			after = r
			break
		}
		free := func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) }
		if free(before) && free(after) && (at == 0 || len(key) >= 4) {
			return true
		}
	}
}

func only(c *survey.Case, same func(a *survey.Asset) bool) int {
	at := -1
	for i := range c.Assets {
		if same(&c.Assets[i]) {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}
