package probe

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
)

// maxHosts is a /22.
const maxHosts = 1024

var private = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("127.0.0.0/8"),
}

// allowedAddress tells whether an address may be asked at all: private (RFC 1918), link-local or this computer's own loopback.
func allowedAddress(a netip.Addr) bool {
	a = a.Unmap()
	return slices.ContainsFunc(private, func(p netip.Prefix) bool { return p.Contains(a) })
}

type span struct{ from, to netip.Addr }

func (s span) size() int64 { return number(s.to) - number(s.from) + 1 }

func number(a netip.Addr) int64 {
	b := a.As4()
	return int64(b[0])<<24 | int64(b[1])<<16 | int64(b[2])<<8 | int64(b[3])
}

func address(n int64) netip.Addr {
	return netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
}

// parseSpan reads "192.168.1.0/24", "192.168.1.7", "192.168.1.10-192.168.1.20" or "192.168.1.10-20". The network's own and its broadcast
// address are left out of a CIDR.
func parseSpan(s string) (span, error) {
	s = strings.TrimSpace(s)
	bad := survey.Fail(survey.CodeScanRange, "probe.target", "“%.40s”不是 IPv4 地址或网段", s)
	if strings.Contains(s, "/") {
		p, err := netip.ParsePrefix(s)
		if err != nil || !p.Addr().Is4() {
			return span{}, bad
		}
		first, size := number(p.Masked().Addr()), int64(1)<<(32-p.Bits())
		if size <= 2 {
			return span{address(first), address(first + size - 1)}, nil
		}
		return span{address(first + 1), address(first + size - 2)}, nil
	}
	from, to, ranged := strings.Cut(s, "-")
	a, err := netip.ParseAddr(strings.TrimSpace(from))
	if err != nil || !a.Is4() {
		return span{}, bad
	}
	if !ranged {
		return span{a, a}, nil
	}
	if to = strings.TrimSpace(to); !strings.Contains(to, ".") {
		to = fmt.Sprint(a)[:strings.LastIndex(fmt.Sprint(a), ".")+1] + to
	}
	b, err := netip.ParseAddr(to)
	if err != nil || !b.Is4() || b.Less(a) {
		return span{}, bad
	}
	return span{a, b}, nil
}

// targets reads what to ask, without what is excluded, in order.
func targets(want, exclude []string) ([]netip.Addr, error) {
	var not []span
	for _, e := range exclude {
		s, err := parseSpan(e)
		if err != nil {
			return nil, err
		}
		not = append(not, s)
	}
	var all []netip.Addr
	seen := map[netip.Addr]bool{}
	for _, w := range want {
		s, err := parseSpan(w)
		if err != nil {
			return nil, err
		}
		if s.size() > maxHosts {
			return nil, survey.Fail(survey.CodeScanRange, "probe.target", "%s 有 %d 个地址，一次最多 %d 个（/22）", w, s.size(), maxHosts)
		}
		for n := number(s.from); n <= number(s.to); n++ {
			a := address(n)
			if !allowedAddress(a) {
				return nil, survey.Fail(survey.CodeScanRange, "probe.target", "%s 不是私有地址", a)
			}
			out := slices.ContainsFunc(not, func(x span) bool { return number(x.from) <= n && n <= number(x.to) })
			if !seen[a] && !out {
				seen[a] = true
				all = append(all, a)
			}
		}
	}
	if len(all) > maxHosts {
		return nil, survey.Fail(survey.CodeScanRange, "probe.target", "共 %d 个地址，一次最多 %d 个（/22）", len(all), maxHosts)
	}
	if len(all) == 0 {
		return nil, survey.Fail(survey.CodeScanRange, "probe.target", "没有要扫描的地址")
	}
	slices.SortFunc(all, func(a, b netip.Addr) int { return cmp.Compare(number(a), number(b)) })
	return all, nil
}

// spans writes addresses as readable ranges.
func spans(list []netip.Addr) (out []string) {
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && number(list[j+1]) == number(list[j])+1 {
			j++
		}
		if i == j {
			out = append(out, list[i].String())
		} else {
			out = append(out, list[i].String()+"-"+list[j].String())
		}
		i = j + 1
	}
	return out
}
