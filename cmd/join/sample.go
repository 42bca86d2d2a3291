package join

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
)

// Version of the programs; one place for all of them.
const Version = "0.1.0"

// sheet is an answer file: item → letters, scene → level.
type sheet struct {
	Answers map[string]string `json:"answers"`
	Scenes  map[string]int    `json:"scenes"`
	Why     map[string]string `json:"why"`
}

// Sample puts the sample firm's files together into one exchange file: its facts, its ledger and its answers.
func Sample() ([]byte, error) {
	c, err := sampleCase()
	if err != nil {
		return nil, err
	}
	ledger, err := sampleFile("台账.xlsx")
	if err != nil {
		return nil, err
	}
	list, err := importer{}.Ledger("台账.xlsx", ledger, c.Systems, c.Created)
	if err != nil {
		return nil, err
	}
	c.Assets = inventory.Merge(c.Assets, list.Assets, newID).Assets
	data, err := sampleFile("答卷.json")
	if err != nil {
		return nil, err
	}
	var s sheet
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "join.sample", err)
	}
	answer(c, s, c.Created)
	return json.Marshal(c)
}

func sampleCase() (*survey.Case, error) {
	data, err := sampleFile("企业资料.json")
	if err != nil {
		return nil, err
	}
	return survey.DecodeCase(data)
}

func answer(c *survey.Case, s sheet, at time.Time) {
	ev := []survey.Evidence{{Source: survey.SourcePerson, By: "样例", At: at}}
	for item, letters := range s.Answers {
		c.Answers = append(c.Answers, survey.Answer{Item: item, Options: strings.Split(letters, ""), Explanation: s.Why[item], Evidence: ev})
	}
	for scene, level := range s.Scenes {
		c.Scenes = append(c.Scenes, survey.SceneAnswer{Scene: scene, Level: level, Evidence: ev})
	}
}

func sampleFile(name string) ([]byte, error) {
	data, err := assets.Sample.ReadFile("sample/" + name)
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "join.sample", err)
	}
	return data, nil
}
