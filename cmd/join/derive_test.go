package join

import (
	"testing"

	"github.com/shangyuntong/shangyun/assets"
	"github.com/shangyuntong/shangyun/survey"
)

func BenchmarkDeriveOfTheSampleCase(b *testing.B) {
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		b.Fatal(err)
	}
	c, err := survey.DecodeCase(data)
	if err != nil {
		b.Fatal(err)
	}
	d, err := Thinking()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d.Derive(c)
	}
}
