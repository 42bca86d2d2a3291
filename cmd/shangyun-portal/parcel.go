package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/shangyuntong/shangyun/connectors/parcel"
	"github.com/shangyuntong/shangyun/connectors/portal/server"
	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/handover"
)

type parcelCmd struct {
	Card    parcelCardCmd    `cmd:"" help:"显示本门户的名片和核对码。"`
	Trust   parcelTrustCmd   `cmd:"" help:"登记一台设备的名片，从此收它的报送包。"`
	Senders parcelSendersCmd `cmd:"" help:"列出已登记名片的设备。"`
	Import  parcelImportCmd  `cmd:"" help:"收下一个报送包；同一个包再收结果相同。"`
	Return  parcelReturnCmd  `cmd:"" help:"为一台设备做带回的包：回执、退回意见、服务商答复。"`
}

// desk is the store with what parcels need.
type desk struct {
	store
	Name string `default:"报送门户" help:"门户名称，须与 serve 的相同。"`
}

func (c desk) with(e *env, do func(p server.Parcels) error) error {
	s, err := c.open(e.ctx)
	if err != nil {
		return err
	}
	keys, err := c.keys()
	if err == nil {
		err = do(server.Parcels{Server: server.New(server.Config{Store: s, Keys: keys, Name: c.Name, Now: e.now, Log: e.log})})
	}
	return errors.Join(err, s.Close())
}

type parcelCardCmd struct{ desk }

// Run shows the card.
func (c *parcelCardCmd) Run(e *env) error {
	return c.with(e, func(p server.Parcels) error {
		card, err := p.Card(e.ctx)
		if err == nil {
			_, err = fmt.Fprintf(e.out, "核对码 %s\n%s\n", card.Fingerprint(), card.String())
		}
		return err
	})
}

type parcelTrustCmd struct {
	desk
	Device string `required:"" help:"设备编号，见 device list。"`
	Card   string `arg:"" help:"对方的名片，一整行。"`
	Check  string `required:"" help:"与对方核对过的核对码。"`
}

// Run enters a card.
func (c *parcelTrustCmd) Run(e *env) error {
	return c.with(e, func(p server.Parcels) error {
		s, err := p.Trust(e.ctx, console, c.Device, c.Card, c.Check)
		if err == nil {
			_, err = fmt.Fprintf(e.out, "已登记 %s 的名片\n", s.Card.Name)
		}
		return err
	})
}

type parcelSendersCmd struct{ desk }

// Run lists the senders.
func (c *parcelSendersCmd) Run(e *env) error {
	return c.with(e, func(p server.Parcels) error {
		all, err := p.Senders(e.ctx)
		for _, s := range all {
			if _, werr := fmt.Fprintf(e.out, "%s\t%s\t%s\n", s.Device, s.Card.Name, s.Card.Fingerprint()); werr != nil {
				return werr
			}
		}
		return err
	})
}

type parcelImportCmd struct {
	desk
	File string `arg:"" help:"报送包。" type:"path"`
	Back string `help:"同时把带回的包写到这里。" type:"path"`
}

// Run takes a parcel.
func (c *parcelImportCmd) Run(e *env) error {
	f, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("读不到 %s: %w", c.File, err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, parcel.MaxParcel+1))
	if err != nil {
		return err
	}
	return c.with(e, func(p server.Parcels) error {
		done, err := p.Import(e.ctx, data)
		if err != nil {
			return err
		}
		for _, r := range done.Receipts {
			if _, err := fmt.Fprintf(e.out, "%s\t%s 第 %d 版\n", r.Number, r.ID, r.Revision); err != nil {
				return err
			}
		}
		for _, r := range done.Refused {
			if _, err := fmt.Fprintf(e.out, "没有收下\t%s 第 %d 版\t%s\n", r.ID, r.Revision, r.Why); err != nil {
				return err
			}
		}
		if c.Back == "" {
			return nil
		}
		return back(e, p, done.Device, done.Refused, c.Back)
	})
}

type parcelReturnCmd struct {
	desk
	Device string `required:"" help:"设备编号，见 device list。"`
	File   string `arg:"" help:"写到这个文件，如 U 盘上的。" type:"path"`
}

// Run makes the parcel that goes back.
func (c *parcelReturnCmd) Run(e *env) error {
	return c.with(e, func(p server.Parcels) error { return back(e, p, c.Device, nil, c.File) })
}

func back(e *env, p server.Parcels, device string, refused []handover.Refusal, file string) error {
	data, err := p.Return(e.ctx, device, refused, rand.Text())
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return &survey.Error{Code: survey.CodeFileMissing, Op: "portal.parcel", Detail: file, Err: err}
	}
	_, err = fmt.Fprintf(e.out, "已写好带回的包 %s（%d 字节）\n", file, len(data))
	return err
}
