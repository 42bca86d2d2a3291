package join

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// Photos lists the files of a folder and the folders in it, by name, to be read one by one; a file over 64 MB fails when it is read.
func Photos(root string) ([]wizard.Photo, error) {
	var names []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
			if names = append(names, path); len(names) > 20_000 {
				return survey.Fail(survey.CodeFileTooBig, "join.photos", "文件夹里的文件太多")
			}
		}
		return err
	})
	if err != nil {
		var known *survey.Error
		if errors.As(err, &known) {
			return nil, err
		}
		return nil, &survey.Error{Code: survey.CodeFileMissing, Op: "join.photos", Detail: root, Err: err}
	}
	slices.Sort(names)
	out := make([]wizard.Photo, len(names))
	for i, name := range names {
		short, err := filepath.Rel(root, name)
		if err != nil {
			short = name
		}
		out[i] = wizard.Photo{Name: short, Read: func() ([]byte, error) {
			if info, err := os.Stat(name); err == nil && info.Size() > 64<<20 {
				return nil, survey.Fail(survey.CodeFileTooBig, "join.photos", "超过 64 MB")
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, &survey.Error{Code: survey.CodeFileMissing, Op: "join.photos", Detail: short, Err: err}
			}
			return data, nil
		}}
	}
	return out, nil
}
