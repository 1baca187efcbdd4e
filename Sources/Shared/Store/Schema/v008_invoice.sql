-- 数电票: the pool of invoices, the files in which they came, and everything that happened to each.
-- Values are what the carrier says; what became of an invoice is its events, and nothing else.

-- The files themselves: an electronic invoice is kept as it came (财会〔2020〕6号). Two files of the same
-- bytes are one content.
CREATE TABLE file_content (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL
) STRICT;

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

CREATE INDEX invoice_issued ON invoice (issued_on);
CREATE INDEX invoice_blue ON invoice (blue_no) WHERE blue_no IS NOT NULL;

-- A better carrier fills in what was not known; money that is known never changes, but by a conflict
-- that somebody settles, and not once it is used.
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
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES invoice_file (id),
  rule TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level = 'error' OR level = 'warning'),
  field TEXT,
  -- The line of the invoice.
  line INTEGER,
  value TEXT,
  message_en TEXT NOT NULL,
  message_zh TEXT NOT NULL
) STRICT;
CREATE INDEX invoice_finding_file ON invoice_finding (file_id);

-- Everything that happened to an invoice. What it is today, or was on a day, is read from here.
--   received, completed, carrier_seen, duplicate_seen, conflict: a file came (file_id)
--   resolved: somebody settled a conflict (file_id: the file whose money counts)
--   verified: the tax platform's answer (code 00 to 04)
--   status, risk, locked: what a list of the tax bureau says (code)
--   used: for what it is used (code: taxable, welfare, personal, exempt, simplified, none)
--   selected, deselected, deducted, undeducted: 勾选 and 抵扣 (period, tax_fen)
--   transferred_out: 进项转出 (period, tax_fen, other_no: the red invoice, if that is why)
--   posted, unposted: 入账 (period, voucher, sums)
--   matched, unmatched: what it belongs to (code: request, bill, purchase; other_no: its number)
CREATE TABLE invoice_event (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  kind TEXT NOT NULL,
  happened_on TEXT NOT NULL
    CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  file_id INTEGER REFERENCES invoice_file (id),
  code TEXT CHECK (code <> ''),
  period TEXT CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  voucher TEXT CHECK (voucher <> ''),
  net_fen INTEGER,
  tax_fen INTEGER,
  gross_fen INTEGER,
  other_no TEXT CHECK (other_no <> ''),
  reason TEXT CHECK (reason <> ''),
  CHECK (kind IN ('received', 'completed', 'carrier_seen', 'duplicate_seen', 'conflict',
    'resolved', 'verified', 'status', 'risk', 'locked', 'used', 'selected', 'deselected',
    'deducted', 'undeducted', 'transferred_out', 'posted', 'unposted', 'matched', 'unmatched'))
) STRICT;

CREATE INDEX invoice_event_invoice ON invoice_event (invoice_id, id);
CREATE TRIGGER invoice_event_update BEFORE UPDATE ON invoice_event
BEGIN SELECT RAISE(ABORT, 'invoice_event is append-only'); END;
CREATE TRIGGER invoice_event_delete BEFORE DELETE ON invoice_event
BEGIN SELECT RAISE(ABORT, 'invoice_event is append-only'); END;

-- Not twice, and not in conflict, by whatever commands in whatever order: the last word of the
-- events counts, whoever writes the next.
CREATE TRIGGER invoice_posted_twice BEFORE INSERT ON invoice_event
WHEN NEW.kind = 'posted' AND (SELECT kind FROM invoice_event WHERE invoice_id = NEW.invoice_id
  AND kind IN ('posted', 'unposted') ORDER BY id DESC LIMIT 1) = 'posted'
BEGIN SELECT RAISE(ABORT, 'invoice.posted-already'); END;
CREATE TRIGGER invoice_unposted_never_posted BEFORE INSERT ON invoice_event
WHEN NEW.kind = 'unposted' AND (SELECT kind FROM invoice_event WHERE invoice_id = NEW.invoice_id
  AND kind IN ('posted', 'unposted') ORDER BY id DESC LIMIT 1) IS NOT 'posted'
BEGIN SELECT RAISE(ABORT, 'invoice.not-posted'); END;
CREATE TRIGGER invoice_deducted_twice BEFORE INSERT ON invoice_event
WHEN NEW.kind IN ('deducted', 'selected') AND (SELECT kind FROM invoice_event
  WHERE invoice_id = NEW.invoice_id AND kind IN ('deducted', 'undeducted')
  ORDER BY id DESC LIMIT 1) = 'deducted'
BEGIN SELECT RAISE(ABORT, 'invoice.deducted-already'); END;
CREATE TRIGGER invoice_in_conflict BEFORE INSERT ON invoice_event
WHEN NEW.kind IN ('posted', 'deducted', 'selected') AND (SELECT kind FROM invoice_event
  WHERE invoice_id = NEW.invoice_id AND kind IN ('conflict', 'resolved')
  ORDER BY id DESC LIMIT 1) = 'conflict'
BEGIN SELECT RAISE(ABORT, 'invoice.in-conflict'); END;
CREATE TRIGGER invoice_without_original BEFORE INSERT ON invoice_event
WHEN NEW.kind IN ('posted', 'deducted', 'selected')
  AND (SELECT carrier FROM invoice WHERE id = NEW.invoice_id) = 'pdf'
BEGIN SELECT RAISE(ABORT, 'invoice.no-original'); END;

-- Whose invoice it is: `out` where one of our companies sells, `in` where one buys, `internal` where
-- both are ours, `other` where none is.
CREATE VIEW invoice_direction AS
SELECT i.id AS invoice_id, s.company_no AS seller_company_no, b.company_no AS buyer_company_no,
  CASE WHEN s.company_no IS NOT NULL AND b.company_no IS NOT NULL THEN 'internal'
    WHEN s.company_no IS NOT NULL THEN 'out' WHEN b.company_no IS NOT NULL THEN 'in'
    ELSE 'other' END AS direction
FROM invoice i
LEFT JOIN company s ON s.company_no = (SELECT min(company_no) FROM company
  WHERE credit_code = i.seller_tax_no)
LEFT JOIN company b ON b.company_no = (SELECT min(company_no) FROM company
  WHERE credit_code = i.buyer_tax_no);
