package pack

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

// Catalog reads the folder catalog: every file adds needs, vendors, offers, platforms or examples, exactly one names the catalog. It
// refuses unknown keys, doubled ids, references that lead nowhere, prices without kind, source and date, needs that nothing covers, and
// examples that do not come out. Errors carry CodePack and name the file or the id.
func Catalog(files fs.FS) (*recommend.Catalog, error) {
	var all recommend.Catalog
	err := each(files, "catalog", func(name string, data []byte) error {
		var part recommend.Catalog
		if err := decode(name, data, &part); err != nil {
			return err
		}
		if part.ID != "" {
			if all.ID != "" {
				return badCatalog("%s：目录已有编号 %s", path.Base(name), all.ID)
			}
			all.ID, all.Title, all.Date, all.Sponsor, all.Note = part.ID, part.Title, part.Date, part.Sponsor, part.Note
		}
		all.Needs = append(all.Needs, part.Needs...)
		all.Vendors = append(all.Vendors, part.Vendors...)
		all.Offers = append(all.Offers, part.Offers...)
		all.Platforms = append(all.Platforms, part.Platforms...)
		all.Examples = append(all.Examples, part.Examples...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := CheckCatalog(&all); err != nil {
		return nil, err
	}
	return &all, nil
}

// CheckCatalog holds a decoded catalog against every rule of Catalog and runs its examples.
func CheckCatalog(c *recommend.Catalog) error {
	if c.ID == "" || c.Title == "" || c.Sponsor == "" || !fullDate(c.Date) {
		return badCatalog("缺少 id、title、date 或 sponsor_relation")
	}
	k := catalogCheck{c: c, needs: map[string]bool{}, vendors: map[string]bool{}, offers: map[string]bool{}}
	for _, check := range []func() error{k.ids, k.needRows, k.offerRows, k.coverage, k.platforms, k.examples} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func badCatalog(format string, args ...any) error {
	return survey.Fail(survey.CodePack, "pack.catalog", format, args...)
}

func fullDate(d survey.Date) bool {
	got, err := survey.ParseDate(string(d))
	return err == nil && got == d && d.Day() > 0
}

type catalogCheck struct {
	c                      *recommend.Catalog
	needs, vendors, offers map[string]bool
}

func (k *catalogCheck) ids() error {
	put := func(seen map[string]bool, what, id string) error {
		if id == "" || seen[id] {
			return badCatalog("%s编号 %q 为空或重复", what, id)
		}
		seen[id] = true
		return nil
	}
	for _, n := range k.c.Needs {
		if err := put(k.needs, "需求", n.Key); err != nil {
			return err
		}
	}
	for _, v := range k.c.Vendors {
		if err := put(k.vendors, "厂商", v.ID); err != nil {
			return err
		}
	}
	for _, o := range k.c.Offers {
		if err := put(k.offers, "产品", o.ID); err != nil {
			return err
		}
	}
	return nil
}

var derives = []recommend.Derive{recommend.DeriveScene, recommend.DeriveFlip, recommend.DeriveMeasure, recommend.DeriveData, recommend.DeriveIntegrate, recommend.DeriveModel, recommend.DeriveAsk}

func (k *catalogCheck) needRows() error {
	for _, n := range k.c.Needs {
		switch {
		case n.Title == "":
			return badCatalog("需求 %s 没有名称", n.Key)
		case n.Weight < 1 || n.Weight > 100:
			return badCatalog("需求 %s 的权重应为 1–100", n.Key)
		case !slices.Contains(derives, n.Derive):
			return badCatalog("需求 %s 的 derive %q 不在清单内", n.Key, n.Derive)
		case recommend.LeafName(n.Tag) == "":
			return badCatalog("需求 %s 的 tag 应为 A1–D5", n.Key)
		case slices.ContainsFunc(n.Links, func(l string) bool { return !slices.Contains(survey.BusinessLinks, l) }):
			return badCatalog("需求 %s 的 links 不是政策写明的九个环节", n.Key)
		case n.Derive != recommend.DeriveFlip && n.Derive != recommend.DeriveMeasure && n.Derive != recommend.DeriveAsk && n.Scene == "":
			return badCatalog("需求 %s 没有写明场景", n.Key)
		}
	}
	return nil
}

func (k *catalogCheck) offerRows() error {
	for i := range k.c.Offers {
		o := &k.c.Offers[i]
		if err := k.offer(o); err != nil {
			return err
		}
		if err := k.links(o); err != nil {
			return err
		}
	}
	return nil
}

var layers = []string{"iaas", "paas", "saas", "device", "line", "service"}

func (k *catalogCheck) offer(o *recommend.Offer) error {
	switch {
	case o.Title == "" || o.Source == "" || o.Link == "":
		return badCatalog("产品 %s 缺少名称、环节或来源", o.ID)
	case !k.vendors[o.Vendor]:
		return badCatalog("产品 %s 的厂商 %q 不存在", o.ID, o.Vendor)
	case !slices.Contains(layers, o.Layer):
		return badCatalog("产品 %s 的 layer %q 不在清单内", o.ID, o.Layer)
	case !fullDate(o.Checked):
		return badCatalog("产品 %s 的核对日期 %q 不是日期", o.ID, o.Checked)
	case slices.ContainsFunc(o.Listed, func(l recommend.Listing) bool { return l.List == "" || l.Status == "" || l.Source == "" }):
		return badCatalog("产品 %s 的 listed_in 缺少名单、状态或来源", o.ID)
	case o.Size.Min < 0 || o.Size.Max < 0 || o.Size.Max > 0 && o.Size.Max < o.Size.Min:
		return badCatalog("产品 %s 的适用规模颠倒", o.ID)
	}
	if o.PriceKind == recommend.PriceNone {
		if len(o.Prices) > 0 {
			return badCatalog("产品 %s 标为需询价，却写了价格", o.ID)
		}
		return nil
	}
	if survey.NameOf(recommend.PriceKindNames, o.PriceKind) == "" {
		return badCatalog("产品 %s 的 price_kind %q 不在清单内", o.ID, o.PriceKind)
	}
	if len(o.Prices) == 0 || o.PriceFrom == "" {
		return badCatalog("产品 %s 没有价格或价格来源", o.ID)
	}
	for i := range o.Prices {
		if err := price(o, &o.Prices[i]); err != nil {
			return err
		}
	}
	return nil
}

// price checks one component. An estimate states its range and takes its high end, so that no plan is promised too cheap.
func price(o *recommend.Offer, p *recommend.Price) error {
	if survey.NameOf(recommend.MetricNames, p.Metric) == "" || p.What == "" || p.Per < 0 || p.Least < 0 || p.Term < 0 || p.Term > 120 || len(p.Tiers) == 0 {
		return badCatalog("产品 %s 的价格缺少内容、计价单位或档位", o.ID)
	}
	if p.Per > 1 && p.Assume == "" {
		return badCatalog("产品 %s 的“%s”按每 %d 个计，却没有写明测算口径", o.ID, p.What, p.Per)
	}
	if o.PriceKind == recommend.PriceEstimate && p.Range == nil {
		return badCatalog("产品 %s 的“%s”是估计，却没有写明区间", o.ID, p.What)
	}
	last := 0
	for i, t := range p.Tiers {
		open := t.UpTo == 0
		if t.OneOff < 0 || t.Yearly < 0 || open != (i == len(p.Tiers)-1) || !open && t.UpTo <= last {
			return badCatalog("产品 %s 的“%s”档位应由小到大，最后一档不封顶，金额不为负", o.ID, p.What)
		}
		last = t.UpTo
		sum := t.OneOff + t.Yearly
		if r := p.Range; r != nil && (r.Low > r.High || sum != r.High) {
			return badCatalog("产品 %s 的“%s”应按区间高位测算", o.ID, p.What)
		}
	}
	return nil
}

// links checks that everything an offer points at is there.
func (k *catalogCheck) links(o *recommend.Offer) error {
	seen := map[string]bool{}
	for _, v := range o.Covers {
		if !k.needs[v.Need] || seen[v.Need] || v.Halves < 1 || v.Halves > 2 {
			return badCatalog("产品 %s 覆盖的需求 %q 不存在、重复或程度不是 1、2", o.ID, v.Need)
		}
		seen[v.Need] = true
	}
	for _, set := range o.Requires {
		if len(set) == 0 {
			return badCatalog("产品 %s 有一条空的依赖", o.ID)
		}
		for _, id := range set {
			key, capability := strings.CutPrefix(id, "need:")
			if capability && !k.needs[key] || !capability && (!k.offers[id] || id == o.ID) {
				return badCatalog("产品 %s 依赖的 %q 不存在或是它自己", o.ID, id)
			}
		}
	}
	for _, id := range slices.Concat(o.Excludes, o.Includes) {
		if !k.offers[id] || id == o.ID {
			return badCatalog("产品 %s 排斥或包含的 %q 不存在或是它自己", o.ID, id)
		}
	}
	return nil
}

// coverage: each need can be covered by priced offers, at most one of a slot, or says why not; a need that says so must not be.
func (k *catalogCheck) coverage() error {
	halves := map[string]map[string]int{}
	for i := range k.c.Offers {
		o := &k.c.Offers[i]
		if o.PriceKind == recommend.PriceNone {
			continue
		}
		slot := o.Slot
		if slot == "" {
			slot = "offer " + o.ID
		}
		for _, v := range k.c.CoversOf(o) {
			if halves[v.Need] == nil {
				halves[v.Need] = map[string]int{}
			}
			halves[v.Need][slot] = max(halves[v.Need][slot], v.Halves)
		}
	}
	for _, n := range k.c.Needs {
		sum := 0
		for _, h := range halves[n.Key] {
			sum += h
		}
		if (sum >= 2) == (n.Open != "") {
			return badCatalog("需求 %s：带价产品能完整覆盖时不写 open，不能时必须写明原因", n.Key)
		}
	}
	return nil
}

func (k *catalogCheck) platforms() error {
	for _, p := range k.c.Platforms {
		if p.Round == "" || p.Platform == "" || p.Operator == "" || p.Status == "" || p.Source == "" || !fullDate(p.Checked) {
			return badCatalog("平台 %q 缺少批次、运营方、状态、来源或日期", p.Platform)
		}
	}
	return nil
}

func (k *catalogCheck) examples() error {
	for _, e := range k.c.Examples {
		got, err := recommend.Answer(k.c, e.Needs, e.Given, e.Budget)
		if err != nil {
			return badCatalog("例“%s”：%v", e.Name, err)
		}
		covered := e.Covered
		if len(covered) == 0 {
			covered = e.Needs
		}
		want, have := fmt.Sprint(sorted(e.Offers), e.Sum, sorted(covered)), fmt.Sprint(got.Chosen, got.Cost, got.Covered)
		if want != have || !got.Optimal {
			return badCatalog("例“%s”算出 %s，应为 %s", e.Name, have, want)
		}
	}
	return nil
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}
