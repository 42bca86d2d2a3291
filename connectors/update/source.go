package update

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Found is a package that was found somewhere.
type Found struct {
	Manifest
	From  string // file, or address when it is not fetched yet
	Size  int64  // bytes, 0 when unknown
	Fault error  // why it is no package of ours; From alone is known then
}

// ListName is the file that tells what lies in a folder on the net. It is not signed: every package it names is, and is verified once fetched.
const ListName = "updates.json"

// Listed is a line of ListName.
type Listed struct {
	File string `json:"file"`
	Size int64  `json:"size"`
	Manifest
}

const maxList = 4 << 20

// Look finds packages in a file, in a folder such as a USB stick's, or at an https address of a folder or a file. It fails with E0708 when
// there is nothing.
func (k Keys) Look(ctx context.Context, where string) ([]Found, error) {
	if strings.Contains(where, "://") {
		return look(ctx, where)
	}
	info, err := os.Stat(where)
	if err != nil {
		return nil, &survey.Error{Code: survey.CodeUpdateSource, Op: "update.look", Detail: where, Err: err}
	}
	names := []string{where}
	if info.IsDir() {
		if names, err = filepath.Glob(filepath.Join(glob(where), "*"+Ext)); err != nil || len(names) == 0 {
			return nil, &survey.Error{Code: survey.CodeUpdateSource, Op: "update.look", Detail: where, Err: err}
		}
	}
	slices.Sort(names)
	var out []Found
	for _, name := range names[:min(len(names), 200)] {
		out = append(out, k.file(name))
	}
	return out, nil
}

// glob makes a folder's own name safe in a pattern.
func glob(dir string) string {
	if os.PathSeparator == '\\' {
		return dir // its patterns know no escape; a folder with [ is found under its parent only
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
}

func (k Keys) file(name string) Found {
	out := Found{From: name}
	f, err := os.Open(name)
	if err != nil {
		out.Fault = &survey.Error{Code: survey.CodeFileMissing, Op: "update.look", Detail: filepath.Base(name), Err: err}
		return out
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		out.Fault = &survey.Error{Code: survey.CodeFileMissing, Op: "update.look", Detail: filepath.Base(name), Err: err}
		return out
	}
	p, err := k.Read(f, info.Size())
	if err != nil {
		out.Fault = err
		return out
	}
	out.Manifest, out.Size = p.Manifest, info.Size()
	return out
}

// look reads what an address offers without fetching the packages.
func look(ctx context.Context, where string) ([]Found, error) {
	if strings.HasSuffix(where, Ext) {
		return []Found{{From: where}}, nil
	}
	base := strings.TrimSuffix(strings.TrimSuffix(where, ListName), "/") + "/"
	body, err := get(ctx, base+ListName)
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }()
	data, err := io.ReadAll(io.LimitReader(body, maxList+1))
	var list []Listed
	if err == nil && len(data) <= maxList {
		err = json.Unmarshal(data, &list)
	}
	if err != nil || len(data) > maxList || len(list) > 200 {
		return nil, &survey.Error{Code: survey.CodeUpdateSource, Op: "update.look", Detail: ListName + " 读不懂", Err: err}
	}
	var out []Found
	for _, l := range list {
		if l.File == filepath.Base(l.File) && strings.HasSuffix(l.File, Ext) {
			out = append(out, Found{Manifest: l.Manifest, From: base + url.PathEscape(l.File), Size: l.Size})
		}
	}
	if len(out) == 0 {
		return nil, survey.Fail(survey.CodeUpdateSource, "update.look", "%s", where)
	}
	return out, nil
}

// Fetch brings a package to a file of its own in folder and gives its name; a local one is used where it lies. say is told the fraction, 0 to 1.
func Fetch(ctx context.Context, from, folder string, size int64, say func(fraction float64)) (string, error) {
	if !strings.Contains(from, "://") {
		return from, nil
	}
	body, err := get(ctx, from)
	if err != nil {
		return "", err
	}
	defer func() { _ = body.Close() }()
	f, err := os.CreateTemp(folder, "update-*"+Ext)
	if err != nil {
		return "", placeError(err, folder)
	}
	source := &reading{r: io.LimitReader(body, maxProgram+maxManifest)}
	_, err = io.Copy(f, io.TeeReader(source, meter{size, new(int64), say}))
	if source.err != nil {
		err = &survey.Error{Code: survey.CodeUpdateSource, Op: "update.fetch", Detail: "下载中断", Err: source.err}
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(placeError(err, filepath.Base(f.Name())), os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// meter tells how much of size has come.
type meter struct {
	size int64
	had  *int64
	say  func(float64)
}

func (m meter) Write(b []byte) (int, error) {
	*m.had += int64(len(b))
	if m.size > 0 {
		m.say(min(1, float64(*m.had)/float64(m.size)))
	}
	return len(b), nil
}

// client follows redirects to safe addresses only, and gives up on a server that does not begin to answer.
var client = &http.Client{
	Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, ResponseHeaderTimeout: 60 * time.Second, TLSHandshakeTimeout: 30 * time.Second, ForceAttemptHTTP2: true},
	CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > 5 || !safe(r.URL) {
			return errors.New("redirected to an address that is not https")
		}
		return nil
	},
}

func get(ctx context.Context, address string) (io.ReadCloser, error) {
	const op = "update.get"
	u, err := url.Parse(address)
	if err != nil || !safe(u) {
		return nil, survey.Fail(survey.CodeInsecure, op, "更新地址须以 https:// 开头（本机除外）")
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, &survey.Error{Code: survey.CodeUpdateSource, Op: op, Err: err}
	}
	resp, err := client.Do(r)
	if err != nil {
		return nil, &survey.Error{Code: survey.CodeUpdateSource, Op: op, Detail: u.Host, Err: err}
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.Join(survey.Fail(survey.CodeUpdateSource, op, "%s", fmt.Sprintf("%s 回答 %d", u.Host, resp.StatusCode)), resp.Body.Close())
	}
	return resp.Body, nil
}

// safe tells whether an address is https, or plain on this very machine.
func safe(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" && u.Host != "" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}
