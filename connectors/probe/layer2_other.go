//go:build !linux

package probe

import (
	"context"
	"errors"
)

// layer2Hint says what would enable hearing frames.
const layer2Hint = "本版只在 Linux 上收二层帧；可在交换机上查看 LLDP，或让交换机的 SNMP 给出"

type layer2 struct{}

func openLayer2(iface) (*layer2, error) { return nil, errors.New("no frames on this system") }

func (e *ear) layer2(context.Context, *layer2, string) {}
