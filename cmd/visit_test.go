package cmd

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/skip2/go-qrcode"
	"github.com/xuri/excelize/v2"

	"github.com/shangyuntong/shangyun/survey"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// rewrite opens a list, changes cells and gives it back.
func rewrite(t *testing.T, data []byte, change func(x *excelize.File)) []byte {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	change(x)
	var out bytes.Buffer
	if err := x.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// find gives the cell of a column under a head, in the row of a machine.
func cellOf(t *testing.T, x *excelize.File, head, id string) (sheet, cell string) {
	t.Helper()
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			col := slices.Index(row, head)
			if col < 0 {
				continue
			}
			for i, r := range rows {
				if slices.Contains(r, id) {
					name, err := excelize.CoordinatesToCellName(col+1, i+1)
					if err != nil {
						t.Fatal(err)
					}
					return sheet, name
				}
			}
		}
	}
	t.Fatalf("no column %s, or no row of %s", head, id)
	return "", ""
}

// What is filled in on a walk list comes back by the machine's code: open answers are filled, differences become proposals, and the same list twice
// changes nothing.
func TestAWalkListComesBackOnceAndTwice(t *testing.T) {
	d := openTable(t)
	files, err := d.TakeWalk(t.Context(), d.id, wizard.Leaving{Where: "/tmp", By: "顾问"})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(files[0].Data, []byte("%PDF")) {
		t.Fatal("the sheet is no PDF")
	}
	if keep := os.Getenv("SHANGYUN_SHOTS"); keep != "" {
		_ = os.WriteFile(filepath.Join(keep, "walk.pdf"), files[0].Data, 0o600)
		_ = os.WriteFile(filepath.Join(keep, "walk.xlsx"), files[1].Data, 0o600)
	}
	_, b, err := d.BringWalk(t.Context(), d.id, "走访表.xlsx", files[1].Data)
	if err != nil || b.Filled+b.Added+b.Proposals != 0 || len(b.Problems) != 0 {
		t.Fatalf("the list as it left: %+v, %v", b, err)
	}
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	first := st.Case.Assets[0]
	filled := rewrite(t, files[1].Data, func(x *excelize.File) {
		sheet, cell := cellOf(t, x, "备注", first.ID)
		_ = x.SetCellStr(sheet, cell, "主轴异响")
		sheet, cell = cellOf(t, x, "型号", first.ID)
		_ = x.SetCellStr(sheet, cell, "现场型号-1")
		sheet, cell = cellOf(t, x, "台数", st.Case.Assets[1].ID)
		_ = x.SetCellStr(sheet, cell, "两台")
		rows, _ := x.GetRows(sheet)
		name, _ := excelize.CoordinatesToCellName(2, len(rows)+1)
		_ = x.SetCellStr(sheet, name, "新到的机器人")
	})
	for round, want := range []wizard.Walked{{Filled: 2, Added: 1, Proposals: 1}, {}} {
		var got wizard.Walked
		if st, got, err = d.BringWalk(t.Context(), d.id, "走访表.xlsx", filled); err != nil {
			t.Fatal(err)
		}
		if got.Filled != want.Filled || got.Added != want.Added || got.Proposals != want.Proposals || len(got.Problems) != 1 {
			t.Errorf("round %d: %+v, want %+v", round+1, got, want)
		}
	}
	if a := st.Case.Assets[0]; a.Note != "主轴异响" || a.Nameplate.Model != first.Nameplate.Model {
		t.Errorf("note %q, model %q: a difference must not overwrite", a.Note, a.Nameplate.Model)
	}
	if x := st.Case.Conflicts[len(st.Case.Conflicts)-1]; x.Asset != first.ID || x.Got != "现场型号-1" {
		t.Errorf("proposal %+v", x)
	}
	if _, _, err := d.BringWalk(t.Context(), d.id, "a.xlsx", []byte("PK no workbook")); survey.CodeOf(err) != survey.CodeFileBroken {
		t.Errorf("a broken list: %v", err)
	}
}

// shot is a photo of a machine with a QR code in it, as a telephone makes one.
func shot(t *testing.T, code string, seed uint8) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1600, 1200))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.RGBA{120, 130, seed, 255}), image.Point{}, draw.Src)
	if code != "" {
		q, err := qrcode.New(code, qrcode.Medium)
		if err != nil {
			t.Fatal(err)
		}
		draw.Draw(img, image.Rect(500, 400, 900, 800), q.Image(400), image.Point{}, draw.Src)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 82}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPhotosFindTheirMachines(t *testing.T) {
	d := openTable(t)
	st, err := d.Open(t.Context(), d.id)
	if err != nil {
		t.Fatal(err)
	}
	one, two := st.Case.Assets[0], st.Case.Assets[1]
	if _, err := d.Set(t.Context(), d.id, "assets."+two.ID+".assetId", "GZ-2071"); err != nil {
		t.Fatal(err)
	}
	photo := func(name string, data []byte) wizard.Photo {
		return wizard.Photo{Name: name, Read: func() ([]byte, error) { return data, nil }}
	}
	photos := []wizard.Photo{
		photo("IMG_0001.jpg", shot(t, survey.AssetCode(one.ID), 1)), photo("DCIM/gz-2071_侧面.jpg", shot(t, "", 2)), photo("IMG_0003.jpg", shot(t, "", 3)),
		photo("说明.txt", []byte("not a picture")),
	}
	for round := range 2 {
		var taken []wizard.PhotoTaken
		if st, taken, err = d.TakePhotos(t.Context(), d.id, photos, nil); err != nil {
			t.Fatal(err)
		}
		if taken[0].Asset != one.ID || taken[0].By != "qr" || taken[1].Asset != two.ID || taken[1].By != "name" || taken[2].Asset != "" || taken[2].Code != "" || taken[3].Code != survey.CodeFileKind {
			t.Fatalf("round %d: %+v", round+1, taken)
		}
	}
	var kept []survey.Attachment
	for _, a := range st.Case.Attachments {
		if a.Role == survey.RolePhoto {
			kept = append(kept, a)
		}
	}
	if len(kept) != 3 || kept[2].For != "" {
		t.Fatalf("kept %+v, want each once and the unknown one without a machine", kept)
	}
	if st, err = d.FilePhoto(t.Context(), d.id, kept[2].ID, two.ID); err != nil {
		t.Fatal(err)
	}
	if st, _, err = d.TakePhotos(t.Context(), d.id, photos[2:3], nil); err != nil {
		t.Fatal(err)
	}
	for _, a := range st.Case.Attachments {
		if a.ID == kept[2].ID && a.For != two.ID {
			t.Error("a photo that a person filed lost its machine")
		}
	}
}
