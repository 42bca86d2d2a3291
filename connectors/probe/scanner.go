package probe

import (
	"context"
	"io"
	"maps"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// Scanner looks at the network this computer is in.
type Scanner struct {
	Now    func() time.Time
	Log    func() (io.WriteCloser, error) // where each run's frames are written as they leave; nil keeps them in the report only
	Marks  *Marks                         // of web pages; nil knows none
	wait   int                            // tests on busy machines multiply what a device may take; 0 is 1
	Leases []string                       // DHCP lease files the person names
}

// Plan implements wizard.NetScanner. It sends nothing.
func (s *Scanner) Plan(o scan.Order) (scan.Plan, error) {
	j, err := prepare(o)
	if err != nil {
		return scan.Plan{}, err
	}
	return j.plan, nil
}

// run is one scan under way.
type run struct {
	job
	budget budget
	gate   *gate
	log    *frames
	pace   *rate.Limiter
	wires  *wires
	fuse   fuse
	marks  *Marks
	shouts *shouts
	times  time.Duration // see Scanner.wait
	start  time.Time
	done   atomic.Int64

	mu    sync.Mutex // guards what follows and tell
	tell  func(scan.Event)
	hosts map[netip.Addr]*scan.Host
	// beside holds devices that answered on the wire without an address of the plan, by MAC.
	beside map[string]scan.Host
	notes  []string
}

// Scan implements wizard.NetScanner.
func (s *Scanner) Scan(ctx context.Context, o scan.Order, c scan.Consent, tell func(scan.Event)) (scan.Report, error) {
	j, err := prepare(o)
	if err != nil {
		return scan.Report{}, err
	}
	if c.Plan == "" || c.Plan != j.plan.ID || c.By == "" {
		return scan.Report{}, survey.Fail(survey.CodeScanConsent, "probe.scan", "计划 %s", j.plan.ID)
	}
	log := &frames{}
	if s.Log != nil {
		out, err := s.Log()
		if err != nil {
			return scan.Report{}, survey.Wrap(survey.CodeFileMissing, "probe.log", err)
		}
		defer out.Close()
		log.out = out
	}
	r := s.newRun(j, log, tell)
	log.add(scan.Frame{At: s.Now(), Template: "plan", Protocol: j.plan.ID, Remote: c.By})
	r.all(ctx)
	rep := scan.Report{Plan: j.plan, Consent: c, Started: r.start.UTC(), Ended: s.Now().UTC(), Stopped: ctx.Err() != nil, Hosts: r.result(), Skipped: j.plan.Skipped, Notes: r.notes}
	rep.Log, rep.Bytes = log.read()
	return rep, survey.Wrap(survey.CodeDiskFull, "probe.log", log.err)
}

func (s *Scanner) newRun(j *job, log *frames, tell func(scan.Event)) *run {
	b := budgets[j.order.Profile]
	if tell == nil {
		tell = func(scan.Event) {}
	}
	r := &run{
		job: *j, budget: b, log: log, gate: &gate{log: log, now: s.Now}, pace: rate.NewLimiter(rate.Limit(b.perSecond), max(1, b.perSecond/10)),
		wires: newWires(), marks: s.Marks, times: time.Duration(max(s.wait, 1)), start: s.Now(), tell: tell, hosts: map[netip.Addr]*scan.Host{}, beside: map[string]scan.Host{},
	}
	return r
}

// all visits every host and waits for the last one.
func (r *run) all(ctx context.Context) {
	r.shout(ctx)
	work := make(chan netip.Addr)
	var wg sync.WaitGroup
	for range min(r.budget.workers, len(r.job.hosts)) {
		wg.Go(func() {
			for a := range work {
				r.visit(ctx, a)
				r.done.Add(1)
				r.progress()
			}
		})
	}
	for _, a := range r.job.hosts {
		select {
		case work <- a:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(work)
	wg.Wait()
	<-r.shouts.done
}

// progress tells how far the run is.
func (r *run) progress() {
	done, total := int(r.done.Load()), len(r.job.hosts)
	took := r.gate.now().Sub(r.start).Seconds()
	e := scan.Event{Kind: scan.EventProgress, At: r.gate.now().UTC(), Done: done, Total: total}
	if took > 0 {
		e.Rate = float64(r.log.count()) / took
	}
	if done > 0 {
		e.Left = int(took / float64(done) * float64(total-done))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tell(e)
}

// found tells of a host as it stands now.
func (r *run) found(h *visitor) {
	h.mu.Lock()
	copied := h.host
	copied.Identities, copied.Ports = slices.Clone(h.host.Identities), slices.Clone(h.host.Ports)
	h.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hosts[h.addr] = &copied
	r.tell(scan.Event{Kind: scan.EventHost, At: r.gate.now().UTC(), Done: int(r.done.Load()), Total: len(r.job.hosts), Host: &copied})
}

func (r *run) note(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes = append(r.notes, text)
	r.tell(scan.Event{Kind: scan.EventNote, At: r.gate.now().UTC(), Done: int(r.done.Load()), Total: len(r.job.hosts), Text: text})
}

func (r *run) result() []scan.Host {
	r.mu.Lock()
	defer r.mu.Unlock()
	var addrs []netip.Addr
	for a := range r.hosts {
		addrs = append(addrs, a)
	}
	slices.SortFunc(addrs, netip.Addr.Compare)
	out := make([]scan.Host, len(addrs))
	for i, a := range addrs {
		out[i] = *r.hosts[a]
	}
	for _, mac := range slices.Sorted(maps.Keys(r.beside)) {
		out = append(out, r.beside[mac])
	}
	return out
}
