package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
)

// console is how the audit names what was done at the portal's own machine.
var console = inbox.Who{Role: inbox.RoleAdmin, Login: "console", Name: "console"}

type accountCmd struct {
	Add  accountAddCmd  `cmd:"" help:"新增账号或改其角色，从标准输入读一行口令。"`
	List accountListCmd `cmd:"" help:"列出账号。"`
	End  accountEndCmd  `cmd:"" help:"停用账号，其登录与程序密钥随即失效。"`
}

type accountAddCmd struct {
	store
	Login    string `required:"" help:"账号：小写字母、数字和 . _ @ -；用单点登录时须是对方给出的用户名或邮箱。"`
	Name     string `help:"姓名；不给则同账号。"`
	Role     string `required:"" enum:"owner,adviser,operator,reviewer,admin" help:"角色：owner 企业，adviser 顾问，operator 平台服务商，reviewer 受理人员，admin 管理员。"`
	Operator string `help:"平台编号；只用于 operator。"`
}

// Run reads one line and keeps its hash.
func (c *accountAddCmd) Run(e *env) error {
	s, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	line, err := bufio.NewReader(io.LimitReader(e.in, 1024)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	a := inbox.Account{Login: c.Login, Name: c.Name, Role: inbox.Role(c.Role), Operator: c.Operator}
	if a.Name == "" {
		a.Name = a.Login
	}
	if err := server.AddAccount(e.ctx, s, console, a, strings.TrimRight(line, "\r\n"), randomSource, e.now()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "账号 %s 已可登录。\n", c.Login)
	return err
}

type accountListCmd struct {
	store
}

// Run lists the accounts.
func (c *accountListCmd) Run(e *env) error {
	s, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	all, err := s.Accounts(e.ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		state := "在用"
		if !a.EndedAt.IsZero() {
			state = "已停用"
		}
		if _, err := fmt.Fprintf(e.out, "%s\t%s\t%s\t%s\n", a.Login, a.Name, a.Role, state); err != nil {
			return err
		}
	}
	return nil
}

type accountEndCmd struct {
	store
	Login string `arg:"" help:"账号。"`
}

// Run ends an account.
func (c *accountEndCmd) Run(e *env) error {
	s, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	return s.EndAccount(e.ctx, console, c.Login, e.now())
}

type deviceCmd struct {
	List   deviceListCmd   `cmd:"" help:"列出设备。"`
	Revoke deviceRevokeCmd `cmd:"" help:"停用设备；带 --lost-since 则报失，并列出它上面有过哪些企业的申请。"`
}

type deviceListCmd struct {
	store
}

// Run lists the devices.
func (c *deviceListCmd) Run(e *env) error {
	s, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	all, err := s.Devices(e.ctx, console)
	if err != nil {
		return err
	}
	for _, d := range all {
		state := "在用"
		switch {
		case !d.LostSince.IsZero():
			state = "已报失"
		case !d.RevokedAt.IsZero():
			state = "已停用"
		}
		if _, err := fmt.Fprintf(e.out, "%s\t%s\t%s\t%d 件\t%s\n", d.ID, d.Name, d.Person, d.Requests, state); err != nil {
			return err
		}
	}
	return nil
}

type deviceRevokeCmd struct {
	store
	ID        string    `arg:"" help:"设备编号。"`
	LostSince time.Time `format:"2006-01-02" help:"何日起可能失控；从那天起由它报来的申请会标出。"`
}

// Run ends a device's tokens.
func (c *deviceRevokeCmd) Run(e *env) error {
	s, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	if err := s.Revoke(e.ctx, console, c.ID, c.LostSince, e.now()); err != nil {
		return err
	}
	if c.LostSince.IsZero() {
		return nil
	}
	on, err := s.On(e.ctx, c.ID)
	if err != nil {
		return err
	}
	for _, r := range on {
		if _, err := fmt.Fprintf(e.out, "%s\t%s\t%s\n", r.FirmName, r.CreditCode, r.Number); err != nil {
			return err
		}
	}
	return nil
}
