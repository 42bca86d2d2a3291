package client

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Client speaks to portals. Between calls it keeps the short tokens of devices only and may be used from several goroutines.
type Client struct {
	rest   *resty.Client
	memory Memory
	piece  int64 // bytes of one piece of a large blob
	whole  int64 // bytes of a blob that still travels in one piece
	rate   *atomic.Int64

	mu     sync.Mutex
	tokens map[string]string // by device and address; see bearer
}

// Option changes a new client.
type Option func(*settings)

type settings struct {
	tls          *tls.Config
	step, answer time.Duration
	memory       Memory
	piece, whole int64
}

// WithTLS uses cfg for HTTPS, e.g. with an office's own certificate authority.
func WithTLS(cfg *tls.Config) Option { return func(s *settings) { s.tls = cfg } }

// WithTimeouts bounds a whole step and the wait for the first byte of its answer.
func WithTimeouts(step, answer time.Duration) Option {
	return func(s *settings) { s.step, s.answer = step, answer }
}

// WithMemory remembers where uploads were begun, so that another run of the program goes on with them; without it only the same client does.
func WithMemory(m Memory) Option { return func(s *settings) { s.memory = m } }

// WithPieces sends blobs over whole bytes in pieces of piece bytes.
func WithPieces(whole, piece int64) Option {
	return func(s *settings) { s.whole, s.piece = whole, piece }
}

// New makes a client with the times of package portal.
func New(options ...Option) *Client {
	s := settings{step: portal.TimeoutStep, answer: portal.TimeoutAnswer, whole: wholeBlob, piece: pieceBytes}
	for _, o := range options {
		o(&s)
	}
	if s.memory == nil {
		s.memory = &forgetful{ids: map[string]string{}}
	}
	c := &Client{memory: s.memory, piece: s.piece, whole: s.whole, rate: new(atomic.Int64), tokens: map[string]string{}}
	dialer := &net.Dialer{Timeout: portal.TimeoutDial}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return paced(conn, c.rate), nil
		},
		TLSHandshakeTimeout:   portal.TimeoutDial,
		TLSClientConfig:       s.tls,
		ResponseHeaderTimeout: s.answer,
		MaxIdleConnsPerHost:   2,
		IdleConnTimeout:       30 * time.Second,
		DisableCompression:    true,
		ForceAttemptHTTP2:     true,
	}
	c.rest = resty.NewWithClient(&http.Client{Transport: transport, Timeout: s.step}).
		SetRetryCount(0).
		SetRedirectPolicy(resty.RedirectPolicyFunc(refuseRedirect)).
		SetLogger(silent{}).
		SetHeader("User-Agent", "shangyun")
	return c
}

// call is one step.
type call struct {
	op, method, address, path string
	as                        *submit.Enrolment // whose token goes along; nil for none
	body                      []byte
	send, want                string // media types
	limit                     int    // bytes of the answer
	headers                   map[string]string
}

// do makes one step and gives the answer's bytes when it is a 200 of the wanted type.
func (c *Client) do(ctx context.Context, k call) ([]byte, error) {
	res, err := c.ask(ctx, k)
	if err != nil {
		return nil, err
	}
	return judge(k, res)
}

// ask makes one step. A short token that is over is got anew once, also in mid-upload.
func (c *Client) ask(ctx context.Context, k call) (*resty.Response, error) {
	base, err := checkAddress(k.address)
	if err != nil {
		return nil, err
	}
	for again := true; ; again = false {
		token, short, err := c.bearer(ctx, k.as)
		if err != nil {
			return nil, err
		}
		res, err := c.once(ctx, base, token, k)
		if err != nil {
			return nil, explain(ctx, k.op, err)
		}
		if res.StatusCode() != http.StatusUnauthorized || !short || !again {
			return res, nil
		}
		c.forget(k.as, token)
	}
}

// once sends the bytes of a step; they are given anew for each attempt, never as a stream.
func (c *Client) once(ctx context.Context, base, token string, k call) (*resty.Response, error) {
	r := c.rest.R().SetContext(ctx).SetHeader("Accept", k.want+", "+portal.TypeProblem).SetResponseBodyLimit(max(k.limit, portal.MaxSmall)).SetHeaders(k.headers)
	if token != "" {
		r.SetHeader("Authorization", "Bearer "+token)
	}
	if k.send != "" {
		if k.body == nil {
			k.body = []byte{}
		}
		r.SetHeader("Content-Type", k.send).SetBody(k.body)
	}
	return r.Execute(k.method, base+k.path)
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
	Send(context.Context, submit.Enrolment, submit.Sealed, func(string) ([]byte, error), func(submit.Progress)) (submit.Receipt, error)
} = (*Client)(nil)
