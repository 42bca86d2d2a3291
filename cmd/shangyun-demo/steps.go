package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// demo is one walk.
type demo struct {
	bin, out string
	pages    bool
	started  time.Time
	id       string
	server   *exec.Cmd
	lines    portalLines
	sum      summary
}

func (d *demo) data() string { return filepath.Join(d.out, "data") }

// fresh empties the demo's own folder; a folder that is not a demo's is left alone.
func (d *demo) fresh() error {
	mark := filepath.Join(d.out, ".demo")
	if entries, err := os.ReadDir(d.out); err == nil && len(entries) > 0 {
		if _, err := os.Stat(mark); err != nil {
			return fmt.Errorf("文件夹 %s 不是演示留下的，请换一个", d.out)
		}
		if err := os.RemoveAll(d.out); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(d.out, 0o755); err != nil {
		return err
	}
	return os.WriteFile(mark, nil, 0o644)
}

// program runs one of our programs and gives what it printed.
func (d *demo) program(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(d.bin, name), args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, errors.New(strings.TrimSpace(errs.String()) + "（" + err.Error() + "）")
	}
	return out.Bytes(), nil
}

// ctl runs shangyunctl with --json and decodes what it printed into v.
func (d *demo) ctl(ctx context.Context, v any, args ...string) error {
	out, err := d.program(ctx, "shangyunctl", append([]string{"--data", d.data(), "--by", "演示", "--json"}, args...)...)
	if err != nil || v == nil {
		return err
	}
	return json.Unmarshal(out, v)
}

func (d *demo) file(name string) string { return filepath.Join(d.out, "样例", name) }

func (d *demo) sample(ctx context.Context) (string, error) {
	var names []string
	err := d.ctl(ctx, &names, "sample", filepath.Join(d.out, "样例"))
	return fmt.Sprintf("%d 个文件，企业为虚构", len(names)), err
}

func (d *demo) newCase(ctx context.Context) (string, error) {
	var made struct{ ID string }
	if err := d.ctl(ctx, &made, "case", "import", d.file("企业资料.json")); err != nil {
		return "", err
	}
	if err := d.ctl(ctx, nil, "lock", "none", "--yes"); err != nil { // invented data: the window may open on the case without asking first
		return "", err
	}
	d.id = made.ID
	return "案卷 " + d.id, os.WriteFile(filepath.Join(d.out, "case-id"), []byte(d.id), 0o644)
}

func (d *demo) host(ctx context.Context) (string, error) {
	var got struct {
		Asset struct {
			Note string
		}
		Machines int
	}
	err := d.ctl(ctx, &got, "host", "--id", d.id)
	return fmt.Sprintf("%s；作为信息设备登记，生产设备仍为 %d 台", got.Asset.Note, got.Machines), err
}

func (d *demo) ledger(ctx context.Context) (string, error) {
	var got struct {
		Brought struct {
			Added  int
			Ledger struct{ Problems, Skipped []string }
		}
		Rates struct{ Machines, Digital, Networked int }
	}
	err := d.ctl(ctx, &got, "import", "--id", d.id, d.file("台账.xlsx"))
	return fmt.Sprintf("新增 %d 行，略过 %d 行，%d 处待核对；生产设备 %d 台，数字化 %d，联网 %d", got.Brought.Added, len(got.Brought.Ledger.Skipped),
		len(got.Brought.Ledger.Problems), got.Rates.Machines, got.Rates.Digital, got.Rates.Networked), err
}

func (d *demo) answers(ctx context.Context) (string, error) {
	var got struct {
		Answers, Scenes int
		Open            []string
	}
	err := d.ctl(ctx, &got, "answer", "--id", d.id, "--file", d.file("答卷.json"))
	return fmt.Sprintf("%d 题、%d 个场景，还差 %d 项；其余由清单算出", got.Answers, got.Scenes, len(got.Open)), err
}

func (d *demo) assess(ctx context.Context) (string, error) {
	err := d.ctl(ctx, &d.sum.assessment, "assess", "--id", d.id)
	return fmt.Sprintf("%s 分，%s", d.sum.assessment.Score, d.sum.assessment.LevelName), err
}

func (d *demo) recommend(ctx context.Context) (string, error) {
	err := d.ctl(ctx, &d.sum.bundle, "recommend", "--id", d.id, "--accept")
	return fmt.Sprintf("%d 项，首年 %s 元，%s", len(d.sum.bundle.Lines), yuan(d.sum.bundle.FirstYear), d.sum.bundle.Proof.Text), err
}

func (d *demo) subsidy(ctx context.Context) (string, error) {
	err := d.ctl(ctx, &d.sum.claims, "subsidy", "--id", d.id)
	return "保守口径测算上限 " + yuan(d.sum.claims.Conservative.Amount) + " 元", err
}

func (d *demo) papers(ctx context.Context) (string, error) {
	for _, role := range []string{"营业执照", "合同", "发票", "付款凭证"} {
		if err := d.ctl(ctx, nil, "attach", "--id", d.id, "--role", role, d.file("附件-"+role+".png")); err != nil {
			return "", err
		}
	}
	var got struct{ Files, Open []string }
	if err := d.ctl(ctx, &got, "apply", "--id", d.id, "--agree", "演示", "--out", filepath.Join(d.out, "文书")); err != nil {
		return "", err
	}
	d.sum.files = got.Files
	if len(got.Open) > 0 {
		return "", fmt.Errorf("报送前还缺：%s", strings.Join(got.Open, "；"))
	}
	return fmt.Sprintf("%d 份，在 %s", len(got.Files), filepath.Join(d.out, "文书")), nil
}

func (d *demo) send(ctx context.Context) (string, error) {
	err := d.ctl(ctx, &d.sum.request, "send", "--id", d.id, "--agree")
	return "回执 " + d.sum.request.Receipt.Number + "，签名已用登记时的密钥验过", err
}

func (d *demo) prove(ctx context.Context) (string, error) {
	var rows []struct{ ProvedBytes int64 }
	if err := d.ctl(ctx, &rows, "status", "--id", d.id, "--proof"); err != nil {
		return "", err
	}
	if len(rows) == 0 || rows[0].ProvedBytes == 0 {
		return "", errors.New("没有可核对的报送")
	}
	return fmt.Sprintf("一致，共 %d 字节", rows[0].ProvedBytes), nil
}
