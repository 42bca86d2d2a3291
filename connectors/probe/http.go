package probe

import (
	"bytes"
	"strings"

	"github.com/shangyuntong/shangyun/survey/scan"
)

// The web: GET /, on office networks then at most one redirect that stays on the host, and the icon, all on one connection. Nothing is
// posted, no query is sent, no other host is followed. TLS's certificate is kept.
func init() {
	web := func(name, title string, ports []int, ask func(*Talk) error, frames int) {
		register(Protocol{
			Name: name, Title: title, Transport: TCP, Ports: ports, Frames: frames, Bytes: 3*360 + (frames-3)*400,
			Templates: []Template{httpTemplate("get", func(string) bool { return true })},
			Ask:       ask, Read: readHTTP,
		})
	}
	web("http", "网页 HTTP", []int{80, 8080, 8000, 8081, 8088, 6888}, askHTTP, 3)
	web("https", "网页 HTTPS", []int{443, 8443}, func(t *Talk) error {
		if err := t.certificate(); err != nil {
			return err
		}
		return askHTTP(t)
	}, 12)
}

func askHTTP(t *Talk) error {
	b, again, err := t.get("/", t.OT)
	if err != nil || !again {
		return err
	}
	page, err := parsePage(b)
	if err != nil {
		return err
	}
	if to := page.sameHost(t.hostHeader()); to != "" {
		if b, again, err = t.get(to, false); err != nil || !again {
			return err
		}
		if page, err = parsePage(b); err != nil {
			return err
		}
	}
	_, _, err = t.get(page.icon(), true)
	return err
}

func readHTTP(answers [][]byte, id *scan.Identity) error {
	keptCertificate(answers, id)
	pages := webPages(answers)
	if len(pages) == 0 {
		if len(id.Facts) > 0 { // TLS alone
			return nil
		}
		return errNotOurs
	}
	first := pages[0]
	for _, p := range pages {
		if t := p.title(); t != "" {
			fact(id, "标题", t)
			id.Name = t
			break
		}
	}
	if s := tidy(first.header.Get("Server")); s != "" {
		product, version, _ := strings.Cut(strings.Fields(s)[0], "/")
		id.Software = append(id.Software, scan.Software{Product: product, Version: version})
		fact(id, "Server", s)
	}
	fact(id, "X-Powered-By", tidy(first.header.Get("X-Powered-By")))
	fact(id, "认证域", tidy(first.header.Get("Www-Authenticate")))
	return nil
}

func webPages(answers [][]byte) (out []webPage) {
	for _, a := range answers {
		if bytes.HasPrefix(a, certMark) {
			continue
		}
		if p, err := parsePage(a); err == nil {
			out = append(out, p)
		}
	}
	return out
}
