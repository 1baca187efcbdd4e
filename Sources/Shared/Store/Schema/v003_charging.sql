-- What the rest of charging needs: charges that are taken back, months that are closed, shared costs
-- as they were divided, readings that were accepted, late fees (holds, waivers) and what was paid
-- on each charge.

-- A charge that was taken back (void) may be recorded again under a higher revision, so only
-- adjusting rows must have one. SQLite cannot change a CHECK: the table is made anew.
DROP VIEW charges;
DROP VIEW bills;
DROP TRIGGER charge_term_fixed;
DROP TRIGGER contract_fixed;

CREATE TABLE charge_3 (
  id INTEGER PRIMARY KEY,
  bill_no TEXT NOT NULL REFERENCES bill (bill_no),
  contract_no TEXT NOT NULL REFERENCES contract (contract_no),
  source TEXT NOT NULL,
  period_start TEXT NOT NULL
    CHECK (period_start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind TEXT NOT NULL
    CHECK (kind = 'base' OR kind = 'turnover' OR kind = 'metered' OR kind = 'share'
      OR kind = 'once' OR kind = 'late_fee' OR kind = 'opening' OR kind = 'adjust'),
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
  line INTEGER,
  item TEXT NOT NULL REFERENCES fee_item (item),
  period_end TEXT NOT NULL CHECK (period_end >= period_start AND length(period_end) = 10),
  -- The row that an adjusting row adjusts.
  adjusts INTEGER REFERENCES charge_3 (id),
  -- Whether the row takes back what it adjusts, with all its adjustments: they sum to nothing, and
  -- what is wanted is recorded anew.
  voids INTEGER NOT NULL DEFAULT 0 CHECK (voids IN (0, 1)),
  quantity_e6 INTEGER,
  price_e6 INTEGER,
  tax_rate_e6 INTEGER NOT NULL CHECK (tax_rate_e6 BETWEEN 0 AND 1000000),
  tax_code TEXT,
  net_fen INTEGER NOT NULL,
  tax_fen INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  explain TEXT NOT NULL,
  UNIQUE (contract_no, source, period_start, kind, revision),
  CHECK (net_fen + tax_fen = amount_fen),
  CHECK ((kind = 'adjust') = (adjusts IS NOT NULL)),
  CHECK (kind <> 'adjust' OR revision > 0),
  CHECK (voids = 0 OR kind = 'adjust')
) STRICT;
INSERT INTO charge_3 (id, bill_no, contract_no, source, period_start, kind, revision, line, item,
  period_end, adjusts, quantity_e6, price_e6, tax_rate_e6, tax_code, net_fen, tax_fen, amount_fen,
  explain)
SELECT id, bill_no, contract_no, source, period_start, kind, revision, line, item, period_end,
  adjusts, quantity_e6, price_e6, tax_rate_e6, tax_code, net_fen, tax_fen, amount_fen, explain
FROM charge ORDER BY id;
DROP TABLE charge;
ALTER TABLE charge_3 RENAME TO charge;
CREATE INDEX charge_bill ON charge (bill_no);
CREATE INDEX charge_late_fee ON charge (contract_no) WHERE kind = 'late_fee';

CREATE TRIGGER charge_update BEFORE UPDATE ON charge
BEGIN SELECT RAISE(ABORT, 'charge is append-only'); END;
CREATE TRIGGER charge_delete BEFORE DELETE ON charge
BEGIN SELECT RAISE(ABORT, 'charge is append-only'); END;

-- A charge is taken back once.
CREATE UNIQUE INDEX charge_voided ON charge (adjusts) WHERE voids = 1;

-- What a line with charges means is never changed, whatever the charges' source.
CREATE TRIGGER charge_term_fixed BEFORE UPDATE ON charge_term
WHEN (OLD.item <> NEW.item OR OLD.method <> NEW.method OR OLD.cycle_months <> NEW.cycle_months
    OR OLD.anchor <> NEW.anchor OR OLD.timing <> NEW.timing
    OR OLD.company_no IS NOT NEW.company_no)
  AND EXISTS (SELECT 1 FROM charge
    WHERE contract_no = OLD.contract_no AND line = OLD.line)
BEGIN SELECT RAISE(ABORT, 'charge_term.fixed-once-charged'); END;
CREATE TRIGGER contract_fixed BEFORE UPDATE ON contract
WHEN (OLD.tenant_no <> NEW.tenant_no OR OLD.property_no <> NEW.property_no
    OR OLD.company_no IS NOT NEW.company_no
    OR (NEW.status = 'draft' AND OLD.status <> 'draft'))
  AND EXISTS (SELECT 1 FROM charge WHERE contract_no = OLD.contract_no)
BEGIN SELECT RAISE(ABORT, 'contract.fixed-once-charged'); END;

CREATE VIEW charges AS
SELECT c.id, b.bill_no, b.property_no, c.contract_no, b.tenant_no, t.name AS tenant_name,
  b.company_no, c.line, c.item, i.name AS item_name, c.kind, c.source, c.period_start,
  c.period_end, c.revision, b.bill_on, b.due_on, b.booked_on, c.quantity_e6, c.price_e6,
  c.tax_rate_e6, c.tax_code, c.net_fen, c.tax_fen, c.amount_fen, c.adjusts, c.voids, c.explain
FROM charge c
JOIN bill b ON b.bill_no = c.bill_no
JOIN tenant t ON t.tenant_no = b.tenant_no
JOIN fee_item i ON i.item = c.item;

CREATE VIEW bills AS
SELECT b.id, b.bill_no, b.kind, b.property_no, b.contract_no, b.tenant_no, t.name AS tenant_name,
  b.company_no, b.bill_on, b.due_on, b.booked_on, b.month, b.serial, b.net_fen, b.tax_fen,
  b.amount_fen, (SELECT count(*) FROM charge c WHERE c.bill_no = b.bill_no) AS charges
FROM bill b
JOIN tenant t ON t.tenant_no = b.tenant_no;

-- Months that are closed for booking, company by company: everything to the month of the newest
-- `close`, or to the month before that of a `reopen` that is newer.
CREATE TABLE month_event (
  id INTEGER PRIMARY KEY,
  company_no TEXT NOT NULL REFERENCES company (company_no),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  event TEXT NOT NULL CHECK (event IN ('close', 'reopen')),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT
) STRICT;
CREATE INDEX month_event_company ON month_event (company_no);

-- The first day on which a company may book.
CREATE VIEW open_from AS
SELECT company_no, date(month || '-01', CASE event WHEN 'close' THEN '+1 month' ELSE '+0 month' END)
  AS first_open
FROM month_event e
WHERE id = (SELECT max(id) FROM month_event n WHERE n.company_no = e.company_no);

CREATE TRIGGER bill_in_closed_month BEFORE INSERT ON bill
WHEN NEW.booked_on < (SELECT first_open FROM open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'bill.closed-month'); END;

-- How a month's shared cost was divided. It stands until it is taken back; then the pool is divided
-- again, as the next revision.
CREATE TABLE share_division (
  id INTEGER PRIMARY KEY,
  pool_no TEXT NOT NULL,
  period TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 0),
  divided_on TEXT NOT NULL CHECK (divided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  basis TEXT NOT NULL CHECK (basis IN ('area', 'equal')),
  amount_fen INTEGER NOT NULL,
  -- The operator's own part.
  own_fen INTEGER NOT NULL,
  -- m² × days in millionths, or the number of contracts.
  weight INTEGER NOT NULL CHECK (weight > 0),
  UNIQUE (pool_no, period, revision),
  FOREIGN KEY (pool_no, period) REFERENCES share_pool (pool_no, period)
) STRICT;

CREATE TABLE share_part (
  id INTEGER PRIMARY KEY,
  division_id INTEGER NOT NULL REFERENCES share_division (id),
  contract_no TEXT NOT NULL,
  line INTEGER NOT NULL,
  weight INTEGER NOT NULL CHECK (weight > 0),
  amount_fen INTEGER NOT NULL,
  UNIQUE (contract_no, division_id),
  FOREIGN KEY (contract_no, line) REFERENCES charge_term (contract_no, line)
) STRICT;
CREATE INDEX share_part_division ON share_part (division_id);

CREATE TABLE share_void (
  id INTEGER PRIMARY KEY,
  division_id INTEGER NOT NULL UNIQUE REFERENCES share_division (id),
  voided_on TEXT NOT NULL CHECK (voided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

-- A pool that has been divided stays as it is.
CREATE TRIGGER share_pool_fixed BEFORE UPDATE ON share_pool
WHEN (OLD.item <> NEW.item OR OLD.amount_fen <> NEW.amount_fen OR OLD.basis <> NEW.basis
    OR OLD.property_no <> NEW.property_no OR OLD.own_area_m2_e6 <> NEW.own_area_m2_e6)
  AND EXISTS (SELECT 1 FROM share_division d
    WHERE d.pool_no = OLD.pool_no AND d.period = OLD.period
      AND NOT EXISTS (SELECT 1 FROM share_void v WHERE v.division_id = d.id))
BEGIN SELECT RAISE(ABORT, 'share_pool.fixed-once-charged'); END;

-- Somebody found an implausible reading right. It holds for the readings as they were then.
CREATE TABLE reading_accepted (
  id INTEGER PRIMARY KEY,
  meter_no TEXT NOT NULL REFERENCES meter (meter_no),
  read_on TEXT NOT NULL CHECK (read_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- The newest reading of the meter and day.
  reading_id INTEGER NOT NULL REFERENCES reading (id),
  accepted_on TEXT NOT NULL
    CHECK (accepted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT,
  UNIQUE (meter_no, read_on, reading_id)
) STRICT;

-- 争议挂起: from the day of a hold to the day before its release a bill bears no late fee.
CREATE TABLE bill_event (
  id INTEGER PRIMARY KEY,
  bill_no TEXT NOT NULL REFERENCES bill (bill_no),
  event TEXT NOT NULL CHECK (event IN ('hold', 'release')),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;
CREATE INDEX bill_event_bill ON bill_event (bill_no);

-- 减免违约金: so much of the late fee of a charge is not asked for.
CREATE TABLE late_fee_waiver (
  id INTEGER PRIMARY KEY,
  charge_id INTEGER NOT NULL REFERENCES charge (id),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  waived_on TEXT NOT NULL CHECK (waived_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;
CREATE INDEX late_fee_waiver_charge ON late_fee_waiver (charge_id);

-- 核销: what pays a charge, of a payment, of a charge that is owed to the tenant, of a deposit (its
-- demand), or of what was prepaid before the system started. A row that is taken back is balanced
-- by one of the opposite amount that names it.
CREATE TABLE allocation (
  id INTEGER PRIMARY KEY,
  payment_no TEXT REFERENCES payment (payment_no),
  credit_id INTEGER REFERENCES charge (id),
  deposit_id INTEGER REFERENCES charge (id),
  prepaid_id INTEGER REFERENCES opening_balance (id),
  charge_id INTEGER NOT NULL REFERENCES charge (id),
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  effective_on TEXT NOT NULL
    CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  booked_on TEXT NOT NULL CHECK (booked_on >= effective_on AND length(booked_on) = 10),
  step TEXT NOT NULL CHECK (step <> ''),
  reverses INTEGER UNIQUE REFERENCES allocation (id),
  CHECK ((payment_no IS NOT NULL) + (credit_id IS NOT NULL) + (deposit_id IS NOT NULL)
    + (prepaid_id IS NOT NULL) = 1),
  CHECK ((reverses IS NOT NULL) = (amount_fen < 0))
) STRICT;
CREATE INDEX allocation_charge ON allocation (charge_id);
CREATE INDEX allocation_payment ON allocation (payment_no) WHERE payment_no IS NOT NULL;
CREATE INDEX allocation_credit ON allocation (credit_id) WHERE credit_id IS NOT NULL;

CREATE TRIGGER month_event_update BEFORE UPDATE ON month_event
BEGIN SELECT RAISE(ABORT, 'month_event is append-only'); END;
CREATE TRIGGER month_event_delete BEFORE DELETE ON month_event
BEGIN SELECT RAISE(ABORT, 'month_event is append-only'); END;
CREATE TRIGGER share_division_update BEFORE UPDATE ON share_division
BEGIN SELECT RAISE(ABORT, 'share_division is append-only'); END;
CREATE TRIGGER share_division_delete BEFORE DELETE ON share_division
BEGIN SELECT RAISE(ABORT, 'share_division is append-only'); END;
CREATE TRIGGER share_part_update BEFORE UPDATE ON share_part
BEGIN SELECT RAISE(ABORT, 'share_part is append-only'); END;
CREATE TRIGGER share_part_delete BEFORE DELETE ON share_part
BEGIN SELECT RAISE(ABORT, 'share_part is append-only'); END;
CREATE TRIGGER share_void_update BEFORE UPDATE ON share_void
BEGIN SELECT RAISE(ABORT, 'share_void is append-only'); END;
CREATE TRIGGER share_void_delete BEFORE DELETE ON share_void
BEGIN SELECT RAISE(ABORT, 'share_void is append-only'); END;
CREATE TRIGGER reading_accepted_update BEFORE UPDATE ON reading_accepted
BEGIN SELECT RAISE(ABORT, 'reading_accepted is append-only'); END;
CREATE TRIGGER reading_accepted_delete BEFORE DELETE ON reading_accepted
BEGIN SELECT RAISE(ABORT, 'reading_accepted is append-only'); END;
CREATE TRIGGER bill_event_update BEFORE UPDATE ON bill_event
BEGIN SELECT RAISE(ABORT, 'bill_event is append-only'); END;
CREATE TRIGGER bill_event_delete BEFORE DELETE ON bill_event
BEGIN SELECT RAISE(ABORT, 'bill_event is append-only'); END;
CREATE TRIGGER late_fee_waiver_update BEFORE UPDATE ON late_fee_waiver
BEGIN SELECT RAISE(ABORT, 'late_fee_waiver is append-only'); END;
CREATE TRIGGER late_fee_waiver_delete BEFORE DELETE ON late_fee_waiver
BEGIN SELECT RAISE(ABORT, 'late_fee_waiver is append-only'); END;
CREATE TRIGGER allocation_update BEFORE UPDATE ON allocation
BEGIN SELECT RAISE(ABORT, 'allocation is append-only'); END;
CREATE TRIGGER allocation_delete BEFORE DELETE ON allocation
BEGIN SELECT RAISE(ABORT, 'allocation is append-only'); END;

-- What the night looks at, continued. On `next_fee_on` a late fee may become due.
ALTER TABLE billing_index ADD COLUMN next_fee_on TEXT;

CREATE TRIGGER turnover_tier_inserted AFTER INSERT ON turnover_tier BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER turnover_tier_updated AFTER UPDATE ON turnover_tier BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER turnover_tier_deleted AFTER DELETE ON turnover_tier BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;
CREATE TRIGGER meter_install_inserted AFTER INSERT ON meter_install BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER meter_install_updated AFTER UPDATE ON meter_install BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (OLD.contract_no, NEW.contract_no) AND changed = 0;
END;
CREATE TRIGGER meter_install_deleted AFTER DELETE ON meter_install BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;
CREATE TRIGGER turnover_inserted AFTER INSERT ON turnover BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER share_part_inserted AFTER INSERT ON share_part BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER share_void_inserted AFTER INSERT ON share_void BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM share_part WHERE division_id = NEW.division_id) AND changed = 0;
END;
CREATE TRIGGER charge_voided_inserted AFTER INSERT ON charge
WHEN NEW.voids = 1 BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
-- Readings come by the million: their import marks the contracts once, in the same transaction,
-- for a trigger would make each row twice as dear.
CREATE TRIGGER reading_accepted_inserted AFTER INSERT ON reading_accepted BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE meter_no = NEW.meter_no) AND changed = 0;
END;
CREATE TRIGGER meter_updated AFTER UPDATE OF digits ON meter
WHEN OLD.digits IS NOT NEW.digits BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE meter_no = NEW.meter_no) AND changed = 0;
END;
CREATE TRIGGER tariff_inserted AFTER INSERT ON tariff BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE tariff_no = NEW.tariff_no) AND changed = 0;
END;
CREATE TRIGGER tariff_updated AFTER UPDATE ON tariff BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE tariff_no = NEW.tariff_no) AND changed = 0;
END;
CREATE TRIGGER tariff_deleted AFTER DELETE ON tariff BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE tariff_no = OLD.tariff_no) AND changed = 0;
END;

-- What late fees rest on.
CREATE TRIGGER late_fee_rule_inserted AFTER INSERT ON late_fee_rule BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM contract WHERE property_no = NEW.property_no) AND changed = 0;
END;
CREATE TRIGGER late_fee_rule_updated AFTER UPDATE ON late_fee_rule BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM contract WHERE property_no = NEW.property_no) AND changed = 0;
END;
CREATE TRIGGER late_fee_rule_deleted AFTER DELETE ON late_fee_rule BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM contract WHERE property_no = OLD.property_no) AND changed = 0;
END;
CREATE TRIGGER bill_event_inserted AFTER INSERT ON bill_event BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM bill WHERE bill_no = NEW.bill_no) AND changed = 0;
END;
CREATE TRIGGER late_fee_waiver_inserted AFTER INSERT ON late_fee_waiver BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.charge_id) AND changed = 0;
END;
CREATE TRIGGER allocation_inserted AFTER INSERT ON allocation BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.charge_id) AND changed = 0;
END;
