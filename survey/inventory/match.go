package inventory

import (
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// index finds the line of the register that a proposal speaks of: by id, 资产编号, serial number or MAC address, which name one machine; else
// by host name or address, which machines hand on and so count only where nothing speaks against it; else by manufacturer + model + name +
// workshop, which may name several and so is used up one line at a time.
type index struct {
	strong map[string]int
	soft   map[string]int // host names and addresses; the line that spoke last has them
	weak   map[string][]int
	used   map[int]bool // lines that a proposal of this merge already speaks of
}

func newIndex(assets []survey.Asset) *index {
	x := &index{strong: map[string]int{}, soft: map[string]int{}, weak: map[string][]int{}, used: map[int]bool{}}
	for i := range assets {
		x.put(&assets[i], i)
		k := weakKey(&assets[i])
		x.weak[k] = append(x.weak[k], i)
	}
	return x
}

// put makes line i known by its strong names; the first line with a name keeps it.
func (x *index) put(a *survey.Asset, i int) {
	for _, k := range strongKeys(a) {
		if _, taken := x.strong[k]; !taken {
			x.strong[k] = i
		}
	}
	for _, k := range softKeys(a) {
		x.soft[k] = i
	}
}

// byName finds the line that one of the numbers names. Numbers that name different lines follow the line that has heard this witness
// before, else the first.
func (x *index) byName(a *survey.Asset, assets []survey.Asset) (int, bool) {
	found := -1
	for _, k := range strongKeys(a) {
		i, ok := x.strong[k]
		switch {
		case ok && heard(&assets[i], a):
			return i, true
		case ok && found < 0:
			found = i
		}
	}
	if found >= 0 {
		return found, true
	}
	for _, k := range softKeys(a) {
		if i, ok := x.soft[k]; ok && mayBeSame(a, &assets[i]) {
			return i, true
		}
	}
	return -1, false
}

func heard(line, a *survey.Asset) bool {
	return len(a.Evidence) > 0 && slices.ContainsFunc(line.Evidence, func(e survey.Evidence) bool { return sameWitness(e, a.Evidence[0]) })
}

func (x *index) byLikeness(a *survey.Asset, assets []survey.Asset) (int, bool) {
	for _, i := range x.weak[weakKey(a)] {
		if !x.used[i] && mayBeSame(a, &assets[i]) && overlap(a.Reach.Addresses, assets[i].Reach.Addresses) {
			return i, true
		}
	}
	return 0, false
}

// taken tells whether another line than at has the number.
func (x *index) taken(field, number string, at int) bool {
	i, known := x.strong[field+":"+survey.NormalizeText(number)]
	return known && i != at
}

// The fields that name one machine.
const (
	fieldNumber = "assetId"
	fieldSerial = "nameplate.serialNumber"
)

func strongKeys(a *survey.Asset) []string {
	var keys []string
	for _, k := range [...][2]string{{"id", a.ID}, {fieldNumber, a.AssetID}, {fieldSerial, a.Nameplate.SerialNumber}} {
		if v := survey.NormalizeText(k[1]); v != "" {
			keys = append(keys, k[0]+":"+v)
		}
	}
	for _, m := range a.Reach.MACs {
		keys = append(keys, "mac:"+m)
	}
	return keys
}

// softKeys are the names that a machine may hand on to another one. Names that many machines are born with name none.
func softKeys(a *survey.Asset) []string {
	var keys []string
	if h := survey.NormalizeText(a.Reach.HostName); h != "" && !strings.HasPrefix(h, "localhost") {
		keys = append(keys, "host:"+h)
	}
	for _, v := range slices.Backward(a.Reach.Addresses) { // the newest first
		keys = append(keys, "addr:"+survey.NormalizeText(v))
	}
	return keys
}

func weakKey(a *survey.Asset) string {
	return strings.Join([]string{survey.NormalizeText(a.Nameplate.Manufacturer), survey.NormalizeText(a.Nameplate.Model),
		survey.NormalizeText(a.Name), survey.NormalizeText(a.Workshop)}, "\x00")
}

// mayBeSame is false when two lines carry different numbers of the same sort: then they are two machines however alike.
func mayBeSame(a, b *survey.Asset) bool {
	return agree(a.AssetID, b.AssetID) && agree(a.Nameplate.SerialNumber, b.Nameplate.SerialNumber) && agree(a.Reach.HostName, b.Reach.HostName) &&
		overlap(a.Reach.MACs, b.Reach.MACs)
}

func agree(a, b string) bool {
	a, b = survey.NormalizeText(a), survey.NormalizeText(b)
	return a == "" || b == "" || a == b
}

// overlap is false when both lists say something and share nothing.
func overlap(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}
