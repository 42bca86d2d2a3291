-- Version 7. The tables stay; a case may hold kinds of facts that a program of version 6 does not know (the whole text of a frozen
-- edition). It says that a newer program wrote the folder instead of calling the facts damaged. A new kind of fact asks for a version like this one.

-- +goose Up
SELECT 7;
