-- 加密: with which key sensitive values are sealed. No row: they stand in the clear.
CREATE TABLE seal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key_id TEXT NOT NULL CHECK (length(key_id) = 16),
  sealed_on TEXT NOT NULL CHECK (sealed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
INSERT INTO permission (role, tool, action)
VALUES ('admin', 'boms-db', 'key create'), ('admin', 'boms-db', 'key check');

CREATE TRIGGER seal_update BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'seal stays'); END;
CREATE TRIGGER seal_delete BEFORE DELETE ON seal
BEGIN SELECT RAISE(ABORT, 'seal stays'); END;
