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
	err := each(files, "policy", func(name string, data []byte) error {
		p, err := Policy(name, data)
		if err != nil {
			return err
		}
		if subsidy.Find(out, p.Ref()) != nil {
			return survey.Fail(survey.CodePack, "pack.policies", "%s 的编号和版本 %s 与另一个规则包重复", name, p.Ref())
		}
		out = append(out, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Policy decodes and checks one policy pack; name stands in the errors.
func Policy(name string, data []byte) (*subsidy.Policy, error) {
	p := new(subsidy.Policy)
	if err := decode(name, data, p); err != nil {
		return nil, err
	}
	if err := p.Check(); err != nil {
		return nil, &survey.Error{Code: survey.CodePack, Op: "pack.policy", Detail: name, Err: err}
	}
	return p, nil
}

// Overlay decodes this year's notice and checks it against the pack of all that it names.
func Overlay(name string, data []byte, all []*subsidy.Policy) (*subsidy.Overlay, *subsidy.Policy, error) {
	o := new(subsidy.Overlay)
	if err := decode(name, data, o); err != nil {
		return nil, nil, err
	}
	p := subsidy.Find(all, o.Overlay)
	if p == nil {
		return nil, nil, survey.Fail(survey.CodePack, "pack.overlay", "%s：没有规则包“%s”", name, o.Overlay)
	}
	if err := o.Check(p); err != nil {
		return nil, nil, &survey.Error{Code: survey.CodePack, Op: "pack.overlay", Detail: name, Err: err}
	}
	return o, p, nil
}
