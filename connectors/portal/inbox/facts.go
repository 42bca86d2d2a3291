package inbox

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/shangyuntong/shangyun/survey/submit"
)

// facts are what lists and statistics show of a document besides its summary.
type facts struct{ score, clause, vendor string }

// factsOf reads what is there; a document of another form gives none.
func factsOf(sub submit.Submission) facts {
	var doc struct {
		Assessment struct {
			Score string `json:"score"`
		} `json:"assessment"`
		Claims struct {
			Measures []struct {
				Clause string `json:"clause"`
				Filed  bool   `json:"filed"`
			} `json:"measures"`
		} `json:"claims"`
		Offers []struct {
			Vendor string `json:"vendor"`
		} `json:"offers"`
	}
	var part map[string]json.RawMessage
	if json.Unmarshal(sub.Document, &part) != nil {
		return facts{}
	}
	_ = json.Unmarshal(part["assessment"], &doc.Assessment) // another form than ours leaves it empty
	_ = json.Unmarshal(part["claims"], &doc.Claims)
	_ = json.Unmarshal(part["offers"], &doc.Offers)
	f := facts{score: doc.Assessment.Score}
	for _, m := range doc.Claims.Measures {
		if m.Filed {
			f.clause = m.Clause
		}
	}
	for _, o := range doc.Offers {
		f.vendor = o.Vendor
	}
	return f
}

// route finds the operator that serves a vendor, "" for none.
func route(tx *txn, vendor string) (string, error) {
	if vendor == "" {
		return "", nil
	}
	rows, err := tx.Query(`SELECT id, vendors FROM operator WHERE ended_at = '' ORDER BY id`)
	if err != nil {
		return "", err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, vendors string
		if err := rows.Scan(&id, &vendors); err != nil {
			return "", err
		}
		if slices.Contains(strings.Split(vendors, "\n"), vendor) {
			return id, rows.Err()
		}
	}
	return "", rows.Err()
}

// lost tells whether one of the devices was reported lost.
func lost(tx *txn, devices ...string) (bool, error) {
	for _, d := range devices {
		var since string
		err := tx.QueryRow(`SELECT lost_since FROM device WHERE id = ?`, d).Scan(&since)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return false, err
		}
		if since != "" {
			return true, nil
		}
	}
	return false, nil
}
