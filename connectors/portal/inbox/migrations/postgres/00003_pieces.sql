-- +goose Up
ALTER TABLE upload ADD COLUMN done BIGINT NOT NULL DEFAULT 0; -- 1: its bytes were held against the digest and are a blob of the device

-- The pieces of an upload on their way in an object store; a folder keeps one growing file instead.
CREATE TABLE piece (
    upload_id TEXT COLLATE "C" NOT NULL REFERENCES upload (id),
    start     BIGINT NOT NULL,
    size      BIGINT NOT NULL,
    object    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (upload_id, start)     -- two instances cannot both write at one place
);
