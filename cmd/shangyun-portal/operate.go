package main

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// errOtherKey: this instance signs with a key that the portal's devices do not know.
var errOtherKey = errors.New("本机的签名密钥与这个门户的不是同一把")

// sameKey holds this instance's key against that of the portal's first instance.
func (c *serveCmd) sameKey(e *env, s *inbox.Store, keys *server.Keys) error {
	if c.Engine == "" {
		return nil
	}
	mine := submit.Fingerprint(keys.Ring().Pinned)
	first, err := s.EnsureSetting(e.ctx, "root_key", mine)
	if err == nil && first != mine {
		err = errOtherKey
	}
	return err
}

// metrics serves the numbers on an address of their own until the caller calls what comes back.
func (c *serveCmd) metrics(e *env, handler *server.Server) (stop func(), err error) {
	if c.MetricsListen == "" {
		return func() {}, nil
	}
	token := ""
	if c.MetricsTokenFile != "" {
		b, err := os.ReadFile(c.MetricsTokenFile)
		if err != nil || strings.TrimSpace(string(b)) == "" {
			return nil, fmt.Errorf("读不到指标的口令: %w", errors.Join(err, errors.New("文件为空或不能读")))
		}
		token = "Bearer " + strings.TrimSpace(string(b))
	}
	listener, err := (&net.ListenConfig{}).Listen(e.ctx, "tcp", c.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("监听 %s 失败，请换一个端口: %w", c.MetricsListen, err)
	}
	numbers, mux := handler.Metrics(), http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		if token != "" && subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte(token)) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		numbers.ServeHTTP(w, r)
	})
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, WriteTimeout: time.Minute}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = srv.Serve(listener)
	}()
	e.log.Info("metrics", "address", listener.Addr().String())
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = srv.Shutdown(ctx)
		<-done
	}, nil
}

// writeWhole lets a waiting reader see either no file or all of it.
func writeWhole(path, text string) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".port-*")
	if err != nil {
		return err
	}
	_, err = tmp.WriteString(text)
	return errors.Join(err, tmp.Close(), os.Rename(tmp.Name(), path))
}
