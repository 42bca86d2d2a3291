package solver

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"fmt"
	"io"
	"sync"

	"github.com/tetratelabs/wazero"

	"github.com/shangyuntong/shangyun/survey/recommend/exact"
)

//go:embed highs.wasm.gz
var packed []byte

// Limits of one run.
const (
	maxWasm  = 16 << 20 // bytes of the unpacked module
	maxPages = 8192     // 64 KiB each: 512 MiB
)

// HiGHS is the engine. Its zero value keeps no compiled code on disk. It may be used from several goroutines; each run has its own instance.
type HiGHS struct {
	// Folder keeps the compiled code between runs of the program; "" keeps it in memory only. A folder that cannot be used is passed over.
	Folder string

	once    sync.Once
	runtime wazero.Runtime
	code    wazero.CompiledModule
	err     error
}

var _ exact.Engine = (*HiGHS)(nil)

// Warm loads and compiles HiGHS, so that the first model does not wait for it.
func (h *HiGHS) Warm(ctx context.Context) error {
	h.once.Do(func() { h.err = h.load(context.WithoutCancel(ctx)) })
	return h.err
}

func (h *HiGHS) load(ctx context.Context) error {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("solver: %w", err)
	}
	wasm, err := io.ReadAll(io.LimitReader(z, maxWasm))
	if err != nil {
		return fmt.Errorf("solver: %w", err)
	}
	cache := wazero.NewCompilationCache()
	if h.Folder != "" {
		if c, err := wazero.NewCompilationCacheWithDir(h.Folder); err == nil {
			cache = c
		}
	}
	h.runtime = wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithCompilationCache(cache).WithMemoryLimitPages(maxPages))
	if h.code, err = h.runtime.CompileModule(ctx, wasm); err != nil {
		return fmt.Errorf("solver: %w", err)
	}
	if err := env(ctx, h.runtime, h.code); err != nil {
		return fmt.Errorf("solver: %w", err)
	}
	return nil
}

// Close frees the compiled code.
func (h *HiGHS) Close(ctx context.Context) error {
	if h.runtime == nil {
		return nil
	}
	return h.runtime.Close(ctx)
}
