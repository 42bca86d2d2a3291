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
}

type job struct {
	work func(ctx context.Context)
	then func()
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
	j := job{work, then}
	if l.inline {
		work(l.ctx)
		then()
		return
	}
	select {
	case l.jobs <- j:
	case <-l.ctx.Done():
	}
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
		l.cancel = cancel
		l.mu.Unlock()
		j.work(ctx)
		cancel()
		fyne.Do(j.then)
	}
}
