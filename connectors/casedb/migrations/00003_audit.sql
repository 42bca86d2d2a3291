-- Version 3. The log of view, change, export and send. Plain are the number, the case, the deed, the time and how many rows of fact
-- belong to the line; the rest is sealed by the firm's key. Each hash is keyed and covers the hash before and every column of its line.

-- +goose Up
CREATE TABLE audit (
	seq     INTEGER PRIMARY KEY CHECK (seq > 0),
	case_id TEXT    NOT NULL, -- '' is what belongs to the installation; no reference: lines outlive their case
	deed    TEXT    NOT NULL CHECK (deed <> ''),
	at      TEXT    NOT NULL,
	facts   INTEGER NOT NULL CHECK (facts >= 0),
	payload BLOB    NOT NULL,
	hash    BLOB    NOT NULL
) STRICT;
CREATE INDEX audit_case ON audit (case_id, seq);

-- How many lines there are and the newest hash, so that lines cut off at the end are missed.
CREATE TABLE audit_head (
	one   INTEGER PRIMARY KEY CHECK (one = 1),
	lines INTEGER NOT NULL,
	hash  BLOB    NOT NULL,
	mac   BLOB    NOT NULL
) STRICT;

-- The first lines need the key: they are written at the next start that has it.
INSERT INTO task (name) VALUES ('audit');

-- +goose StatementBegin
CREATE TRIGGER audit_append_only BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the log is only ever added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the log is kept');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
BEGIN
	SELECT RAISE(ABORT, 'the log is only ever added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head
BEGIN
	SELECT RAISE(ABORT, 'the log is kept');
END;
-- +goose StatementEnd
