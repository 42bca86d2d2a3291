package view

import (
	"github.com/shangyuntong/shangyun/survey/recommend"
	"github.com/shangyuntong/shangyun/survey/wizard"
)

// CatalogRow is one catalog in 设置.
type CatalogRow struct{ Title, Note string }

// ShippedCatalog is the row of the catalog that comes with the program.
func ShippedCatalog(w Words, c *recommend.Catalog) CatalogRow {
	return CatalogRow{c.Title, w("shelf.shipped", string(c.Date), len(c.Offers))}
}

// CatalogRowOf is the row of a loaded catalog: its date, how many offers, who signed it, how it stands to vendors, and whether it is in use.
func CatalogRowOf(w Words, l wizard.LoadedCatalog) CatalogRow {
	signed := w("shelf.unsigned")
	if l.Key != "" {
		signed = w("shelf.signed", l.Key)
	}
	note := w("shelf.loaded", string(l.Date), l.Offers, signed, l.Sponsor)
	if l.Off {
		note += w("shelf.is.off")
	}
	return CatalogRow{l.Title, note}
}

// maxDifferences is how many differences are listed.
const maxDifferences = 40

// DifferenceRows lists what a catalog changes.
func DifferenceRows(w Words, list []recommend.Difference) (out []Pair) {
	for i, x := range list {
		if i == maxDifferences {
			break
		}
		out = append(out, Pair{x.Title, or(x.Here, "–") + " → " + or(x.There, "–"), w("choose.differ." + x.What)})
	}
	return out
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
