//go:build !linux

package probe

import (
	"context"
	"errors"
)

// layer2Hint says what would enable hearing frames.
const layer2Hint = "本版只在 Linux 上收发二层帧；可在交换机上查看 LLDP，或让交换机的 SNMP 给出"

var errNoFrames = errors.New("no frames on this system")

type layer2 struct{}

func openLayer2(iface, ...uint16) (*layer2, error) { return nil, errNoFrames }

func (l *layer2) hear(context.Context, func(frame []byte)) {}

func (g *gate) wire(*Protocol, *layer2, iface) *guarded { return nil }

func (l *layer2) close() {}
