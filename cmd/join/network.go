package join

import (
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/connectors/probe"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

var _ wizard.NetScanner = (*probe.Scanner)(nil)

// Network gives the network scanner. Each run's frames are written as they leave to a file of their own under folder/scans; "" keeps them
// in the report only. Leases are DHCP lease files the person names.
func Network(folder string, leases ...string) *probe.Scanner {
	s := &probe.Scanner{Now: time.Now, Leases: leases, Marks: marks()}
	if folder != "" {
		s.Log = func() (io.WriteCloser, error) {
			dir := filepath.Join(folder, "scans")
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return nil, err
			}
			return os.OpenFile(filepath.Join(dir, time.Now().UTC().Format("20060102T150405.000Z")+".jsonl"), os.O_CREATE|os.O_APPEND|os.O_WRONLY|os.O_EXCL, 0o600)
		}
	}
	return s
}

// marks are those that come with the program; a test holds that they can be read.
var marks = sync.OnceValue(func() *probe.Marks {
	m, err := probe.ReadMarks(assets.Mark)
	if err != nil {
		panic("join: embedded marks: " + err.Error())
	}
	return m
})

// Looking gives a desk without a case file that looks at the network on behalf of a person.
func Looking(network wizard.NetScanner, by string) (*wizard.Desk, error) {
	d, err := Thinking()
	if err != nil {
		return nil, err
	}
	d.Network, d.By, d.Software = network, by, software{}
	return d, nil
}

// Protocols lists what can be asked on a network.
func Protocols() (out []scan.Step) { return probe.Steps() }

// ReadAgain reads the kept answers of a report by this program's readers; what they cannot read stays as it was and is counted.
func ReadAgain(r *scan.Report) (read, failed int) {
	for h := range r.Hosts {
		for i, old := range r.Hosts[h].Identities {
			id, err := probe.Again(old, marks())
			if err != nil {
				failed++
				continue
			}
			read++
			r.Hosts[h].Identities[i] = id
		}
	}
	return read, failed
}

// VerifyFrames tells whether a log of frames is whole.
func VerifyFrames(log []scan.Frame) error {
	return survey.Wrap(survey.CodeFileBroken, "join.frames", probe.Verify(log))
}
