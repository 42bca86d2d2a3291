package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// questionFile is one edition with the examples that must come out.
type questionFile struct {
	assess.Questionnaire `yaml:",inline"`
	Examples             []questionExample `yaml:"examples"`
}

// questionExample is a whole set of answers with the score and level it must give.
type questionExample struct {
	Name    string              `yaml:"name"`
	Answers map[string][]string `yaml:"answers"`
	Scenes  map[string]int      `yaml:"scenes"`
	Score   assess.Points       `yaml:"score"`
	Level   int                 `yaml:"level"`
}

// Questionnaires reads every edition under questions/ in name order. An edition that is not sound, that has no examples, or
// whose examples do not come out is refused with the file and everything that is wrong.
func Questionnaires(files fs.FS) ([]*assess.Questionnaire, error) {
	var out []*assess.Questionnaire
	seen := map[string]string{}
	err := each(files, "questions", func(name string, data []byte) error {
		q, err := CheckQuestionnaire(name, data)
		if err != nil {
			return err
		}
		if first, doubled := seen[q.Edition]; doubled {
			return survey.Fail(survey.CodePack, "pack.questions", "%s 与 %s 的版本号 %s 重复", name, first, q.Edition)
		}
		seen[q.Edition] = name
		out = append(out, q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// KeptQuestionnaire reads the text of an edition that was kept with a frozen assessment: by the digest it is what was read strictly then, so
// what a later program would word or check differently is no error. It is for reading, not for scoring.
func KeptQuestionnaire(name string, data []byte) (*assess.Questionnaire, error) {
	var f questionFile
	if err := loose(name, data, &f); err != nil {
		return nil, err
	}
	return &f.Questionnaire, nil
}

// CheckQuestionnaire decodes one edition strictly, checks it (assess.Check) and runs its examples.
func CheckQuestionnaire(name string, data []byte) (*assess.Questionnaire, error) {
	var f questionFile
	if err := decode(name, data, &f); err != nil {
		return nil, err
	}
	q := &f.Questionnaire
	sum := sha256.Sum256(data)
	q.Digest, q.File = hex.EncodeToString(sum[:]), bytes.Clone(data)
	if q.Edition != strings.TrimSuffix(path.Base(name), ".yaml") {
		return nil, survey.Fail(survey.CodePack, "pack.questions", "%s 的 edition 应与文件名相同", name)
	}
	if err := assess.Check(q); err != nil {
		return nil, &survey.Error{Code: survey.CodePack, Op: "pack.questions", Detail: name, Err: err}
	}
	if len(f.Examples) < 2 {
		return nil, survey.Fail(survey.CodePack, "pack.questions", "%s 至少要有两个 examples", name)
	}
	for _, e := range f.Examples {
		if err := e.run(name, q); err != nil {
			return nil, err
		}
	}
	return q, nil
}

func (e *questionExample) run(name string, q *assess.Questionnaire) error {
	for key := range e.Answers {
		if q.Item(key) == nil {
			return survey.Fail(survey.CodePack, "pack.questions", "%s 示例“%s”：没有采集项 %s", name, e.Name, key)
		}
	}
	for key, level := range e.Scenes {
		if q.Scene(key) == nil || level < 0 || level > 4 {
			return survey.Fail(survey.CodePack, "pack.questions", "%s 示例“%s”：场景 %s 的等级 %d 不对", name, e.Name, key, level)
		}
	}
	score, level := q.Tally(e.Answers, e.Scenes)
	if score != e.Score || level != e.Level {
		return survey.Fail(survey.CodePack, "pack.questions", "%s 示例“%s”：算得 %s 分 %d 级，应为 %s 分 %d 级", name, e.Name, score, level, e.Score, e.Level)
	}
	return nil
}
