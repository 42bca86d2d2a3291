package pack

import (
	"io/fs"
	"path"

	"github.com/shangyuntong/shangyun/survey"
)

// Texts reads text/<language>/*.yaml. Every language must have the same keys, none doubled.
func Texts(files fs.FS) (map[string]survey.Text, error) {
	dirs, err := fs.ReadDir(files, "text")
	if err != nil {
		return nil, survey.Wrap(survey.CodePack, "pack.texts", err)
	}
	out := map[string]survey.Text{}
	for _, dir := range dirs {
		t := survey.Text{Tag: dir.Name(), Words: map[string]string{}}
		err := each(files, path.Join("text", dir.Name()), func(name string, data []byte) error {
			words := map[string]string{}
			if err := decode(name, data, &words); err != nil {
				return err
			}
			for k, v := range words {
				if t.Has(k) || v == "" {
					return survey.Fail(survey.CodePack, "pack.texts", "%s：%s 重复或为空", name, k)
				}
				t.Words[k] = v
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		out[t.Tag] = t
	}
	return out, sameKeys(out)
}

func sameKeys(all map[string]survey.Text) error {
	for tag, t := range all {
		for other, u := range all {
			for k := range t.Words {
				if !u.Has(k) {
					return survey.Fail(survey.CodePack, "pack.texts", "%s 有 %s，%s 没有", tag, k, other)
				}
			}
		}
	}
	return nil
}
