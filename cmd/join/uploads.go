package join

import (
	"context"
	"encoding/json"

	"github.com/shangyuntong/shangyun/connectors/portal/client"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// uploads remembers in the case file which uploads were begun.
type uploads struct{ settings wizard.Settings }

const settingUploads = "portal.uploads"

var _ client.Memory = uploads{}

func (u uploads) all(ctx context.Context) (map[string]string, error) {
	raw, err := u.settings.Setting(ctx, settingUploads)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	_ = json.Unmarshal([]byte(raw), &all) // what cannot be read costs bytes only
	return all, nil
}

// Upload implements client.Memory.
func (u uploads) Upload(ctx context.Context, key string) (string, error) {
	all, err := u.all(ctx)
	return all[key], err
}

// KeepUpload implements client.Memory.
func (u uploads) KeepUpload(ctx context.Context, key, id string) error {
	all, err := u.all(ctx)
	if err != nil {
		return err
	}
	if all[key] = id; id == "" {
		delete(all, key)
	}
	raw, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return u.settings.PutSetting(ctx, settingUploads, string(raw))
}
