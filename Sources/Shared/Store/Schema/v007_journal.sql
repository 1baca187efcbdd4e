-- The journal: every posting of the books, derived from the ledgers, and the accounts to post to.

-- The usual accounts. Level 1 is that of 《企业会计准则——应用指南》, 2205 the usual number of 合同负债; VAT is
-- numbered in the order of 财会〔2016〕22号. What a user has imported stays.
INSERT INTO account (role, code, name) VALUES
  ('bank', '1002', '银行存款'),
  ('receivable', '112201', '应收账款—租户'),
  ('straight_line', '112202', '应收账款—直线法租金'),
  ('intercompany', '122101', '其他应收款—内部往来'),
  ('bad_debt', '1231', '坏账准备'),
  ('credit', '220301', '预收账款—租户余款'),
  ('advance_rent', '220302', '预收账款—租金'),
  ('contract_liability', '2205', '合同负债'),
  ('output_vat', '22210107', '应交税费—应交增值税（销项税额）'),
  ('output_vat_pending', '222106', '应交税费—待转销项税额'),
  ('unclaimed', '224101', '其他应付款—待认领'),
  ('deposit', '224102', '其他应付款—押金'),
  ('pass_through', '224103', '其他应付款—代收代付'),
  ('revenue_rent', '600101', '主营业务收入—租金'),
  ('revenue_service', '600102', '主营业务收入—物业服务'),
  ('revenue_resale', '6051', '其他业务收入'),
  ('penalty_income', '6301', '营业外收入'),
  ('opening', '9999', '期初结转')
ON CONFLICT (role) DO NOTHING;

-- These are all: what else was imported before nothing has read.
DELETE FROM account WHERE role NOT IN (
  'bank', 'receivable', 'straight_line', 'intercompany', 'bad_debt', 'credit', 'advance_rent',
  'contract_liability', 'output_vat', 'output_vat_pending', 'unclaimed', 'deposit',
  'pass_through', 'revenue_rent', 'revenue_service', 'revenue_resale', 'penalty_income', 'opening');
CREATE TRIGGER account_new BEFORE INSERT ON account
WHEN NOT EXISTS (SELECT 1 FROM account WHERE role = NEW.role)
BEGIN SELECT RAISE(ABORT, 'account.role'); END;
CREATE TRIGGER account_renamed BEFORE UPDATE OF role ON account
WHEN NEW.role <> OLD.role
BEGIN SELECT RAISE(ABORT, 'account.role'); END;
CREATE TRIGGER account_gone BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'account.role'); END;

-- Where an item is posted rests on its kind: months that are closed would change with it.
CREATE TRIGGER fee_item_fixed BEFORE UPDATE OF kind ON fee_item
WHEN OLD.kind <> NEW.kind AND (EXISTS (SELECT 1 FROM charge WHERE item = OLD.item)
  OR EXISTS (SELECT 1 FROM accrual WHERE item = OLD.item))
BEGIN SELECT RAISE(ABORT, 'fee_item.fixed-once-charged'); END;

-- 分录: an amount goes from one account to another, so that every row balances by itself. The sides
-- are of two companies where one was paid for the other. `red` is what takes back (红字). Rows of
-- nothing are left in.
CREATE VIEW posting AS
-- 账单, 冲减单: without tax what is billed is income of a later day, or not ours.
SELECT b.kind AS document, b.bill_no AS document_no, b.kind = 'credit_note' AS red, b.booked_on,
  'charge' AS source, c.id AS source_id,
  CASE WHEN coalesce(r.kind, c.kind) = 'opening' OR i.kind = 'pass_through' THEN c.amount_fen
    ELSE c.net_fen END AS amount_fen,
  'receivable' AS debit_role, b.company_no AS debit_company, b.property_no AS debit_property,
  b.tenant_no AS debit_tenant, c.contract_no AS debit_contract, c.item AS debit_item,
  CASE WHEN coalesce(r.kind, c.kind) = 'opening' THEN 'opening'
    WHEN i.kind = 'pass_through' THEN 'pass_through'
    WHEN i.kind = 'penalty' OR coalesce(r.kind, c.kind) = 'late_fee' THEN 'penalty_income'
    WHEN i.kind = 'rent' THEN 'advance_rent' ELSE 'contract_liability' END AS credit_role,
  b.company_no AS credit_company, b.property_no AS credit_property, b.tenant_no AS credit_tenant,
  c.contract_no AS credit_contract, c.item AS credit_item
FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
LEFT JOIN charge r ON r.id = c.adjusts
WHERE i.kind <> 'deposit'
UNION ALL
SELECT b.kind, b.bill_no, b.kind = 'credit_note', b.booked_on, 'charge', c.id, c.tax_fen,
  'receivable', b.company_no, b.property_no, b.tenant_no, c.contract_no, c.item,
  'output_vat_pending', b.company_no, b.property_no, b.tenant_no, c.contract_no, c.item
FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
LEFT JOIN charge r ON r.id = c.adjusts
WHERE i.kind NOT IN ('deposit', 'pass_through') AND coalesce(r.kind, c.kind) <> 'opening'
UNION ALL
-- 纳税义务发生. On the day of the bill it is the bill's.
SELECT CASE t.booked_on WHEN b.booked_on THEN b.kind ELSE 'tax' END, b.bill_no,
  CASE t.booked_on WHEN b.booked_on THEN b.kind = 'credit_note' ELSE t.tax_fen < 0 END,
  t.booked_on, 'charge', c.id, t.tax_fen,
  'output_vat_pending', b.company_no, b.property_no, b.tenant_no, c.contract_no, c.item,
  'output_vat', b.company_no, b.property_no, b.tenant_no, c.contract_no, c.item
FROM tax_movement t JOIN charge c ON c.id = t.charge_id JOIN bill b ON b.bill_no = c.bill_no
UNION ALL
-- 收款: nobody's money until somebody is found, on the same day or later.
SELECT 'payment', p.payment_no, 0, e.booked_on, 'payment_entry', e.id, p.amount_fen,
  'bank', e.company_no, p.property_no, NULL, NULL, NULL,
  CASE WHEN p.tenant_no IS NULL THEN 'unclaimed' ELSE 'credit' END,
  e.company_no, p.property_no, p.tenant_no, NULL, NULL
FROM payment_entry e JOIN payment p ON p.payment_no = e.payment_no
UNION ALL
SELECT CASE WHEN c.booked_on > e.booked_on THEN 'claim' ELSE 'payment' END, p.payment_no, 0,
  max(c.booked_on, e.booked_on), 'payment_claim', c.id, p.amount_fen,
  CASE WHEN o.id IS NULL THEN 'unclaimed' ELSE 'credit' END,
  e.company_no, p.property_no, o.tenant_no, NULL, NULL,
  'credit', e.company_no, p.property_no, c.tenant_no, NULL, NULL
FROM payment_claim c JOIN payment_entry e ON e.payment_no = c.payment_no
JOIN payment p ON p.payment_no = c.payment_no
LEFT JOIN payment_claim o ON o.id = (SELECT max(b.id) FROM payment_claim b
  WHERE b.payment_no = c.payment_no AND b.id < c.id)
UNION ALL
SELECT 'payment', p.payment_no, 1, v.booked_on, 'payment_void', v.id, -p.amount_fen,
  'bank', e.company_no, p.property_no, NULL, NULL, NULL,
  CASE WHEN coalesce(p.tenant_no, c.tenant_no) IS NULL THEN 'unclaimed' ELSE 'credit' END,
  e.company_no, p.property_no, coalesce(p.tenant_no, c.tenant_no), NULL, NULL
FROM payment_void v JOIN payment_entry e ON e.payment_no = v.payment_no
JOIN payment p ON p.payment_no = v.payment_no
LEFT JOIN payment_claim c ON c.id = (SELECT max(b.id) FROM payment_claim b
  WHERE b.payment_no = v.payment_no)
UNION ALL
-- 核销: out of the money, into what is owed; a deposit that is paid is held.
SELECT CASE WHEN a.payment_no IS NOT NULL THEN 'payment' WHEN a.credit_id IS NOT NULL THEN
    'credit_use' WHEN a.deposit_id IS NOT NULL OR o.kind = 'deposit' THEN 'deposit'
    ELSE 'prepaid' END,
  coalesce(a.payment_no, n.bill_no, d.bill_no, o.contract_no), a.amount_fen < 0, a.booked_on,
  'allocation', a.id, a.amount_fen,
  CASE WHEN a.payment_no IS NOT NULL OR o.kind = 'prepaid' THEN 'credit'
    WHEN a.deposit_id IS NOT NULL OR o.kind = 'deposit' OR ni.kind = 'deposit' THEN 'deposit'
    ELSE 'receivable' END,
  coalesce(e.company_no, nb.company_no, db.company_no, o.company_no),
  coalesce(p.property_no, nb.property_no, db.property_no, o.property_no),
  coalesce(nb.tenant_no, db.tenant_no, o.tenant_no, b.tenant_no),
  coalesce(n.contract_no, d.contract_no, o.contract_no), coalesce(n.item, d.item, o.item),
  CASE i.kind WHEN 'deposit' THEN 'deposit' ELSE 'receivable' END,
  b.company_no, b.property_no, b.tenant_no, c.contract_no, c.item
FROM allocation a JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
JOIN fee_item i ON i.item = c.item
LEFT JOIN payment_entry e ON e.payment_no = a.payment_no
LEFT JOIN payment p ON p.payment_no = a.payment_no
LEFT JOIN charge n ON n.id = a.credit_id LEFT JOIN bill nb ON nb.bill_no = n.bill_no
LEFT JOIN fee_item ni ON ni.item = n.item
LEFT JOIN charge d ON d.id = a.deposit_id LEFT JOIN bill db ON db.bill_no = d.bill_no
LEFT JOIN opening o ON o.id = a.opening_id
UNION ALL
-- 退款.
SELECT 'refund', r.refund_no, r.amount_fen < 0, r.booked_on, 'refund_line', l.id, l.amount_fen,
  CASE WHEN l.payment_no IS NOT NULL THEN CASE WHEN r.tenant_no IS NULL THEN 'unclaimed'
      ELSE 'credit' END
    WHEN o.kind = 'prepaid' THEN 'credit'
    WHEN l.deposit_id IS NOT NULL OR o.kind = 'deposit' OR ni.kind = 'deposit' THEN 'deposit'
    ELSE 'receivable' END,
  coalesce(e.company_no, nb.company_no, o.company_no),
  coalesce(p.property_no, nb.property_no, o.property_no),
  coalesce(nb.tenant_no, o.tenant_no, r.tenant_no),
  coalesce(n.contract_no, o.contract_no), coalesce(n.item, o.item),
  'bank', r.company_no, r.property_no, NULL, NULL, NULL
FROM refund_line l JOIN refund r ON r.id = l.refund_id
LEFT JOIN payment_entry e ON e.payment_no = l.payment_no
LEFT JOIN payment p ON p.payment_no = l.payment_no
LEFT JOIN charge n ON n.id = coalesce(l.credit_id, l.deposit_id)
LEFT JOIN bill nb ON nb.bill_no = n.bill_no LEFT JOIN fee_item ni ON ni.item = n.item
LEFT JOIN opening o ON o.id = l.opening_id
UNION ALL
-- 坏账核销.
SELECT 'write_off', 'W' || w.id, w.amount_fen < 0, w.booked_on, 'write_off', w.id, w.amount_fen,
  'bad_debt', b.company_no, b.property_no, b.tenant_no, c.contract_no, c.item,
  'receivable', b.company_no, b.property_no, b.tenant_no, c.contract_no, c.item
FROM write_off w JOIN charge c ON c.id = w.charge_id JOIN bill b ON b.bill_no = c.bill_no
JOIN fee_item i ON i.item = c.item
WHERE i.kind <> 'deposit'
UNION ALL
-- 期初: receivables of the old books are billed.
SELECT 'opening', o.contract_no, 0, o.since, 'opening_balance', o.id,
  CASE o.kind WHEN 'straight_line' THEN -o.amount_fen ELSE o.amount_fen END,
  'opening', o.company_no, o.property_no, o.tenant_no, o.contract_no, o.item,
  CASE o.kind WHEN 'prepaid' THEN 'credit' ELSE o.kind END,
  o.company_no, o.property_no, o.tenant_no, o.contract_no, o.item
FROM opening o WHERE o.kind <> 'receivable'
UNION ALL
-- 期初: what the old books billed and did not earn comes in as it is earned, so that it is there to be taken.
SELECT 'opening', a.contract_no, 0, a.booked_on, 'accrual', a.id, a.brought_fen,
  'opening', a.company_no, c.property_no, c.tenant_no, a.contract_no, a.item,
  CASE i.kind WHEN 'rent' THEN 'advance_rent' ELSE 'contract_liability' END,
  a.company_no, c.property_no, c.tenant_no, a.contract_no, a.item
FROM accrual a JOIN contract c ON c.contract_no = a.contract_no JOIN fee_item i ON i.item = a.item
UNION ALL
-- 收入确认: out of what was billed, and the straight-line difference.
SELECT 'accrual', a.contract_no || ' ' || a.month, a.earned_fen + a.straight_fen < 0, a.booked_on,
  'accrual', a.id, a.earned_fen,
  CASE i.kind WHEN 'rent' THEN 'advance_rent' ELSE 'contract_liability' END,
  a.company_no, c.property_no, c.tenant_no, a.contract_no, a.item,
  CASE i.kind WHEN 'rent' THEN 'revenue_rent' WHEN 'resale' THEN 'revenue_resale'
    ELSE 'revenue_service' END,
  a.company_no, c.property_no, c.tenant_no, a.contract_no, a.item
FROM accrual a JOIN contract c ON c.contract_no = a.contract_no JOIN fee_item i ON i.item = a.item
UNION ALL
SELECT 'accrual', a.contract_no || ' ' || a.month, a.earned_fen + a.straight_fen < 0, a.booked_on,
  'accrual', a.id, a.straight_fen,
  'straight_line', a.company_no, c.property_no, c.tenant_no, a.contract_no, a.item,
  CASE i.kind WHEN 'rent' THEN 'revenue_rent' WHEN 'resale' THEN 'revenue_resale'
    ELSE 'revenue_service' END,
  a.company_no, c.property_no, c.tenant_no, a.contract_no, a.item
FROM accrual a JOIN contract c ON c.contract_no = a.contract_no JOIN fee_item i ON i.item = a.item;

-- The postings by account, debit above zero. What one company got and another was owed stands
-- between the two (内部往来), in the books of each.
CREATE VIEW journal_entry AS
SELECT CASE l.leg WHEN 1 THEN p.debit_company WHEN 3 THEN p.debit_company
    ELSE p.credit_company END AS company_no,
  p.booked_on, p.document, p.document_no, p.red,
  CASE l.leg WHEN 1 THEN p.debit_role WHEN 2 THEN p.credit_role ELSE 'intercompany' END AS role,
  CASE l.leg WHEN 1 THEN p.debit_property WHEN 2 THEN p.credit_property END AS property_no,
  CASE l.leg WHEN 1 THEN p.debit_tenant WHEN 2 THEN p.credit_tenant END AS tenant_no,
  CASE l.leg WHEN 1 THEN p.debit_contract WHEN 2 THEN p.credit_contract END AS contract_no,
  CASE l.leg WHEN 1 THEN p.debit_item WHEN 2 THEN p.credit_item END AS item,
  CASE l.leg WHEN 3 THEN p.credit_company WHEN 4 THEN p.debit_company END AS counterpart_no,
  CASE WHEN l.leg IN (1, 4) THEN p.amount_fen ELSE -p.amount_fen END AS amount_fen,
  p.source, p.source_id
FROM posting p
JOIN (SELECT 1 AS leg UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) l
  ON l.leg <= 2 OR p.debit_company <> p.credit_company
WHERE p.amount_fen <> 0;
