package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/go-resty/resty/v2"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
)

// redirectError says where a portal's answer wanted to lead.
type redirectError struct{ host string }

func (e *redirectError) Error() string { return "redirected to " + e.host }

// refuseRedirect follows none: a portal never redirects its interface, a log-in page of a network does.
func refuseRedirect(r *http.Request, _ []*http.Request) error { return &redirectError{r.URL.Host} }

// explain names a failure of the line.
func explain(ctx context.Context, op string, err error) error {
	fail := func(code survey.Code, detail string) error {
		return &survey.Error{Code: code, Op: op, Detail: detail, Err: err}
	}
	var redirect *redirectError
	var certificate *tls.CertificateVerificationError
	var hostname x509.HostnameError
	var authority x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	var dial *net.OpError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return fail(survey.CodeCancelled, "")
	case errors.As(err, &redirect):
		return fail(survey.CodePortalAnswer, "被转到 "+redirect.host)
	case errors.Is(err, resty.ErrResponseBodyTooLarge):
		return fail(survey.CodePortalAnswer, "回答过大")
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired: // or not begun
		return fail(survey.CodeClock, "")
	case errors.As(err, &certificate), errors.As(err, &hostname), errors.As(err, &authority):
		return fail(survey.CodePortalAnswer, "证书不可信")
	case errors.As(err, &record):
		return fail(survey.CodePortalAnswer, "对方不是 HTTPS 服务")
	case errors.As(err, &dns):
		return fail(survey.CodePortalDown, "找不到主机 "+dns.Name)
	case errors.As(err, &dial) && dial.Op == "dial":
		return fail(survey.CodePortalDown, "")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		errors.Is(err, net.ErrClosed), strings.Contains(err.Error(), "transport connection broken"), strings.Contains(err.Error(), "server closed idle connection"):
		return fail(survey.CodePortalCut, "")
	}
	return fail(survey.CodePortalDown, "")
}

// judge accepts a 200 of the wanted type, reads a problem, and names everything else as no portal's.
func judge(k call, res *resty.Response) ([]byte, error) {
	got, _, err := mime.ParseMediaType(res.Header().Get("Content-Type"))
	if err != nil {
		got = "（无类型）"
	}
	switch {
	case res.StatusCode() == http.StatusOK && got == k.want:
		return res.Body(), nil
	case got == portal.TypeProblem && res.StatusCode() >= 400:
		return nil, refusal(k.op, res)
	case res.StatusCode() == http.StatusTooManyRequests, res.StatusCode() == http.StatusBadGateway,
		res.StatusCode() == http.StatusServiceUnavailable, res.StatusCode() == http.StatusGatewayTimeout:
		p := portal.NewProblem(portal.Maintenance, "")
		p.Status = res.StatusCode()
		if asked := asked(res.Header()); asked > 0 {
			p.RetryAfter = asked
		}
		return nil, &survey.Error{Code: survey.CodePortalBusy, Op: k.op, Err: p}
	}
	if res.StatusCode() == http.StatusRequestEntityTooLarge {
		return nil, survey.Fail(survey.CodePortalAnswer, k.op, "途中的代理嫌内容太大（413），请告诉受理单位放宽大小限制")
	}
	return nil, survey.Fail(survey.CodePortalAnswer, k.op, "回答是 %s（%d），可能是网络登录页", got, res.StatusCode())
}

func refusal(op string, res *resty.Response) error {
	p := &portal.Problem{}
	if err := json.Unmarshal(res.Body(), p); err != nil || !strings.HasPrefix(p.Type, portal.TypePrefix) {
		return &survey.Error{Code: survey.CodePortalAnswer, Op: op, Detail: "回答读不懂", Err: err}
	}
	if p.Retry == portal.RetryAfter {
		p.RetryAfter = max(p.RetryAfter, asked(res.Header()))
	}
	detail := p.Title
	if p.Detail != "" {
		detail = fmt.Sprintf("%s（%s）", p.Title, p.Detail)
	}
	return &survey.Error{Code: codeOf(p), Op: op, Detail: detail, Err: p}
}

// asked reads Retry-After in seconds, at most a day. A date in it is held against the answer's own Date, never against this computer's clock.
func asked(h http.Header) int {
	const most = 24 * 60 * 60
	v := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.Atoi(v); err == nil {
		return min(max(n, 0), most)
	}
	at, err := http.ParseTime(v)
	now, bad := http.ParseTime(h.Get("Date"))
	if err != nil || bad != nil {
		return 0
	}
	return int(min(max(at.Sub(now).Seconds(), 0), most))
}

func codeOf(p *portal.Problem) survey.Code {
	switch p.Kind() {
	case portal.ContentConflict, portal.RevisionConflict, portal.NotAllowedNow:
		return survey.CodeConflict
	case portal.EnrolCode:
		return survey.CodeEnrol
	}
	if p.Retry == portal.RetryAfter || p.Retry == portal.RetrySame { // the same bytes may come again
		return survey.CodePortalBusy
	}
	return survey.CodePortalRefused
}

// Retry tells what may be done with the same request after err: never again in
// this form, at once, or after a while. Failures of the line may be retried
// after a while.
func Retry(err error) (portal.Retry, time.Duration) {
	var p *portal.Problem
	if errors.As(err, &p) {
		return p.Retry, p.Wait()
	}
	if survey.CodeOf(err).Class() == survey.ClassNetwork && survey.CodeOf(err) != survey.CodeInsecure {
		return portal.RetryAfter, 30 * time.Second
	}
	return portal.RetryNever, 0
}
