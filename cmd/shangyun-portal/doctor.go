package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/survey/submit"
)

type doctorCmd struct {
	store
	Whole bool `help:"逐个附件重算摘要；大门户需时较久。"`
	JSON  bool `name:"json" help:"以 JSON 输出。"`
}

// finding is one thing that was looked at.
type finding struct {
	Name string `json:"name"`
	Good bool   `json:"good"`
	Says string `json:"says"`
}

// errIll: at least one thing is not in order.
var errIll = errors.New("有项目不正常，见上")

// Run looks at everything and changes nothing.
func (c *doctorCmd) Run(e *env) error {
	list := c.look(e)
	ill := false
	for _, f := range list {
		ill = ill || !f.Good
	}
	if c.JSON {
		if err := json.NewEncoder(e.out).Encode(list); err != nil {
			return err
		}
	} else {
		for _, f := range list {
			mark := "正常"
			if !f.Good {
				mark = "不正常"
			}
			if _, err := fmt.Fprintf(e.out, "%s\t%s\t%s\n", mark, f.Name, f.Says); err != nil {
				return err
			}
		}
	}
	if ill {
		return errIll
	}
	return nil
}

func (c *doctorCmd) look(e *env) (list []finding) {
	add := func(name string, err error, says string) bool {
		f := finding{Name: name, Good: err == nil, Says: says}
		if err != nil {
			f.Says = sentence(err)
		}
		list = append(list, f)
		return f.Good
	}
	if _, err := os.Stat(c.Data); !add("数据文件夹", err, c.Data) {
		return list
	}
	st, err := os.Stat(c.keyPath())
	if err == nil && runtime.GOOS != "windows" && st.Mode().Perm()&0o077 != 0 {
		err = errors.New("别的账户也能读签名密钥，请 chmod 600")
	}
	if !add("签名密钥文件", err, "权限只许属主") {
		return list
	}
	keys, err := c.keys()
	if !add("签名密钥", err, "可用") {
		return list
	}
	s, err := c.open(e.ctx)
	if !add("数据库", err, "能打开，版本相符") {
		return list
	}
	defer func() { _ = s.Close() }()
	add("附件存放处", s.Ready(e.ctx), "能读写")
	bad, err := s.Safe(e.ctx)
	if err == nil && len(bad) > 0 {
		err = fmt.Errorf("数据库的设置 %v 会在断电时丢数据，请打开", bad)
	}
	add("断电安全", err, "提交即落盘")
	c.examine(e, s, keys, add)
	c.people(e, s, add)
	return list
}

func (c *doctorCmd) examine(e *env, s *inbox.Store, keys *server.Keys, add func(string, error, string) bool) {
	var first *inbox.Fault
	n := 0
	receipts, blobs, err := s.Examine(e.ctx, c.Whole, keys.Ring().Verify, func(f inbox.Fault) {
		if n++; first == nil {
			first = &f
		}
	})
	if err == nil && first != nil {
		err = fmt.Errorf("%d 处不符，第一处：%s：%s", n, first.What, first.Why)
	}
	how := "大小"
	if c.Whole {
		how = "摘要"
	}
	add("审计链、回执与附件", err, fmt.Sprintf("审计链完整，%d 张回执的签名已验，%d 个附件的%s相符", receipts, blobs, how))
	if root, err := s.Setting(e.ctx, "root_key"); err == nil && root != "" && root != submit.Fingerprint(keys.Ring().Pinned) {
		add("多实例的密钥", errOtherKey, "")
	}
}

func (c *doctorCmd) people(e *env, s *inbox.Store, add func(string, error, string) bool) {
	accounts, err := s.Accounts(e.ctx)
	admins := 0
	for _, a := range accounts {
		if a.Role == inbox.RoleAdmin && a.EndedAt.IsZero() {
			admins++
		}
	}
	if err == nil && admins == 0 {
		err = errors.New("没有管理员，请用 account add --role admin 新增")
	}
	add("账号", err, fmt.Sprintf("%d 个管理员在用", admins))
	dead, err := s.Dead(e.ctx, 1)
	if err == nil && len(dead) > 0 {
		err = errors.New("有推送已放弃，请在“平台”页查看后重推")
	}
	add("推送", err, "没有放弃的")
}
