-- Version 1. Plain are only ids, times, states and sizes; every other value is a BLOB that goes through the seal and can be
-- sealed per firm without another schema. Times are UTC with nine decimals, so that their text sorts as they do.

-- +goose Up
CREATE TABLE case_ (
	id           TEXT NOT NULL PRIMARY KEY,
	created      TEXT NOT NULL,
	updated      TEXT NOT NULL,
	as_of        TEXT NOT NULL,
	state        TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resealing', 'erasing')),
	key_id       TEXT NOT NULL DEFAULT '', -- the firm's key; '' while payloads are not sealed
	retain_until TEXT NOT NULL DEFAULT ''  -- date; '' is without end
) STRICT;

-- One row per revision of a fact. The highest revision is the one that holds; 'gone' marks a fact taken out.
CREATE TABLE fact (
	case_id  TEXT    NOT NULL REFERENCES case_ (id),
	kind     TEXT    NOT NULL CHECK (kind <> ''),
	id       TEXT    NOT NULL CHECK (id <> ''),
	revision INTEGER NOT NULL CHECK (revision > 0),
	state    TEXT    NOT NULL CHECK (state IN ('current', 'gone')),
	ord      INTEGER NOT NULL,
	payload  BLOB    NOT NULL,
	by_      BLOB    NOT NULL,
	at       TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX fact_revision ON fact (case_id, kind, id, revision);

CREATE TABLE blob (
	sha256  TEXT    NOT NULL PRIMARY KEY,
	size    INTEGER NOT NULL CHECK (size >= 0),
	created TEXT    NOT NULL,
	key_id  TEXT    NOT NULL DEFAULT ''
) STRICT;

-- Which cases ever named which content; the content itself may still be missing.
CREATE TABLE blob_case (
	sha256  TEXT NOT NULL,
	case_id TEXT NOT NULL REFERENCES case_ (id),
	PRIMARY KEY (sha256, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
	id             TEXT    NOT NULL,
	revision       INTEGER NOT NULL CHECK (revision > 0),
	seq            INTEGER NOT NULL UNIQUE, -- order of sealing, whatever the clock says
	kind           TEXT    NOT NULL,
	case_id        TEXT    NOT NULL REFERENCES case_ (id),
	sha256         TEXT    NOT NULL,
	bytes          BLOB    NOT NULL,
	state          TEXT    NOT NULL,
	tried          INTEGER NOT NULL DEFAULT 0 CHECK (tried IN (0, 1)), -- 1 for ever once bytes may have left
	sealed         TEXT    NOT NULL,
	updated        TEXT    NOT NULL,
	attempts       INTEGER NOT NULL DEFAULT 0,
	next_at        TEXT    NOT NULL DEFAULT '',
	problem        TEXT    NOT NULL DEFAULT '',
	detail         BLOB    NOT NULL DEFAULT x'',
	receipt_number TEXT    NOT NULL DEFAULT '',
	receipt        BLOB,
	PRIMARY KEY (id, revision)
) STRICT;
CREATE INDEX outbox_case ON outbox (case_id, seq);

CREATE TABLE setting (
	key      TEXT    NOT NULL PRIMARY KEY,
	revision INTEGER NOT NULL,
	value    BLOB    NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER fact_append_only BEFORE UPDATE ON fact
WHEN (SELECT state FROM case_ WHERE id = OLD.case_id) <> 'resealing'
	OR NEW.case_id <> OLD.case_id OR NEW.kind <> OLD.kind OR NEW.id <> OLD.id OR NEW.revision <> OLD.revision
	OR NEW.state <> OLD.state OR NEW.ord <> OLD.ord OR NEW.at <> OLD.at
BEGIN
	SELECT RAISE(ABORT, 'facts are only ever added');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER fact_kept BEFORE DELETE ON fact
WHEN (SELECT state FROM case_ WHERE id = OLD.case_id) <> 'erasing'
BEGIN
	SELECT RAISE(ABORT, 'facts are kept');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER outbox_kept BEFORE DELETE ON outbox
WHEN (SELECT state FROM case_ WHERE id = OLD.case_id) <> 'erasing'
BEGIN
	SELECT RAISE(ABORT, 'requests are kept');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER outbox_bytes_frozen BEFORE UPDATE OF sha256, tried ON outbox
WHEN OLD.tried = 1 AND (NEW.sha256 <> OLD.sha256 OR NEW.tried = 0)
BEGIN
	SELECT RAISE(ABORT, 'bytes that may have left never change');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER outbox_receipt_kept BEFORE UPDATE OF receipt_number, receipt ON outbox
WHEN OLD.receipt_number <> '' AND (NEW.receipt_number <> OLD.receipt_number OR NEW.receipt IS NULL)
BEGIN
	SELECT RAISE(ABORT, 'a receipt is never taken away');
END;
-- +goose StatementEnd
