package client

import (
	"context"
	"net/http"
	"strconv"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// Changes asks what happened after a number to the requests of this device; each id as often as something happened to it.
func (c *Client) Changes(ctx context.Context, e submit.Enrolment, after int64) (ids []string, next int64, err error) {
	var answer portal.Changes
	k := call{op: "client.changes", method: http.MethodGet, address: e.Address, as: &e, path: portal.RouteChanges.Path + "?limit=200&after=" + strconv.FormatInt(after, 10), limit: portal.MaxManifest}
	if err := c.json(ctx, k, nil, &answer); err != nil {
		return nil, after, err
	}
	last := after
	for _, x := range answer.Changes {
		if x.Seq <= last {
			return nil, after, survey.Fail(survey.CodePortalAnswer, k.op, "变动的序号没有递增")
		}
		last = x.Seq
		ids = append(ids, x.ID)
	}
	if answer.Next < last {
		return nil, after, survey.Fail(survey.CodePortalAnswer, k.op, "变动的序号不对")
	}
	return ids, answer.Next, nil
}

// Decisions asks for every decision about a request; their signatures are the caller's to verify.
func (c *Client) Decisions(ctx context.Context, e submit.Enrolment, id string) ([]submit.Decision, error) {
	var answer portal.Decisions
	k := call{op: "client.decisions", method: http.MethodGet, address: e.Address, as: &e, path: portal.RequestPath(id) + "/decisions", limit: portal.MaxManifest}
	err := c.json(ctx, k, nil, &answer)
	return answer.Decisions, err
}

// Answers asks for every answer of the platform operator; their signatures are the caller's to verify.
func (c *Client) Answers(ctx context.Context, e submit.Enrolment, id string) ([]submit.Answer, error) {
	var answer portal.Answers
	k := call{op: "client.answers", method: http.MethodGet, address: e.Address, as: &e, path: portal.RequestPath(id) + "/answers", limit: portal.MaxManifest}
	err := c.json(ctx, k, nil, &answer)
	return answer.Answers, err
}

// AnswerFile brings a file of an answer.
func (c *Client) AnswerFile(ctx context.Context, e submit.Enrolment, id, sha string) ([]byte, error) {
	return c.do(ctx, call{op: "client.answerfile", method: http.MethodGet, address: e.Address, as: &e, path: portal.RequestPath(id) + "/files/" + sha, want: portal.TypeBlob, limit: portal.MaxPut})
}
