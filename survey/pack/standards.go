package pack

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// standardFile is one standard with the examples that must come out.
type standardFile struct {
	assess.Standard `yaml:",inline"`
	Examples        []standardExample `yaml:"examples"`
}

// standardExample is a case as exchange JSON with the values it must give.
type standardExample struct {
	Name  string            `yaml:"name"`
	Case  string            `yaml:"case"`
	Level int               `yaml:"level"`
	Want  map[string]string `yaml:"want"` // figure key → value
}

// Standards reads every standard under questions/standards in name order; one that is not sound or whose examples do not come out is
// refused.
func Standards(files fs.FS) ([]assess.Standard, error) {
	var out []assess.Standard
	err := each(files, "questions/standards", func(name string, data []byte) error {
		s, err := CheckStandard(name, data)
		if err == nil {
			out = append(out, *s)
		}
		return err
	})
	return out, err
}

// CheckStandard decodes one standard strictly, checks it (assess.CheckStandard) and runs its examples; every figure has to be in one.
func CheckStandard(name string, data []byte) (*assess.Standard, error) {
	var f standardFile
	if err := decode(name, data, &f); err != nil {
		return nil, err
	}
	if f.Key != strings.TrimSuffix(path.Base(name), ".yaml") {
		return nil, survey.Fail(survey.CodePack, "pack.standards", "%s 的 key 应与文件名相同", name)
	}
	if err := assess.CheckStandard(&f.Standard); err != nil {
		return nil, &survey.Error{Code: survey.CodePack, Op: "pack.standards", Detail: name, Err: err}
	}
	shown := map[string]bool{}
	for _, e := range f.Examples {
		var c survey.Case
		d := json.NewDecoder(bytes.NewReader([]byte(e.Case)))
		d.DisallowUnknownFields()
		if err := d.Decode(&c); err != nil {
			return nil, &survey.Error{Code: survey.CodePack, Op: "pack.standards", Detail: name + "：" + e.Name, Err: err}
		}
		got := map[string]string{}
		for _, x := range assess.Standards([]assess.Standard{f.Standard}, &c, e.Level) {
			got[strings.TrimPrefix(x.Key, f.Key+".")] = x.Value
		}
		for key, want := range e.Want {
			shown[key] = true
			if got[key] != want {
				return nil, survey.Fail(survey.CodePack, "pack.standards", "%s 示例“%s”：%s 算得 %s，应为 %s", name, e.Name, key, got[key], want)
			}
		}
	}
	for _, r := range f.Figures {
		if !shown[r.Key] {
			return nil, survey.Fail(survey.CodePack, "pack.standards", "%s 的 %s 没有示例", name, r.Key)
		}
	}
	return &f.Standard, nil
}
