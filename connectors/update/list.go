package update

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// List writes the list of a folder of packages beside them, for those who look from the net. Every package has to be signed by k.
func (k Keys) List(folder string) error {
	names, err := filepath.Glob(filepath.Join(glob(folder), "*"+Ext))
	if err != nil {
		return err
	}
	list := []Listed{}
	for _, name := range names {
		f := k.file(name)
		if f.Fault != nil {
			return f.Fault
		}
		m := f.Manifest
		m.Files, m.Gone = nil, nil
		list = append(list, Listed{File: filepath.Base(name), Size: f.Size, Manifest: m})
	}
	data, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, ListName), append(data, '\n'), 0o644)
}
