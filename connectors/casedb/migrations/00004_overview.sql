-- Version 4. One small sealed row per case: what the list shows without opening the case. It follows from the case and may always be made
-- again; an empty payload says that it has to be. The triggers keep it honest whoever writes: a new fact empties the overview in the same
-- transaction, so that an old one never outlives what it was made from, and every change of what the list shows moves the clock on.

-- +goose Up
CREATE TABLE overview (
	case_id  TEXT    NOT NULL PRIMARY KEY,
	seq      INTEGER NOT NULL,           -- the clock when what the list shows of this case last changed
	revision INTEGER NOT NULL DEFAULT 0, -- counts the payloads; bound by the seal
	payload  BLOB    NOT NULL DEFAULT x''
) STRICT;
CREATE INDEX overview_seq ON overview (seq);

CREATE TABLE overview_clock (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), n INTEGER NOT NULL) STRICT;
INSERT INTO overview_clock (id, n) VALUES (1, 1);
INSERT INTO overview (case_id, seq) SELECT id, 1 FROM case_;

-- +goose StatementBegin
CREATE TRIGGER overview_made AFTER INSERT ON case_
BEGIN
	UPDATE overview_clock SET n = n + 1;
	INSERT OR REPLACE INTO overview (case_id, seq) SELECT NEW.id, n FROM overview_clock;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER overview_moved AFTER UPDATE ON case_
BEGIN
	UPDATE overview_clock SET n = n + 1;
	UPDATE overview SET seq = (SELECT n FROM overview_clock) WHERE case_id = NEW.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER overview_gone AFTER DELETE ON case_
BEGIN
	UPDATE overview_clock SET n = n + 1;
	DELETE FROM overview WHERE case_id = OLD.id;
END;
-- +goose StatementEnd

-- The firm's row also gives the name while there is no overview, so a change of it counts even then.
-- +goose StatementBegin
CREATE TRIGGER overview_fact_added AFTER INSERT ON fact
WHEN NEW.kind = 'firm' OR EXISTS (SELECT 1 FROM overview WHERE case_id = NEW.case_id AND payload <> x'')
BEGIN
	UPDATE overview_clock SET n = n + 1;
	UPDATE overview SET payload = x'', seq = (SELECT n FROM overview_clock) WHERE case_id = NEW.case_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER overview_fact_sealed AFTER UPDATE ON fact
WHEN NEW.kind = 'firm' OR EXISTS (SELECT 1 FROM overview WHERE case_id = NEW.case_id AND payload <> x'')
BEGIN
	UPDATE overview_clock SET n = n + 1;
	UPDATE overview SET payload = x'', seq = (SELECT n FROM overview_clock) WHERE case_id = NEW.case_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER overview_fact_gone AFTER DELETE ON fact
WHEN OLD.kind = 'firm' OR EXISTS (SELECT 1 FROM overview WHERE case_id = OLD.case_id AND payload <> x'')
BEGIN
	UPDATE overview_clock SET n = n + 1;
	UPDATE overview SET payload = x'', seq = (SELECT n FROM overview_clock) WHERE case_id = OLD.case_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER overview_request_made AFTER INSERT ON outbox
BEGIN
	UPDATE overview_clock SET n = n + 1;
	UPDATE overview SET seq = (SELECT n FROM overview_clock) WHERE case_id = NEW.case_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER overview_request_marked AFTER UPDATE ON outbox
BEGIN
	UPDATE overview_clock SET n = n + 1;
	UPDATE overview SET seq = (SELECT n FROM overview_clock) WHERE case_id = NEW.case_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER overview_request_gone AFTER DELETE ON outbox
BEGIN
	UPDATE overview_clock SET n = n + 1;
	UPDATE overview SET seq = (SELECT n FROM overview_clock) WHERE case_id = OLD.case_id;
END;
-- +goose StatementEnd

-- A destroyed key leaves nothing to be read; the words of the list go with it.
-- +goose StatementBegin
CREATE TRIGGER overview_key AFTER UPDATE ON key_
BEGIN
	UPDATE overview_clock SET n = n + 1;
	UPDATE overview SET payload = x'', seq = (SELECT n FROM overview_clock) WHERE case_id = NEW.case_id;
END;
-- +goose StatementEnd
