package page_test

import (
	"testing"

	"github.com/shangyuntong/shangyun/survey/wizard"
)

func TestAFileDroppedAnywhereGoesWhereItBelongs(t *testing.T) {
	s := newStand(t)
	ledger := wizard.File{Name: "台账.xlsx", Data: sampleFile(t, "台账.xlsx")}
	s.ui.Drop([]wizard.File{ledger})
	s.sees("E0311", "台账.xlsx")
	s.tap("知道了")

	s.ui.Drop([]wizard.File{{Name: "企业资料.json", Data: sampleFile(t, "企业资料.json")}})
	s.sees("导入“企业资料.json”里的案卷？")
	s.ui.Drop([]wizard.File{ledger}) // not while a question is open
	s.sees("请先处理完眼前的问题")
	s.tap("导入")
	if s.get("firm.name") == "" {
		t.Fatal("the case was not taken")
	}

	s.ui.Settings()
	before := len(s.stored().Assets)
	s.ui.Drop([]wizard.File{ledger})
	s.tap("按此读入并记住")
	if got := len(s.stored().Assets); got <= before {
		t.Errorf("%d machines after the list, %d before", got, before)
	}
	s.sees("台账.xlsx")

	s.ui.Drop([]wizard.File{{Name: "发票.xml", Data: []byte("<x/>")}})
	s.sees("没有完成")
	s.tap("知道了")
	s.ui.Drop([]wizard.File{{Name: "说明.exe", Data: []byte("MZ")}})
	s.sees("E0310", "说明.exe")
}
