package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/part"
)

// pictures writes each chart of the case as PNG, at twice its size, and as SVG.
func (s shots) pictures(ctx context.Context, desk *wizard.Desk, text survey.Text) error {
	st, err := desk.Open(ctx, s.id)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.charts, 0o755); err != nil {
		return err
	}
	part.Words(func(key string) string { return text.T("part." + key) })
	for _, c := range page.Charts(text.T, st) {
		data, err := part.PNG(c.Draw())
		if err != nil {
			return err
		}
		for ext, b := range map[string][]byte{".png": data, ".svg": part.SVG(c.Draw())} {
			if err := os.WriteFile(filepath.Join(s.charts, wizard.FileName(c.Name)+ext), b, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}
