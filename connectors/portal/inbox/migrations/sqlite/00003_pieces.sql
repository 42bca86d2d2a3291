-- +goose Up
ALTER TABLE upload ADD COLUMN done INTEGER NOT NULL DEFAULT 0; -- 1: its bytes were held against the digest and are a blob of the device

-- The pieces of an upload on their way in an object store; a folder keeps one growing file instead.
CREATE TABLE piece (
    upload_id TEXT NOT NULL REFERENCES upload (id),
    start     INTEGER NOT NULL,
    size      INTEGER NOT NULL,
    object    TEXT NOT NULL,
    PRIMARY KEY (upload_id, start)     -- two instances cannot both write at one place
) STRICT, WITHOUT ROWID;
