package join

import (
	"strings"
	"testing"
)

// TestTheRecoverySheetLosesNoCharacter: the library's own line breaking drops Chinese characters at the ends of lines.
func TestTheRecoverySheetLosesNoCharacter(t *testing.T) {
	f, err := RecoverySheet("CX0FQ-YA63Y-2M3BW-0X7XB-C7B09-MHQTW", "43b1cbcd")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.ReplaceAll(printed(t, f.Data), " ", "")
	for _, want := range []string{"忘记口令时，在“案卷已上锁”页面输入下面的恢复码即可开锁。字母不分大小写，短横可以不输；没有字母I、L、O、U。", "CX0FQ-YA63Y-2M3BW", "0X7XB-C7B09-MHQTW",
		"锁的编号：43b1cbcd", "一、锁进柜子，不与电脑放在一起；拿到这张纸和电脑的人可以看到全部企业资料。", "四、换了新恢复码或取消口令后，这张纸作废，请撕碎。"} {
		if !strings.Contains(got, want) {
			t.Errorf("the sheet lacks %q", want)
		}
	}
}
