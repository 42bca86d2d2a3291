// Command shangyun-demo walks one sample firm through the whole job with the real programs: shangyunctl does every step, a
// shangyun-portal on this machine's loopback receives the request and signs the receipt. It holds no rule; it runs programs and reads
// what they print.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	d := &demo{started: time.Now()}
	flag.StringVar(&d.bin, "bin", "build/bin", "folder of the programs")
	flag.StringVar(&d.out, "out", "build/demo", "folder for everything the demo writes; an earlier demo there is replaced")
	flag.BoolVar(&d.pages, "pages", true, "render every page of the wizard to PNG")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := d.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "演示没有完成：", err)
		os.Exit(1)
	}
}

// run goes through the job; each step prints one line.
func (d *demo) run(ctx context.Context) error {
	if err := d.fresh(); err != nil {
		return err
	}
	steps := []struct {
		title string
		do    func(context.Context) (string, error)
	}{
		{"写出样例企业的资料", d.sample},
		{"新建案卷", d.newCase},
		{"盘点本机", d.host},
		{"导入设备台账", d.ledger},
		{"填写评测答卷", d.answers},
		{"评测数字化水平", d.assess},
		{"推荐平台组合", d.recommend},
		{"测算补贴", d.subsidy},
		{"附上证明材料，生成文书", d.papers},
		{"启动报送门户并登记", d.portal},
		{"封存、报送并取得回执", d.send},
		{"与门户逐字节核对", d.prove},
	}
	defer d.stopPortal()
	for i, s := range steps {
		began := time.Now()
		said, err := s.do(ctx)
		if err != nil {
			return fmt.Errorf("%s：%w", s.title, err)
		}
		fmt.Printf("[%2d/%d] %s：%s（%.1f 秒）\n", i+1, len(steps), s.title, said, time.Since(began).Seconds())
	}
	d.summary()
	if !d.pages {
		return nil
	}
	d.stopPortal()
	return d.render(ctx)
}

// render draws every page of the case without a display.
func (d *demo) render(ctx context.Context) error {
	dir := filepath.Join(d.out, "pages")
	if _, err := d.program(ctx, "shangyun-shots", "--data", d.data(), "--case", d.id, "--out", dir); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.png"))
	if err != nil {
		return err
	}
	fmt.Printf("向导各页的图片（%d 张）：%s\n", len(files), dir)
	return nil
}
