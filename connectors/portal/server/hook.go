package server

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
)

// TypeEvent is the media type of a change as it is told to a hook (CloudEvents 1.0, structured).
const TypeEvent = "application/cloudevents+json"

// The times of telling: a delivery is taken for holdTime, an answer is awaited for tellTime, and after lastAttempt tries it is given up.
const (
	holdTime    = time.Minute
	tellTime    = 15 * time.Second
	lastAttempt = 12
	mostWait    = 6 * time.Hour
)

// event is a CloudEvent.
type event struct {
	SpecVersion     string        `json:"specversion"`
	ID              string        `json:"id"`
	Source          string        `json:"source"`
	Type            string        `json:"type"`
	Subject         string        `json:"subject"`
	Time            string        `json:"time"`
	DataContentType string        `json:"datacontenttype"`
	Data            portal.Change `json:"data"`
}

// SignEvent is what the header webhook-signature holds for a body: HMAC-SHA256 under the hook's secret over "id.timestamp.body", as
// Standard Webhooks has it.
func SignEvent(secret, id string, at time.Time, body []byte) string {
	h := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(h, "%s.%d.", id, at.Unix())
	_, _ = h.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// TellDue tells the hooks what is due now. A hook that does not answer with 2xx is told again later, each time later than the last.
func (s *Server) TellDue(ctx context.Context) {
	for ctx.Err() == nil {
		due, err := s.Store.Due(ctx, s.Now(), holdTime, 16)
		if err != nil {
			if ctx.Err() == nil {
				s.Log.ErrorContext(ctx, "hooks cannot be read", "error", err.Error())
			}
			return
		}
		for _, d := range due {
			s.tell(ctx, d)
		}
		if len(due) == 0 {
			return
		}
	}
}

func (s *Server) tell(ctx context.Context, d inbox.Delivery) {
	problem := s.post(ctx, d)
	state, next := inbox.DeliveryDone, s.Now()
	switch tries := d.Attempts + 1; {
	case ctx.Err() != nil:
		return // it is due again when the hold is over
	case problem == "":
	case tries >= lastAttempt:
		state = inbox.DeliveryDead
	default:
		state, next = inbox.DeliveryWaiting, s.Now().Add(min(10*time.Second<<tries, mostWait))
	}
	if err := s.Store.Told(ctx, d, state, next, problem); err != nil {
		s.Log.ErrorContext(ctx, "hook's answer not kept", "error", err.Error())
	}
}

// post gives what was wrong in words, "" for nothing.
func (s *Server) post(ctx context.Context, d inbox.Delivery) string {
	c, id := d.Change, strconv.FormatInt(d.Change.Seq, 10)
	b, err := json.Marshal(event{
		SpecVersion: "1.0", ID: id, Source: "urn:shangyun:portal:" + s.Keys.id(), Type: "cn.shangyuntong.request." + c.Type, Subject: c.RequestID,
		Time: c.At.UTC().Format(time.RFC3339), DataContentType: portal.TypeJSON,
		Data: portal.Change{Seq: c.Seq, ID: c.RequestID, Kind: c.Kind, Revision: c.Revision, Type: c.Type, State: c.State, At: c.At},
	})
	if err != nil {
		return err.Error()
	}
	ctx, stop := context.WithTimeout(ctx, tellTime)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.Hook.URL, bytes.NewReader(b))
	if err != nil {
		return "地址不可用"
	}
	at := s.Now()
	req.Header.Set("Content-Type", TypeEvent)
	req.Header.Set("User-Agent", "shangyun-portal")
	req.Header.Set("webhook-id", id)
	req.Header.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	req.Header.Set("webhook-signature", SignEvent(d.Hook.Secret, id, at, b))
	res, err := hookClient.Do(req)
	if err != nil {
		return "连接不上"
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Sprintf("回答 %d", res.StatusCode)
	}
	return ""
}

// hookClient follows no redirect: the event goes to the address that the admin wrote down, or nowhere.
var hookClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// newHook checks an address: https, or http on this machine.
func newHook(operator, address string) (inbox.Hook, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.User != nil || len(address) > 500 {
		return inbox.Hook{}, errors.New("推送地址须形如 https://主机名/路径")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopbackHost(u.Host)) {
		return inbox.Hook{}, errors.New("推送地址须以 https:// 开头")
	}
	return inbox.Hook{ID: "hook-" + strings.ToLower(rand.Text()[:12]), Operator: operator, URL: u.String(), Secret: "whsec_" + rand.Text()}, nil
}
