package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// MaxAnswer bounds what is read of a platform's answer, in bytes.
const MaxAnswer = 256 << 10

// Ready is a request in the words of a platform, without its secrets.
type Ready struct {
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
}

// Render writes a sealed request as the platform wants it. A pointer that names nothing in the request fails with E0701.
func (p *Pack) Render(s submit.Sealed) (Ready, error) {
	out := Ready{Method: p.Send.Method, Path: p.Send.Path, Headers: map[string]string{}}
	var err error
	if out.Body, err = p.body(s.Bytes); err != nil {
		return out, err
	}
	for name, text := range p.Send.Headers {
		v, err := fill(s.Bytes, text)
		word, ok := v.(string)
		if err != nil || !ok || strings.ContainsAny(word, "\r\n\x00") {
			return out, survey.Fail(survey.CodePack, "intake.render", "请求头 %s 写不出（%v）", name, err)
		}
		out.Headers[name] = word
	}
	return out, nil
}

func (p *Pack) body(manifest []byte) (json.RawMessage, error) {
	v, err := walk(manifest, p.Send.Body)
	if err != nil {
		return nil, &survey.Error{Code: survey.CodePack, Op: "intake.render", Detail: p.ID + "：" + err.Error(), Err: err}
	}
	raw, err := json.Marshal(v)
	return raw, survey.Wrap(survey.CodeInternal, "intake.render", err)
}

// walk fills every text of a template.
func walk(manifest []byte, v any) (any, error) {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			filled, err := walk(manifest, x)
			if err != nil {
				return nil, err
			}
			out[k] = filled
		}
		return out, nil
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			filled, err := walk(manifest, x)
			if err != nil {
				return nil, err
			}
			out[i] = filled
		}
		return out, nil
	case string:
		return fill(manifest, v)
	}
	return v, nil
}

// fill puts values of the manifest into a text; a text that is one pointer alone becomes the value itself.
func fill(manifest []byte, text string) (any, error) {
	if m := place.FindStringSubmatch(text); m != nil && m[0] == text {
		return submit.Resolve(manifest, m[1])
	}
	var wrong error
	out := place.ReplaceAllStringFunc(text, func(at string) string {
		raw, err := submit.Resolve(manifest, at[1:len(at)-1])
		wrong = errors.Join(wrong, err)
		return words(raw)
	})
	return out, wrong
}

// words gives a text without its quotes, anything else as JSON.
func words(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// Outcome is how a platform answered.
type Outcome struct {
	Number  string `json:"number"` // the platform's own
	Message string `json:"message"`
	Status  int    `json:"status"`
}

// Read reads an answer: a number for a request that was taken; E0606 with the platform's words when it was refused for good; E0508 for
// everything else, which may be sent again. A yes without a number is no yes.
func (p *Pack) Read(status int, body []byte) (Outcome, error) {
	const op = "intake.read"
	out := Outcome{Status: status, Message: clip(text(body, p.Answer.Message))}
	switch {
	case slices.Contains(p.Answer.Accepted, status):
		out.Number = clip(text(body, p.Answer.Number))
		if out.Number == "" {
			return out, survey.Fail(survey.CodeIntake, op, "回答（%d）里没有编号", status)
		}
		return out, nil
	case slices.Contains(p.Answer.Refused, status):
		return out, survey.Fail(survey.CodeIntakeRefused, op, "%s", fmt.Sprintf("%d %s", status, out.Message))
	}
	return out, survey.Fail(survey.CodeIntake, op, "回答是 %d", status)
}

func text(body []byte, pointer string) string {
	if pointer == "" {
		return ""
	}
	raw, err := submit.Resolve(body, pointer)
	if err != nil {
		return ""
	}
	return words(raw)
}

// clip bounds foreign words.
func clip(s string) string {
	if r := []rune(strings.ToValidUTF8(s, "")); len(r) > 300 {
		return string(r[:300])
	}
	return strings.ToValidUTF8(s, "")
}
