-- 数电票: the pool of invoices, the files in which they came, and everything that happened to each.
-- Values are what the carrier says; what became of an invoice is its events, and nothing else.

-- The files themselves: an electronic invoice is kept as it came (财会〔2020〕6号). Two files of the same
-- bytes are one content.
CREATE TABLE file_content (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER file_content_update BEFORE UPDATE ON file_content
BEGIN SELECT RAISE(ABORT, 'file_content is append-only'); END;
CREATE TRIGGER file_content_delete BEFORE DELETE ON file_content
BEGIN SELECT RAISE(ABORT, 'file_content is append-only'); END;

-- One row a 20-digit number; invoices from before 数电票 have code and number, written CODE-NUMBER.
-- The values are those of the best carrier that came (file_id): xml before ofd before xbrl; of a pdf
-- only the number is known, and the invoice waits for its original (待补).
CREATE TABLE invoice (
  id INTEGER PRIMARY KEY,
  invoice_no TEXT NOT NULL UNIQUE CHECK (invoice_no <> ''),
  file_id INTEGER REFERENCES invoice_file (id) DEFERRABLE INITIALLY DEFERRED,
  carrier TEXT NOT NULL
    CHECK (carrier = 'xml' OR carrier = 'ofd' OR carrier = 'xbrl' OR carrier = 'pdf'),
  -- 票种.
  kind TEXT CHECK (kind = 'special' OR kind = 'ordinary' OR kind = 'rail' OR kind = 'air'
    OR kind = 'vehicle' OR kind = 'used_vehicle'),
  -- 特定业务类型, where the carrier says one.
  business TEXT CHECK (business <> ''),
  is_red INTEGER NOT NULL DEFAULT 0 CHECK (is_red IN (0, 1)),
  -- Of a red invoice: the blue one that it takes back, and its confirmation (红字确认单编号).
  blue_no TEXT CHECK (blue_no <> ''),
  confirmation_no TEXT CHECK (confirmation_no <> ''),
  -- 开票日期, and both times as they are written.
  issued_on TEXT CHECK (issued_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  requested_at TEXT,
  issued_at TEXT,
  seller_tax_no TEXT, seller_name TEXT, seller_address TEXT, seller_phone TEXT,
  seller_bank TEXT, seller_account TEXT,
  buyer_tax_no TEXT, buyer_name TEXT, buyer_address TEXT, buyer_phone TEXT,
  buyer_bank TEXT, buyer_account TEXT,
  net_fen INTEGER, tax_fen INTEGER, gross_fen INTEGER,
  capitals TEXT,
  drawer TEXT,
  remark TEXT,
  version TEXT,
  bureau_code TEXT,
  bureau_name TEXT,
  -- 'absent' or 'present_unverified', never more: an XML carries no certificate to verify it with.
  signature TEXT NOT NULL DEFAULT 'absent'
    CHECK (signature = 'absent' OR signature = 'present_unverified'),
  CHECK ((carrier = 'pdf') = (gross_fen IS NULL)),
  CHECK ((net_fen IS NULL) = (gross_fen IS NULL) AND (tax_fen IS NULL) = (gross_fen IS NULL))
) STRICT;

-- An invoice comes before its file: SQLite looks here for those that wait for the file.
CREATE INDEX invoice_values ON invoice (file_id);
CREATE INDEX invoice_blue ON invoice (blue_no) WHERE blue_no IS NOT NULL;

-- A better carrier fills in what was not known; money that is known never changes, but by a conflict
-- that somebody settles, and not while it is used.
CREATE TRIGGER invoice_money BEFORE UPDATE ON invoice
WHEN OLD.gross_fen IS NOT NULL AND (NEW.net_fen IS NOT OLD.net_fen
  OR NEW.tax_fen IS NOT OLD.tax_fen OR NEW.gross_fen IS NOT OLD.gross_fen
  OR NEW.is_red <> OLD.is_red)
BEGIN
  SELECT RAISE(ABORT, 'invoice.money') WHERE (SELECT kind FROM invoice_event
    WHERE invoice_id = OLD.id AND (kind = 'conflict' OR kind = 'resolved')
    ORDER BY seq DESC LIMIT 1) IS NOT 'conflict';
  SELECT RAISE(ABORT, 'invoice.in-use') WHERE (SELECT kind FROM invoice_event
    WHERE invoice_id = OLD.id AND (kind = 'posted' OR kind = 'unposted')
    ORDER BY seq DESC LIMIT 1) = 'posted';
  SELECT RAISE(ABORT, 'invoice.in-use') WHERE (SELECT kind FROM invoice_event
    WHERE invoice_id = OLD.id AND (kind = 'selected' OR kind = 'deselected' OR kind = 'deducted'
      OR kind = 'undeducted') ORDER BY seq DESC LIMIT 1) IN ('selected', 'deducted');
END;
CREATE TRIGGER invoice_identity BEFORE UPDATE OF invoice_no ON invoice
WHEN OLD.invoice_no <> NEW.invoice_no
BEGIN SELECT RAISE(ABORT, 'invoice.identity'); END;
CREATE TRIGGER invoice_delete BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'invoice is append-only'); END;

-- Each time a file with new bytes came for an invoice.
CREATE TABLE invoice_file (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  content_id INTEGER NOT NULL REFERENCES file_content (id),
  carrier TEXT NOT NULL
    CHECK (carrier = 'xml' OR carrier = 'ofd' OR carrier = 'xbrl' OR carrier = 'pdf'),
  -- The file as it was named, and its place in an archive.
  name TEXT NOT NULL,
  member TEXT CHECK (member <> ''),
  received_on TEXT NOT NULL
    CHECK (received_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  result TEXT NOT NULL CHECK (result = 'new' OR result = 'carrier' OR result = 'duplicate'
    OR result = 'conflict'),
  -- What this file says the sums are.
  net_fen INTEGER, tax_fen INTEGER, gross_fen INTEGER,
  UNIQUE (invoice_id, content_id)
) STRICT;

CREATE INDEX invoice_file_content ON invoice_file (content_id);
CREATE TRIGGER invoice_file_update BEFORE UPDATE ON invoice_file
BEGIN SELECT RAISE(ABORT, 'invoice_file is append-only'); END;
CREATE TRIGGER invoice_file_delete BEFORE DELETE ON invoice_file
BEGIN SELECT RAISE(ABORT, 'invoice_file is append-only'); END;

-- The lines of a file from which values were taken; those of the invoice are those of its file_id.
CREATE TABLE invoice_line (
  file_id INTEGER NOT NULL REFERENCES invoice_file (id),
  line INTEGER NOT NULL CHECK (line > 0),
  item_name TEXT,
  spec TEXT,
  unit TEXT,
  -- As printed, up to 13 places: never calculated with.
  quantity TEXT,
  price TEXT,
  net_fen INTEGER,
  -- 免税 and 不征税 are no rate of zero: they have no rate.
  rate_kind TEXT CHECK (rate_kind = 'taxed' OR rate_kind = 'zero' OR rate_kind = 'exempt'
    OR rate_kind = 'nontaxable' OR rate_kind = 'masked'),
  tax_rate_e6 INTEGER,
  -- Up to six places.
  tax_e6 INTEGER,
  gross_e6 INTEGER,
  tax_code TEXT,
  -- 折扣行: takes off the line before.
  is_discount INTEGER NOT NULL DEFAULT 0 CHECK (is_discount IN (0, 1)),
  PRIMARY KEY (file_id, line),
  CHECK ((tax_rate_e6 IS NOT NULL) = (rate_kind IS NOT NULL AND (rate_kind = 'taxed'
    OR rate_kind = 'zero')))
) STRICT, WITHOUT ROWID;

-- What a file says beyond these columns: 特定业务, 附加要素 and anything unknown, as path and text.
CREATE TABLE invoice_extra (
  file_id INTEGER NOT NULL REFERENCES invoice_file (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  path TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (file_id, seq)
) STRICT, WITHOUT ROWID;

-- What the rules found in a file that was taken in all the same.
CREATE TABLE invoice_finding (
  file_id INTEGER NOT NULL REFERENCES invoice_file (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  rule TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level = 'error' OR level = 'warning'),
  field TEXT,
  -- The line of the invoice.
  line INTEGER,
  value TEXT,
  message_en TEXT NOT NULL,
  message_zh TEXT NOT NULL,
  PRIMARY KEY (file_id, seq)
) STRICT, WITHOUT ROWID;

-- Everything that happened to an invoice, in order. What it is today, or was on a day, is read from
-- here.
--   received, completed, carrier_seen, duplicate_seen, conflict: a file came (file_id; code: carrier)
--   resolved: somebody settled a conflict (file_id: the file whose values count)
--   verified: the tax platform's answer (code 00 to 04)
--   status, risk, locked: what a list of the tax bureau says (code)
--   used: for what it is used (code: taxable, welfare, personal, exempt, simplified, none)
--   selected, deselected, deducted, undeducted: 勾选 and 抵扣 (period, tax_fen)
--   transferred_out: 进项转出 (period, tax_fen, other_no: the red invoice, if that is why)
--   posted, unposted: 入账 (period, voucher, sums; booked_on: the day of the voucher; other_no: the
--   blue invoice that a red one takes back)
--   matched, unmatched: what it belongs to (code: request, bill, purchase; other_no: its number)
CREATE TABLE invoice_event (
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  kind TEXT NOT NULL CHECK (kind = 'received' OR kind = 'completed' OR kind = 'carrier_seen'
    OR kind = 'duplicate_seen' OR kind = 'conflict' OR kind = 'resolved' OR kind = 'verified'
    OR kind = 'status' OR kind = 'risk' OR kind = 'locked' OR kind = 'used' OR kind = 'selected'
    OR kind = 'deselected' OR kind = 'deducted' OR kind = 'undeducted'
    OR kind = 'transferred_out' OR kind = 'posted' OR kind = 'unposted' OR kind = 'matched'
    OR kind = 'unmatched'),
  happened_on TEXT NOT NULL
    CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  file_id INTEGER REFERENCES invoice_file (id),
  code TEXT CHECK (code <> ''),
  period TEXT CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  voucher TEXT CHECK (voucher <> ''),
  booked_on TEXT CHECK (booked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  net_fen INTEGER,
  tax_fen INTEGER,
  gross_fen INTEGER,
  other_no TEXT CHECK (other_no <> ''),
  reason TEXT CHECK (reason <> ''),
  PRIMARY KEY (invoice_id, seq),
  CHECK (kind = 'received' OR (
    (kind <> 'posted' OR (period IS NOT NULL AND voucher IS NOT NULL AND net_fen IS NOT NULL
      AND tax_fen IS NOT NULL AND gross_fen IS NOT NULL))
    AND ((kind <> 'selected' AND kind <> 'deducted' AND kind <> 'transferred_out')
      OR (period IS NOT NULL AND tax_fen IS NOT NULL))
    AND (kind <> 'transferred_out' OR tax_fen > 0)
    AND ((kind <> 'verified' AND kind <> 'status' AND kind <> 'risk' AND kind <> 'locked'
      AND kind <> 'used' AND kind <> 'matched' AND kind <> 'unmatched') OR code IS NOT NULL)
    AND ((kind <> 'matched' AND kind <> 'unmatched') OR other_no IS NOT NULL)))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER invoice_event_update BEFORE UPDATE ON invoice_event
BEGIN SELECT RAISE(ABORT, 'invoice_event is append-only'); END;
CREATE TRIGGER invoice_event_delete BEFORE DELETE ON invoice_event
BEGIN SELECT RAISE(ABORT, 'invoice_event is append-only'); END;
CREATE TRIGGER invoice_event_order BEFORE INSERT ON invoice_event
WHEN NEW.seq <= (SELECT max(seq) FROM invoice_event WHERE invoice_id = NEW.invoice_id)
BEGIN SELECT RAISE(ABORT, 'invoice_event is append-only'); END;

-- Not twice, not in conflict, not without the original, by whatever commands in whatever order: the
-- last word of the events counts, whoever writes the next.
CREATE TRIGGER invoice_use BEFORE INSERT ON invoice_event
WHEN NEW.kind = 'posted' OR NEW.kind = 'selected' OR NEW.kind = 'deducted'
BEGIN
  SELECT RAISE(ABORT, 'invoice.in-conflict') WHERE (SELECT kind FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND (kind = 'conflict' OR kind = 'resolved')
    ORDER BY seq DESC LIMIT 1) = 'conflict';
  SELECT RAISE(ABORT, 'invoice.no-original')
  WHERE (SELECT carrier FROM invoice WHERE id = NEW.invoice_id) = 'pdf';
END;

-- Posting goes forward in time, so that what holds on a day is what was written by then.
CREATE TRIGGER invoice_posting BEFORE INSERT ON invoice_event
WHEN NEW.kind = 'posted' OR NEW.kind = 'unposted'
BEGIN
  SELECT CASE
    WHEN NEW.kind = 'posted' AND last.kind = 'posted'
      THEN RAISE(ABORT, 'invoice.posted-already')
    WHEN NEW.kind = 'unposted' AND last.kind IS NOT 'posted'
      THEN RAISE(ABORT, 'invoice.not-posted')
    WHEN NEW.happened_on < last.happened_on THEN RAISE(ABORT, 'invoice.event-day') END
  FROM (SELECT 1) LEFT JOIN (SELECT kind, happened_on FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND (kind = 'posted' OR kind = 'unposted')
    ORDER BY seq DESC LIMIT 1) last;
  -- A blue invoice that reds took back before anything of it was posted has nothing to post.
  SELECT RAISE(ABORT, 'invoice.reversed') FROM invoice i
  WHERE NEW.kind = 'posted' AND i.id = NEW.invoice_id AND i.is_red = 0 AND i.gross_fen > 0
    AND i.gross_fen + (SELECT total(r.gross_fen) FROM invoice r
      WHERE r.blue_no = i.invoice_no AND r.is_red = 1 AND (SELECT e.kind FROM invoice_event e
        WHERE e.invoice_id = r.id AND (e.kind = 'posted' OR e.kind = 'unposted')
        ORDER BY e.seq DESC LIMIT 1) IS NOT 'posted') <= 0;
END;

CREATE TRIGGER invoice_deduction BEFORE INSERT ON invoice_event
WHEN NEW.kind = 'selected' OR NEW.kind = 'deselected' OR NEW.kind = 'deducted'
  OR NEW.kind = 'undeducted' OR NEW.kind = 'transferred_out'
BEGIN
  SELECT CASE
    WHEN (NEW.kind = 'selected' OR NEW.kind = 'deducted') AND last.kind = 'deducted'
      THEN RAISE(ABORT, 'invoice.deducted-already')
    WHEN NEW.kind = 'selected' AND last.kind = 'selected'
      THEN RAISE(ABORT, 'invoice.selected-already')
    WHEN NEW.kind = 'deselected' AND last.kind IS NOT 'selected'
      THEN RAISE(ABORT, 'invoice.not-selected')
    WHEN (NEW.kind = 'undeducted' OR NEW.kind = 'transferred_out') AND last.kind IS NOT 'deducted'
      THEN RAISE(ABORT, 'invoice.not-deducted')
    WHEN NEW.happened_on < last.happened_on THEN RAISE(ABORT, 'invoice.event-day') END
  FROM (SELECT 1) LEFT JOIN (SELECT kind, happened_on FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND (kind = 'selected' OR kind = 'deselected'
      OR kind = 'deducted' OR kind = 'undeducted')
    ORDER BY seq DESC LIMIT 1) last;
  -- A red invoice is never deducted: what it takes back is 进项转出 of its blue one.
  SELECT RAISE(ABORT, 'invoice.red') FROM invoice i
  WHERE (NEW.kind = 'selected' OR NEW.kind = 'deducted') AND i.id = NEW.invoice_id
    AND i.is_red = 1;
  SELECT RAISE(ABORT, 'invoice.reversed') FROM invoice i
  WHERE NEW.kind = 'selected' AND i.id = NEW.invoice_id AND i.gross_fen > 0
    AND i.gross_fen + (SELECT total(r.gross_fen) FROM invoice r
      WHERE r.blue_no = i.invoice_no AND r.is_red = 1) <= 0;
  -- No more goes out than came in.
  SELECT RAISE(ABORT, 'invoice.transferred-out')
  WHERE NEW.kind = 'transferred_out' AND NEW.tax_fen > (
    SELECT sum(CASE e.kind WHEN 'deducted' THEN e.tax_fen ELSE -e.tax_fen END)
    FROM invoice_event e
    WHERE e.invoice_id = NEW.invoice_id AND (e.kind = 'deducted' OR e.kind = 'transferred_out')
      AND e.seq >= (SELECT max(d.seq) FROM invoice_event d
        WHERE d.invoice_id = NEW.invoice_id AND d.kind = 'deducted'));
END;

CREATE TRIGGER invoice_resolved BEFORE INSERT ON invoice_event
WHEN NEW.kind = 'resolved' AND (SELECT kind FROM invoice_event WHERE invoice_id = NEW.invoice_id
  AND (kind = 'conflict' OR kind = 'resolved') ORDER BY seq DESC LIMIT 1) IS NOT 'conflict'
BEGIN SELECT RAISE(ABORT, 'invoice.not-in-conflict'); END;

-- 会计分录: the lines of the voucher by which an invoice was posted, where they were given.
CREATE TABLE invoice_entry (
  invoice_id INTEGER NOT NULL,
  event_seq INTEGER NOT NULL,
  line INTEGER NOT NULL CHECK (line > 0),
  side TEXT NOT NULL CHECK (side = 'debit' OR side = 'credit'),
  account TEXT NOT NULL CHECK (account <> ''),
  detail TEXT CHECK (detail <> ''),
  amount_fen INTEGER NOT NULL,
  PRIMARY KEY (invoice_id, event_seq, line),
  FOREIGN KEY (invoice_id, event_seq) REFERENCES invoice_event (invoice_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER invoice_entry_update BEFORE UPDATE ON invoice_entry
BEGIN SELECT RAISE(ABORT, 'invoice_entry is append-only'); END;
CREATE TRIGGER invoice_entry_delete BEFORE DELETE ON invoice_entry
BEGIN SELECT RAISE(ABORT, 'invoice_entry is append-only'); END;

-- Whose invoice it is: `out` where one of our companies sells, `in` where one buys, `internal` where
-- both are ours, `other` where none is.
CREATE VIEW invoice_direction AS
SELECT invoice_id, seller_company_no, buyer_company_no,
  CASE WHEN seller_company_no IS NOT NULL AND buyer_company_no IS NOT NULL THEN 'internal'
    WHEN seller_company_no IS NOT NULL THEN 'out' WHEN buyer_company_no IS NOT NULL THEN 'in'
    ELSE 'other' END AS direction
FROM (SELECT i.id AS invoice_id,
    (SELECT min(company_no) FROM company WHERE credit_code = upper(i.seller_tax_no))
      AS seller_company_no,
    (SELECT min(company_no) FROM company WHERE credit_code = upper(i.buyer_tax_no))
      AS buyer_company_no
  FROM invoice i);
