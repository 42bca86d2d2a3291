package server

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/connectors/portal"
	"github.com/shangyuntong/shangyun/connectors/portal/inbox"
	"github.com/shangyuntong/shangyun/survey/submit"
)

type exportsView struct {
	Frame
	Batches []inbox.Batch
	Ready   int
	Done    string
}

func (s *Server) exportsPage(w http.ResponseWriter, r *http.Request, v *visit) error {
	view := exportsView{Frame: s.frame(r, v, "exports", v.t("导出")), Done: r.URL.Query().Get("done")}
	var err error
	if view.Batches, err = s.Store.Batches(r.Context()); err != nil {
		return err
	}
	view.Ready, err = s.Store.Count(r.Context(), v.Who, inbox.Query{States: []submit.State{submit.StateAccepted}})
	if err != nil {
		return err
	}
	return s.show(w, r, v, "exports", view)
}

// exportMany makes a batch of the ticked requests, or of all that are accepted.
func (s *Server) exportMany(w http.ResponseWriter, r *http.Request, v *visit) error {
	var ids []string
	if r.PostFormValue("all") == "yes" {
		rows, _, err := s.Store.List(r.Context(), v.Who, inbox.Query{States: []submit.State{submit.StateAccepted}, Oldest: true, Limit: 200})
		if err != nil {
			return err
		}
		for _, row := range rows {
			ids = append(ids, row.ID)
		}
	} else {
		var err error
		if ids, err = picked(r); err != nil {
			return err
		}
	}
	b, err := s.Store.Export(r.Context(), v.Who, ids, s.Now())
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/exports?done="+b.ID, http.StatusSeeOther)
	return nil
}

// exportHead names the columns of a batch.
var exportHead = []string{"批次", "回执号", "申请编号", "版本", "类别", "企业名称", "统一社会信用代码", "所在地", "事项", "等级", "得分", "申请上限（元）", "收到时间", "内容摘要"}

// downloadBatch gives a batch as CSV, XLSX or JSON. The same batch gives the same content at any time.
func (s *Server) downloadBatch(w http.ResponseWriter, r *http.Request, v *visit) error {
	id, format := r.PathValue("batch"), r.PathValue("format")
	write := map[string]func(string, []inbox.Exported) ([]byte, error){"csv": batchCSV, "xlsx": batchXLSX, "json": batchJSON}[format]
	if write == nil {
		return inbox.ErrNotFound
	}
	items, err := s.Store.BatchItems(r.Context(), id)
	if err != nil {
		return err
	}
	b, err := write(id, items)
	if err != nil {
		return err
	}
	attachment(w, "上云通-"+id+"."+format)
	_, err = w.Write(b)
	return err
}

func exportRow(id string, e inbox.Exported) []string {
	sub := e.Sealed.Submission
	amount := ""
	if sub.Summary.AmountFen != "" {
		amount = strings.ReplaceAll(sum(sub.Summary.AmountFen), ",", "")
	}
	score := ""
	if p, err := paperOf(sub.Document); err == nil && p.Assessment != nil {
		score = p.Assessment.Score
	}
	return []string{id, e.Receipt.Number, sub.ID, strconv.Itoa(sub.Revision), kindWord(sub.Kind), sub.Summary.FirmName, sub.Summary.CreditCode,
		regionWord(sub.Summary.Region), sub.Summary.Title, sub.Summary.Level, score, amount, when(e.Receipt.ReceivedAt), e.Sealed.SHA256}
}

// inert keeps a spreadsheet from taking a firm's words for a formula.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func batchCSV(id string, items []inbox.Exported) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff") // spreadsheets know UTF-8 by it
	w := csv.NewWriter(&b)
	rows := [][]string{exportHead}
	for _, e := range items {
		row := exportRow(id, e)
		for i := range row {
			row[i] = inert(row[i])
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func batchXLSX(id string, items []inbox.Exported) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	const sheet = "Sheet1"
	for i, row := range append([][]string{exportHead}, rowsOf(id, items)...) {
		for j, cell := range row {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err == nil {
				err = f.SetCellStr(sheet, name, cell)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err == nil {
		err = f.SetRowStyle(sheet, 1, 1, bold)
	}
	if err == nil {
		err = f.SetColWidth(sheet, "A", "N", 18)
	}
	if err == nil {
		err = f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = f.Write(&b)
	return b.Bytes(), err
}

func rowsOf(id string, items []inbox.Exported) (rows [][]string) {
	for _, e := range items {
		rows = append(rows, exportRow(id, e))
	}
	return rows
}

// batchJSON gives every manifest whole, with its receipt.
func batchJSON(id string, items []inbox.Exported) ([]byte, error) {
	type one struct {
		Receipt  submit.Receipt  `json:"receipt"`
		Manifest json.RawMessage `json:"manifest"`
	}
	out := struct {
		Batch    string `json:"batch"`
		Requests []one  `json:"requests"`
	}{Batch: id}
	for _, e := range items {
		out.Requests = append(out.Requests, one{e.Receipt, e.Sealed.Bytes})
	}
	b, err := json.MarshalIndent(out, "", "  ")
	return append(b, '\n'), err
}

var errBadForm = portal.NewProblem(portal.BadRequest, "")
