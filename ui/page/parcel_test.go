package page_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/connectors/casedb"
	"github.com/shangyuntong/shangyun/connectors/parcel"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

func handingOver(p *wizard.Parts) {
	p.Threads, p.Parcels = p.Cases.(*casedb.DB), parcel.Parcels{}
}

func TestACaseGoesToAColleagueAndBackAndTheDifferenceIsSettled(t *testing.T) {
	mine := newStand(t, handingOver)
	other := newStand(t, handingOver, func(p *wizard.Parts) { p.By = "李顾问" })
	id := mine.adoptSample()
	mine.ui.Open(id)
	hers, err := other.desk.Card(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	his, err := mine.desk.Card(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.desk.Trust(t.Context(), "厂长", his.String(), his.Fingerprint()); err != nil {
		t.Fatal(err)
	}

	mine.ui.Settings()
	mine.sees(his.Fingerprint(), "还没有联系人")
	mine.fill("对方名片（整行粘贴）", "SYT1.x")
	mine.tap("读取核对码")
	mine.sees("E0209")
	mine.fill("对方名片（整行粘贴）", hers.String())
	mine.tap("登记", 1)
	mine.tap("读取核对码")
	mine.sees(hers.Fingerprint())
	if all, _ := mine.desk.Contacts(t.Context()); len(all) != 0 {
		t.Fatal("a contact was entered before a person said that the fingerprints agree")
	}
	mine.tap("已与对方逐组核对，完全一致")
	mine.tap("登记", 1)
	mine.sees("交接给李顾问…")
	mine.tap("交接给李顾问…")
	mine.sees("同意将本企业的全部资料")
	mine.tap("同意并制作")
	if len(mine.saved) != 1 {
		t.Fatalf("%d files were written", len(mine.saved))
	}

	st, _, err := other.desk.Take(t.Context(), mine.saved[0].Data)
	other.must(st, err)
	other.must(other.desk.Set(t.Context(), id, "firm.address", "二号路"))
	mine.must(mine.desk.Set(t.Context(), id, "firm.address", "三号路"))
	other.must(other.desk.AgreeHandover(t.Context(), id, "厂长"))
	back, err := other.desk.HandOver(t.Context(), id, "厂长")
	if err != nil {
		t.Fatal(err)
	}
	mine.pick = wizard.File{Name: back.Name, Data: back.Data}
	mine.tap("收下交接包…")
	mine.sees("李顾问", "两边不同 1 处")
	if got := mine.get("firm.address"); got != "三号路" {
		t.Errorf("looking at a parcel changed the address to %s", got)
	}
	mine.tap("收下")
	mine.sees("两边改得不一样", "二号路", "三号路", "用对方的")
	mine.misses("合并两边") // both changed the one field
	mine.tap("用对方的")
	mine.misses("两边改得不一样")
	if got := mine.get("firm.address"); got != "二号路" {
		t.Errorf("the address is %s", got)
	}
	mine.must(mine.desk.Undo(t.Context(), id))
	mine.ui.Open(id)
	mine.ui.Settings()
	mine.sees("两边改得不一样")
}
