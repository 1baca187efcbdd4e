-- 开票申请: what the tax bureau is asked to issue, charge by charge, and what became of each request.
-- Never changed: what is wrong is withdrawn and asked for anew, what was issued is taken back by a red
-- request. Amounts of red requests are below zero, as those of red invoices are.

-- One row, one invoice. Buyer and lease are written down as they were when it was asked for.
CREATE TABLE invoice_request (
  id INTEGER PRIMARY KEY,
  -- 发票流水号: the bureau knows the request by it, and takes 20 characters.
  request_no TEXT NOT NULL UNIQUE CHECK (length(request_no) BETWEEN 1 AND 20),
  -- The seller, and with the month of requested_on the number's series and the place in it.
  company_no TEXT NOT NULL REFERENCES company (company_no),
  month TEXT NOT NULL CHECK (month = substr(requested_on, 1, 7)),
  serial INTEGER NOT NULL CHECK (serial > 0),
  colour TEXT NOT NULL CHECK (colour IN ('blue', 'red')),
  tenant_no TEXT NOT NULL REFERENCES tenant (tenant_no),
  invoice_kind TEXT NOT NULL CHECK (invoice_kind IN ('special', 'ordinary')),
  -- 特定业务类型.
  business TEXT CHECK (business = 'lease'),
  buyer_name TEXT NOT NULL CHECK (buyer_name <> ''),
  -- 受票方自然人标识.
  buyer_is_person INTEGER NOT NULL CHECK (buyer_is_person IN (0, 1)),
  buyer_tax_no TEXT CHECK (buyer_tax_no <> ''),
  buyer_address TEXT CHECK (buyer_address <> ''),
  buyer_phone TEXT CHECK (buyer_phone <> ''),
  buyer_bank TEXT CHECK (buyer_bank <> ''),
  buyer_account TEXT CHECK (buyer_account <> ''),
  buyer_email TEXT CHECK (buyer_email <> ''),
  requested_on TEXT NOT NULL
    CHECK (requested_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  remark TEXT CHECK (remark <> ''),
  net_fen INTEGER NOT NULL,
  tax_fen INTEGER NOT NULL,
  gross_fen INTEGER NOT NULL,
  -- Of a red request: what it takes back. The blue invoice's number is that of the blue request.
  blue_id INTEGER REFERENCES invoice_request (id),
  -- 01 开票有误, 02 销货退回, 03 服务中止, 04 销售折让.
  reason TEXT CHECK (reason = '01' OR reason = '02' OR reason = '03' OR reason = '04'),
  -- Asked for by somebody (`request red`), not because the charges became worth less: while it waits,
  -- its charges are not asked for anew.
  by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
  UNIQUE (company_no, month, serial),
  CHECK (net_fen + tax_fen = gross_fen),
  CHECK (gross_fen <> 0 AND (colour = 'red') = (gross_fen < 0)),
  CHECK ((colour = 'red') = (blue_id IS NOT NULL) AND (colour = 'red') = (reason IS NOT NULL)),
  CHECK (by_hand = 0 OR colour = 'red'),
  CHECK (invoice_kind = 'ordinary' OR (buyer_tax_no IS NOT NULL AND buyer_is_person = 0))
) STRICT;
CREATE INDEX invoice_request_tenant ON invoice_request (tenant_no);
CREATE INDEX invoice_request_blue ON invoice_request (blue_id) WHERE blue_id IS NOT NULL;

-- Net and tax are what the bureau makes of gross and rate.
CREATE TABLE invoice_request_line (
  request_id INTEGER NOT NULL REFERENCES invoice_request (id),
  line INTEGER NOT NULL CHECK (line > 0),
  item TEXT NOT NULL REFERENCES fee_item (item),
  item_name TEXT NOT NULL CHECK (item_name <> ''),
  tax_code TEXT NOT NULL CHECK (length(tax_code) = 19 AND tax_code NOT GLOB '*[^0-9]*'),
  unit TEXT CHECK (unit <> ''),
  -- As they are written on the invoice, tax included: neither or both.
  quantity TEXT CHECK (quantity <> ''),
  price TEXT CHECK (price <> ''),
  tax_rate_e6 INTEGER NOT NULL CHECK (tax_rate_e6 BETWEEN 0 AND 1000000),
  -- 优惠政策类型.
  policy TEXT CHECK (policy <> ''),
  net_fen INTEGER NOT NULL,
  tax_fen INTEGER NOT NULL,
  gross_fen INTEGER NOT NULL CHECK (gross_fen <> 0),
  PRIMARY KEY (request_id, line),
  CHECK (net_fen + tax_fen = gross_fen),
  CHECK ((quantity IS NULL) = (price IS NULL))
) STRICT, WITHOUT ROWID;

-- Which charge a line is of, and how much of it by the books: a charge with all its adjustments is one
-- thing, known by its first row. The parts' tax may differ by cents from the line's where a line is of
-- several charges.
CREATE TABLE invoice_request_part (
  request_id INTEGER NOT NULL,
  charge_id INTEGER NOT NULL REFERENCES charge (id),
  line INTEGER NOT NULL,
  net_fen INTEGER NOT NULL,
  tax_fen INTEGER NOT NULL,
  gross_fen INTEGER NOT NULL CHECK (gross_fen <> 0),
  PRIMARY KEY (request_id, charge_id),
  FOREIGN KEY (request_id, line) REFERENCES invoice_request_line (request_id, line),
  CHECK (net_fen + tax_fen = gross_fen)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_request_part_charge ON invoice_request_part (charge_id);

-- 不动产经营租赁: one row a unit.
CREATE TABLE invoice_request_lease (
  request_id INTEGER NOT NULL REFERENCES invoice_request (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  unit_no TEXT REFERENCES unit (unit_no),
  -- 产权证书号, or 无.
  deed_no TEXT NOT NULL CHECK (deed_no <> ''),
  region TEXT NOT NULL CHECK (region <> ''),
  address TEXT NOT NULL CHECK (address <> ''),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT NOT NULL CHECK (to_on >= from_on AND length(to_on) = 10),
  -- 跨地市标志.
  cross_city INTEGER NOT NULL CHECK (cross_city IN (0, 1)),
  area_unit TEXT NOT NULL CHECK (area_unit <> ''),
  PRIMARY KEY (request_id, seq)
) STRICT, WITHOUT ROWID;

-- Everything that happened to a request.
--   exported: it is in a file for the bureau
--   failed: the bureau did not take it (reason)
--   issued: the invoice is there (invoice_no); unissued: it was another request's after all
--   withdrawn: it is not asked for any more (reason)
CREATE TABLE invoice_request_event (
  id INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES invoice_request (id),
  event TEXT NOT NULL CHECK (event = 'exported' OR event = 'failed' OR event = 'issued'
    OR event = 'unissued' OR event = 'withdrawn'),
  happened_on TEXT NOT NULL
    CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  invoice_no TEXT REFERENCES invoice (invoice_no),
  reason TEXT CHECK (reason <> ''),
  CHECK ((event = 'issued') = (invoice_no IS NOT NULL)),
  CHECK (event NOT IN ('failed', 'withdrawn') OR reason IS NOT NULL)
) STRICT;
CREATE INDEX invoice_request_event_request ON invoice_request_event (request_id, id);
CREATE INDEX invoice_request_event_invoice ON invoice_request_event (invoice_no)
  WHERE invoice_no IS NOT NULL;

CREATE TRIGGER invoice_request_update BEFORE UPDATE ON invoice_request
BEGIN SELECT RAISE(ABORT, 'invoice_request is append-only'); END;
CREATE TRIGGER invoice_request_delete BEFORE DELETE ON invoice_request
BEGIN SELECT RAISE(ABORT, 'invoice_request is append-only'); END;
CREATE TRIGGER invoice_request_line_update BEFORE UPDATE ON invoice_request_line
BEGIN SELECT RAISE(ABORT, 'invoice_request_line is append-only'); END;
CREATE TRIGGER invoice_request_line_delete BEFORE DELETE ON invoice_request_line
BEGIN SELECT RAISE(ABORT, 'invoice_request_line is append-only'); END;
CREATE TRIGGER invoice_request_part_update BEFORE UPDATE ON invoice_request_part
BEGIN SELECT RAISE(ABORT, 'invoice_request_part is append-only'); END;
CREATE TRIGGER invoice_request_part_delete BEFORE DELETE ON invoice_request_part
BEGIN SELECT RAISE(ABORT, 'invoice_request_part is append-only'); END;
CREATE TRIGGER invoice_request_lease_update BEFORE UPDATE ON invoice_request_lease
BEGIN SELECT RAISE(ABORT, 'invoice_request_lease is append-only'); END;
CREATE TRIGGER invoice_request_lease_delete BEFORE DELETE ON invoice_request_lease
BEGIN SELECT RAISE(ABORT, 'invoice_request_lease is append-only'); END;
CREATE TRIGGER invoice_request_event_update BEFORE UPDATE ON invoice_request_event
BEGIN SELECT RAISE(ABORT, 'invoice_request_event is append-only'); END;
CREATE TRIGGER invoice_request_event_delete BEFORE DELETE ON invoice_request_event
BEGIN SELECT RAISE(ABORT, 'invoice_request_event is append-only'); END;

-- How each request stands: requested 待开 (a red one: pending 待确认), exported 已导出, failed 失败,
-- issued 已开, withdrawn 已撤回.
CREATE VIEW invoice_request_state AS
SELECT r.id AS request_id,
  CASE coalesce(e.event, '') WHEN '' THEN CASE r.colour WHEN 'red' THEN 'pending' ELSE 'requested' END
    WHEN 'unissued' THEN CASE r.colour WHEN 'red' THEN 'pending' ELSE 'exported' END
    ELSE e.event END AS state,
  coalesce(e.happened_on, r.requested_on) AS since_on, e.invoice_no, e.reason
FROM invoice_request r LEFT JOIN invoice_request_event e ON e.id = (
  SELECT max(n.id) FROM invoice_request_event n WHERE n.request_id = r.id);

CREATE TRIGGER invoice_request_event_order BEFORE INSERT ON invoice_request_event
WHEN NOT (SELECT CASE state WHEN 'withdrawn' THEN 0 WHEN 'issued' THEN NEW.event = 'unissued'
    ELSE NEW.event <> 'unissued' END
  FROM invoice_request_state WHERE request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'invoice_request.state'); END;
CREATE TRIGGER invoice_request_withdrawn BEFORE INSERT ON invoice_request_event
WHEN NEW.event = 'withdrawn' AND EXISTS (SELECT 1 FROM invoice_request r
  JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
  WHERE r.blue_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'invoice_request.has-red'); END;
-- An invoice is that of one request.
CREATE TRIGGER invoice_request_issued_once BEFORE INSERT ON invoice_request_event
WHEN NEW.event = 'issued' AND EXISTS (SELECT 1 FROM invoice_request_event e
  JOIN invoice_request_state s ON s.request_id = e.request_id AND s.state = 'issued'
    AND s.invoice_no = NEW.invoice_no
  WHERE e.invoice_no = NEW.invoice_no AND e.request_id <> NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'invoice_request.invoice-used'); END;
-- A red request takes back no more than its blue one has left of the charge.
CREATE TRIGGER invoice_request_red_within_blue BEFORE INSERT ON invoice_request_part
WHEN NEW.gross_fen < 0 AND NEW.gross_fen + coalesce((SELECT sum(p.gross_fen)
  FROM invoice_request q
  JOIN invoice_request b ON b.id = q.blue_id
  JOIN invoice_request r ON r.id = b.id OR r.blue_id = b.id
  JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
  JOIN invoice_request_part p ON p.request_id = r.id AND p.charge_id = NEW.charge_id
  WHERE q.id = NEW.request_id), 0) < 0
BEGIN SELECT RAISE(ABORT, 'invoice_request.exceeds-blue'); END;

-- What is asked for of each charge (blue less red, without what is withdrawn), what of it is out of
-- the house (blue exported or issued, less the red of these that are asked for), and what is issued.
-- A charge of which nothing was ever asked for has no row.
CREATE VIEW charge_invoiced AS
SELECT p.charge_id,
  sum(p.net_fen) AS asked_net_fen, sum(p.tax_fen) AS asked_tax_fen,
  sum(p.gross_fen) AS asked_fen,
  sum(CASE WHEN coalesce((SELECT b.state FROM invoice_request_state b
      WHERE b.request_id = r.blue_id), s.state) IN ('exported', 'issued') THEN p.gross_fen ELSE 0 END)
    AS out_fen,
  sum(CASE s.state WHEN 'issued' THEN p.net_fen ELSE 0 END) AS issued_net_fen,
  sum(CASE s.state WHEN 'issued' THEN p.tax_fen ELSE 0 END) AS issued_tax_fen,
  sum(CASE s.state WHEN 'issued' THEN p.gross_fen ELSE 0 END) AS issued_fen
FROM invoice_request_part p
JOIN invoice_request r ON r.id = p.request_id
JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
GROUP BY p.charge_id;

-- 采购与费用: what invoices that come in are for.
CREATE TABLE purchase (
  id INTEGER PRIMARY KEY,
  purchase_no TEXT NOT NULL CHECK (purchase_no <> ''),
  company_no TEXT NOT NULL,
  property_no TEXT,
  supplier TEXT NOT NULL CHECK (supplier <> ''),
  supplier_tax_no TEXT,
  purchased_on TEXT NOT NULL
    CHECK (purchased_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- Tax included.
  amount_fen INTEGER NOT NULL,
  item TEXT,
  -- For what it is used: input tax of taxable use is deducted, of the others it is not.
  use TEXT CHECK (use = 'taxable' OR use = 'welfare' OR use = 'personal' OR use = 'exempt'
    OR use = 'simplified'),
  note TEXT,
  UNIQUE (purchase_no),
  FOREIGN KEY (company_no) REFERENCES company (company_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  CHECK (amount_fen <> 0)
) STRICT;

-- 开票金额: how much of a charge an invoice is for, red ones below zero. The charge is the first row
-- of those that adjust each other. The rows of an invoice sum to it; a match that is taken back is
-- balanced by rows of the opposite amounts that name them.
CREATE TABLE invoice_charge (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  -- The request that asked for it; of one that was issued by hand, the request made up for it.
  request_id INTEGER NOT NULL REFERENCES invoice_request (id),
  charge_id INTEGER NOT NULL REFERENCES charge (id),
  net_fen INTEGER NOT NULL,
  tax_fen INTEGER NOT NULL,
  gross_fen INTEGER NOT NULL CHECK (gross_fen <> 0),
  -- The day of issue, or the first open day if the match came later.
  booked_on TEXT NOT NULL
    CHECK (booked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reverses INTEGER UNIQUE REFERENCES invoice_charge (id),
  CHECK (net_fen + tax_fen = gross_fen)
) STRICT;
CREATE INDEX invoice_charge_invoice ON invoice_charge (invoice_id);
CREATE INDEX invoice_charge_charge ON invoice_charge (charge_id, booked_on, gross_fen);

CREATE TRIGGER invoice_charge_update BEFORE UPDATE ON invoice_charge
BEGIN SELECT RAISE(ABORT, 'invoice_charge is append-only'); END;
CREATE TRIGGER invoice_charge_delete BEFORE DELETE ON invoice_charge
BEGIN SELECT RAISE(ABORT, 'invoice_charge is append-only'); END;
CREATE TRIGGER invoice_charge_in_closed_month BEFORE INSERT ON invoice_charge
WHEN NEW.booked_on < (SELECT o.first_open FROM charge c JOIN bill b ON b.bill_no = c.bill_no
  JOIN open_from o ON o.company_no = b.company_no WHERE c.id = NEW.charge_id)
BEGIN SELECT RAISE(ABORT, 'invoice_charge.closed-month'); END;

-- What invoices are matched to, ours and others' apart (an invoice between two of our companies has
-- both): out is request, bill, charge, or for a red one without a request its blue invoice; in is
-- purchase.
CREATE VIEW invoice_match AS
SELECT e.invoice_id, CASE e.code WHEN 'purchase' THEN 'in' ELSE 'out' END AS side, e.code,
  e.other_no, e.happened_on
FROM invoice_event e
WHERE e.kind = 'matched' AND NOT EXISTS (SELECT 1 FROM invoice_event n
  WHERE n.invoice_id = e.invoice_id AND n.seq > e.seq AND n.kind IN ('matched', 'unmatched')
    AND (n.code = 'purchase') = (e.code = 'purchase'));
CREATE INDEX invoice_event_matched ON invoice_event (code, other_no) WHERE kind = 'matched';
CREATE TRIGGER invoice_matched_twice BEFORE INSERT ON invoice_event
WHEN NEW.kind = 'matched' AND EXISTS (SELECT 1 FROM invoice_match m
  WHERE m.invoice_id = NEW.invoice_id AND m.side = CASE NEW.code WHEN 'purchase' THEN 'in' ELSE 'out' END)
BEGIN SELECT RAISE(ABORT, 'invoice.matched-already'); END;

-- 纳税义务: the output tax of each charge falls due on its due day; or before, by parts, with what is
-- paid or invoiced of it, whichever is more: an invoice that is issued for what is paid is no second
-- one. A charge that is paid or invoiced in full has all of its tax, to the fen. What adjusts a charge
-- adjusts its tax no earlier than that falls due itself; of what is invoiced it takes what the rows
-- before it leave. Deposits, money that is passed on and what the old books billed have none here.
DROP VIEW tax_movement;
CREATE VIEW tax_movement AS
WITH taxed AS (
  SELECT c.id, c.net_fen, c.tax_fen, c.amount_fen, c.tax_rate_e6 AS rate, c.adjusts, b.booked_on,
    max(b.booked_on, b.due_on, coalesce((SELECT d.due_on
      FROM charge a JOIN bill d ON d.bill_no = a.bill_no WHERE a.id = c.adjusts), '')) AS due_on
  FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
  LEFT JOIN charge r ON r.id = c.adjusts
  WHERE i.kind NOT IN ('deposit', 'pass_through') AND coalesce(r.kind, c.kind) <> 'opening'
), invoiced AS (
  SELECT t.id, t.rate, t.tax_fen, t.amount_fen, max(m.booked_on, t.booked_on) AS booked_on,
    max(0, min(t.amount_fen, sum(sum(m.gross_fen)) OVER (
        PARTITION BY t.id ORDER BY max(m.booked_on, t.booked_on))
      - CASE WHEN t.adjusts IS NULL THEN 0 ELSE (SELECT coalesce(sum(e.amount_fen), 0)
        FROM charge e WHERE (e.id = t.adjusts OR e.adjusts = t.adjusts) AND e.id < t.id
          AND e.amount_fen > 0) END)) AS so_far
  FROM taxed t JOIN invoice_charge m ON m.charge_id = coalesce(t.adjusts, t.id)
  WHERE t.amount_fen > 0 AND max(m.booked_on, t.booked_on) < t.due_on
  GROUP BY t.id, max(m.booked_on, t.booked_on)
), step AS (
  SELECT t.id, t.rate, t.tax_fen, t.amount_fen, a.booked_on, a.amount_fen AS paid_fen,
    0 AS invoiced_fen
  FROM taxed t JOIN allocation a ON a.charge_id = t.id
  WHERE a.credit_id IS NULL AND a.booked_on < t.due_on
  UNION ALL
  SELECT id, rate, tax_fen, amount_fen, booked_on, 0,
    so_far - lag(so_far, 1, 0) OVER (PARTITION BY id ORDER BY booked_on)
  FROM invoiced
), early AS (
  SELECT id, rate, tax_fen, amount_fen, booked_on, sum(paid_fen) AS paid_now,
    sum(sum(paid_fen)) OVER step AS paid_fen, sum(sum(invoiced_fen)) OVER step AS invoiced_fen
  FROM step GROUP BY id, booked_on
  WINDOW step AS (PARTITION BY id ORDER BY booked_on)
), part AS (
  SELECT id, booked_on,
    CASE WHEN paid_now = 0 OR invoiced_fen > paid_fen THEN 'invoiced' ELSE 'paid' END AS cause,
    max(paid_fen, invoiced_fen) AS early_fen,
    CASE max(paid_fen, invoiced_fen) WHEN amount_fen THEN tax_fen
      ELSE (2 * max(paid_fen, invoiced_fen) * rate + 1000000 + rate) / (2 * (1000000 + rate))
      END AS tax_fen
  FROM early
)
SELECT id AS charge_id, booked_on, cause,
  early_fen - tax_fen - lag(early_fen - tax_fen, 1, 0) OVER step AS net_fen,
  tax_fen - lag(tax_fen, 1, 0) OVER step AS tax_fen
FROM part WINDOW step AS (PARTITION BY id ORDER BY booked_on)
UNION ALL
SELECT t.id, t.due_on, 'due', t.net_fen - coalesce(p.early_fen - p.tax_fen, 0),
  t.tax_fen - coalesce(p.tax_fen, 0)
FROM taxed t LEFT JOIN part p ON p.id = t.id
  AND p.booked_on = (SELECT max(q.booked_on) FROM part q WHERE q.id = t.id);
