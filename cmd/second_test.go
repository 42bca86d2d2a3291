package cmd

import (
	"bufio"
	"testing"
)

func TestASecondProgramIsRefusedWhileTheFirstHoldsTheFolder(t *testing.T) {
	bin := tools(t)
	data, files := firm(t)
	first := job(t, "hold", data)
	in, err := first.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := first.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	if !said.Scan() || said.Text() != "held" {
		t.Fatalf("the first program said %q", said.Text())
	}
	for _, line := range [][]string{
		{"case", "list"}, {"case", "show"}, {"set", "firm.address=别处"}, {"import", files + "/台账.xlsx"}, {"assess"}, {"send"}, {"status"}, {"case", "new", "另一家"},
	} {
		runCtl(t, bin, data, line...).want(t, 3, "E0302 另一个窗口正在使用案卷")
	}
	runCtl(t, bin, data, "--json", "assess", "--case", files+"/企业资料.json").want(t, 0, "score") // a file needs no folder
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := first.Wait(); err != nil {
		t.Fatal(err)
	}
	runCtl(t, bin, data, "case", "show").want(t, 0, "株洲恒硬刀具有限公司")
	runCtl(t, bin, data, "set", "firm.address=别处").want(t, 0, "已保存")
}
