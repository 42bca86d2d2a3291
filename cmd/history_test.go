package cmd

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestHistoryUndoAndRedoByWords(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	begin := exported(t, bin, data)
	runCtl(t, bin, data, "set", "firm.address=起点", "firm.contact.phone=13812345678", "firm.bank.account=6222000011112222").want(t, 0, "已保存")
	runCtl(t, bin, data, "undo").want(t, 0, "已撤销：企业信息 · 银行账号")
	r := runCtl(t, bin, data, "history", "-n", "2").want(t, 0, "622*********2222 →")
	for _, secret := range []string{"6222000011112222", "13812345678", begin.Firm.Contact.Phone, begin.Firm.Bank.Account} {
		whole := runCtl(t, bin, data, "history", "--json").want(t, 0, `"field": "address"`)
		if strings.Contains(r.out+whole.out, secret) {
			t.Errorf("the history shows %q", secret)
		}
	}
	runCtl(t, bin, data, "redo").want(t, 0, "已重做")
	runCtl(t, bin, data, "redo").want(t, 4, "没有可以重做的修改")
	for range 3 {
		runCtl(t, bin, data, "undo").want(t, 0, "已撤销")
	}
	if c := exported(t, bin, data); c.Firm.Address != begin.Firm.Address || c.Firm.Contact != begin.Firm.Contact || c.Firm.Bank != begin.Firm.Bank {
		t.Errorf("after undoing all: %+v, want %+v", c.Firm, begin.Firm)
	}
	runCtl(t, bin, data, "changes").want(t, 0, "还没有报送过")
}

func TestChangesNamesWhatDiffersFromWhatWasSent(t *testing.T) {
	o := openOffice(t)
	data, _ := firm(t)
	o.enrol(t, data, o.address)
	runCtl(t, o.bin, data, "send", "--agree").want(t, 0, "已报送")
	runCtl(t, o.bin, data, "changes").want(t, 0, "没有变化")
	runCtl(t, o.bin, data, "set", "project.goals=改一次").want(t, 0, "已保存")
	runCtl(t, o.bin, data, "set", "project.goals=改两次").want(t, 0, "已保存")
	r := runCtl(t, o.bin, data, "changes").want(t, 0, "→ 改两次")
	if strings.Contains(r.out, "改一次") {
		t.Errorf("a value in between is told: %s", r.out)
	}
	runCtl(t, o.bin, data, "undo").want(t, 0, "绩效目标")
	runCtl(t, o.bin, data, "undo").want(t, 0, "绩效目标")
	runCtl(t, o.bin, data, "changes").want(t, 0, "没有变化")
}

// Killed at moments spread over an undo: it is done whole or not at all, what was acknowledged is done, and the chain goes on from there.
func TestKilledWhileUndoingLeavesOneStepOrNone(t *testing.T) {
	bin := tools(t)
	data, _ := firm(t)
	n := faultRounds(3)
	for i := range n + 1 {
		runCtl(t, bin, data, "set", fmt.Sprintf("firm.address=第 %d 号", i)).want(t, 0, "已保存")
	}
	took := timed(func() { runCtl(t, bin, data, "undo").want(t, 0, "已撤销") })
	runCtl(t, bin, data, "redo").want(t, 0, "已重做")
	at := n
	for i := range n {
		acknowledged := killed(t, bin, data, took*time.Duration(i+1)/time.Duration(n+1), "undo")
		switch got := exported(t, bin, data).Firm.Address; {
		case got == fmt.Sprintf("第 %d 号", at-1):
			at--
		case acknowledged || got != fmt.Sprintf("第 %d 号", at):
			t.Errorf("round %d: the address is %q; acknowledged %v", i, got, acknowledged)
		}
	}
	for ; at < n; at++ {
		runCtl(t, bin, data, "redo").want(t, 0, "已重做")
	}
	if got := exported(t, bin, data).Firm.Address; got != fmt.Sprintf("第 %d 号", n) {
		t.Errorf("after redoing all the address is %q", got)
	}
	runCtl(t, bin, data, "redo").want(t, 4, "没有可以重做的修改")
}
