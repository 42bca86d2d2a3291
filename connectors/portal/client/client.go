package client

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/go-resty/resty/v2"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Client speaks to portals. It keeps no state between calls and may be used
// from several goroutines.
type Client struct {
	rest *resty.Client
}

// Option changes a new client.
type Option func(*settings)

type settings struct {
	tls    *tls.Config
	step   time.Duration
	answer time.Duration
}

// WithTLS uses cfg for HTTPS, e.g. with an office's own certificate authority.
func WithTLS(cfg *tls.Config) Option { return func(s *settings) { s.tls = cfg } }

// WithTimeouts bounds a whole step and the wait for the first byte of its answer.
func WithTimeouts(step, answer time.Duration) Option {
	return func(s *settings) { s.step, s.answer = step, answer }
}

// New makes a client with the times of package portal.
func New(options ...Option) *Client {
	s := settings{step: portal.TimeoutStep, answer: portal.TimeoutAnswer}
	for _, o := range options {
		o(&s)
	}
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: portal.TimeoutDial}).DialContext,
		TLSHandshakeTimeout:   portal.TimeoutDial,
		TLSClientConfig:       s.tls,
		ResponseHeaderTimeout: s.answer,
		MaxIdleConnsPerHost:   2,
		IdleConnTimeout:       30 * time.Second,
		DisableCompression:    true,
		ForceAttemptHTTP2:     true,
	}
	rest := resty.NewWithClient(&http.Client{Transport: transport, Timeout: s.step}).
		SetRetryCount(0).
		SetRedirectPolicy(resty.RedirectPolicyFunc(refuseRedirect)).
		SetLogger(silent{}).
		SetHeader("User-Agent", "shangyun")
	return &Client{rest: rest}
}

// call is one step.
type call struct {
	op, method, address, path, token string
	body                             []byte
	send, want                       string // media types
	limit                            int    // bytes of the answer
}

// do makes one step and gives the answer's bytes when it is a 200 of the wanted type.
func (c *Client) do(ctx context.Context, k call) ([]byte, error) {
	base, err := checkAddress(k.address)
	if err != nil {
		return nil, err
	}
	r := c.rest.R().SetContext(ctx).SetHeader("Accept", k.want+", "+portal.TypeProblem).SetResponseBodyLimit(max(k.limit, portal.MaxSmall))
	if k.token != "" {
		r.SetHeader("Authorization", "Bearer "+k.token)
	}
	if k.send != "" {
		if k.body == nil {
			k.body = []byte{}
		}
		r.SetHeader("Content-Type", k.send).SetBody(k.body)
	}
	res, err := r.Execute(k.method, base+k.path)
	if err != nil {
		return nil, explain(ctx, k.op, err)
	}
	return judge(k, res)
}

func (c *Client) json(ctx context.Context, k call, in, out any) error {
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return survey.Wrap(survey.CodeInternal, k.op, err)
		}
		k.body, k.send = b, portal.TypeJSON
	}
	k.want = portal.TypeJSON
	b, err := c.do(ctx, k)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, out); err != nil {
		return &survey.Error{Code: survey.CodePortalAnswer, Op: k.op, Detail: "回答读不懂", Err: err}
	}
	return nil
}

// checkAddress takes https anywhere and http on this machine only, without path, user or query.
func checkAddress(address string) (string, error) {
	const op = "client.address"
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Path != "" && u.Path != "/" {
		return "", survey.Fail(survey.CodeField, op, "报送门户地址须形如 https://主机名")
	}
	switch {
	case u.Scheme == "https":
	case u.Scheme == "http" && loopback(u.Hostname()):
	default:
		return "", survey.Fail(survey.CodeInsecure, op, "报送门户地址须以 https:// 开头")
	}
	return u.Scheme + "://" + u.Host, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// CheckAddress tells whether address may be used for a portal: E0101 when it is
// none, E0505 for plain HTTP to another machine.
func CheckAddress(address string) error {
	_, err := checkAddress(address)
	return err
}

// silent keeps addresses and tokens out of every log.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

var _ interface {
	Send(context.Context, submit.Enrolment, submit.Sealed, func(string) ([]byte, error), func(done, total int64)) (submit.Receipt, error)
} = (*Client)(nil)
