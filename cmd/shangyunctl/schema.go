package main

import (
	"reflect"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/cmd/join"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/apply"
	"github.com/shangyuntong/shangyun/survey/assess"
	"github.com/shangyuntong/shangyun/survey/money"
	"github.com/shangyuntong/shangyun/survey/recommend"
)

// schema gives what `schema WHAT` prints.
func schema(what string) (any, error) {
	switch what {
	case "fields":
		return map[string]any{apply.KindApplication: apply.Fields(apply.KindApplication), apply.KindOnboarding: apply.Fields(apply.KindOnboarding)}, nil
	case "model":
		return recommend.ModelSchema(), nil
	case "questions":
		p, err := join.Packs()
		if err != nil {
			return nil, err
		}
		a := assess.Run(p.Questions, &survey.Case{})
		return map[string]any{"items": a.Items, "scenes": a.Scenes}, nil
	}
	s := &schemaMaker{defs: map[string]any{}}
	root := s.object(reflect.TypeFor[survey.Case]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = "urn:" + strings.ReplaceAll(survey.SchemaCase, "/", ":")
	root["title"] = "上云通案卷交换文件"
	root["properties"].(map[string]any)["schema"] = map[string]any{"const": survey.SchemaCase}
	root["$defs"] = s.defs
	return root, nil
}

// schemaMaker writes a JSON Schema from the Go types: the types are the schema.
type schemaMaker struct{ defs map[string]any }

func (s *schemaMaker) of(t reflect.Type) map[string]any {
	switch t {
	case reflect.TypeFor[money.Fen]():
		return map[string]any{"type": "string", "pattern": `^-?[0-9]+\.[0-9]{2}$`, "description": "金额，单位元，两位小数"}
	case reflect.TypeFor[money.Rate]():
		return map[string]any{"type": "string", "pattern": `^[0-9]+(\.[0-9]+)?$`, "description": "比例，0.20 即 20%"}
	case reflect.TypeFor[survey.Points]():
		return map[string]any{"type": "string", "pattern": `^-?[0-9]{1,3}(\.[0-9]{1,3})?$`, "description": "分数，最多三位小数"}
	case reflect.TypeFor[survey.Tri]():
		return map[string]any{"enum": []string{"yes", "no", "unknown"}}
	case reflect.TypeFor[survey.Date]():
		return map[string]any{"type": "string", "pattern": `^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$`, "description": "日期 yyyy-mm-dd 或月份 yyyy-mm"}
	case reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Slice:
		return map[string]any{"type": []string{"array", "null"}, "items": s.of(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Struct:
		if _, ok := s.defs[t.Name()]; !ok {
			s.defs[t.Name()] = nil
			s.defs[t.Name()] = s.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	}
	return map[string]any{"type": "integer"}
}

func (s *schemaMaker) object(t reflect.Type) map[string]any {
	props := map[string]any{}
	var required []string
	for i := range t.NumField() {
		name, opt, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		props[name] = s.of(t.Field(i).Type)
		if t == reflect.TypeFor[survey.Case]() && (name == "schema" || name == "id") || name == "id" && opt == "" {
			required = append(required, name)
		}
	}
	out := map[string]any{"type": "object", "properties": props, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}
