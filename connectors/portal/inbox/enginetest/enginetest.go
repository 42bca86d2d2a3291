//go:build linux

package enginetest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver under database/sql
)

// Patience is how long a server may take to come up on a busy machine.
const Patience = 3 * time.Minute

// The key to the S3 server.
const (
	AccessKey = "shangyun-test"
	SecretKey = "shangyun-test-secret"
)

// Place is a database and a bucket of one test.
type Place struct {
	Database string // address for the driver
	Endpoint string // http://…
	Bucket   string
}

// Cluster is a PostgreSQL server and an S3 server.
type Cluster struct {
	dir      string
	endpoint string
	pg, s3   *exec.Cmd
	s3ended  chan error
	n        int
	mu       sync.Mutex
}

// Wanted tells whether tests with third-party servers were asked for.
func Wanted() bool { return os.Getenv("SHANGYUN_PEERS") != "" }

// Start starts both servers; the error says what is missing.
func Start() (*Cluster, error) {
	dir, err := os.MkdirTemp("", "sy-engine-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir}
	if err := errors.Join(os.Chmod(dir, 0o755), c.startPostgres(), c.startS3()); err != nil {
		c.Stop()
		return nil, err
	}
	return c, nil
}

// Stop ends both servers and removes what they wrote.
func (c *Cluster) Stop() {
	if c.pg != nil && c.pg.Process != nil {
		_ = c.pg.Process.Signal(syscall.SIGINT) // fast shutdown
		_ = c.pg.Wait()
	}
	if c.s3 != nil && c.s3.Process != nil {
		_ = c.s3.Process.Kill()
		<-c.s3ended
	}
	_ = os.RemoveAll(c.dir)
}

// Fresh gives a new database and a new bucket.
func (c *Cluster) Fresh(t testing.TB) Place {
	t.Helper()
	c.mu.Lock()
	c.n++
	name := "t" + strconv.Itoa(c.n)
	c.mu.Unlock()
	admin, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = admin.Close() }()
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(c.dir, "s3", "bucket-"+name), 0o755); err != nil { // versitygw's buckets are folders
		t.Fatal(err)
	}
	return Place{Database: c.url(name), Endpoint: c.endpoint, Bucket: "bucket-" + name}
}

func (c *Cluster) url(db string) string {
	return fmt.Sprintf("host=%s user=%s dbname=%s", filepath.Join(c.dir, "run"), "postgres", db)
}

// startPostgres makes a cluster of its own that listens on a socket file only; as root it runs as the user postgres.
func (c *Cluster) startPostgres() error {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(found) == 0 {
		return errors.New("PostgreSQL is not installed (installer/deps.sh peers)")
	}
	bin := filepath.Dir(found[len(found)-1])
	as, err := unprivileged()
	if err != nil {
		return err
	}
	run, data := filepath.Join(c.dir, "run"), filepath.Join(c.dir, "pg")
	for _, d := range []string{run, data} {
		if err := os.Mkdir(d, 0o700); err != nil {
			return err
		}
		if as != nil {
			if err := os.Chown(d, int(as.Uid), int(as.Gid)); err != nil {
				return err
			}
		}
	}
	start := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir = run
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
		return cmd
	}
	if out, err := start("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale").CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	c.pg = start("postgres", "-D", data, "-k", run, "-c", "listen_addresses=", "-c", "max_connections=400")
	if err := c.pg.Start(); err != nil {
		return err
	}
	return until(func() error {
		db, err := sql.Open("pgx", c.url("postgres"))
		if err != nil {
			return err
		}
		return errors.Join(db.Ping(), db.Close())
	})
}

// unprivileged is the user that PostgreSQL runs as when the tests run as root; nil otherwise.
func unprivileged() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
}

// startS3 tries ports until one is free.
func (c *Cluster) startS3() error {
	gateway, err := Gateway()
	if err != nil {
		return err
	}
	root, side := filepath.Join(c.dir, "s3"), filepath.Join(c.dir, "meta")
	if err := errors.Join(os.Mkdir(root, 0o755), os.Mkdir(side, 0o755)); err != nil {
		return err
	}
	var said bytes.Buffer
	for range 5 { // another program may take the port in between
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		address := l.Addr().String()
		_ = l.Close()
		c.s3 = exec.Command(gateway, "--access", AccessKey, "--secret", SecretKey, "--port", address, "--quiet", "posix", "--sidecar", side, root)
		said.Reset()
		c.s3.Stderr = &said
		if err := c.s3.Start(); err != nil {
			return err
		}
		ended := make(chan error, 1)
		c.s3ended = ended
		go func(cmd *exec.Cmd) { ended <- cmd.Wait() }(c.s3)
		c.endpoint = "http://" + address
		up := until(func() error {
			select {
			case err := <-ended:
				ended <- err
				return fmt.Errorf("%w: %w", errEnded, err)
			default:
			}
			res, err := http.Get(c.endpoint)
			if err == nil {
				_ = res.Body.Close()
			}
			return err
		})
		if up == nil {
			return nil
		}
	}
	return fmt.Errorf("S3 server does not start: %s", said.String())
}

// Gateway is the path of versitygw, which installer/versitygw.sh builds.
func Gateway() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		path := filepath.Join(dir, "build", "field-peers", "versitygw")
		if st, bad := os.Stat(path); bad == nil && st.Mode().IsRegular() {
			return path, nil
		}
		if filepath.Dir(dir) == dir {
			break
		}
		dir = filepath.Dir(dir)
	}
	return "", errors.New("versitygw is not built (installer/versitygw.sh)")
}

var errEnded = errors.New("program has ended")

// until asks again until there is no error, or gives up.
func until(ask func() error) error {
	ctx, stop := context.WithTimeout(context.Background(), Patience)
	defer stop()
	for {
		err := ask()
		if err == nil || errors.Is(err, errEnded) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
}
