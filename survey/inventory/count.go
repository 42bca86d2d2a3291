package inventory

import "github.com/shangyuntong/shangyun/survey"

// MaxCount is the largest number of machines that one line of the register is counted with; a larger figure, which only a damaged
// file can hold, is held at it so that sums stay exact.
const MaxCount = 1_000_000_000

// Counts are the register's counts in 台 (machines) and 工序 (steps). Every figure but Unknown is about 生产设备 only.
type Counts struct {
	Machines         int // 生产设备: machines that count in the denominator
	Digital          int
	Networked        int
	OnCloud          int
	DigitalNetworked int // networked among the digital ones (两化融合)
	Unknown          int // 台 whose 计入分母 is not settled; counted nowhere else
	DigitalOpen      int // 台 in Machines whose digital state is unknown
	NetworkedOpen    int
	CloudOpen        int
	KeySteps         int // 关键工序: distinct process names with a machine flagged so
	KeyNumeric       int // with ≥ 1 numerically controlled machine
	KeyNumericOpen   int // without a known one, but with a machine of unknown control
	KeyUnnamed       int // 台 flagged 关键工序 whose process has no name
}

// Count adds up the register. The order of the assets does not matter.
func Count(assets []survey.Asset) Counts {
	var n Counts
	steps := map[string]survey.Tri{}
	for i := range assets {
		n.add(&assets[i])
		if assets[i].KeyStep == survey.Yes {
			n.key(&assets[i], steps)
		}
	}
	for i := range assets {
		a := &assets[i]
		if len(steps) == 0 || a.KeyStep != survey.Unknown {
			continue
		}
		name := process(a)
		if have, key := steps[name]; key {
			steps[name] = better(have, a.Numeric)
		}
	}
	n.KeySteps = len(steps)
	for _, numeric := range steps {
		switch numeric {
		case survey.Yes:
			n.KeyNumeric++
		case survey.Unknown:
			n.KeyNumericOpen++
		}
	}
	return n
}

// Machines gives how many machines a line of the register stands for: Asset.Count, at least 0 and at most MaxCount.
func Machines(a *survey.Asset) int { return min(max(a.Count, 0), MaxCount) }

func (n *Counts) add(a *survey.Asset) {
	count := Machines(a)
	switch a.InDenominator() {
	case survey.No:
		return
	case survey.Unknown:
		n.Unknown += count
		return
	}
	n.Machines += count
	tally(a.Digital, count, &n.Digital, &n.DigitalOpen)
	tally(a.Networked, count, &n.Networked, &n.NetworkedOpen)
	tally(a.OnCloud, count, &n.OnCloud, &n.CloudOpen)
	if a.Digital == survey.Yes && a.Networked == survey.Yes {
		n.DigitalNetworked += count
	}
}

func (n *Counts) key(a *survey.Asset, steps map[string]survey.Tri) {
	name := process(a)
	if name == "" {
		n.KeyUnnamed += Machines(a)
		return
	}
	have, seen := steps[name]
	if !seen {
		have = survey.No
	}
	steps[name] = better(have, a.Numeric)
}

// better joins two machines of one step: yes beats unknown, unknown beats no.
func better(a, b survey.Tri) survey.Tri {
	if a == survey.Yes || b == survey.Yes {
		return survey.Yes
	}
	if a == survey.Unknown || b == survey.Unknown {
		return survey.Unknown
	}
	return survey.No
}

func tally(fact survey.Tri, count int, yes, open *int) {
	switch fact {
	case survey.Yes:
		*yes += count
	case survey.Unknown:
		*open += count
	}
}

func process(a *survey.Asset) string { return survey.NormalizeText(a.Process) }
