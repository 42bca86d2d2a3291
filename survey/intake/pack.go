package intake

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// The ways in which an intake knows who sends.
const (
	AuthKey    = "key"    // a fixed key in a header
	AuthHMAC   = "hmac"   // HMAC-SHA-256 over time stamp and body
	AuthOAuth2 = "oauth2" // OAuth 2.0 client credentials
)

// Pack is one platform's intake (平台接口包).
type Pack struct {
	Schema   int    `yaml:"schema"`
	ID       string `yaml:"id"`
	Title    string `yaml:"title"`
	Status   string `yaml:"status"` // 示例, 待核实 or 已核实
	Source   string `yaml:"source"` // where the platform describes its intake
	Vendor   string `yaml:"vendor"` // as the catalog names it; "" for any
	Address  string `yaml:"address"`
	Auth     Auth   `yaml:"auth"`
	Send     Send   `yaml:"send"`
	Answer   Answer `yaml:"answer"`
	Examples []Case `yaml:"examples"`
}

// Auth says how the sender shows who it is. Secrets are named here and kept elsewhere.
type Auth struct {
	Kind      string `yaml:"kind"`
	Header    string `yaml:"header"`    // key, hmac: the header that carries it
	Prefix    string `yaml:"prefix"`    // before the value, e.g. "Bearer "
	Timestamp string `yaml:"timestamp"` // hmac: the header of the time stamp in seconds; what is signed is stamp + "." + body
	Token     string `yaml:"token"`     // oauth2: path of the token endpoint
	Scope     string `yaml:"scope"`
}

// Secrets names what a person must enter.
func (a Auth) Secrets() []string {
	if a.Kind == AuthOAuth2 {
		return []string{"clientId", "clientSecret"}
	}
	return []string{"secret"}
}

// Send is the request as the platform wants it. A text "{/pointer}" alone stands for that value of the manifest (RFC 6901) as it is; inside
// other text for its words.
type Send struct {
	Method  string            `yaml:"method"`
	Path    string            `yaml:"path"`
	Headers map[string]string `yaml:"headers"`
	Body    any               `yaml:"body"`
}

// Answer says how the platform's answer is read.
type Answer struct {
	Accepted []int  `yaml:"accepted"` // statuses
	Refused  []int  `yaml:"refused"`  // statuses: never in this form
	Number   string `yaml:"number"`   // pointer to the platform's number
	Message  string `yaml:"message"`  // pointer to its words, "" for none
}

// Case is an example of the pack: a request's document and summary, and the JSON that must come out; or an answer and how it must be read.
type Case struct {
	Name     string         `yaml:"name"`
	Document map[string]any `yaml:"document"`
	Body     any            `yaml:"body"`
	Status   int            `yaml:"status"`
	Answer   string         `yaml:"answer"`
	Number   string         `yaml:"number"`
	Refused  bool           `yaml:"refused"`
}

var (
	plainID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{2,40}$`)
	place   = regexp.MustCompile(`\{(/[^{}]*)\}`)
	header  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,60}$`)
)

// reserved headers are the sender's own.
var reserved = []string{"host", "content-length", "content-type", "transfer-encoding", "connection", "cookie"}

// Check holds a pack to its rules and runs its examples; E0701 says what is wrong.
func (p *Pack) Check() error {
	bad := func(format string, args ...any) error {
		return survey.Fail(survey.CodePack, "intake.check", format, args...)
	}
	switch {
	case p.Schema != 1:
		return bad("schema 须为 1")
	case !plainID.MatchString(p.ID) || p.Title == "" || p.Source == "":
		return bad("id、title、source 须写明")
	case !slices.Contains([]string{"示例", "待核实", "已核实"}, p.Status):
		return bad("status 须为 示例、待核实 或 已核实")
	case !slices.Contains([]string{AuthKey, AuthHMAC, AuthOAuth2}, p.Auth.Kind):
		return bad("auth.kind 不认识")
	case p.Auth.Kind != AuthOAuth2 && !header.MatchString(p.Auth.Header), p.Auth.Kind == AuthHMAC && !header.MatchString(p.Auth.Timestamp):
		return bad("auth 的请求头须写明")
	case p.Auth.Kind == AuthOAuth2 && !strings.HasPrefix(p.Auth.Token, "/"):
		return bad("auth.token 须是以 / 开头的路径")
	case p.Send.Method != "POST" && p.Send.Method != "PUT", !strings.HasPrefix(p.Send.Path, "/"):
		return bad("send 须为 POST 或 PUT，路径以 / 开头")
	case len(p.Answer.Accepted) == 0 || p.Answer.Number == "":
		return bad("answer 须写明收下的状态码和编号的位置")
	}
	for name := range p.Send.Headers {
		if !header.MatchString(name) || slices.Contains(reserved, strings.ToLower(name)) {
			return bad("请求头 %q 不可用", name)
		}
	}
	return p.examples(bad)
}

func (p *Pack) examples(bad func(string, ...any) error) error {
	bodies, accepted, refused := 0, 0, 0
	for _, x := range p.Examples {
		if x.Body != nil {
			bodies++
			got, err := p.body(exampleManifest(x.Document))
			want, _ := json.Marshal(x.Body)
			if err != nil || !sameJSON(got, want) {
				return bad("例“%s”得出 %s，应为 %s（%v）", x.Name, got, want, err)
			}
		}
		if x.Status == 0 {
			continue
		}
		out, err := p.Read(x.Status, []byte(x.Answer))
		switch {
		case x.Refused && survey.CodeOf(err) != survey.CodeIntakeRefused:
			return bad("例“%s”应读作拒绝，得出 %v", x.Name, err)
		case !x.Refused && (err != nil || out.Number != x.Number):
			return bad("例“%s”的编号得出 %q（%v）", x.Name, out.Number, err)
		case x.Refused:
			refused++
		default:
			accepted++
		}
	}
	if bodies == 0 || accepted == 0 || refused == 0 {
		return bad("须各有一个例：得出的请求、收下的回答、拒绝的回答")
	}
	return nil
}

// exampleManifest is what an example's document is sealed into.
func exampleManifest(document map[string]any) []byte {
	raw, _ := json.Marshal(map[string]any{
		"id": "01938a5e-7c00-7000-8000-000000000001", "revision": 1, "document": document,
		"summary": map[string]any{"firmName": "样例刀具有限公司", "creditCode": "91430200MA4L000000", "region": "株洲市", "title": "上云对接"},
	})
	return raw
}

func sameJSON(a, b []byte) bool {
	x, err := submit.Canonical(a)
	y, bad := submit.Canonical(b)
	return err == nil && bad == nil && string(x) == string(y)
}
