package main

import (
	"fmt"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/installer"
	"github.com/shangyuntong/shangyun/survey"
)

type licencesCmd struct {
	SBOM bool   `name:"sbom" help:"输出 CycloneDX 成分清单。"`
	Text string `arg:"" optional:"" help:"显示这个部件的许可全文。"`
}

func (c *licencesCmd) Run(r *run) error {
	if c.SBOM {
		data, err := join.SBOM("shangyunctl")
		if err != nil {
			return err
		}
		_, err = r.out.Write(append(data, '\n'))
		return err
	}
	parts := installer.Own()
	if c.Text != "" {
		for _, p := range parts {
			if p.Name == c.Text {
				return r.say(p, "%s %s（%s）\n\n%s\n", p.Name, p.Version, p.Licence, p.Text)
			}
		}
		return survey.Fail(survey.CodeUnknownItem, "shangyunctl.licences", "%s", c.Text)
	}
	if r.cli.JSON {
		return r.json(parts)
	}
	for _, p := range parts {
		fmt.Fprintf(r.out, "%s %s  %s\n", p.Name, p.Version, p.Licence)
	}
	return nil
}
