package join

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/installer"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/inventory"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Version of the programs; its place is installer/VERSION.
var Version = installer.Version()

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
	list, err := importer{}.Ledger("台账.xlsx", ledger, wizard.Reading{Systems: c.Systems, At: c.Created})
	if err != nil {
		return nil, err
	}
	c.Assets = inventory.Merge(c.Assets, list.Assets, newID).Assets
	data, err := sampleFile("答卷.json")
	if err != nil {
		return nil, err
	}
	s, err := ReadSheet(data)
	if err != nil {
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

// answer puts a sheet into a case in one order, so that the same files give the same case.
func answer(c *survey.Case, s Sheet, at time.Time) {
	ev := []survey.Evidence{{Source: survey.SourcePerson, By: "样例", At: at}}
	for _, item := range slices.Sorted(maps.Keys(s.Answers)) {
		c.Answers = append(c.Answers, survey.Answer{Item: item, Options: s.Letters(item), Explanation: s.Why[item], Evidence: ev})
	}
	for _, scene := range slices.Sorted(maps.Keys(s.Scenes)) {
		c.Scenes = append(c.Scenes, survey.SceneAnswer{Scene: scene, Level: s.Scenes[scene], Evidence: ev})
	}
}

func sampleFile(name string) ([]byte, error) {
	data, err := assets.Sample.ReadFile("sample/" + name)
	if err != nil {
		return nil, survey.Wrap(survey.CodeInternal, "join.sample", err)
	}
	return data, nil
}
