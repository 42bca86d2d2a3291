-- Version 5. The rights of the firm: one row per firm whose data were erased. It outlives the case and names neither the firm nor its
-- code: only the case's number, times, how much was erased, and the digest of the certificate that was handed over, so that the paper can
-- be held against it. Until that is handed over 'record' keeps what it tells, sealed by the installation's key; then it is emptied.

-- +goose Up
CREATE TABLE deletion (
	case_id     TEXT    NOT NULL PRIMARY KEY, -- no reference: the case is gone
	begun       TEXT    NOT NULL,
	finished    TEXT    NOT NULL DEFAULT '',            -- '' while there is work left for the next start
	revisions   INTEGER NOT NULL CHECK (revisions >= 0), -- rows of facts
	requests    INTEGER NOT NULL CHECK (requests >= 0),
	contents    INTEGER NOT NULL CHECK (contents >= 0),
	left_       INTEGER NOT NULL DEFAULT 0 CHECK (left_ >= 0), -- copies that could not be reached; tried again at every start
	certificate TEXT    NOT NULL DEFAULT '',            -- SHA-256 of the certificate handed over
	record      BLOB    NOT NULL DEFAULT x''
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER deletion_kept BEFORE DELETE ON deletion
BEGIN
	SELECT RAISE(ABORT, 'deletions are kept');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER deletion_final BEFORE UPDATE ON deletion
WHEN NEW.case_id <> OLD.case_id OR NEW.begun <> OLD.begun OR NEW.revisions <> OLD.revisions OR NEW.requests <> OLD.requests
	OR NEW.contents <> OLD.contents OR (OLD.finished <> '' AND NEW.finished <> OLD.finished)
	OR (OLD.certificate <> '' AND NEW.certificate <> OLD.certificate)
BEGIN
	SELECT RAISE(ABORT, 'a deletion is not rewritten');
END;
-- +goose StatementEnd
