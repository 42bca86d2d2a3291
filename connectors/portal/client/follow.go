package client

import (
	"context"
	"net/http"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Decisions asks for every decision about a request; their signatures are the caller's to verify.
func (c *Client) Decisions(ctx context.Context, e submit.Enrolment, id string) ([]submit.Decision, error) {
	var answer portal.Decisions
	k := call{op: "client.decisions", method: http.MethodGet, address: e.Address, token: e.Token, path: portal.RequestPath(id) + "/decisions", limit: portal.MaxManifest}
	err := c.json(ctx, k, nil, &answer)
	return answer.Decisions, err
}

// Answers asks for every answer of the platform operator; their signatures are the caller's to verify.
func (c *Client) Answers(ctx context.Context, e submit.Enrolment, id string) ([]submit.Answer, error) {
	var answer portal.Answers
	k := call{op: "client.answers", method: http.MethodGet, address: e.Address, token: e.Token, path: portal.RequestPath(id) + "/answers", limit: portal.MaxManifest}
	err := c.json(ctx, k, nil, &answer)
	return answer.Answers, err
}

// AnswerFile brings a file of an answer.
func (c *Client) AnswerFile(ctx context.Context, e submit.Enrolment, id, sha string) ([]byte, error) {
	return c.do(ctx, call{op: "client.answerfile", method: http.MethodGet, address: e.Address, token: e.Token, path: portal.RequestPath(id) + "/files/" + sha, want: portal.TypeBlob, limit: portal.MaxPut})
}
