package casedb

import (
	"errors"
	"strconv"
	"sync"

	"github.com/shangyuntong/shangyun/connectors/vault"
	"github.com/shangyuntong/shangyun/survey"
)

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

// seals guards every payload column: the one place where encryption at rest
// comes in. It holds the keys that are open, by case.
type seals struct {
	off bool // leaves payloads as they are; for tests, to show that a search for plain words can find some

	mu   sync.RWMutex
	keys map[string]*vault.Key // nil while locked
	gone map[string]bool       // cases whose key was destroyed
}

// errNoKey: the row of the key is damaged or missing.
var errNoKey = errors.New("key is missing or damaged")

func (s *seals) key(caseID string) (*vault.Key, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	switch k := s.keys[caseID]; {
	case k != nil:
		return k, nil
	case s.keys == nil:
		return nil, locked("casedb.key")
	case s.gone[caseID]:
		return nil, destroyed("casedb.key")
	}
	return nil, errNoKey
}

func (s *seals) seal(at place, plain []byte) ([]byte, error) {
	if s.off {
		return plain, nil
	}
	k, err := s.key(at.caseID)
	if err != nil {
		return nil, err
	}
	return k.Seal(at.bytes(), plain), nil
}

func (s *seals) open(at place, sealed []byte) ([]byte, error) {
	if s.off {
		return sealed, nil
	}
	k, err := s.key(at.caseID)
	if err != nil {
		return nil, err
	}
	return k.Open(at.bytes(), sealed)
}

// put keeps an open key; nil forgets it.
func (s *seals) put(caseID string, k *vault.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k == nil {
		delete(s.keys, caseID)
	} else if s.keys != nil {
		s.keys[caseID] = k
	}
}

// takeOut forgets the key of a case that is being erased; putBack brings it back when the erasure did not begin.
func (s *seals) takeOut(caseID string) *vault.Key {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keys == nil {
		return nil
	}
	k := s.keys[caseID]
	delete(s.keys, caseID)
	s.gone[caseID] = true
	return k
}

func (s *seals) putBack(caseID string, k *vault.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k != nil && s.keys != nil {
		s.keys[caseID] = k
		delete(s.gone, caseID)
	}
}

// set takes all open keys at once; none at all is the locked state.
func (s *seals) set(keys map[string]*vault.Key, gone map[string]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys, s.gone = keys, gone
}

func (s *seals) isLocked() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return !s.off && s.keys == nil
}

func locked(op string) error { return &survey.Error{Code: survey.CodeLocked, Op: op} }

func destroyed(op string) error {
	return survey.Fail(survey.CodeNoCase, op, "这份申报的密钥已按要求销毁，内容不能再读出")
}

// ready refuses what needs a key while the folder is locked.
func (db *DB) ready(op string) error {
	if db.seal.isLocked() {
		return locked(op)
	}
	return nil
}

func factPlace(caseID, kind, id, column string, revision int) place {
	return place{table: "fact", id: caseID + "/" + kind + "/" + id, column: column, caseID: caseID, revision: revision}
}

func outboxPlace(caseID, id, column string, revision int) place {
	return place{table: "outbox", id: id, column: column, caseID: caseID, revision: revision}
}

func blobPlace(sha string) place { return place{table: "blob", id: sha, column: "file", revision: 1} }

// wrapPlace is where a content's key stands, wrapped by a case's key.
func wrapPlace(sha, caseID string) place {
	return place{table: "blob_key", id: sha + "/" + caseID, column: "wrapped", caseID: caseID, revision: 1}
}

func settingPlace(key string, revision int) place {
	return place{table: "setting", id: key, column: "value", revision: revision}
}
