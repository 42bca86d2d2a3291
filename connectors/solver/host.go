package solver

import (
	"bytes"
	"context"
	"errors"
	"math"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

var errAborted = errors.New("solver: HiGHS gave up")

// maxLog caps a line of the log that is waited for.
const maxLog = 4096

// guest is what one run of HiGHS sees of the world.
type guest struct {
	ctx  context.Context
	tick float64 // milliseconds that its clock shows
	line []byte
	log  func(line string)
}

type guestKey struct{}

func guestOf(ctx context.Context) *guest { return ctx.Value(guestKey{}).(*guest) }

// now lets the clock count calls; once the caller's context ends it is past any limit.
func (g *guest) now() float64 {
	g.tick += 1e-3
	if g.ctx.Err() != nil {
		return 1e12 + g.tick
	}
	return g.tick
}

// env gives HiGHS its imports with the types that it asks for: a clock, a log, memory to grow. Everything else answers 0, which stands for
// "no such thing" in all of them.
func env(ctx context.Context, r wazero.Runtime, code wazero.CompiledModule) error {
	b := r.NewHostModuleBuilder(importModule)
	for _, f := range code.ImportedFunctions() {
		_, name, _ := f.Import()
		b = b.NewFunctionBuilder().WithGoModuleFunction(call(name, len(f.ResultTypes())), f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	_, err := b.Instantiate(ctx)
	return err
}

func call(name string, results int) api.GoModuleFunc {
	return func(ctx context.Context, m api.Module, stack []uint64) {
		switch name {
		case importThrow, importExit, importAbort, importQuit:
			panic(errAborted)
		case importNow, importDate:
			stack[0] = math.Float64bits(guestOf(ctx).now())
		case importClock:
			m.Memory().WriteUint64Le(uint32(stack[2]), uint64(guestOf(ctx).now()*1e6))
			stack[0] = 0
		case importGrow:
			stack[0] = grow(m.Memory(), uint32(stack[0]))
		case importWrite:
			stack[0] = guestOf(ctx).write(m.Memory(), stack)
		default:
			if results > 0 {
				stack[0] = 0
			}
		}
	}
}

// grow gives memory up to the limit of the runtime: 1 when it could.
func grow(mem api.Memory, size uint32) uint64 {
	const page = 65536
	if size <= mem.Size() {
		return 1
	}
	if _, ok := mem.Grow((size - mem.Size() + page - 1) / page); ok {
		return 1
	}
	return 0
}

// write takes the lines that HiGHS logs.
func (g *guest) write(mem api.Memory, stack []uint64) uint64 {
	at, count, total := uint32(stack[1]), uint32(stack[2]), uint32(0)
	for i := range min(count, 64) {
		p, ok1 := mem.ReadUint32Le(at + 8*i)
		n, ok2 := mem.ReadUint32Le(at + 8*i + 4)
		text, ok3 := mem.Read(p, n)
		if !ok1 || !ok2 || !ok3 {
			return 1
		}
		total += n
		g.line = append(g.line, text...)
	}
	mem.WriteUint32Le(uint32(stack[3]), total)
	for {
		line, rest, ok := bytes.Cut(g.line, []byte("\n"))
		if !ok {
			break
		}
		if g.log != nil {
			g.log(string(line))
		}
		g.line = append(g.line[:0], rest...)
	}
	if len(g.line) > maxLog {
		g.line = g.line[:0]
	}
	return 0
}
