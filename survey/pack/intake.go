package pack

import (
	"io/fs"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/intake"
)

// Intakes decodes the connector packs of platforms, platform/*.yaml, and runs their examples.
func Intakes(files fs.FS) ([]*intake.Pack, error) {
	var out []*intake.Pack
	seen := map[string]string{}
	err := each(files, "platform", func(name string, data []byte) error {
		p, err := Intake(name, data)
		if err != nil {
			return err
		}
		if other := seen[p.ID]; other != "" {
			return survey.Fail(survey.CodePack, "pack.intakes", "%s 与 %s 重复", name, other)
		}
		seen[p.ID] = name
		out = append(out, p)
		return nil
	})
	return out, err
}

// Intake decodes and checks one connector pack; name stands in the errors.
func Intake(name string, data []byte) (*intake.Pack, error) {
	p := new(intake.Pack)
	if err := decode(name, data, p); err != nil {
		return nil, err
	}
	if err := p.Check(); err != nil {
		return nil, &survey.Error{Code: survey.CodePack, Op: "pack.intake", Detail: name + "：" + survey.DetailOf(err), Err: err}
	}
	return p, nil
}
