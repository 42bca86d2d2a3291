package pack

import (
	"io/fs"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// Software decodes the rules that recognise factory software, software/*.yaml, and holds each against its own examples: a program that it
// must recognise and one that it must not.
func Software(fsys fs.FS) ([]inventory.SoftwareRule, error) {
	var out []inventory.SoftwareRule
	err := each(fsys, "software", func(name string, data []byte) error {
		var f struct {
			Rules []struct {
				inventory.SoftwareRule `yaml:",inline"`
				Examples               []string `yaml:"examples"`
			} `yaml:"rules"`
			Strangers []string `yaml:"strangers"` // programs that no rule may recognise
		}
		if err := decode(name, data, &f); err != nil {
			return err
		}
		var rules []inventory.SoftwareRule
		for _, r := range f.Rules {
			if r.Product == "" || r.Vendor == "" || r.Source == "" || len(r.Match) == 0 || survey.NameOf(survey.SystemKindNames, r.Kind) == "" {
				return survey.Fail(survey.CodePack, "pack.software", "%s：%s 缺少厂商、类型、名称或出处", name, r.Product)
			}
			rules = append(rules, r.SoftwareRule)
		}
		for _, r := range f.Rules {
			for _, e := range r.Examples {
				got := inventory.Recognise(rules, inventory.Installed{Programs: []inventory.Program{{Name: e}}}, survey.Evidence{})
				if len(got) != 1 || got[0].Product != r.Product {
					return survey.Fail(survey.CodePack, "pack.software", "%s：例子“%s”没有认成 %s", name, e, r.Product)
				}
			}
		}
		for _, e := range f.Strangers {
			if got := inventory.Recognise(rules, inventory.Installed{Programs: []inventory.Program{{Name: e}}}, survey.Evidence{}); len(got) > 0 {
				return survey.Fail(survey.CodePack, "pack.software", "%s：“%s”被误认成 %s", name, e, got[0].Product)
			}
		}
		out = append(out, rules...)
		return nil
	})
	return out, err
}
