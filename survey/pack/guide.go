package pack

import (
	"io/fs"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// Guide decodes guide/identify.yaml: where machines that were not identified show what they are.
func Guide(fsys fs.FS) (inventory.Guide, error) {
	const name = "guide/identify.yaml"
	var g inventory.Guide
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return g, &survey.Error{Code: survey.CodePack, Op: "pack.guide", Detail: name, Err: err}
	}
	if err := decode(name, data, &g); err != nil {
		return g, err
	}
	for _, r := range append(g.Rules[:len(g.Rules):len(g.Rules)], g.Default) {
		if r.Plate == "" || r.Menu == "" || r.Source == "" {
			return g, survey.Fail(survey.CodePack, "pack.guide", "%s：“%s”缺少铭牌、菜单或出处", name, strings.Join(r.Words, "、"))
		}
		for _, w := range r.Words {
			if w != survey.NormalizeText(w) {
				return g, survey.Fail(survey.CodePack, "pack.guide", "%s：“%s”应写成小写半角", name, w)
			}
		}
	}
	return g, nil
}
