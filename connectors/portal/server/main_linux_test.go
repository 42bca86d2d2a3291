package server

import (
	"fmt"
	"os"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox/enginetest"
)

// TestMain runs every test on the embedded engine and then, where third-party servers are asked for, every test again on PostgreSQL and S3.
func TestMain(m *testing.M) {
	argonTime, argonMemory, argonThreads = 1, 8, 1 // the tests log in many times
	code := m.Run()
	if code == 0 && enginetest.Wanted() {
		code = again(m)
	}
	os.Exit(code)
}

func again(m *testing.M) int {
	cluster, err := enginetest.Start()
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer cluster.Stop()
	fmt.Println("again, on PostgreSQL and S3")
	freshStore = func(t *testing.T, dir string) (*inbox.Store, error) {
		p := cluster.Fresh(t)
		return inbox.OpenEngine(t.Context(), inbox.Engine{Database: p.Database, S3: inbox.Bucket{Endpoint: p.Endpoint, Bucket: p.Bucket, AccessKey: enginetest.AccessKey, SecretKey: enginetest.SecretKey}}, dir)
	}
	return m.Run()
}
