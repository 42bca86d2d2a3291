package cmd

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/installer"
)

// TestTheOneVersionShowsEverywhere: on the command line, by the portal, and in a request as the portal holds it. Pages show
// the one they are given (ui/page, connectors/portal/server).
func TestTheOneVersionShowsEverywhere(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	for _, program := range []string{"shangyunctl", "shangyun-portal"} {
		out, err := exec.CommandContext(t.Context(), filepath.Join(o.bin, program), "--version").Output()
		if err != nil || strings.TrimSpace(string(out)) != "上云通 "+installer.Version() {
			t.Errorf("%s says %q, %v", program, out, err)
		}
	}
	o.enrol(t, data, o.address)
	runCtl(t, o.bin, data, "send", "--agree").want(t, 0, "已报送")
	s, err := inbox.Open(t.Context(), o.data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	all := heldIn(t, s)
	if len(all) != 1 {
		t.Fatalf("%d requests", len(all))
	}
	sealed, _, err := s.Revision(t.Context(), inbox.Who{Role: inbox.RoleAdmin}, all[0].id, 1)
	if err != nil || sealed.Submission.Program != installer.Version() {
		t.Errorf("the request was made by %q, %v", sealed.Submission.Program, err)
	}
}
