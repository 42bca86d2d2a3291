package update

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"aead.dev/minisign"

	"github.com/shangyuntong/shangyun/survey"
)

// Package is a package whose signature was checked. Its files are checked one by one as they are read.
type Package struct {
	Manifest
	files map[string]*zip.File
}

// Read checks a package of size bytes. It fails with E0702 when no key of k signed it and with E0703 when it is broken or not one of ours.
func (k Keys) Read(r io.ReaderAt, size int64) (*Package, error) {
	const op = "update.read"
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &survey.Error{Code: survey.CodeUpdate, Op: op, Detail: "不是更新包，或没有复制完整", Err: err}
	}
	if len(z.File) > maxFiles+2 {
		return nil, survey.Fail(survey.CodeUpdate, op, "更新包里文件太多")
	}
	p := &Package{files: map[string]*zip.File{}}
	for _, f := range z.File {
		if p.files[f.Name] != nil {
			return nil, survey.Fail(survey.CodeUpdate, op, "文件 %q 出现两次", f.Name)
		}
		p.files[f.Name] = f
	}
	raw, err := p.part(manifestName, maxManifest)
	if err != nil {
		return nil, err
	}
	signature, err := p.part(signatureName, 4096)
	if err != nil {
		return nil, err
	}
	if p.Manifest, err = k.parse(raw, signature); err != nil {
		return nil, err
	}
	if len(p.files) != len(p.Files)+2 {
		return nil, survey.Fail(survey.CodeUpdate, op, "更新包里有清单以外的文件")
	}
	return p, nil
}

// part reads a member of at most limit bytes.
func (p *Package) part(name string, limit int64) ([]byte, error) {
	f := p.files[name]
	if f == nil {
		return nil, survey.Fail(survey.CodeUpdate, "update.read", "更新包里没有 %s", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, &survey.Error{Code: survey.CodeUpdate, Op: "update.read", Detail: name, Err: err}
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	err = errors.Join(err, r.Close())
	if err == nil && int64(len(data)) > limit {
		err = errors.New("larger than announced")
	}
	if err != nil {
		return nil, &survey.Error{Code: survey.CodeUpdate, Op: "update.read", Detail: name, Err: err}
	}
	return data, nil
}

// copyTo writes one file of the manifest and holds it against its digest; what was written before a difference showed is worthless.
func (p *Package) copyTo(w io.Writer, f File) error {
	member := p.files[f.Name]
	if member == nil {
		return survey.Fail(survey.CodeUpdate, "update.copy", "更新包里没有 %s", f.Name)
	}
	r, err := member.Open()
	if err != nil {
		return &survey.Error{Code: survey.CodeUpdate, Op: "update.copy", Detail: f.Name, Err: err}
	}
	defer func() { _ = r.Close() }()
	h := sha256.New()
	source := &reading{r: io.LimitReader(r, f.Size+1)}
	n, err := io.Copy(io.MultiWriter(h, w), source)
	switch {
	case source.err != nil:
		return &survey.Error{Code: survey.CodeUpdate, Op: "update.copy", Detail: f.Name, Err: source.err}
	case err != nil:
		return placeError(err, f.Name)
	case n != f.Size || hex.EncodeToString(h.Sum(nil)) != f.SHA256:
		return survey.Fail(survey.CodeUpdate, "update.copy", "%s 与签名的清单不符", f.Name)
	}
	return nil
}

// reading keeps a reader's failure apart from a writer's.
type reading struct {
	r   io.Reader
	err error
}

func (r *reading) Read(b []byte) (int, error) {
	n, err := r.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// all reads and checks every file into memory.
func (p *Package) all() (fstest.MapFS, error) {
	out := fstest.MapFS{}
	for _, f := range p.Files {
		var b bytes.Buffer
		if err := p.copyTo(&b, f); err != nil {
			return nil, err
		}
		out[f.Name] = &fstest.MapFile{Data: b.Bytes(), Mode: 0o444}
	}
	return out, nil
}

// Make signs and writes a package of files that stand below folder; m says everything but Format and Files. The same input gives the same bytes.
func Make(w io.Writer, m Manifest, folder string, names []string, key minisign.PrivateKey) error {
	m.Format, m.Files = 1, nil
	names = slices.Clone(names)
	slices.Sort(names)
	data := map[string][]byte{}
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		data[name] = b
		m.Files = append(m.Files, File{Name: name, Size: int64(len(b)), SHA256: hex.EncodeToString(sum[:])})
	}
	if err := m.check(); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	data[manifestName], data[signatureName] = raw, minisign.SignWithComments(key, raw, "shangyun update "+string(m.Kind), "signature from shangyun release key")
	z := zip.NewWriter(w)
	for _, name := range append([]string{signatureName, manifestName}, names...) {
		method := zip.Deflate
		if strings.HasPrefix(name, manifestName) {
			method = zip.Store
		}
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: time.Time{}})
		if err != nil {
			return err
		}
		if _, err := f.Write(data[name]); err != nil {
			return err
		}
	}
	return z.Close()
}
