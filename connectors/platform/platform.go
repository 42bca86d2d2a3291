package platform

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-resty/resty/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/intake"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Sender speaks to intakes. It may be used from several goroutines.
type Sender struct {
	rest *resty.Client
	now  func() time.Time
}

// New makes a sender; now stamps what HMAC signs.
func New(now func() time.Time) *Sender {
	rest := resty.NewWithClient(&http.Client{Timeout: 2 * time.Minute}).SetRetryCount(0).SetLogger(silent{}).
		SetRedirectPolicy(resty.RedirectPolicyFunc(func(*http.Request, []*http.Request) error { return errRedirect })).SetHeader("User-Agent", "shangyun")
	return &Sender{rest: rest, now: now}
}

var errRedirect = errors.New("redirected")

// Send hands a request over once. The same again is safe where the pack names an idempotency key. E0606 when the platform refused, E0508
// when it cannot be reached or its answer cannot be read, E0505 for an address without TLS, E0401 for a secret that is missing.
func (s *Sender) Send(ctx context.Context, p *intake.Pack, address string, secrets map[string]string, sub submit.Sealed) (intake.Outcome, error) {
	const op = "platform.send"
	base, err := check(address)
	if err != nil {
		return intake.Outcome{}, err
	}
	for _, name := range p.Auth.Secrets() {
		if secrets[name] == "" {
			return intake.Outcome{}, survey.Fail(survey.CodeNotReady, op, "还没有填写 %s 的 %s", p.Title, name)
		}
	}
	ready, err := p.Render(sub)
	if err != nil {
		return intake.Outcome{}, err
	}
	r := s.rest.R().SetContext(ctx).SetHeaders(ready.Headers).SetHeader("Content-Type", "application/json").SetHeader("Accept", "application/json").
		SetBody([]byte(ready.Body)).SetResponseBodyLimit(intake.MaxAnswer)
	if err := s.sign(ctx, r, p, base, secrets, ready.Body); err != nil {
		return intake.Outcome{}, err
	}
	res, err := r.Execute(ready.Method, base+ready.Path)
	if err != nil {
		return intake.Outcome{}, lineError(ctx, op, err)
	}
	return p.Read(res.StatusCode(), res.Body())
}

// sign shows who sends.
func (s *Sender) sign(ctx context.Context, r *resty.Request, p *intake.Pack, base string, secrets map[string]string, body []byte) error {
	switch p.Auth.Kind {
	case intake.AuthKey:
		r.SetHeader(p.Auth.Header, p.Auth.Prefix+secrets["secret"])
	case intake.AuthHMAC:
		stamp := strconv.FormatInt(s.now().Unix(), 10)
		mac := hmac.New(sha256.New, []byte(secrets["secret"]))
		_, _ = mac.Write([]byte(stamp + "."))
		_, _ = mac.Write(body)
		r.SetHeader(p.Auth.Timestamp, stamp).SetHeader(p.Auth.Header, p.Auth.Prefix+hex.EncodeToString(mac.Sum(nil)))
	case intake.AuthOAuth2:
		token, err := s.token(ctx, p, base, secrets)
		if err != nil {
			return err
		}
		r.SetHeader("Authorization", "Bearer "+token)
	}
	return nil
}

// token asks for one by client credentials (RFC 6749, 4.4); each sending gets its own.
func (s *Sender) token(ctx context.Context, p *intake.Pack, base string, secrets map[string]string) (string, error) {
	const op = "platform.token"
	form := url.Values{"grant_type": {"client_credentials"}}
	if p.Auth.Scope != "" {
		form.Set("scope", p.Auth.Scope)
	}
	res, err := s.rest.R().SetContext(ctx).SetBasicAuth(url.QueryEscape(secrets["clientId"]), url.QueryEscape(secrets["clientSecret"])).
		SetHeader("Content-Type", "application/x-www-form-urlencoded").SetHeader("Accept", "application/json").SetBody([]byte(form.Encode())).
		SetResponseBodyLimit(intake.MaxAnswer).Post(base + p.Auth.Token)
	if err != nil {
		return "", lineError(ctx, op, err)
	}
	var answer struct {
		AccessToken string `json:"access_token"`
		TokenType   string `json:"token_type"`
	}
	switch {
	case res.StatusCode() == http.StatusBadRequest || res.StatusCode() == http.StatusUnauthorized:
		return "", survey.Fail(survey.CodeIntakeRefused, op, "客户端编号或密钥不对")
	case res.StatusCode() != http.StatusOK || json.Unmarshal(res.Body(), &answer) != nil || answer.AccessToken == "":
		return "", survey.Fail(survey.CodeIntake, op, "没有取得令牌（%d）", res.StatusCode())
	}
	return answer.AccessToken, nil
}

func lineError(ctx context.Context, op string, err error) error {
	switch {
	case ctx.Err() != nil:
		return survey.Wrap(survey.CodeCancelled, op, err)
	case errors.Is(err, errRedirect):
		return &survey.Error{Code: survey.CodeIntake, Op: op, Detail: "被转到别处", Err: err}
	}
	return &survey.Error{Code: survey.CodeIntake, Op: op, Detail: "连接不上", Err: err}
}

// check takes https anywhere and http on this machine only.
func check(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Path != "" && u.Path != "/" {
		return "", survey.Fail(survey.CodeField, "platform.address", "平台接口地址须形如 https://主机名")
	}
	ip := net.ParseIP(u.Hostname())
	if u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback())) {
		return "", survey.Fail(survey.CodeInsecure, "platform.address", "平台接口地址须以 https:// 开头")
	}
	return u.Scheme + "://" + u.Host, nil
}

// silent keeps addresses and secrets out of every log.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}
