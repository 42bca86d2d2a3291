package ui

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
)

// loop runs verbs one after another on one goroutine of its own and brings their ends back to the UI goroutine. It is the one place
// with fyne.Do. A loop without a goroutine (see inline) runs everything at once, for tests and pictures.
type loop struct {
	jobs   chan job
	done   chan struct{}
	stop   context.CancelFunc
	ctx    context.Context
	inline bool

	mu     sync.Mutex
	cancel context.CancelFunc // of the running job
	quiet  bool               // the running job gives way
}

type job struct {
	work  func(ctx context.Context)
	then  func()
	quiet bool
}

// newLoop starts a loop; Close ends it.
func newLoop() *loop {
	ctx, stop := context.WithCancel(context.Background())
	l := &loop{jobs: make(chan job, 256), done: make(chan struct{}), ctx: ctx, stop: stop}
	go l.run()
	return l
}

// inlineLoop makes a loop that runs each job before Add returns.
func inlineLoop() *loop {
	ctx, stop := context.WithCancel(context.Background())
	return &loop{ctx: ctx, stop: stop, inline: true}
}

// Add queues work; then runs on the UI goroutine after it.
func (l *loop) Add(work func(ctx context.Context), then func()) {
	if l.inline {
		l.now(work)
		then()
		return
	}
	l.add(job{work: work, then: then})
	l.giveWay()
}

// Quietly queues work that nobody waits for: it is cancelled as soon as anything else is queued.
func (l *loop) Quietly(work func(ctx context.Context), then func()) {
	if !l.inline {
		l.add(job{work: work, then: then, quiet: true})
	}
}

// giveWay stops a quiet job that runs.
func (l *loop) giveWay() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.quiet && l.cancel != nil {
		l.cancel()
	}
}

func (l *loop) add(j job) {
	select {
	case l.jobs <- j:
	case <-l.ctx.Done():
	}
}

// now runs work at once; Cancel, called from within, stops it.
func (l *loop) now(work func(ctx context.Context)) {
	ctx, cancel := context.WithCancel(l.ctx)
	defer cancel()
	l.mu.Lock()
	before := l.cancel
	l.cancel = cancel
	l.mu.Unlock()
	work(ctx)
	l.mu.Lock()
	l.cancel = before
	l.mu.Unlock()
}

// UI runs do on the UI goroutine from wherever a job is.
func (l *loop) UI(do func()) {
	if l.inline {
		do()
		return
	}
	fyne.Do(do)
}

// Cancel stops the running job; the queue goes on.
func (l *loop) Cancel() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cancel != nil {
		l.cancel()
	}
}

// Close finishes what is queued, so that nothing typed is lost, and waits for it.
func (l *loop) Close() {
	if l.inline {
		l.stop()
		return
	}
	close(l.jobs)
	<-l.done
	l.stop()
}

func (l *loop) run() {
	defer close(l.done)
	for j := range l.jobs {
		ctx, cancel := context.WithCancel(l.ctx)
		l.mu.Lock()
		l.cancel, l.quiet = cancel, j.quiet
		l.mu.Unlock()
		if j.quiet && len(l.jobs) > 0 {
			cancel()
		}
		j.work(ctx)
		cancel()
		fyne.Do(j.then)
	}
}
