-- Collection: whose payments are, and what guards the ledger of allocations.

-- Whose a payment without a tenant is: the newest row counts. It may be replaced while nothing of
-- the payment is allocated.
CREATE TABLE payment_claim (
  id INTEGER PRIMARY KEY,
  payment_no TEXT NOT NULL REFERENCES payment (payment_no),
  tenant_no TEXT NOT NULL REFERENCES tenant (tenant_no),
  -- By the payer's account, by the payer's name, or by somebody who says why.
  matched_by TEXT NOT NULL
    CHECK (matched_by = 'account' OR matched_by = 'name' OR matched_by = 'hand'),
  claimed_on TEXT NOT NULL
    CHECK (claimed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT CHECK (reason <> ''),
  CHECK (matched_by <> 'hand' OR reason IS NOT NULL)
) STRICT;
CREATE INDEX payment_claim_payment ON payment_claim (payment_no);
CREATE INDEX payment_claim_tenant ON payment_claim (tenant_no);

CREATE TRIGGER payment_claim_update BEFORE UPDATE ON payment_claim
BEGIN SELECT RAISE(ABORT, 'payment_claim is append-only'); END;
CREATE TRIGGER payment_claim_delete BEFORE DELETE ON payment_claim
BEGIN SELECT RAISE(ABORT, 'payment_claim is append-only'); END;

CREATE TRIGGER payment_claim_needless BEFORE INSERT ON payment_claim
WHEN (SELECT tenant_no FROM payment WHERE payment_no = NEW.payment_no) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment_claim.has-tenant'); END;
CREATE TRIGGER payment_claim_used BEFORE INSERT ON payment_claim
WHEN (SELECT sum(amount_fen) FROM allocation WHERE payment_no = NEW.payment_no) > 0
BEGIN SELECT RAISE(ABORT, 'payment_claim.allocated'); END;

-- Payments as an account sees them: with the tenant that they name or that claimed them.
CREATE VIEW payment_owner AS
SELECT p.id, p.payment_no, p.property_no, p.paid_on, p.amount_fen, p.method, p.reference,
  p.company_no, p.our_account, p.contract_no, p.bill_no, p.payer_name, p.payer_account,
  coalesce(p.tenant_no, (SELECT c.tenant_no FROM payment_claim c
    WHERE c.payment_no = p.payment_no ORDER BY c.id DESC LIMIT 1)) AS tenant_no
FROM payment p;

-- 期初预收: paid before the system started. It can be used from the start, or from its own day if
-- that is later, for the company that opening receivables of its item are billed by.
CREATE VIEW prepaid_opening AS
SELECT o.id, o.contract_no, c.tenant_no, c.property_no, o.item, o.amount_fen,
  max(o.due_on, coalesce(r.billing_from, o.due_on)) AS since,
  coalesce((SELECT t.company_no FROM charge_term t
    WHERE t.contract_no = o.contract_no AND t.item = o.item ORDER BY t.line LIMIT 1),
    c.company_no, r.company_no) AS company_no
FROM opening_balance o
JOIN contract c ON c.contract_no = o.contract_no
JOIN property r ON r.property_no = c.property_no
WHERE o.kind = 'prepaid';

CREATE INDEX charge_credit ON charge (contract_no) WHERE amount_fen < 0;
CREATE INDEX allocation_prepaid ON allocation (prepaid_id) WHERE prepaid_id IS NOT NULL;

-- Never more than the charge, never more than the money; what is taken back was there.
CREATE TRIGGER allocation_of_charge BEFORE INSERT ON allocation
WHEN NOT (
  (SELECT coalesce(sum(amount_fen), 0) FROM allocation WHERE charge_id = NEW.charge_id)
    + NEW.amount_fen BETWEEN 0 AND (SELECT amount_fen FROM charge WHERE id = NEW.charge_id))
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-charge'); END;
CREATE TRIGGER allocation_of_payment BEFORE INSERT ON allocation
WHEN NEW.payment_no IS NOT NULL AND NOT (
  (SELECT coalesce(sum(amount_fen), 0) FROM allocation WHERE payment_no = NEW.payment_no)
    + NEW.amount_fen
    BETWEEN 0 AND (SELECT amount_fen FROM payment WHERE payment_no = NEW.payment_no))
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;
CREATE TRIGGER allocation_of_credit BEFORE INSERT ON allocation
WHEN NEW.credit_id IS NOT NULL AND NOT (
  (SELECT coalesce(sum(amount_fen), 0) FROM allocation WHERE credit_id = NEW.credit_id)
    + NEW.amount_fen BETWEEN 0 AND (SELECT -amount_fen FROM charge WHERE id = NEW.credit_id))
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;
CREATE TRIGGER allocation_of_prepaid BEFORE INSERT ON allocation
WHEN NEW.prepaid_id IS NOT NULL AND NOT (
  (SELECT coalesce(sum(amount_fen), 0) FROM allocation WHERE prepaid_id = NEW.prepaid_id)
    + NEW.amount_fen BETWEEN 0
    AND (SELECT amount_fen FROM opening_balance WHERE id = NEW.prepaid_id AND kind = 'prepaid'))
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;

CREATE TRIGGER allocation_in_closed_month BEFORE INSERT ON allocation
WHEN NEW.booked_on < (SELECT o.first_open FROM charge c JOIN bill b ON b.bill_no = c.bill_no
  JOIN open_from o ON o.company_no = b.company_no WHERE c.id = NEW.charge_id)
BEGIN SELECT RAISE(ABORT, 'allocation.closed-month'); END;

-- What was prepaid stays what it is once something of it is used.
CREATE TRIGGER opening_balance_used BEFORE UPDATE ON opening_balance
WHEN OLD.kind = 'prepaid'
  AND (OLD.kind <> NEW.kind OR OLD.contract_no <> NEW.contract_no
    OR NEW.amount_fen < (SELECT sum(amount_fen) FROM allocation WHERE prepaid_id = OLD.id))
  AND EXISTS (SELECT 1 FROM allocation WHERE prepaid_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'opening_balance.allocated'); END;

-- A credit that pays a charge of another contract bears on the late fees of its own.
CREATE TRIGGER allocation_credit_inserted AFTER INSERT ON allocation
WHEN NEW.credit_id IS NOT NULL BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.credit_id) AND changed = 0;
END;
