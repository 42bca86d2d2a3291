package inbox

import (
	"fmt"
	"os"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox/enginetest"
)

// cluster is PostgreSQL and an S3 server while the tests run on them.
var cluster *enginetest.Cluster

// TestMain runs every test on the embedded engine and then, where third-party servers are asked for, every test again on PostgreSQL and S3.
func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 && enginetest.Wanted() {
		code = again(m)
	}
	os.Exit(code)
}

func again(m *testing.M) int {
	var err error
	if cluster, err = enginetest.Start(); err != nil {
		fmt.Println(err)
		return 1
	}
	defer cluster.Stop()
	fmt.Println("again, on PostgreSQL and S3")
	fresh = func(t *testing.T) *Store { return join(t, cluster.Fresh(t)) }
	return m.Run()
}

// join opens one more instance on a place.
func join(t *testing.T, p enginetest.Place) *Store {
	t.Helper()
	s, err := OpenEngine(t.Context(), engineOf(p), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func engineOf(p enginetest.Place) Engine {
	return Engine{Database: p.Database, S3: Bucket{Endpoint: p.Endpoint, Bucket: p.Bucket, AccessKey: enginetest.AccessKey, SecretKey: enginetest.SecretKey}}
}
