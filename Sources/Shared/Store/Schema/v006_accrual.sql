-- What is earned, and when tax falls due.

-- 收入确认: what of a contract's item is earned in a month, net of tax. Appended by `boms-bill accrue`; what
-- the newest month is worth later is a further revision while it is open.
CREATE TABLE accrual (
  id INTEGER PRIMARY KEY,
  contract_no TEXT NOT NULL REFERENCES contract (contract_no),
  company_no TEXT NOT NULL REFERENCES company (company_no),
  item TEXT NOT NULL REFERENCES fee_item (item),
  -- What arises from time is known for the whole contract; what arises from facts (readings,
  -- reports, shares) as it is recorded, and is never spread.
  basis TEXT NOT NULL DEFAULT 'time' CHECK (basis IN ('time', 'fact')),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  revision INTEGER NOT NULL CHECK (revision >= 0),
  booked_on TEXT NOT NULL CHECK (booked_on >= month || '-01' AND length(booked_on) = 10),
  -- What the contract charges for the month: out of what was billed in advance.
  earned_fen INTEGER NOT NULL,
  -- What straight-line income is above it; over the lease these sum to nothing.
  straight_fen INTEGER NOT NULL,
  -- What of `earned_fen` the old books billed (期初已开); below zero what is billed here and was earned there.
  brought_fen INTEGER NOT NULL DEFAULT 0,
  explain TEXT NOT NULL,
  UNIQUE (contract_no, company_no, item, basis, month, revision),
  CHECK (earned_fen <> 0 OR straight_fen <> 0 OR brought_fen <> 0),
  CHECK (basis = 'time' OR (straight_fen = 0 AND brought_fen = 0))
) STRICT;

CREATE TRIGGER accrual_update BEFORE UPDATE ON accrual
BEGIN SELECT RAISE(ABORT, 'accrual is append-only'); END;
CREATE TRIGGER accrual_delete BEFORE DELETE ON accrual
BEGIN SELECT RAISE(ABORT, 'accrual is append-only'); END;
CREATE TRIGGER accrual_in_closed_month BEFORE INSERT ON accrual
WHEN NEW.booked_on < (SELECT first_open FROM open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'accrual.closed-month'); END;

-- 纳税义务: the output tax of each charge falls due on its due day, or with what is paid on it before,
-- by parts; a charge that is paid in full has all of its tax, to the fen. What adjusts a charge
-- adjusts its tax no earlier than that falls due itself. Deposits, money that is passed on and what the old
-- books billed have none here.
CREATE VIEW tax_movement AS
WITH taxed AS (
  SELECT c.id, c.net_fen, c.tax_fen, c.amount_fen, c.tax_rate_e6 AS rate,
    max(b.booked_on, b.due_on, coalesce((SELECT d.due_on
      FROM charge a JOIN bill d ON d.bill_no = a.bill_no WHERE a.id = c.adjusts), '')) AS due_on
  FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
  LEFT JOIN charge r ON r.id = c.adjusts
  WHERE i.kind NOT IN ('deposit', 'pass_through') AND coalesce(r.kind, c.kind) <> 'opening'
), early AS (
  SELECT t.id, t.rate, t.tax_fen, t.amount_fen, a.booked_on, sum(sum(a.amount_fen)) OVER (
      PARTITION BY t.id ORDER BY a.booked_on) AS paid_fen
  FROM taxed t JOIN allocation a ON a.charge_id = t.id
  WHERE a.credit_id IS NULL AND a.booked_on < t.due_on GROUP BY t.id, a.booked_on
), part AS (
  SELECT id, booked_on, paid_fen, CASE paid_fen WHEN amount_fen THEN tax_fen
    ELSE (2 * paid_fen * rate + 1000000 + rate) / (2 * (1000000 + rate)) END AS tax_fen
  FROM early
)
SELECT id AS charge_id, booked_on, 'paid' AS cause,
  paid_fen - tax_fen - lag(paid_fen - tax_fen, 1, 0) OVER step AS net_fen,
  tax_fen - lag(tax_fen, 1, 0) OVER step AS tax_fen
FROM part WINDOW step AS (PARTITION BY id ORDER BY booked_on)
UNION ALL
SELECT t.id, t.due_on, 'due', t.net_fen - coalesce(p.paid_fen - p.tax_fen, 0),
  t.tax_fen - coalesce(p.tax_fen, 0)
FROM taxed t LEFT JOIN part p ON p.id = t.id
  AND p.booked_on = (SELECT max(q.booked_on) FROM part q WHERE q.id = t.id);
