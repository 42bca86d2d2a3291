// Package pack decodes the packs of assets (questions, catalog, policy, text) strictly from an fs.FS and runs each pack's own
// examples. A misspelt key, a doubled id or an example that does not come out fails with its file and line.
//
// It never reads the operating system by itself and never knows where a pack came from.
package pack

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"

	"go.yaml.in/yaml/v3"

	"github.com/shangyuntong/shangyun/survey"
)

// maxPack is the largest pack file read, in bytes.
const maxPack = 4 << 20

// each calls yield for every .yaml file of dir in name order.
func each(files fs.FS, dir string, yield func(name string, data []byte) error) error {
	names, err := fs.Glob(files, path.Join(dir, "*.yaml"))
	if err != nil || len(names) == 0 {
		return survey.Fail(survey.CodePack, "pack.each", "目录 %s 中没有规则包", dir)
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return &survey.Error{Code: survey.CodePack, Op: "pack.read", Detail: name, Err: err}
		}
		if err := yield(name, data); err != nil {
			return err
		}
	}
	return nil
}

// decode reads one YAML document into v; unknown keys, a second document and files over the limit are refused.
func decode(name string, data []byte, v any) error {
	if len(data) > maxPack {
		return survey.Fail(survey.CodePack, "pack.decode", "%s 超过 4 MB", name)
	}
	return read(name, data, v, true)
}

// loose is decode for a file that an earlier program found sound: fields that are not known any more are passed over.
func loose(name string, data []byte, v any) error { return read(name, data, v, false) }

func read(name string, data []byte, v any, strict bool) error {
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(strict)
	if err := d.Decode(v); err != nil {
		return &survey.Error{Code: survey.CodePack, Op: "pack.decode", Detail: name, Err: err}
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return survey.Fail(survey.CodePack, "pack.decode", "%s 含有第二个文档", name)
	}
	return nil
}
