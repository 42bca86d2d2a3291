package wizard

import (
	"archive/zip"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/shangyuntong/shangyun/survey"
)

// Names inside a bundle.
const (
	bundleReadme  = "说明.txt"
	bundleCase    = "案卷.json"
	bundleHistory = "修改历史"
	bundleLog     = "操作记录"
	bundleSums    = "SHA256SUMS.txt"
)

func (b *bundle) facts() error {
	data, err := ExchangeFile(b.st.Case)
	if err != nil {
		return err
	}
	return b.data(bundleCase, data)
}

// toldChange is one change of one fact in the history.
type toldChange struct {
	Save     string       `json:"save"` // changes with one of these were saved together
	At       time.Time    `json:"at"`
	By       string       `json:"by"`
	Mark     *Mark        `json:"mark,omitempty"`
	Kind     string       `json:"kind"`
	ID       string       `json:"id"`
	Revision int          `json:"revision"`
	Old      *survey.Fact `json:"old"`
	New      *survey.Fact `json:"new"`
}

func (b *bundle) history() error {
	if b.d.History == nil {
		return nil
	}
	saves, err := b.d.History.Changes(b.ctx, b.st.Case.ID, time.Time{})
	if err != nil {
		return err
	}
	all := []toldChange{}
	rows := [][]string{{"时间", "操作人", "步骤", "变化"}}
	for _, s := range saves {
		for _, f := range s.Facts {
			all = append(all, toldChange{s.ID, s.At, s.By, s.Mark, f.Kind, f.ID, f.Revision, f.Old, f.New})
		}
		for _, x := range b.d.Differences(s.Facts) {
			rows = append(rows, []string{moment(s.At), s.By, b.Say.Step(s), b.Say.Difference(x)})
		}
	}
	if err := b.json(bundleHistory+".json", all); err != nil {
		return err
	}
	return b.table(bundleHistory+".csv", rows)
}

func (b *bundle) log() error {
	if b.d.Audit == nil {
		return nil
	}
	lines, err := b.d.Audit.Logged(b.ctx, b.st.Case.ID)
	if err != nil {
		return err
	}
	rows := [][]string{{"序号", "时间", "操作人", "动作", "内容", "去处"}}
	for _, l := range lines {
		rows = append(rows, []string{strconv.FormatInt(l.Seq, 10), moment(l.At), l.By, deedWord(l.Deed), l.What, l.Where})
	}
	if err := b.json(bundleLog+".json", lines); err != nil {
		return err
	}
	return b.table(bundleLog+".csv", rows)
}

func deedWord(x Deed) string {
	w, ok := map[Deed]string{
		DeedBegin: "起始", DeedView: "查看", DeedChange: "修改", DeedExport: "导出", DeedSend: "报送", DeedParcel: "交接", DeedConsent: "同意", DeedDelete: "删除",
	}[x]
	if !ok {
		return string(x)
	}
	return w
}

// requests writes every sealed revision with what it names: the exact bytes, the receipt, the papers.
func (b *bundle) requests() error {
	for i, r := range b.st.Requests {
		folder := fmt.Sprintf("申请/%02d-%s-第%d版/", len(b.st.Requests)-i, FileName(string(r.Kind)), r.Revision)
		raw, err := b.d.Outbox.Bytes(b.ctx, r.ID, r.Revision)
		if err != nil {
			return err
		}
		if err := b.data(folder+"封存内容.json", raw); err != nil {
			return err
		}
		if err := b.json(folder+"状态与回执.json", r); err != nil {
			return err
		}
		for n, a := range b.sealed[i].Attachments {
			if err := b.content(b.name(folder+"附件/", fmt.Sprintf("%02d-%s", n+1, FileName(a.Name))), a.SHA256, a.Size); err != nil {
				return err
			}
		}
	}
	return nil
}

// attachments writes them as 市-企业-序号-名称.
func (b *bundle) attachments() error {
	place := "未填所在地"
	if r, ok := survey.RegionByCode(b.st.Case.Firm.Region); ok {
		place = r.Name
	}
	for i, a := range b.st.Case.Attachments {
		base := fmt.Sprintf("%s-%s-%02d-%s", FileName(place), short(FileName(firmName(b.st.Case)), 40), i+1, FileName(a.Name))
		if err := b.content(b.name("附件/", base), a.SHA256, a.Size); err != nil {
			return err
		}
	}
	return nil
}

func firmName(c *survey.Case) string {
	if c.Firm.Name == "" {
		return "未命名企业"
	}
	return c.Firm.Name
}

func (b *bundle) readme() error {
	lines := []string{
		firmName(b.st.Case) + " 的全部资料", "由上云通于 " + moment(b.at) + " 导出，操作人 " + b.d.By, "",
		bundleCase + "　　　　现在的全部事实；可用“导入案卷”或 shangyunctl case import 放回上云通",
		bundleHistory + ".json　　每条事实的每次修改：何人、何时、原来和后来的全文",
		bundleHistory + ".csv　　 同上，逐字段，可用 WPS 或 Excel 打开；电话和账号只显示头尾几位，全文见 .json",
		bundleLog + ".json、.csv　查看、修改、导出、报送的记录",
		"申请/　　　　　　　每次封存的申请：封存内容.json 与报送的逐字节相同，其 SHA-256 即回执上的摘要；回执；所附文书",
		"附件/　　　　　　　现有附件，按“市-企业-序号-名称”命名",
		bundleSums + "　　　每个文件的 SHA-256，可用 sha256sum -c 核对", "",
		"这些文件没有加密，请妥善保管。",
	}
	if len(b.absent) > 0 {
		lines = append(append(lines, "", "以下内容不在导出的这台电脑上，因此不在包内："), b.absent...)
	}
	return b.data(bundleReadme, []byte("\uFEFF"+strings.Join(lines, "\r\n")+"\r\n"))
}

func (b *bundle) list() error {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: bundleSums, Method: zip.Deflate, Modified: b.at})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, strings.Join(b.sums, "\n")+"\n")
	return err
}

// beijing is where the readers of certificates and bundles are.
var beijing = time.FixedZone("CST", 8*3600)

func moment(t time.Time) string { return t.In(beijing).Format("2006-01-02 15:04:05") }

// FileName makes a name that every system takes out of any text: no separators, control or reserved characters, no dots or blanks at the ends, no
// device names of Windows, at most 80 characters with its ending kept. It is never empty.
func FileName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < 0x20 || r == 0x7F || strings.ContainsRune(`/\:*?"<>|`, r):
			return '_'
		case r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r >= 0x200B && r <= 0x200F || r == 0xFEFF || r == 0xFFFD:
			return -1 // turns the direction of what follows, or is not seen
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Trim(s, ". ")
	stem, _, _ := strings.Cut(strings.ToUpper(s), ".")
	switch stem = strings.TrimSpace(stem); {
	case s == "":
		return "未命名"
	case stem == "CON" || stem == "PRN" || stem == "AUX" || stem == "NUL", len(stem) == 4 && (stem[:3] == "COM" || stem[:3] == "LPT"):
		s = "_" + s
	}
	return short(s, 80)
}

// short cuts a name down to n characters before its ending.
func short(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	ending := ""
	if at := strings.LastIndex(s, "."); at > 0 && len(s)-at <= 10 {
		ending = s[at:]
	}
	return strings.TrimRight(string(r[:n-len([]rune(ending))]), ". ") + ending
}
