package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/installer"
	"github.com/shangyuntong/shangyun/survey/submit"
)

type serveCmd struct {
	store
	Listen               string        `default:"127.0.0.1:8070" help:"监听地址；端口 0 由系统选择。"`
	Name                 string        `default:"报送门户" help:"门户名称。"`
	OpenLoopback         bool          `help:"本机免登录查看受理队列（只许监听本机）。"`
	PortFile             string        `type:"path" help:"就绪后把地址写入此文件。"`
	TLSCert              string        `name:"tls-cert" type:"path" help:"TLS 证书（PEM）。"`
	TLSKey               string        `name:"tls-key" type:"path" help:"TLS 私钥（PEM）。"`
	OIDCIssuer           string        `name:"oidc-issuer" help:"单点登录服务的地址（OIDC issuer）。"`
	OIDCClient           string        `name:"oidc-client" help:"在单点登录服务登记的客户端编号。"`
	OIDCSecretFile       string        `name:"oidc-secret-file" type:"path" help:"客户端密钥所在的文件。"`
	PublicURL            string        `name:"public-url" help:"门户对外的地址，如 https://portal.example；单点登录须给出。"`
	MetricsListen        string        `name:"metrics-listen" help:"Prometheus 指标的监听地址，如 127.0.0.1:9070；不给则不提供。"`
	MetricsTokenFile     string        `name:"metrics-token-file" type:"path" help:"读取指标所需的口令（Bearer）所在的文件；监听本机以外的地址时须给出。"`
	DrainDelay           time.Duration `name:"drain-delay" default:"0s" help:"收到结束信号后，先报“未就绪”多久再停止接受新请求，供负载均衡器换路。"`
	PlainHTTPBehindProxy bool          `name:"plain-http-behind-proxy" help:"由反向代理提供 HTTPS，本程序监听明文 HTTP。"`
}

// Validate refuses combinations that would show requests on an open line.
func (c *serveCmd) Validate() error {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return errors.New("--tls-cert 与 --tls-key 须一起给出")
	}
	local := loopback(c.Listen)
	switch {
	case c.OIDCIssuer != "" && (c.OIDCClient == "" || c.OIDCSecretFile == "" || c.PublicURL == ""):
		return errors.New("--oidc-issuer 须与 --oidc-client、--oidc-secret-file、--public-url 一起给出")
	case c.MetricsListen != "" && !loopback(c.MetricsListen) && c.MetricsTokenFile == "":
		return errors.New("--metrics-listen 监听本机以外的地址时须给出 --metrics-token-file")
	case c.OpenLoopback && (!local || c.PlainHTTPBehindProxy):
		return errors.New("--open-loopback 只能用于监听 127.0.0.1，且不能放在代理之后")
	case !local && c.TLSCert == "" && !c.PlainHTTPBehindProxy:
		return errors.New("监听本机以外的地址须给出 --tls-cert 与 --tls-key，或用 --plain-http-behind-proxy 表明前面有 HTTPS 代理")
	}
	return nil
}

func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// Run serves until the signal to end, then lets running requests finish.
func (c *serveCmd) Run(e *env) error {
	s, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	keys, err := c.keys()
	if err != nil {
		return err
	}
	if err := c.sameKey(e, s, keys); err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(e.ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("监听 %s 失败，请换一个端口: %w", c.Listen, err)
	}
	oidc, err := c.oidc(e)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	handler := server.New(server.Config{
		Store: s, Keys: keys, Name: c.Name, Version: installer.Version(), Now: e.now, Log: e.log,
		OpenStaff: c.OpenLoopback, Secure: c.TLSCert != "" || c.PlainHTTPBehindProxy, OIDC: oidc,
	})
	work, rest := context.WithCancel(context.WithoutCancel(e.ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		handler.Work(work)
	}()
	defer func() { rest(); <-done }()
	stopMetrics, err := c.metrics(e, handler)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer stopMetrics()
	if err := c.announce(e, s, keys, listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	return c.serve(e, listener, handler)
}

// oidc asks the office's single sign-on for its keys; nil when none is given.
func (c *serveCmd) oidc(e *env) (*server.OIDC, error) {
	if c.OIDCIssuer == "" {
		return nil, nil
	}
	secret, err := os.ReadFile(c.OIDCSecretFile)
	if err != nil {
		return nil, fmt.Errorf("读不到单点登录的客户端密钥: %w", err)
	}
	return server.NewOIDC(e.ctx, &http.Client{Timeout: 30 * time.Second}, c.OIDCIssuer, c.OIDCClient, strings.TrimSpace(string(secret)), strings.TrimSuffix(c.PublicURL, "/")+"/oidc/back")
}

func (c *serveCmd) announce(e *env, s *inbox.Store, keys *server.Keys, at net.Addr) error {
	scheme := "http://"
	if c.TLSCert != "" {
		scheme = "https://"
	}
	code, err := addCode(e.ctx, s, e.now())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "地址 %s%s\n密钥指纹 %s\n登记码 %s（七天内可用一次）\n", scheme, at, submit.Fingerprint(keys.Public()), code)
	if err != nil || c.PortFile == "" {
		return err
	}
	return writeWhole(c.PortFile, scheme+at.String()+"\n")
}

func (c *serveCmd) serve(e *env, listener net.Listener, handler *server.Server) error {
	srv := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: portal.TimeoutStep, WriteTimeout: portal.TimeoutStep,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
	}
	ended := make(chan error, 1)
	go func() {
		if c.TLSCert != "" {
			ended <- srv.ServeTLS(listener, c.TLSCert, c.TLSKey)
			return
		}
		ended <- srv.Serve(listener)
	}()
	select {
	case err := <-ended:
		return err
	case <-e.ctx.Done():
	}
	handler.Drain()
	e.log.Info("draining", "delay", c.DrainDelay.String())
	time.Sleep(c.DrainDelay)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(e.ctx), 20*time.Second)
	defer cancel()
	err := srv.Shutdown(ctx)
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
