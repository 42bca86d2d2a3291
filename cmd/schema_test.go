package cmd

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/shangyuntong/shangyun/assets"
)

// checkSchema holds the sample case against the schema that the program prints, and a spoiled copy too.
func checkSchema(t *testing.T, schema []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("case.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("case.json")
	if err != nil {
		t.Fatal(err)
	}
	data, err := assets.Sample.ReadFile("sample/企业资料.json")
	if err != nil {
		t.Fatal(err)
	}
	good, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(good); err != nil {
		t.Errorf("the sample does not fit the schema: %v", err)
	}
	good.(map[string]any)["firm"].(map[string]any)["aboveScale"] = "maybe"
	if compiled.Validate(good) == nil {
		t.Error("the schema takes a spoiled case")
	}
}
