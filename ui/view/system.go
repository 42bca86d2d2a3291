package view

import (
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/assess"
)

// SystemRow is one system as the table shows it.
type SystemRow struct {
	ID, Name, Kind, Vendor, Deployment string
	Scenes                             int // chosen by the person; 0 follows the kind
	AI, InUse                          survey.Tri
}

// SystemRows lists the systems in their order.
func SystemRows(w Words, c *survey.Case) []SystemRow {
	var out []SystemRow
	for _, s := range c.Systems {
		r := SystemRow{
			ID: s.ID, Name: s.Name, Kind: survey.NameOf(survey.SystemKindNames, s.Kind), Vendor: s.Vendor, Deployment: survey.NameOf(survey.DeploymentNames, s.Deployment),
			Scenes: len(s.Scenes), AI: s.AI, InUse: s.InUse,
		}
		if r.Name == "" {
			r.Name = w("inventory.unnamed")
		}
		out = append(out, r)
	}
	return out
}

// OtherSystems lists the systems that one may exchange data with.
func OtherSystems(w Words, c *survey.Case, id string) []ListItem {
	var out []ListItem
	for _, r := range SystemRows(w, c) {
		if r.ID != id {
			out = append(out, ListItem{Value: r.ID, Text: r.Name})
		}
	}
	return out
}

// SceneItems lists the scenes of an assessment in their official order.
func SceneItems(a assess.Assessment) []ListItem {
	var out []ListItem
	for _, s := range a.Scenes {
		out = append(out, ListItem{Value: s.Key, Text: s.Title})
	}
	return out
}

// Named lists a closed list of the case's nouns.
func Named[T ~string](list []survey.Named[T]) []ListItem {
	out := make([]ListItem, len(list))
	for i, n := range list {
		out[i] = ListItem{Value: string(n.Value), Text: n.Name}
	}
	return out
}

// ArrangementGroup is some arrangements under one heading.
type ArrangementGroup struct {
	Title string
	Kinds []ListItem
}

// ArrangementGroups parts the twelve arrangements by the question they answer: 网络 (Q1), 网络安全 (Q6), 数据安全 (Q7).
func ArrangementGroups(w Words) []ArrangementGroup {
	all := Named(survey.ArrangementNames)
	return []ArrangementGroup{
		{w("inventory.net.q1"), all[:4]}, {w("inventory.net.q6"), all[4:8]}, {w("inventory.net.q7"), all[8:]},
	}
}
