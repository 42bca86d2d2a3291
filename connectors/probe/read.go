package probe

import (
	"encoding/hex"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/scan"
)

// read reads raw answers by a protocol's reader.
func read(p *Protocol, answers [][]byte, marks *Marks) (scan.Identity, error) {
	id := scan.Identity{Protocol: p.Name}
	if len(answers) == 0 {
		return id, errNotOurs
	}
	if err := p.Read(answers, &id); err != nil {
		return id, err
	}
	for _, a := range answers {
		id.Answers = append(id.Answers, hex.EncodeToString(a))
	}
	marks.apply(answers, &id)
	if p.Name == "snmp-tables" {
		id.Neighbours = tableNeighbours(answers)
	}
	clean(&id)
	return id, nil
}

// Again reads the kept answers of an identity once more, by this program's readers.
func Again(old scan.Identity, marks *Marks) (scan.Identity, error) {
	p := registry[old.Protocol]
	if p == nil {
		return old, survey.Fail(survey.CodeScanProtocol, "probe.again", "没有“%.40s”这种协议", old.Protocol)
	}
	var answers [][]byte
	for _, a := range old.Answers {
		b, err := hex.DecodeString(a)
		if err != nil {
			return old, survey.Wrap(survey.CodeScanAnswer, "probe.again", err)
		}
		answers = append(answers, b)
	}
	id, err := read(p, answers, marks)
	if err != nil {
		return old, &survey.Error{Code: survey.CodeScanAnswer, Op: "probe.again", Detail: p.Title + " " + old.Where, Err: err}
	}
	id.Where, id.At = old.Where, old.At
	return id, nil
}
