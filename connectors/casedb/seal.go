package casedb

import "strconv"

// place is the spot that a payload belongs to. A seal binds it, so that a
// payload moved to another row, column or revision is detected.
type place struct {
	table, id, column string // id: the row's ids joined by "/"
	caseID            string // whose key seals it; "" for what belongs to the installation
	revision          int
}

// bytes is the associated data: table|id|column|revision.
func (p place) bytes() []byte {
	return []byte(p.table + "|" + p.id + "|" + p.column + "|" + strconv.Itoa(p.revision))
}

// sealer guards every payload column and blob file: the one place where
// encryption at rest comes in.
type sealer interface {
	seal(at place, plain []byte) ([]byte, error)
	open(at place, sealed []byte) ([]byte, error)
}

// unsealed leaves payloads as they are.
type unsealed struct{}

func (unsealed) seal(_ place, plain []byte) ([]byte, error)  { return plain, nil }
func (unsealed) open(_ place, sealed []byte) ([]byte, error) { return sealed, nil }

func factPlace(caseID, kind, id, column string, revision int) place {
	return place{table: "fact", id: caseID + "/" + kind + "/" + id, column: column, caseID: caseID, revision: revision}
}

func outboxPlace(caseID, id, column string, revision int) place {
	return place{table: "outbox", id: id, column: column, caseID: caseID, revision: revision}
}

func blobPlace(sha string) place { return place{table: "blob", id: sha, column: "file", revision: 1} }

func settingPlace(key string, revision int) place {
	return place{table: "setting", id: key, column: "value", revision: revision}
}
