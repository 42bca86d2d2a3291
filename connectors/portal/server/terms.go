package server

import (
	"maps"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// verbs are the audit's verbs in words.
var verbs = map[string]string{
	"announce": "登记清单", "commit": "收妥并签发回执", "review": "开始审核", "accept": "受理", "return": "退回",
	"reject": "驳回", "withdraw": "撤回", "export": "导出", "quarantine": "隔离", "release": "解除隔离",
	"propose-accept": "初审：建议受理", "propose-reject": "初审：建议驳回", "assign": "分派", "check": "核对材料", "uncheck": "取消核对",
	"answer-taken": "服务商已接单", "answer-quoted": "服务商报价", "answer-signed": "服务商已签约", "answer-live": "服务商已开通", "answer-declined": "服务商拒绝",
	"enrol-code": "签发登记码", "enrol": "登记设备", "revoke": "停用设备", "lost": "设备报失",
	"account-add": "新增账号", "account-change": "修改账号", "account-end": "停用账号", "password": "设置口令", "locked": "账号暂停使用",
	"login": "登录", "bind": "绑定单点登录", "key-add": "签发程序密钥", "key-end": "停用程序密钥",
	"operator": "维护平台", "hook-add": "新增推送", "hook-end": "停用推送", "hook-again": "重新推送", "setting": "修改设置",
}

func verbWord(v string) string {
	if w := verbs[v]; w != "" {
		return w
	}
	return v
}

func reasonWord(code string) string {
	for _, c := range submit.ReasonCodes {
		if c.Code == code {
			return c.Name
		}
	}
	return code
}

// steps are an operator's steps in words, with their tone.
var steps = map[submit.Step][2]string{
	submit.StepTaken: {"已接单", "open"}, submit.StepQuoted: {"报价", "info"}, submit.StepSigned: {"已签约", "info"}, submit.StepLive: {"已开通", "ok"}, submit.StepDeclined: {"拒绝", "err"},
}

func stepWord(s submit.Step) string { return steps[s][0] }

func stepTone(s submit.Step) string { return steps[s][1] }

// persons are the roles in words.
var persons = map[inbox.Role]string{
	inbox.RoleOwner: "企业", inbox.RoleAdviser: "顾问", inbox.RoleOperator: "平台服务商", inbox.RoleReviewer: "受理人员", inbox.RoleAdmin: "管理员",
}

func personWord(r inbox.Role) string { return persons[r] }

// levelNames are the short names of the levels, lowest first; the first is for a request below the first level.
var levelNames = []string{"未达级", "一级", "二级", "三级", "四级"}

// levelWord is the short name of a level that a summary states.
func levelWord(level string) string {
	for _, name := range levelNames {
		if strings.HasPrefix(level, name) {
			return name
		}
	}
	return level
}

// verbChoices lists the audit's verbs to narrow by.
func verbChoices(v *visit, chosen string) []choice {
	var rows [][2]string
	for _, verb := range slices.Sorted(maps.Keys(verbs)) {
		rows = append(rows, [2]string{verb, verbs[verb]})
	}
	return choices(v, chosen, "全部操作", rows...)
}
