-- Version 2. Every payload is sealed by a key of its firm; the keys stand here, wrapped by the vault's master key. A key row is never
-- deleted: destroying a key empties it, and what it sealed can be read by nobody any more.

-- +goose Up
CREATE TABLE key_ (
	id        TEXT NOT NULL PRIMARY KEY,
	case_id   TEXT NOT NULL UNIQUE, -- '' is what belongs to the installation
	wrapped   BLOB NOT NULL,
	created   TEXT NOT NULL,
	destroyed TEXT NOT NULL DEFAULT '',
	CHECK (length(wrapped) = 0 OR destroyed = '')
) STRICT;

-- A content has a key of its own, wrapped by the key of each case that names it, or by the installation's while none does.
CREATE TABLE blob_key (
	sha256  TEXT NOT NULL,
	case_id TEXT NOT NULL,
	wrapped BLOB NOT NULL,
	PRIMARY KEY (sha256, case_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE setting ADD COLUMN key_id TEXT NOT NULL DEFAULT '';

-- Work that outlives a crash: 'seal' stands here until nothing of an older version is left readable.
CREATE TABLE task (name TEXT NOT NULL PRIMARY KEY) STRICT;
INSERT INTO task (name) SELECT 'seal' WHERE EXISTS (SELECT 1 FROM case_) OR EXISTS (SELECT 1 FROM blob) OR EXISTS (SELECT 1 FROM setting);

-- +goose StatementBegin
CREATE TRIGGER key_kept BEFORE DELETE ON key_
BEGIN
	SELECT RAISE(ABORT, 'keys are destroyed, never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER key_destroyed BEFORE UPDATE ON key_
WHEN OLD.destroyed <> ''
BEGIN
	SELECT RAISE(ABORT, 'a destroyed key never comes back');
END;
-- +goose StatementEnd
