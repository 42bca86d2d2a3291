package ui

import (
	"context"
	"io"
	"path/filepath"

	"github.com/shangyuntong/shangyun/survey/submit"
	"github.com/shangyuntong/shangyun/survey/wizard"
	"github.com/shangyuntong/shangyun/ui/page"
	"github.com/shangyuntong/shangyun/ui/part"
)

// Export asks for a folder, shows what would leave and where to, and writes only after the person agreed.
func (u *UI) Export(x page.Exporting) {
	u.folder(func(folder string) {
		where := folder
		if x.Name != "" {
			where = filepath.Join(folder, x.Name)
		}
		l := wizard.Leaving{Kind: x.Kind, Where: where, By: u.cfg.Desk.By}
		part.NewConfirm(part.Ask{
			Title: u.T("leave.title"), Text: l.Text(x.Firm) + "\n\n" + u.T("leave.by", l.By), Yes: u.T("leave.yes"), No: u.T("button.cancel"),
			OnYes: func() { u.export(x, l, folder) },
		}).ShowOn(u.win.Canvas())
	})
}

func (u *UI) folder(got func(string)) {
	u.cfg.System.Folder(u.win, "", func(folder string, err error) {
		switch {
		case err != nil:
			u.fail(err)
		case folder != "":
			got(folder)
		}
	})
}

func (u *UI) export(x page.Exporting, l wizard.Leaving, folder string) {
	n, lacking := 1, ""
	u.Run(u.T("leave.busy"), func(ctx context.Context, d *wizard.Desk, progress func(string, float64)) (*wizard.State, error) {
		var files []wizard.File
		var err error
		switch x.Kind {
		case wizard.LeavesBundle:
			return nil, u.cfg.System.Stream(l.Where, func(w io.Writer) error {
				return d.Bundle(ctx, x.Case, wizard.Bundling{Leaving: l, Say: u.T, Progress: func(done, total int64) {
					progress(u.T("leave.busy"), float64(done)/float64(max(total, 1)))
				}}, w)
			})
		case wizard.LeavesExchange:
			var data []byte
			data, err = d.Exchange(ctx, x.Case, l)
			files = []wizard.File{{Name: x.Name, Data: data}}
		case wizard.LeavesRegister:
			var f wizard.File
			f, err = d.TakeRegister(ctx, x.Case, x.Format, l)
			f.Name = x.Name
			files = []wizard.File{f}
		case wizard.LeavesDossier:
			var absent []string
			if files, absent, err = d.TakeDossier(ctx, x.Case, l); err == nil && len(absent) > 0 {
				lacking = absent[0]
			}
		case wizard.LeavesTasks:
			if files, err = d.TakeCalendar(ctx, x.Case, l); err == nil {
				files[0].Name = x.Name
			}
		case wizard.LeavesReport:
			if files, err = d.TakeReport(ctx, x.Case, l); err == nil {
				files[0].Name = x.Name
			}
		case wizard.LeavesWalk:
			files, err = d.TakeWalk(ctx, x.Case, l)
		case wizard.LeavesCheck:
			files, err = d.TakeSignSheet(ctx, x.Case, l)
		case wizard.LeavesCompare:
			var f wizard.File
			f, err = d.TakeBeside(ctx, x.Cases, x.Sheet, l)
			f.Name = x.Name
			files = []wizard.File{f}
		case wizard.LeavesInquiry:
			var st *wizard.State
			if st, err = d.Open(ctx, x.Case); err == nil {
				files, err = d.Inquiries(ctx, st, nil, l)
			}
		case wizard.LeavesComparison:
			var st *wizard.State
			if st, err = d.Open(ctx, x.Case); err == nil {
				var f wizard.File
				f, err = d.TakeComparison(ctx, st, l)
				files = []wizard.File{f}
			}
		default:
			files, err = d.TakePapers(ctx, x.Case, submit.Kind(x.Kind), l)
		}
		if err != nil {
			return nil, err
		}
		n = len(files)
		return nil, u.cfg.System.Write(folder, files)
	}, func(err error) {
		switch {
		case err != nil:
		case lacking != "":
			u.Say(u.T("papers.absent", n, lacking))
		default:
			u.Say(u.T("saved.to", n, folder))
		}
	})
}

// Certificate asks for a folder, writes the certificate of a deletion there and, once it stands, lets the case file forget the firm's name.
func (u *UI) Certificate(x wizard.Deletion, then func()) {
	u.folder(func(folder string) {
		u.Run(u.T("leave.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (*wizard.State, error) {
			files, err := x.Files()
			if err != nil {
				return nil, err
			}
			if err := u.cfg.System.Write(folder, files); err != nil {
				return nil, err
			}
			return nil, d.HandedOver(ctx, x)
		}, func(err error) {
			if err == nil {
				u.Say(u.T("home.certificate.saved", folder))
				then()
			}
		})
	})
}

// Delete erases a firm for good; typed is the name that the person typed.
func (u *UI) Delete(caseID, typed string, then func(wizard.Deletion)) {
	var x wizard.Deletion
	u.Run(u.T("home.delete.busy"), func(ctx context.Context, d *wizard.Desk, _ func(string, float64)) (_ *wizard.State, err error) {
		x, err = d.Delete(ctx, caseID, typed)
		return nil, err
	}, func(err error) {
		if err != nil {
			return
		}
		if u.Case() == caseID { // nothing of it stays on a page
			u.state, u.saved = nil, ""
			for key := range u.pages {
				if key != KeyHome && key != KeySettings {
					delete(u.pages, key)
				}
			}
		}
		u.show()
		then(x)
	})
}
