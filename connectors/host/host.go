package host

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Timeout bounds all questions to the operating system together.
const Timeout = 5 * time.Second

// Name is how this computer stands in the register.
const Name = "办公电脑（本机）"

// Describe gives this computer as an asset without ID, with Evidence dated now. A question that the system does not answer in
// time leaves its field empty or unknown. It fails with CodeCancelled when ctx ends early by the caller, and with
// CodeInternal when the system answers nothing at all.
func Describe(ctx context.Context, now time.Time) (survey.Asset, error) {
	limited, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	f := ask(limited, questions)
	if err := ctx.Err(); err != nil {
		return survey.Asset{}, survey.Wrap(survey.CodeCancelled, "host.describe", err)
	}
	if f.empty() {
		return survey.Asset{}, survey.Fail(survey.CodeInternal, "host.describe", "读不到本机信息，请在设备清单里手工登记这台电脑")
	}
	return f.asset(now), nil
}

// facts are the answers; a zero field was not answered.
type facts struct {
	system     string // "debian 12.11"
	guest      bool   // runs as a virtual machine
	processor  string
	cores      int    // logical
	memory     uint64 // bytes
	disk       uint64 // bytes, all local disks
	interfaces int    // network interfaces that are no loopback
	connected  survey.Tri
	macs       []string // given by the maker
	plate      plate
}

func (f facts) empty() bool {
	return f.system == "" && f.processor == "" && f.cores == 0 && f.memory == 0 && f.disk == 0 && f.interfaces == 0 && f.connected == survey.Unknown
}

// question asks one thing and returns how to note the answer; nil is no answer.
type question func(ctx context.Context) func(*facts)

// ask puts all questions at once and takes what comes before ctx ends. A question that hangs in the system keeps only
// its own goroutine, which ends with its call.
func ask(ctx context.Context, list []question) facts {
	answers := make(chan func(*facts), len(list))
	for _, q := range list {
		go func() { answers <- q(ctx) }()
	}
	var f facts
	for range list {
		select {
		case note := <-answers:
			if note != nil {
				note(&f)
			}
		case <-ctx.Done():
			return f
		}
	}
	return f
}

// asset writes the facts down as IT equipment: 不属于四类, not counted, digital by nature.
func (f facts) asset(now time.Time) survey.Asset {
	a := survey.Asset{
		Name: Name, Class: survey.ClassNone, Use: survey.UseOffice, Counted: survey.No, Count: 1,
		KeyStep: survey.No, Numeric: survey.No, Digital: survey.Yes, Networked: f.connected, Note: f.spec(),
		Nameplate: survey.Nameplate{DeviceClass: "计算机", SoftwareRevision: f.system, Manufacturer: f.plate.maker, Model: f.plate.model, SerialNumber: f.plate.serial},
		Reach:     survey.Reach{MACs: f.macs},
		Evidence:  []survey.Evidence{{Source: survey.SourceHost, By: "gopsutil", At: now.UTC(), Ref: "本机"}},
	}
	if f.guest {
		a.Nameplate.DeviceClass = "计算机（虚拟机）"
	}
	if f.connected == survey.Yes {
		a.Network = survey.NetApp
	}
	return a
}

// spec is one readable line of what was answered.
func (f facts) spec() string {
	var parts []string
	add := func(known bool, format string, args ...any) {
		if known {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(f.system != "", "操作系统 %s", f.system)
	add(f.processor != "", "处理器 %s", f.processor)
	add(f.cores > 0, "%d 个逻辑核", f.cores)
	add(f.memory > 0, "内存 %s", size(f.memory))
	add(f.disk > 0, "硬盘 %s", size(f.disk))
	add(f.interfaces > 0, "网络接口 %d 个", f.interfaces)
	return strings.Join(parts, "，")
}

// size prints bytes in GB of 2³⁰ with one decimal, rounded to the nearest.
func size(n uint64) string {
	tenths := (n*10 + 1<<29) >> 30
	if n > 1<<60 {
		return fmt.Sprintf("%d GB", n>>30)
	}
	return fmt.Sprintf("%d.%d GB", tenths/10, tenths%10)
}
