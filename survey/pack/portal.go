package pack

import (
	"io/fs"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
)

// Portals decodes every portal/*.yaml of files in name order and holds each against the form's dictionary and the packing list. Exactly one
// guide names no policy: it serves all that have none.
func Portals(files fs.FS) ([]*apply.Guide, error) {
	var out []*apply.Guide
	seen, general := map[string]string{}, ""
	err := each(files, "portal", func(name string, data []byte) error {
		g, err := Portal(name, data)
		if err != nil {
			return err
		}
		for _, id := range append([]string{"\n" + g.ID}, g.Policies...) {
			if other := seen[id]; other != "" {
				return survey.Fail(survey.CodePack, "pack.portals", "%s 与 %s 重复", name, other)
			}
			seen[id] = name
		}
		if len(g.Policies) == 0 {
			if general != "" {
				return survey.Fail(survey.CodePack, "pack.portals", "%s 与 %s 都没有写明政策", name, general)
			}
			general = name
		}
		out = append(out, g)
		return nil
	})
	if err == nil && general == "" {
		err = survey.Fail(survey.CodePack, "pack.portals", "没有通用的报送指引")
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Portal decodes and checks one guide; name stands in the errors.
func Portal(name string, data []byte) (*apply.Guide, error) {
	g := new(apply.Guide)
	if err := decode(name, data, g); err != nil {
		return nil, err
	}
	if err := g.Check(); err != nil {
		return nil, &survey.Error{Code: survey.CodePack, Op: "pack.portal", Detail: name, Err: err}
	}
	return g, nil
}
