-- Version 6. What came by parcel: revisions written on other computers keep who and when, those that never held here stand aside, and
-- requests that another computer sent are known with their receipts. Plain are the parcels' ids and the times.

-- +goose Up
ALTER TABLE fact ADD COLUMN follows INTEGER; -- revision that this one was written after; NULL: the one before it here, 0: none
ALTER TABLE fact ADD COLUMN parcel TEXT NOT NULL DEFAULT ''; -- parcel.id, '' for what was written here
CREATE INDEX fact_fork ON fact (case_id, kind, id) WHERE follows IS NOT NULL;

-- Revisions that are known and never held here.
CREATE TABLE strand (
	case_id TEXT    NOT NULL REFERENCES case_ (id),
	kind    TEXT    NOT NULL,
	id      TEXT    NOT NULL,
	n       INTEGER NOT NULL CHECK (n > 0),
	payload BLOB    NOT NULL,
	PRIMARY KEY (case_id, kind, id, n)
) STRICT, WITHOUT ROWID;

-- Parcels that were taken, with the sender and his log.
CREATE TABLE parcel (
	case_id TEXT NOT NULL REFERENCES case_ (id),
	id      TEXT NOT NULL CHECK (id <> ''),
	at      TEXT NOT NULL,
	payload BLOB NOT NULL,
	PRIMARY KEY (case_id, id)
) STRICT, WITHOUT ROWID;

ALTER TABLE outbox ADD COLUMN origin BLOB NOT NULL DEFAULT x''; -- who sent it, when another computer did

-- +goose StatementBegin
CREATE TRIGGER fact_origin_kept BEFORE UPDATE OF follows, parcel ON fact
BEGIN
	SELECT RAISE(ABORT, 'facts are only ever added');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER strand_append_only BEFORE UPDATE ON strand
BEGIN
	SELECT RAISE(ABORT, 'facts are only ever added');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER strand_kept BEFORE DELETE ON strand
WHEN (SELECT state FROM case_ WHERE id = OLD.case_id) <> 'erasing'
BEGIN
	SELECT RAISE(ABORT, 'facts are kept');
END;
-- +goose StatementEnd
