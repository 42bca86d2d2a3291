package probe

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// maxPage is the most that is read of one page.
const maxPage = 128 << 10

// httpGet is one GET; last closes the connection after it.
func httpGet(host, path string, last bool) []byte {
	conn := "keep-alive"
	if last {
		conn = "close"
	}
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: shangyun\r\nAccept: */*\r\nConnection: %s\r\n\r\n", path, host, conn)
}

var (
	httpHead   = regexp.MustCompile(`^GET (\S+) HTTP/1\.1\r\nHost: ([0-9.]+(?::[0-9]+)?)\r\nUser-Agent: shangyun\r\nAccept: \*/\*\r\nConnection: (?:close|keep-alive)\r\n\r\n$`)
	plainPath  = regexp.MustCompile(`^/[A-Za-z0-9/._~-]{0,200}$`) // no query: a question mark may be a command
	httpMethod = text("GET /") + "*"
)

// httpTemplate allows GETs of paths that allowed holds: without a body, without a query.
func httpTemplate(name string, allowed func(path string) bool) Template {
	return Template{Name: name, Mask: httpMethod, Rule: "只有 GET，没有参数和正文", Check: func(f []byte) bool {
		m := httpHead.FindSubmatch(f)
		return m != nil && plainPath.Match(m[1]) && !bytes.Contains(m[1], []byte("..")) && allowed(string(m[1]))
	}}
}

func onePath(path string) func(string) bool { return func(p string) bool { return p == path } }

// hostHeader is what stands in Host.
func (t *Talk) hostHeader() string {
	if t.Port == 80 || t.Port == 443 {
		return t.Host.String()
	}
	return fmt.Sprintf("%s:%d", t.Host, t.Port)
}

// httpSize tells the length of an answer with a declared length, or errMore while it lasts until the device closes.
func httpSize(b []byte) (int, error) {
	if !bytes.HasPrefix(b, []byte("HTTP/1.")[:min(7, len(b))]) {
		return 0, errNotOurs
	}
	head, body, whole := bytes.Cut(b, []byte("\r\n\r\n"))
	if !whole {
		if len(b) > 32<<10 {
			return 0, errTooLong
		}
		return 0, errMore
	}
	low := bytes.ToLower(head)
	if at := bytes.Index(low, []byte("\r\ncontent-length:")); at >= 0 {
		value, _, _ := bytes.Cut(low[at+17:], []byte("\r\n"))
		if n, err := strconv.Atoi(string(bytes.TrimSpace(value))); err == nil && n >= 0 {
			return len(head) + 4 + min(n, maxPage), nil
		}
		return 0, errNotOurs
	}
	if bytes.Contains(low, []byte("\r\ntransfer-encoding: chunked")) {
		if at := bytes.Index(body, []byte("\r\n0\r\n\r\n")); at >= 0 {
			return len(head) + 4 + at + 7, nil
		}
	}
	if code := string(head[min(9, len(head)):min(12, len(head))]); code == "304" || code == "204" {
		return len(head) + 4, nil
	}
	if len(b) >= maxPage {
		return len(b), nil
	}
	return 0, errMore
}

// get asks for a page and keeps it. It tells whether the connection can be used once more.
func (t *Talk) get(path string, last bool) (page []byte, again bool, err error) {
	if err := t.Send(httpGet(t.hostHeader(), path, last)); err != nil {
		return nil, false, err
	}
	b, err := t.Receive(httpSize)
	if err != nil {
		if isEOF(err) && len(b) > 0 { // until it closed
			return b, false, nil
		}
		return b, false, err
	}
	low := bytes.ToLower(b[:min(len(b), 4096)])
	return b, !last && !bytes.Contains(low, []byte("\r\nconnection: close")) && bytes.HasPrefix(low, []byte("http/1.1")), nil
}

// webPage is an answer taken apart.
type webPage struct {
	code   int
	header http.Header
	body   []byte
}

func parsePage(b []byte) (webPage, error) {
	r, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(b)), nil)
	if err != nil {
		return webPage{}, err
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxPage))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && len(body) == 0 {
		body = nil
	}
	return webPage{r.StatusCode, r.Header, body}, nil
}

var (
	titleTag = regexp.MustCompile(`(?is)<title[^>]*>(.{0,400}?)</title>`)
	iconTag  = regexp.MustCompile(`(?is)<link[^>]{0,200}rel=["'](?:shortcut )?icon["'][^>]{0,300}>`)
	hrefAttr = regexp.MustCompile(`(?i)href=["']([^"']{1,200})["']`)
)

func (p webPage) title() string {
	if m := titleTag.FindSubmatch(p.body); m != nil {
		return words(m[1])
	}
	return ""
}

// sameHost gives the path of a redirect that stays on this host and port and carries no query; "" otherwise.
func (p webPage) sameHost(host string) string {
	to := p.header.Get("Location")
	if p.code < 300 || p.code > 399 || to == "" {
		return ""
	}
	for _, scheme := range []string{"http://", "https://"} {
		to = strings.TrimPrefix(to, scheme+host)
	}
	to, _, _ = strings.Cut(to, "#")
	if !plainPath.MatchString(to) || strings.Contains(to, "..") || strings.HasPrefix(to, "//") || to == "/" {
		return ""
	}
	return to
}

// icon gives the path of the page's icon on this host, /favicon.ico when none is named.
func (p webPage) icon() string {
	if tag := iconTag.Find(p.body); tag != nil {
		if m := hrefAttr.FindSubmatch(tag); m != nil {
			path, _, _ := strings.Cut(string(m[1]), "?")
			if !strings.HasPrefix(path, "/") {
				path = "/" + strings.TrimPrefix(path, "./")
			}
			if plainPath.MatchString(path) && !strings.Contains(path, "..") && !strings.HasPrefix(path, "//") {
				return path
			}
		}
	}
	return "/favicon.ico"
}
