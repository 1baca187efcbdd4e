-- Money that comes in, goes out, is held for tenants, and is given up: its ledgers, and the views
-- that everything else is read from.

-- 入账: a payment as it stands in the books. The payment is what the bank said; its entry says whose
-- account it came to and in which month it counts, and never changes when the registers do.
CREATE TABLE payment_entry (
  id INTEGER PRIMARY KEY,
  payment_no TEXT NOT NULL UNIQUE REFERENCES payment (payment_no),
  company_no TEXT NOT NULL REFERENCES company (company_no),
  -- Whether it may pay charges of other companies too: nothing in it said whom it is for.
  pays_any INTEGER NOT NULL CHECK (pays_any IN (0, 1)),
  booked_on TEXT NOT NULL CHECK (booked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;

CREATE TRIGGER payment_entry_update BEFORE UPDATE ON payment_entry
BEGIN SELECT RAISE(ABORT, 'payment_entry is append-only'); END;
CREATE TRIGGER payment_entry_delete BEFORE DELETE ON payment_entry
BEGIN SELECT RAISE(ABORT, 'payment_entry is append-only'); END;
-- What goes back is a refund; version 1 let it in as a payment below zero.
CREATE TRIGGER payment_above_zero BEFORE INSERT ON payment WHEN NEW.amount_fen < 0
BEGIN SELECT RAISE(ABORT, 'payment.amount'); END;
CREATE TRIGGER payment_line_above_zero BEFORE INSERT ON payment_line WHEN NEW.amount_fen < 0
BEGIN SELECT RAISE(ABORT, 'payment_line.amount'); END;
CREATE TRIGGER payment_entry_below_zero BEFORE INSERT ON payment_entry
WHEN (SELECT amount_fen FROM payment WHERE payment_no = NEW.payment_no) <= 0
BEGIN SELECT RAISE(ABORT, 'payment_entry.below-zero'); END;
CREATE TRIGGER payment_entry_in_closed_month BEFORE INSERT ON payment_entry
WHEN NEW.booked_on < (SELECT first_open FROM open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'payment_entry.closed-month'); END;

-- What was allocated before there were entries.
INSERT INTO payment_entry (payment_no, company_no, pays_any, booked_on)
SELECT p.payment_no, coalesce(p.company_no, b.company_no),
  p.company_no IS NULL AND p.our_account IS NULL AND p.bill_no IS NULL, min(a.booked_on)
FROM payment p JOIN allocation a ON a.payment_no = p.payment_no
JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
GROUP BY p.payment_no ORDER BY p.id;

-- A claim counts in the books from a day of its own: until then the money was nobody's.
DROP VIEW payment_owner;
CREATE TABLE payment_claim_5 (
  id INTEGER PRIMARY KEY,
  payment_no TEXT NOT NULL REFERENCES payment (payment_no),
  tenant_no TEXT NOT NULL REFERENCES tenant (tenant_no),
  -- By the payer's account, by the payer's name, or by somebody who says why.
  matched_by TEXT NOT NULL
    CHECK (matched_by = 'account' OR matched_by = 'name' OR matched_by = 'hand'),
  claimed_on TEXT NOT NULL
    CHECK (claimed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  booked_on TEXT NOT NULL CHECK (booked_on >= claimed_on AND length(booked_on) = 10),
  reason TEXT CHECK (reason <> ''),
  CHECK (matched_by <> 'hand' OR reason IS NOT NULL)
) STRICT;
INSERT INTO payment_claim_5 (id, payment_no, tenant_no, matched_by, claimed_on, booked_on, reason)
SELECT id, payment_no, tenant_no, matched_by, claimed_on, claimed_on, reason
FROM payment_claim ORDER BY id;
DROP TABLE payment_claim;
ALTER TABLE payment_claim_5 RENAME TO payment_claim;
CREATE INDEX payment_claim_payment ON payment_claim (payment_no);
CREATE INDEX payment_claim_tenant ON payment_claim (tenant_no);

CREATE TRIGGER payment_claim_update BEFORE UPDATE ON payment_claim
BEGIN SELECT RAISE(ABORT, 'payment_claim is append-only'); END;
CREATE TRIGGER payment_claim_delete BEFORE DELETE ON payment_claim
BEGIN SELECT RAISE(ABORT, 'payment_claim is append-only'); END;
CREATE TRIGGER payment_claim_needless BEFORE INSERT ON payment_claim
WHEN (SELECT tenant_no FROM payment WHERE payment_no = NEW.payment_no) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment_claim.has-tenant'); END;
CREATE TRIGGER payment_claim_in_closed_month BEFORE INSERT ON payment_claim
WHEN NEW.booked_on < (SELECT o.first_open FROM payment_entry e
  JOIN open_from o ON o.company_no = e.company_no WHERE e.payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'payment_claim.closed-month'); END;

-- A bounced cheque, a payment entered by mistake: it never was. What it had paid was reversed before.
CREATE TABLE payment_void (
  id INTEGER PRIMARY KEY,
  payment_no TEXT NOT NULL UNIQUE REFERENCES payment (payment_no),
  voided_on TEXT NOT NULL CHECK (voided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  booked_on TEXT NOT NULL CHECK (booked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TRIGGER payment_void_update BEFORE UPDATE ON payment_void
BEGIN SELECT RAISE(ABORT, 'payment_void is append-only'); END;
CREATE TRIGGER payment_void_delete BEFORE DELETE ON payment_void
BEGIN SELECT RAISE(ABORT, 'payment_void is append-only'); END;
CREATE TRIGGER payment_void_booked BEFORE INSERT ON payment_void
WHEN NEW.booked_on < (SELECT max(e.booked_on, coalesce(o.first_open, e.booked_on))
  FROM payment_entry e LEFT JOIN open_from o ON o.company_no = e.company_no
  WHERE e.payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'payment_void.closed-month'); END;

-- 退款: money that goes back to a tenant, of what is left of payments, of credit notes, of what was
-- prepaid before the system started, or of a deposit. One that the bank sent back is balanced by one
-- below zero that names it.
CREATE TABLE refund (
  id INTEGER PRIMARY KEY,
  refund_no TEXT NOT NULL UNIQUE,
  -- The number's series: company, month of booked_on, and the place in it.
  company_no TEXT NOT NULL REFERENCES company (company_no),
  month TEXT NOT NULL CHECK (month = substr(booked_on, 1, 7)),
  serial INTEGER NOT NULL CHECK (serial > 0),
  property_no TEXT NOT NULL REFERENCES property (property_no),
  -- Empty: the money was nobody's.
  tenant_no TEXT REFERENCES tenant (tenant_no),
  refunded_on TEXT NOT NULL CHECK (refunded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  booked_on TEXT NOT NULL CHECK (booked_on >= refunded_on AND length(booked_on) = 10),
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  method TEXT,
  reference TEXT,
  reason TEXT NOT NULL CHECK (reason <> ''),
  reverses INTEGER UNIQUE REFERENCES refund (id),
  UNIQUE (company_no, month, serial),
  CHECK ((reverses IS NOT NULL) = (amount_fen < 0))
) STRICT;

CREATE TABLE refund_line (
  id INTEGER PRIMARY KEY,
  refund_id INTEGER NOT NULL REFERENCES refund (id),
  payment_no TEXT REFERENCES payment (payment_no),
  credit_id INTEGER REFERENCES charge (id),
  deposit_id INTEGER REFERENCES charge (id),
  opening_id INTEGER REFERENCES opening_balance (id),
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  CHECK ((payment_no IS NOT NULL) + (credit_id IS NOT NULL) + (deposit_id IS NOT NULL)
    + (opening_id IS NOT NULL) = 1)
) STRICT;
CREATE INDEX refund_tenant ON refund (tenant_no) WHERE tenant_no IS NOT NULL;
CREATE INDEX refund_line_refund ON refund_line (refund_id);
CREATE INDEX refund_line_payment ON refund_line (payment_no) WHERE payment_no IS NOT NULL;
CREATE INDEX refund_line_credit ON refund_line (credit_id) WHERE credit_id IS NOT NULL;
CREATE INDEX refund_line_deposit ON refund_line (deposit_id) WHERE deposit_id IS NOT NULL;
CREATE INDEX refund_line_opening ON refund_line (opening_id) WHERE opening_id IS NOT NULL;

CREATE TRIGGER refund_update BEFORE UPDATE ON refund
BEGIN SELECT RAISE(ABORT, 'refund is append-only'); END;
CREATE TRIGGER refund_delete BEFORE DELETE ON refund
BEGIN SELECT RAISE(ABORT, 'refund is append-only'); END;
CREATE TRIGGER refund_line_update BEFORE UPDATE ON refund_line
BEGIN SELECT RAISE(ABORT, 'refund_line is append-only'); END;
CREATE TRIGGER refund_line_delete BEFORE DELETE ON refund_line
BEGIN SELECT RAISE(ABORT, 'refund_line is append-only'); END;
CREATE TRIGGER refund_in_closed_month BEFORE INSERT ON refund
WHEN NEW.booked_on < (SELECT first_open FROM open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'refund.closed-month'); END;

-- 坏账核销: a charge that the books give up. The claim stays, and so does the tax.
CREATE TABLE write_off (
  id INTEGER PRIMARY KEY,
  charge_id INTEGER NOT NULL REFERENCES charge (id),
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  written_off_on TEXT NOT NULL
    CHECK (written_off_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  booked_on TEXT NOT NULL CHECK (booked_on >= written_off_on AND length(booked_on) = 10),
  reason TEXT NOT NULL CHECK (reason <> ''),
  reverses INTEGER UNIQUE REFERENCES write_off (id),
  CHECK ((reverses IS NOT NULL) = (amount_fen < 0))
) STRICT;
CREATE INDEX write_off_charge ON write_off (charge_id);

CREATE TRIGGER write_off_update BEFORE UPDATE ON write_off
BEGIN SELECT RAISE(ABORT, 'write_off is append-only'); END;
CREATE TRIGGER write_off_delete BEFORE DELETE ON write_off
BEGIN SELECT RAISE(ABORT, 'write_off is append-only'); END;
CREATE TRIGGER write_off_in_closed_month BEFORE INSERT ON write_off
WHEN NEW.booked_on < (SELECT o.first_open FROM charge c JOIN bill b ON b.bill_no = c.bill_no
  JOIN open_from o ON o.company_no = b.company_no WHERE c.id = NEW.charge_id)
BEGIN SELECT RAISE(ABORT, 'write_off.closed-month'); END;
-- It bears on late fees.
CREATE TRIGGER write_off_inserted AFTER INSERT ON write_off BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.charge_id) AND changed = 0;
END;

-- 收款收据: one for each payment of which something was allocated.
CREATE TABLE receipt (
  id INTEGER PRIMARY KEY,
  receipt_no TEXT NOT NULL UNIQUE,
  payment_no TEXT NOT NULL UNIQUE REFERENCES payment (payment_no),
  company_no TEXT NOT NULL REFERENCES company (company_no),
  month TEXT NOT NULL CHECK (month = substr(issued_on, 1, 7)),
  serial INTEGER NOT NULL CHECK (serial > 0),
  issued_on TEXT NOT NULL CHECK (issued_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (company_no, month, serial)
) STRICT;

CREATE TRIGGER receipt_update BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;
CREATE TRIGGER receipt_delete BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

-- Allocations take money from opening balances of both kinds now, prepaid and deposit.
DROP TRIGGER allocation_of_prepaid;
DROP TRIGGER allocation_of_payment;
DROP TRIGGER allocation_of_credit;
DROP TRIGGER allocation_of_charge;
DROP TRIGGER allocation_in_closed_month;
DROP TRIGGER opening_balance_used;
DROP INDEX allocation_prepaid;
ALTER TABLE allocation RENAME COLUMN prepaid_id TO opening_id;
CREATE INDEX allocation_opening ON allocation (opening_id) WHERE opening_id IS NOT NULL;
CREATE INDEX allocation_deposit ON allocation (deposit_id) WHERE deposit_id IS NOT NULL;
CREATE INDEX charge_adjusts ON charge (adjusts) WHERE adjusts IS NOT NULL;

-- Payments as an account sees them: with the tenant that they name or that claimed them, the company
-- that got them once they are entered, and without those that never were.
CREATE VIEW payment_owner AS
SELECT p.id, p.payment_no, p.property_no, p.paid_on, p.amount_fen, p.method, p.reference,
  p.company_no, p.our_account, p.contract_no, p.bill_no, p.payer_name, p.payer_account,
  coalesce(p.tenant_no, (SELECT c.tenant_no FROM payment_claim c
    WHERE c.payment_no = p.payment_no ORDER BY c.id DESC LIMIT 1)) AS tenant_no,
  e.company_no AS entry_company_no, e.pays_any, e.booked_on
FROM payment p LEFT JOIN payment_entry e ON e.payment_no = p.payment_no
WHERE NOT EXISTS (SELECT 1 FROM payment_void v WHERE v.payment_no = p.payment_no);

-- What is left of money, and what of a charge is open, as the ledgers stand.
CREATE VIEW payment_left AS
SELECT p.payment_no, CASE WHEN v.id IS NULL THEN p.amount_fen ELSE 0 END
  - (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.payment_no = p.payment_no)
  - (SELECT coalesce(sum(amount_fen), 0) FROM refund_line r WHERE r.payment_no = p.payment_no)
  AS left_fen
FROM payment p LEFT JOIN payment_void v ON v.payment_no = p.payment_no;

CREATE VIEW opening_left AS
SELECT o.id AS opening_id, o.kind, o.amount_fen
  - (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.opening_id = o.id)
  - (SELECT coalesce(sum(amount_fen), 0) FROM refund_line r WHERE r.opening_id = o.id) AS left_fen
FROM opening_balance o WHERE o.kind IN ('prepaid', 'deposit');

-- Of a charge above zero what is still to be paid; of one below zero, what of it is still owed to
-- the tenant, below zero.
CREATE VIEW charge_open AS
SELECT c.id AS charge_id, c.amount_fen
  - (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.charge_id = c.id)
  + (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.credit_id = c.id)
  + (SELECT coalesce(sum(amount_fen), 0) FROM refund_line r WHERE r.credit_id = c.id)
  - (SELECT coalesce(sum(amount_fen), 0) FROM write_off w WHERE w.charge_id = c.id) AS open_fen
FROM charge c;

-- What is held of a deposit that was demanded: what was paid on it, less what the demand was lowered
-- by (that is the credit note's), less what was used.
CREATE VIEW deposit_left AS
SELECT c.id AS charge_id,
  (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.charge_id = c.id)
  + (SELECT coalesce(sum(amount_fen), 0) FROM charge n WHERE n.adjusts = c.id AND n.amount_fen < 0)
  - (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.deposit_id = c.id)
  - (SELECT coalesce(sum(amount_fen), 0) FROM refund_line r WHERE r.deposit_id = c.id) AS left_fen,
  (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.deposit_id = c.id)
  + (SELECT coalesce(sum(amount_fen), 0) FROM refund_line r WHERE r.deposit_id = c.id) AS used_fen
FROM charge c JOIN fee_item i ON i.item = c.item AND i.kind = 'deposit'
WHERE c.amount_fen > 0;

-- Never more than the charge, never more than the money; what is taken back was there.
CREATE TRIGGER allocation_of_charge BEFORE INSERT ON allocation
WHEN NOT (SELECT open_fen BETWEEN NEW.amount_fen AND NEW.amount_fen + c.amount_fen
    AND (NEW.amount_fen > 0 OR -NEW.amount_fen <= (SELECT coalesce(sum(a.amount_fen), 0)
      FROM allocation a WHERE a.charge_id = NEW.charge_id))
  FROM charge_open o JOIN charge c ON c.id = o.charge_id
  WHERE o.charge_id = NEW.charge_id AND c.amount_fen > 0)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-charge'); END;
CREATE TRIGGER allocation_of_payment BEFORE INSERT ON allocation
WHEN NEW.payment_no IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > (SELECT left_fen FROM payment_left WHERE payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;
CREATE TRIGGER allocation_of_credit BEFORE INSERT ON allocation
WHEN NEW.credit_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > (SELECT -open_fen FROM charge_open WHERE charge_id = NEW.credit_id)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;
CREATE TRIGGER allocation_of_opening BEFORE INSERT ON allocation
WHEN NEW.opening_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > coalesce(
    (SELECT left_fen FROM opening_left WHERE opening_id = NEW.opening_id), 0)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;
CREATE TRIGGER allocation_of_deposit BEFORE INSERT ON allocation
WHEN NEW.deposit_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > coalesce(
    (SELECT left_fen FROM deposit_left WHERE charge_id = NEW.deposit_id), 0)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;
-- A row that takes one back is its exact opposite.
CREATE TRIGGER allocation_reverses BEFORE INSERT ON allocation
WHEN NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM allocation a
  WHERE a.id = NEW.reverses AND a.amount_fen = -NEW.amount_fen AND a.charge_id = NEW.charge_id
    AND a.payment_no IS NEW.payment_no AND a.credit_id IS NEW.credit_id
    AND a.deposit_id IS NEW.deposit_id AND a.opening_id IS NEW.opening_id
    AND a.effective_on = NEW.effective_on AND a.booked_on <= NEW.booked_on)
BEGIN SELECT RAISE(ABORT, 'allocation.reverses'); END;
-- What was paid on a deposit and used is not taken back.
CREATE TRIGGER allocation_deposit_used BEFORE INSERT ON allocation
WHEN NEW.amount_fen < 0 AND -NEW.amount_fen > (SELECT left_fen FROM deposit_left
  WHERE charge_id = NEW.charge_id AND used_fen > 0)
BEGIN SELECT RAISE(ABORT, 'allocation.deposit-used'); END;
CREATE TRIGGER charge_deposit_used BEFORE INSERT ON charge
WHEN NEW.amount_fen < 0 AND -NEW.amount_fen > (SELECT left_fen FROM deposit_left
  WHERE charge_id = NEW.adjusts AND used_fen > 0)
BEGIN SELECT RAISE(ABORT, 'charge.deposit-used'); END;
-- Both companies: that of the charge and, of a payment, that which got it.
CREATE TRIGGER allocation_in_closed_month BEFORE INSERT ON allocation
WHEN NEW.booked_on < (SELECT max(o.first_open) FROM open_from o WHERE o.company_no IN (
  (SELECT b.company_no FROM charge c JOIN bill b ON b.bill_no = c.bill_no
    WHERE c.id = NEW.charge_id),
  (SELECT e.company_no FROM payment_entry e WHERE e.payment_no = NEW.payment_no)))
BEGIN SELECT RAISE(ABORT, 'allocation.closed-month'); END;
CREATE TRIGGER allocation_not_entered BEFORE INSERT ON allocation
WHEN NEW.payment_no IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payment_entry e
  WHERE e.payment_no = NEW.payment_no AND e.booked_on <= NEW.booked_on)
BEGIN SELECT RAISE(ABORT, 'allocation.not-entered'); END;
CREATE TRIGGER allocation_deposit_inserted AFTER INSERT ON allocation
WHEN NEW.deposit_id IS NOT NULL BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.deposit_id) AND changed = 0;
END;

-- Why somebody decided that this money pays that charge (a deposit deducted, moved on, forfeited).
CREATE TABLE allocation_reason (
  id INTEGER PRIMARY KEY,
  allocation_id INTEGER NOT NULL UNIQUE REFERENCES allocation (id),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TRIGGER allocation_reason_update BEFORE UPDATE ON allocation_reason
BEGIN SELECT RAISE(ABORT, 'allocation_reason is append-only'); END;
CREATE TRIGGER allocation_reason_delete BEFORE DELETE ON allocation_reason
BEGIN SELECT RAISE(ABORT, 'allocation_reason is append-only'); END;

CREATE TRIGGER refund_line_of_payment BEFORE INSERT ON refund_line
WHEN NEW.payment_no IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > (SELECT left_fen FROM payment_left WHERE payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'refund.exceeds-money'); END;
CREATE TRIGGER refund_line_of_credit BEFORE INSERT ON refund_line
WHEN NEW.credit_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > (SELECT -open_fen FROM charge_open WHERE charge_id = NEW.credit_id)
BEGIN SELECT RAISE(ABORT, 'refund.exceeds-money'); END;
CREATE TRIGGER refund_line_of_opening BEFORE INSERT ON refund_line
WHEN NEW.opening_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > coalesce(
    (SELECT left_fen FROM opening_left WHERE opening_id = NEW.opening_id), 0)
BEGIN SELECT RAISE(ABORT, 'refund.exceeds-money'); END;
CREATE TRIGGER refund_line_of_deposit BEFORE INSERT ON refund_line
WHEN NEW.deposit_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > coalesce(
    (SELECT left_fen FROM deposit_left WHERE charge_id = NEW.deposit_id), 0)
BEGIN SELECT RAISE(ABORT, 'refund.exceeds-money'); END;

CREATE TRIGGER write_off_of_charge BEFORE INSERT ON write_off
WHEN NOT (SELECT NEW.amount_fen <= open_fen AND (NEW.amount_fen > 0
    OR EXISTS (SELECT 1 FROM write_off w WHERE w.id = NEW.reverses
      AND w.amount_fen = -NEW.amount_fen AND w.charge_id = NEW.charge_id))
  FROM charge_open o JOIN charge c ON c.id = o.charge_id
  WHERE o.charge_id = NEW.charge_id AND c.amount_fen > 0)
BEGIN SELECT RAISE(ABORT, 'write_off.exceeds-charge'); END;

CREATE TRIGGER payment_claim_used BEFORE INSERT ON payment_claim
WHEN (SELECT coalesce(sum(amount_fen), 0) FROM allocation WHERE payment_no = NEW.payment_no) > 0
  OR (SELECT coalesce(sum(amount_fen), 0) FROM refund_line WHERE payment_no = NEW.payment_no) > 0
BEGIN SELECT RAISE(ABORT, 'payment_claim.allocated'); END;
CREATE TRIGGER payment_claim_void BEFORE INSERT ON payment_claim
WHEN EXISTS (SELECT 1 FROM payment_void WHERE payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'payment_claim.void'); END;
CREATE TRIGGER payment_void_used BEFORE INSERT ON payment_void
WHEN (SELECT coalesce(sum(amount_fen), 0) FROM allocation WHERE payment_no = NEW.payment_no) <> 0
  OR (SELECT coalesce(sum(amount_fen), 0) FROM refund_line WHERE payment_no = NEW.payment_no) <> 0
BEGIN SELECT RAISE(ABORT, 'payment_void.in-use'); END;

-- What was there before the system started stays what it is once something of it is used, and is
-- told before its month is closed.
CREATE TRIGGER opening_balance_used BEFORE UPDATE ON opening_balance
WHEN OLD.kind IN ('prepaid', 'deposit')
  AND (OLD.kind <> NEW.kind OR OLD.contract_no <> NEW.contract_no OR OLD.item <> NEW.item
    OR OLD.due_on <> NEW.due_on
    OR NEW.amount_fen < OLD.amount_fen
      - (SELECT left_fen FROM opening_left WHERE opening_id = OLD.id))
  AND (SELECT left_fen FROM opening_left WHERE opening_id = OLD.id) <> OLD.amount_fen
BEGIN SELECT RAISE(ABORT, 'opening_balance.allocated'); END;

-- 期初: what stood in the old books, with the company and the day from which on it counts: the start of
-- the system, or its own day if that is later.
DROP VIEW prepaid_opening;
CREATE VIEW opening AS
SELECT o.id, o.kind, o.contract_no, c.tenant_no, c.property_no, o.item, o.amount_fen,
  max(o.due_on, coalesce(r.billing_from, o.due_on)) AS since,
  coalesce((SELECT t.company_no FROM charge_term t
    WHERE t.contract_no = o.contract_no AND t.item = o.item ORDER BY t.line LIMIT 1),
    c.company_no, r.company_no) AS company_no
FROM opening_balance o
JOIN contract c ON c.contract_no = o.contract_no
JOIN property r ON r.property_no = c.property_no;
CREATE VIEW prepaid_opening AS SELECT * FROM opening WHERE kind = 'prepaid';

CREATE TRIGGER opening_balance_late BEFORE INSERT ON opening_balance
WHEN NEW.kind <> 'receivable' AND (SELECT max(NEW.due_on, coalesce(r.billing_from, NEW.due_on))
    < (SELECT f.first_open FROM open_from f WHERE f.company_no = coalesce(
      (SELECT t.company_no FROM charge_term t WHERE t.contract_no = NEW.contract_no
        AND t.item = NEW.item ORDER BY t.line LIMIT 1), c.company_no, r.company_no))
  FROM contract c JOIN property r ON r.property_no = c.property_no
  WHERE c.contract_no = NEW.contract_no)
BEGIN SELECT RAISE(ABORT, 'opening_balance.closed-month'); END;
CREATE TRIGGER opening_balance_changed_late BEFORE UPDATE ON opening_balance
WHEN (OLD.kind <> 'receivable' OR NEW.kind <> 'receivable')
  AND (OLD.kind <> NEW.kind OR OLD.amount_fen <> NEW.amount_fen)
  AND EXISTS (SELECT 1 FROM opening o JOIN open_from f ON f.company_no = o.company_no
    WHERE o.id = OLD.id AND o.since < f.first_open)
BEGIN SELECT RAISE(ABORT, 'opening_balance.closed-month'); END;
CREATE TRIGGER opening_balance_removed_late BEFORE DELETE ON opening_balance
WHEN OLD.kind <> 'receivable'
  AND EXISTS (SELECT 1 FROM opening o JOIN open_from f ON f.company_no = o.company_no
    WHERE o.id = OLD.id AND o.since < f.first_open)
BEGIN SELECT RAISE(ABORT, 'opening_balance.closed-month'); END;

-- Everything that changes what is open of a charge, with its day in the books. What is open as of a
-- day is the sum up to it: balances, statements, aging are read from here and nowhere else.
CREATE VIEW charge_movement AS
SELECT c.id AS charge_id, b.booked_on, 'charge' AS kind, b.bill_no AS document_no, c.amount_fen
FROM charge c JOIN bill b ON b.bill_no = c.bill_no
UNION ALL
SELECT a.charge_id, a.booked_on,
  CASE WHEN a.payment_no IS NOT NULL THEN 'payment' WHEN a.credit_id IS NOT NULL THEN 'credit_note'
    WHEN a.deposit_id IS NOT NULL OR o.kind = 'deposit' THEN 'deposit' ELSE 'prepaid' END,
  coalesce(a.payment_no, n.bill_no, d.bill_no, o.contract_no), -a.amount_fen
FROM allocation a LEFT JOIN charge n ON n.id = a.credit_id LEFT JOIN charge d ON d.id = a.deposit_id
LEFT JOIN opening_balance o ON o.id = a.opening_id
UNION ALL
SELECT a.credit_id, a.booked_on, 'used', c.bill_no, a.amount_fen
FROM allocation a JOIN charge c ON c.id = a.charge_id WHERE a.credit_id IS NOT NULL
UNION ALL
SELECT l.credit_id, r.booked_on, 'refund', r.refund_no, l.amount_fen
FROM refund_line l JOIN refund r ON r.id = l.refund_id WHERE l.credit_id IS NOT NULL
UNION ALL
SELECT w.charge_id, w.booked_on, 'write_off', 'W' || w.id, -w.amount_fen FROM write_off w;

-- Everything that changes what is left of payments and of what was prepaid, likewise. The tenant is
-- the one whose money it was by then: see payment_claim.
CREATE VIEW money_movement AS
SELECT e.payment_no, NULL AS opening_id, e.booked_on, 'payment' AS kind,
  e.payment_no AS document_no, NULL AS charge_id, p.amount_fen
FROM payment_entry e JOIN payment p ON p.payment_no = e.payment_no
UNION ALL
SELECT v.payment_no, NULL, v.booked_on, 'void', v.payment_no, NULL, -p.amount_fen
FROM payment_void v JOIN payment_entry e ON e.payment_no = v.payment_no
JOIN payment p ON p.payment_no = v.payment_no
UNION ALL
SELECT NULL, o.id, o.since, 'prepaid', o.contract_no, NULL, o.amount_fen FROM prepaid_opening o
UNION ALL
SELECT a.payment_no, a.opening_id, a.booked_on, 'allocation', c.bill_no, a.charge_id, -a.amount_fen
FROM allocation a JOIN charge c ON c.id = a.charge_id
LEFT JOIN opening_balance o ON o.id = a.opening_id
WHERE a.payment_no IS NOT NULL OR o.kind = 'prepaid'
UNION ALL
SELECT l.payment_no, l.opening_id, r.booked_on, 'refund', r.refund_no, NULL, -l.amount_fen
FROM refund_line l JOIN refund r ON r.id = l.refund_id
LEFT JOIN opening_balance o ON o.id = l.opening_id
WHERE l.payment_no IS NOT NULL OR o.kind = 'prepaid';

-- Everything that changes what is held as deposits, by contract, item and company, likewise.
-- With the reason where somebody decided it.
CREATE VIEW deposit_movement AS
SELECT b.contract_no, c.item, b.company_no, a.booked_on,
  CASE WHEN a.deposit_id IS NOT NULL OR o.kind = 'deposit' THEN 'transfer_in'
    WHEN a.credit_id IS NOT NULL THEN 'credit_note' ELSE 'collect' END AS kind,
  coalesce(a.payment_no, n.bill_no, d.bill_no, o.contract_no) AS document_no, a.amount_fen,
  y.reason
FROM allocation a JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
JOIN fee_item i ON i.item = c.item AND i.kind = 'deposit'
LEFT JOIN charge n ON n.id = a.credit_id LEFT JOIN charge d ON d.id = a.deposit_id
LEFT JOIN opening_balance o ON o.id = a.opening_id
LEFT JOIN allocation_reason y ON y.allocation_id = a.id
UNION ALL
SELECT b.contract_no, n.item, b.company_no, a.booked_on, 'credit_note', c.bill_no,
  -a.amount_fen, NULL
FROM allocation a JOIN charge n ON n.id = a.credit_id JOIN bill b ON b.bill_no = n.bill_no
JOIN fee_item i ON i.item = n.item AND i.kind = 'deposit' JOIN charge c ON c.id = a.charge_id
UNION ALL
SELECT o.contract_no, o.item, o.company_no, o.since, 'opening', o.contract_no, o.amount_fen,
  NULL
FROM opening o WHERE o.kind = 'deposit'
UNION ALL
SELECT coalesce(b.contract_no, o.contract_no), coalesce(d.item, o.item),
  coalesce(b.company_no, o.company_no), a.booked_on,
  CASE WHEN i.kind = 'deposit' THEN 'transfer_out' ELSE 'deduct' END, c.bill_no, -a.amount_fen,
  y.reason
FROM allocation a JOIN charge c ON c.id = a.charge_id JOIN fee_item i ON i.item = c.item
LEFT JOIN charge d ON d.id = a.deposit_id LEFT JOIN bill b ON b.bill_no = d.bill_no
LEFT JOIN opening o ON o.id = a.opening_id
LEFT JOIN allocation_reason y ON y.allocation_id = a.id
WHERE a.deposit_id IS NOT NULL OR o.kind = 'deposit'
UNION ALL
SELECT coalesce(b.contract_no, o.contract_no), coalesce(d.item, o.item),
  coalesce(b.company_no, o.company_no), r.booked_on, 'refund', r.refund_no, -l.amount_fen, r.reason
FROM refund_line l JOIN refund r ON r.id = l.refund_id
LEFT JOIN charge d ON d.id = coalesce(l.deposit_id, l.credit_id)
LEFT JOIN bill b ON b.bill_no = d.bill_no
LEFT JOIN opening o ON o.id = l.opening_id
WHERE l.deposit_id IS NOT NULL OR o.kind = 'deposit'
  OR (SELECT i.kind FROM fee_item i WHERE i.item = d.item) = 'deposit';

-- One transfer is one payment: a reference comes once on each of our accounts, compared by their
-- digits. An account that is masked (****2002) or an address tells nothing. Voided payments never were.
CREATE INDEX payment_by_reference ON payment (reference)
  WHERE reference IS NOT NULL AND our_account IS NOT NULL;
CREATE VIEW payment_reference AS
SELECT p.id, p.payment_no, p.reference, (SELECT group_concat(c, '') FROM (
    SELECT substr(p.our_account, value, 1) AS c FROM json_each(
      '[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,'
      || '33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,'
      || '62,63,64]')
    WHERE c GLOB '[0-9]' ORDER BY value)) AS account
FROM payment p
WHERE p.reference IS NOT NULL AND p.our_account IS NOT NULL AND p.our_account NOT GLOB '*[*@]*'
  AND NOT EXISTS (SELECT 1 FROM payment_void v WHERE v.payment_no = p.payment_no);
CREATE TRIGGER payment_reference_used AFTER INSERT ON payment
WHEN NEW.reference IS NOT NULL AND NEW.our_account IS NOT NULL
  AND EXISTS (SELECT 1 FROM payment p WHERE p.reference = NEW.reference
    AND p.our_account IS NOT NULL AND p.id <> NEW.id)
  AND EXISTS (SELECT 1 FROM payment_reference r
    JOIN payment_reference n ON n.reference = r.reference AND n.account = r.account
    WHERE r.reference = NEW.reference AND r.id <> NEW.id AND n.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'payment.reference-used'); END;
