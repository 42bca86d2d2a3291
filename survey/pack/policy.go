package pack

import (
	"io/fs"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/subsidy"
)

// Policies decodes every policy/*.yaml of files in name order and checks each pack: its quotes, conditions, rates and own examples.
// Errors are *survey.Error with survey.CodePack and the file's name.
func Policies(files fs.FS) ([]*subsidy.Policy, error) {
	var out []*subsidy.Policy
	seen := map[string]bool{}
	err := each(files, "policy", func(name string, data []byte) error {
		p := new(subsidy.Policy)
		if err := decode(name, data, p); err != nil {
			return err
		}
		if seen[p.ID] {
			return survey.Fail(survey.CodePack, "pack.policies", "%s 的编号 %s 与另一个规则包重复", name, p.ID)
		}
		seen[p.ID] = true
		if err := p.Check(); err != nil {
			return &survey.Error{Code: survey.CodePack, Op: "pack.policies", Detail: name, Err: err}
		}
		out = append(out, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
