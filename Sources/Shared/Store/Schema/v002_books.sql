-- The books: bills and their charges, numbers, and the index of what the night has to look at.
-- Amounts are in fen (_fen), rates, prices and quantities in millionths (_e6).

-- The last number given in a series (bills of a company in a month).
CREATE TABLE number_series (
  series TEXT NOT NULL,
  period TEXT NOT NULL,
  last INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (series, period)
) STRICT, WITHOUT ROWID;

-- 账单 and 冲减单. A bill's row comes before its charges and never changes.
CREATE TABLE bill (
  id INTEGER PRIMARY KEY,
  bill_no TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('bill', 'credit_note')),
  company_no TEXT NOT NULL REFERENCES company (company_no),
  property_no TEXT NOT NULL REFERENCES property (property_no),
  tenant_no TEXT NOT NULL REFERENCES tenant (tenant_no),
  contract_no TEXT NOT NULL REFERENCES contract (contract_no),
  bill_on TEXT NOT NULL CHECK (bill_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  booked_on TEXT NOT NULL CHECK (booked_on >= bill_on AND length(booked_on) = 10),
  -- The number's series: the month of booked_on, and the place in it.
  month TEXT NOT NULL CHECK (month = substr(booked_on, 1, 7)),
  serial INTEGER NOT NULL CHECK (serial > 0),
  net_fen INTEGER NOT NULL,
  tax_fen INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  UNIQUE (company_no, month, serial),
  CHECK (net_fen + tax_fen = amount_fen),
  CHECK ((kind = 'credit_note') = (amount_fen < 0))
) STRICT;

-- The contract comes first in the identity, so that a contract's rows lie together.
CREATE TABLE charge (
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
  adjusts INTEGER REFERENCES charge (id),
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
  CHECK ((kind = 'adjust') = (revision > 0))
) STRICT;

CREATE INDEX charge_bill ON charge (bill_no);
CREATE INDEX bill_contract ON bill (contract_no);

CREATE TRIGGER bill_update BEFORE UPDATE ON bill
BEGIN SELECT RAISE(ABORT, 'bill is append-only'); END;
CREATE TRIGGER bill_delete BEFORE DELETE ON bill
BEGIN SELECT RAISE(ABORT, 'bill is append-only'); END;
CREATE TRIGGER charge_update BEFORE UPDATE ON charge
BEGIN SELECT RAISE(ABORT, 'charge is append-only'); END;
CREATE TRIGGER charge_delete BEFORE DELETE ON charge
BEGIN SELECT RAISE(ABORT, 'charge is append-only'); END;

-- What a run looks at: contracts that changed, and those whose next billing day has come. Never
-- the truth: `boms-bill run --all` does without, and `boms-db check` holds it against the facts.
-- It is small enough to be read from end to end (a million contracts in a tenth of a second), which
-- costs less than keeping indexes on it.
CREATE TABLE billing_index (
  contract_no TEXT PRIMARY KEY REFERENCES contract (contract_no) ON DELETE CASCADE,
  next_bill_on TEXT,
  changed INTEGER NOT NULL DEFAULT 1 CHECK (changed IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER contract_inserted AFTER INSERT ON contract BEGIN
  INSERT INTO billing_index (contract_no) VALUES (NEW.contract_no);
END;
CREATE TRIGGER contract_updated AFTER UPDATE ON contract BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER contract_unit_inserted AFTER INSERT ON contract_unit BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER contract_unit_updated AFTER UPDATE ON contract_unit BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER contract_unit_deleted AFTER DELETE ON contract_unit BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;
CREATE TRIGGER charge_term_inserted AFTER INSERT ON charge_term BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER charge_term_updated AFTER UPDATE ON charge_term BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER charge_term_deleted AFTER DELETE ON charge_term BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;
CREATE TRIGGER price_step_inserted AFTER INSERT ON price_step BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER price_step_updated AFTER UPDATE ON price_step BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER price_step_deleted AFTER DELETE ON price_step BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;
CREATE TRIGGER rent_free_inserted AFTER INSERT ON rent_free BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER rent_free_updated AFTER UPDATE ON rent_free BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER rent_free_deleted AFTER DELETE ON rent_free BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;
CREATE TRIGGER opening_balance_inserted AFTER INSERT ON opening_balance BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER opening_balance_updated AFTER UPDATE ON opening_balance BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;
CREATE TRIGGER opening_balance_deleted AFTER DELETE ON opening_balance BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;

-- Rates reach every contract that has a term or an opening item of the fee item.
CREATE TRIGGER fee_item_updated AFTER UPDATE OF tax_rate_e6, tax_code ON fee_item
WHEN OLD.tax_rate_e6 IS NOT NEW.tax_rate_e6 OR OLD.tax_code IS NOT NEW.tax_code BEGIN
  UPDATE billing_index SET changed = 1 WHERE changed = 0 AND contract_no IN (
    SELECT contract_no FROM charge_term WHERE item = NEW.item
    UNION SELECT contract_no FROM opening_balance WHERE item = NEW.item);
END;
CREATE TRIGGER tax_rate_inserted AFTER INSERT ON tax_rate BEGIN
  UPDATE billing_index SET changed = 1 WHERE changed = 0 AND contract_no IN (
    SELECT contract_no FROM charge_term WHERE item = NEW.item
    UNION SELECT contract_no FROM opening_balance WHERE item = NEW.item);
END;
CREATE TRIGGER tax_rate_updated AFTER UPDATE ON tax_rate BEGIN
  UPDATE billing_index SET changed = 1 WHERE changed = 0 AND contract_no IN (
    SELECT contract_no FROM charge_term WHERE item = NEW.item
    UNION SELECT contract_no FROM opening_balance WHERE item = NEW.item);
END;
CREATE TRIGGER tax_rate_deleted AFTER DELETE ON tax_rate BEGIN
  UPDATE billing_index SET changed = 1 WHERE changed = 0 AND contract_no IN (
    SELECT contract_no FROM charge_term WHERE item = OLD.item
    UNION SELECT contract_no FROM opening_balance WHERE item = OLD.item);
END;
CREATE TRIGGER property_updated AFTER UPDATE OF company_no, billing_from ON property
WHEN OLD.company_no IS NOT NEW.company_no OR OLD.billing_from IS NOT NEW.billing_from BEGIN
  UPDATE billing_index SET changed = 1 WHERE changed = 0 AND contract_no IN (
    SELECT contract_no FROM contract WHERE property_no = NEW.property_no);
END;

-- What a line with charges means is never changed: the line is closed and another is added.
CREATE TRIGGER charge_term_fixed BEFORE UPDATE ON charge_term
WHEN (OLD.item <> NEW.item OR OLD.method <> NEW.method OR OLD.cycle_months <> NEW.cycle_months
    OR OLD.anchor <> NEW.anchor OR OLD.timing <> NEW.timing
    OR OLD.company_no IS NOT NEW.company_no)
  AND EXISTS (SELECT 1 FROM charge
    WHERE contract_no = OLD.contract_no AND source = 'L' || OLD.line)
BEGIN SELECT RAISE(ABORT, 'charge_term.fixed-once-charged'); END;

CREATE TRIGGER contract_fixed BEFORE UPDATE ON contract
WHEN (OLD.tenant_no <> NEW.tenant_no OR OLD.property_no <> NEW.property_no
    OR OLD.company_no IS NOT NEW.company_no
    OR (NEW.status = 'draft' AND OLD.status <> 'draft'))
  AND EXISTS (SELECT 1 FROM charge WHERE contract_no = OLD.contract_no)
BEGIN SELECT RAISE(ABORT, 'contract.fixed-once-charged'); END;

CREATE TRIGGER property_fixed BEFORE UPDATE OF company_no ON property
WHEN OLD.company_no <> NEW.company_no
  AND EXISTS (SELECT 1 FROM bill WHERE property_no = OLD.property_no)
BEGIN SELECT RAISE(ABORT, 'property.fixed-once-charged'); END;

-- What people and exports read. The contract is the charge's own, which is its bill's: so the index
-- of the identity gives the order of an export, and nothing is sorted.
CREATE VIEW charges AS
SELECT c.id, b.bill_no, b.property_no, c.contract_no, b.tenant_no, t.name AS tenant_name,
  b.company_no, c.line, c.item, i.name AS item_name, c.kind, c.source, c.period_start,
  c.period_end, c.revision, b.bill_on, b.due_on, b.booked_on, c.quantity_e6, c.price_e6,
  c.tax_rate_e6, c.tax_code, c.net_fen, c.tax_fen, c.amount_fen, c.adjusts, c.explain
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
