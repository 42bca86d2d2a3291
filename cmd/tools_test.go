package cmd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shangyuntong/shangyun/connectors/casedb"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

// jobVar and dirVar make this test binary a program that does one job on a folder.
const (
	jobVar = "SHANGYUN_CMD_TEST_JOB"
	dirVar = "SHANGYUN_CMD_TEST_DIR"
)

// jobs are what this binary does instead of testing when jobVar names one.
var jobs = map[string]func(ctx context.Context, dir string) error{"hold": hold}

// scratch lives as long as this run: the programs and the case that tests begin with.
var scratch string

func TestMain(m *testing.M) {
	if job, ok := jobs[os.Getenv(jobVar)]; ok {
		if err := job(context.Background(), os.Getenv(dirVar)); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	var err error
	if scratch, err = os.MkdirTemp("", "shangyun-cmd-*"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(scratch)
	os.Exit(code)
}

// job is this binary doing a job on dir.
func job(t *testing.T, name, dir string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), jobVar+"="+name, dirVar+"="+dir)
	return cmd
}

// hold opens the case folder, says so and keeps it until its input ends.
func hold(ctx context.Context, dir string) error {
	db, err := casedb.Open(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Println("held")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	return db.Close()
}

var builtTools = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(scratch, "bin")
	out, err := exec.Command("go", "build", "-o", dir+string(os.PathSeparator), "./shangyunctl", "./shangyun-portal").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return dir, nil
})

// tools gives the folder of the two programs that have no window, built once per run.
func tools(t *testing.T) string {
	t.Helper()
	dir, err := builtTools()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var sampleFirm = sync.OnceValues(func() (string, error) {
	bin, err := builtTools()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(scratch, "firm")
	papers := filepath.Join(dir, "样例")
	lines := [][]string{{"sample", papers}, {"case", "import", filepath.Join(papers, "企业资料.json")}, {"import", filepath.Join(papers, "台账.xlsx")},
		{"answer", "--file", filepath.Join(papers, "答卷.json")}, {"recommend", "--accept"}}
	for _, role := range []string{"营业执照", "合同", "发票", "付款凭证"} {
		lines = append(lines, []string{"attach", "--role", role, filepath.Join(papers, "附件-"+role+".png")})
	}
	for _, line := range lines {
		cmd := exec.Command(filepath.Join(bin, "shangyunctl"), append([]string{"--data", filepath.Join(dir, "data"), "--by", "测试"}, line...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%v: %w\n%s", line, err, out)
		}
	}
	return dir, nil
})

// firm gives a case folder of its own, ready to be sent, and the folder of the sample's files.
func firm(t *testing.T) (data, files string) {
	t.Helper()
	dir, err := sampleFirm()
	if err != nil {
		t.Fatal(err)
	}
	data = filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(data, os.DirFS(filepath.Join(dir, "data"))); err != nil {
		t.Fatal(err)
	}
	return data, filepath.Join(dir, "样例")
}

// faultRounds gives n, times SHANGYUN_FAULT_ROUNDS for long runs.
func faultRounds(n int) int {
	if k, err := strconv.Atoi(os.Getenv("SHANGYUN_FAULT_ROUNDS")); err == nil && k > 1 {
		return n * k
	}
	return n
}

// office is the real portal program on loopback.
type office struct {
	bin, data, address, fingerprint, code string
	cmd                                   *exec.Cmd
}

// openOffice starts a portal with a folder of its own.
func openOffice(t *testing.T) *office {
	t.Helper()
	o := &office{bin: tools(t), data: filepath.Join(t.TempDir(), "portal"), address: "127.0.0.1:0"}
	o.start(t)
	return o
}

// start runs the portal at its address and reads what it prints to enrol with.
func (o *office) start(t *testing.T) {
	t.Helper()
	o.cmd = exec.CommandContext(t.Context(), filepath.Join(o.bin, "shangyun-portal"), "serve", "--data", o.data, "--listen", strings.TrimPrefix(o.address, "http://"))
	out, err := o.cmd.StdoutPipe()
	if err == nil {
		err = o.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.kill)
	lines := bufio.NewScanner(out)
	for read := 0; read < 3 && lines.Scan(); read++ {
		key, value, _ := strings.Cut(lines.Text(), " ")
		switch key {
		case "地址":
			o.address = value
		case "密钥指纹":
			o.fingerprint = value
		case "登记码":
			o.code, _, _ = strings.Cut(value, "（")
		}
	}
	if o.code == "" {
		t.Fatal("the portal did not start")
	}
}

// kill is kill -9; a second one finds nothing to do.
func (o *office) kill() {
	_ = o.cmd.Process.Kill()
	_ = o.cmd.Wait()
}

// enrol makes the case folder known to the portal, reached at address.
func (o *office) enrol(t *testing.T, data, address string) {
	t.Helper()
	runCtl(t, o.bin, data, "portal", "enrol", address, "--code", o.code, "--fingerprint", o.fingerprint).want(t, 0, "已登记")
}

// sent is one request as a portal holds it.
type sent struct {
	id       string
	kind     submit.Kind
	state    submit.State
	receipts int // revisions with a receipt
}

// heldBy lists what the portal in dir holds, read from its own store.
func heldBy(t *testing.T, dir string) []sent {
	t.Helper()
	s, err := inbox.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	return heldIn(t, s)
}

func heldIn(t *testing.T, s *inbox.Store) []sent {
	t.Helper()
	rows, _, err := s.List(t.Context(), inbox.Who{Role: inbox.RoleAdmin}, inbox.Query{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	var all []sent
	for _, r := range rows {
		h := sent{id: r.ID, kind: r.Kind, state: r.State}
		for n := 1; ; n++ {
			_, receipt, err := s.Revision(t.Context(), inbox.Who{Role: inbox.RoleAdmin}, r.ID, n)
			if errors.Is(err, inbox.ErrNotFound) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if receipt != nil {
				h.receipts++
			}
		}
		all = append(all, h)
	}
	return all
}

// wantOne holds the portal to exactly one received request with that many receipts.
func (o *office) wantOne(t *testing.T, receipts int) {
	t.Helper()
	all := heldBy(t, o.data)
	if len(all) != 1 || all[0].receipts != receipts || all[0].state != submit.StateReceived {
		t.Errorf("the portal holds %+v, want one received request with %d receipts", all, receipts)
	}
}

// timed tells how long do takes.
func timed(do func()) time.Duration {
	begun := time.Now()
	do()
	return time.Since(begun)
}

// tool runs another command of the portal's program over the same folder.
func (o *office) tool(t *testing.T, args ...string) string {
	t.Helper()
	said, err := exec.CommandContext(t.Context(), filepath.Join(o.bin, "shangyun-portal"), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, said)
	}
	return string(said)
}
