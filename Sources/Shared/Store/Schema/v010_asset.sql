-- 固定资产: the registers of assets, the ledgers of their values and depreciation, and what these post.

CREATE TABLE asset (
  id INTEGER PRIMARY KEY,
  asset_no TEXT NOT NULL CHECK (asset_no <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  category TEXT,
  property_no TEXT,
  location TEXT,
  custodian TEXT,
  supplier TEXT,
  serial_no TEXT,
  acquired_on TEXT NOT NULL CHECK (acquired_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  in_service_on TEXT CHECK (in_service_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  cost_fen INTEGER NOT NULL CHECK (cost_fen > 0),
  salvage_fen INTEGER CHECK (salvage_fen >= 0),
  salvage_percent_e6 INTEGER,
  life_months INTEGER CHECK (life_months BETWEEN 1 AND 1200),
  method TEXT NOT NULL
    CHECK (method = 'straight_line' OR method = 'units' OR method = 'double_declining'
      OR method = 'sum_of_years' OR method = 'none'),
  straight_line_form TEXT NOT NULL DEFAULT 'fixed'
    CHECK (straight_line_form IN ('fixed', 'remaining')),
  total_units_e6 INTEGER CHECK (total_units_e6 > 0),
  opening_months INTEGER NOT NULL DEFAULT 0 CHECK (opening_months BETWEEN 0 AND 1200),
  opening_accumulated_fen INTEGER NOT NULL DEFAULT 0 CHECK (opening_accumulated_fen >= 0),
  opening_impairment_fen INTEGER NOT NULL DEFAULT 0 CHECK (opening_impairment_fen >= 0),
  kind TEXT NOT NULL DEFAULT 'fixed'
    CHECK (kind = 'fixed' OR kind = 'intangible' OR kind = 'investment_property'
      OR kind = 'deferred' OR kind = 'right_of_use'),
  department TEXT,
  expense_account TEXT,
  UNIQUE (asset_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  CHECK (in_service_on >= acquired_on),
  CHECK (salvage_fen IS NULL OR salvage_percent_e6 IS NULL),
  CHECK (salvage_fen <= cost_fen),
  CHECK (salvage_percent_e6 BETWEEN 0 AND 100000000),
  CHECK (life_months IS NOT NULL OR method = 'none'),
  CHECK (life_months % 12 = 0 OR method NOT IN ('double_declining', 'sum_of_years')),
  CHECK (total_units_e6 IS NOT NULL OR method <> 'units'),
  CHECK (opening_accumulated_fen = 0 OR opening_months > 0 OR method = 'none'),
  CHECK (opening_months <= life_months),
  CHECK (opening_impairment_fen <= cost_fen - opening_accumulated_fen)
) STRICT;

CREATE TABLE asset_event (
  id INTEGER PRIMARY KEY,
  asset_no TEXT NOT NULL,
  "on" TEXT NOT NULL CHECK ("on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind TEXT NOT NULL
    CHECK (kind = 'impair' OR kind = 'improve' OR kind = 're_estimate' OR kind = 'transfer'
      OR kind = 'count' OR kind = 'dispose'),
  amount_fen INTEGER CHECK (amount_fen >= 0),
  life_months INTEGER CHECK (life_months BETWEEN 1 AND 1200),
  salvage_fen INTEGER CHECK (salvage_fen >= 0),
  method TEXT
    CHECK (method = 'straight_line' OR method = 'units' OR method = 'double_declining'
      OR method = 'sum_of_years' OR method = 'none'),
  property_no TEXT,
  location TEXT,
  custodian TEXT,
  department TEXT,
  found INTEGER CHECK (found IN (0, 1)),
  way TEXT
    CHECK (way = 'sale' OR way = 'scrap' OR way = 'loss' OR way = 'damage' OR way = 'donate'),
  proceeds_fen INTEGER CHECK (proceeds_fen >= 0),
  note TEXT,
  UNIQUE (asset_no, "on", kind),
  FOREIGN KEY (asset_no) REFERENCES asset (asset_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  CHECK (kind NOT IN ('impair', 'improve') OR coalesce(amount_fen, 0) > 0),
  CHECK (kind <> 're_estimate' OR coalesce(life_months, salvage_fen, method) IS NOT NULL),
  CHECK (kind <> 'transfer' OR coalesce(property_no, location, custodian, department) IS NOT NULL),
  CHECK (kind <> 'count' OR found IS NOT NULL),
  CHECK (kind <> 'dispose' OR way IS NOT NULL)
) STRICT;

CREATE TABLE asset_usage (
  id INTEGER PRIMARY KEY,
  asset_no TEXT NOT NULL,
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  units_e6 INTEGER NOT NULL CHECK (units_e6 >= 0),
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
  UNIQUE (asset_no, month, revision),
  FOREIGN KEY (asset_no) REFERENCES asset (asset_no)
) STRICT;

CREATE TRIGGER asset_usage_no_update BEFORE UPDATE ON asset_usage
BEGIN
  SELECT RAISE(ABORT, 'asset_usage is append-only');
END;
CREATE TRIGGER asset_usage_no_delete BEFORE DELETE ON asset_usage
BEGIN
  SELECT RAISE(ABORT, 'asset_usage is append-only');
END;

-- Months that are closed for assets alone (固定资产结账), company by company; what is closed for all
-- books (`month_event`) is closed for assets too.
CREATE TABLE asset_month_event (
  id INTEGER PRIMARY KEY,
  company_no TEXT NOT NULL REFERENCES company (company_no),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  event TEXT NOT NULL CHECK (event IN ('close', 'reopen')),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT
) STRICT;
CREATE INDEX asset_month_event_company ON asset_month_event (company_no);
CREATE TRIGGER asset_month_event_update BEFORE UPDATE ON asset_month_event
BEGIN SELECT RAISE(ABORT, 'asset_month_event is append-only'); END;
CREATE TRIGGER asset_month_event_delete BEFORE DELETE ON asset_month_event
BEGIN SELECT RAISE(ABORT, 'asset_month_event is append-only'); END;

-- The first day on which a company may book anything of its assets.
CREATE VIEW asset_open_from AS
SELECT company_no, max(first_open) AS first_open FROM (
  SELECT company_no, first_open FROM open_from
  UNION ALL
  SELECT company_no, date(month || '-01', CASE event WHEN 'close' THEN '+1 month'
    ELSE '+0 month' END)
  FROM asset_month_event e
  WHERE id = (SELECT max(id) FROM asset_month_event n WHERE n.company_no = e.company_no))
GROUP BY company_no;

-- 折旧: what an asset loses in a month, in the books of a company, a property and a department. What the
-- month is worth later is a further revision, booked in the first open month.
CREATE TABLE depreciation (
  id INTEGER PRIMARY KEY,
  asset_no TEXT NOT NULL REFERENCES asset (asset_no),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  revision INTEGER NOT NULL CHECK (revision >= 0),
  booked_on TEXT NOT NULL CHECK (booked_on >= month || '-01' AND length(booked_on) = 10),
  company_no TEXT NOT NULL REFERENCES company (company_no),
  property_no TEXT,
  department TEXT,
  -- 折旧费用科目, where it is not that of the role.
  expense_account TEXT,
  amount_fen INTEGER NOT NULL,
  -- At the end of the month, as it was known when it was booked.
  accumulated_fen INTEGER NOT NULL,
  net_fen INTEGER NOT NULL,
  reason TEXT NOT NULL,
  explain TEXT NOT NULL,
  UNIQUE (asset_no, month, revision)
) STRICT;
CREATE INDEX depreciation_day ON depreciation (booked_on);
CREATE TRIGGER depreciation_update BEFORE UPDATE ON depreciation
BEGIN SELECT RAISE(ABORT, 'depreciation is append-only'); END;
CREATE TRIGGER depreciation_delete BEFORE DELETE ON depreciation
BEGIN SELECT RAISE(ABORT, 'depreciation is append-only'); END;
CREATE TRIGGER depreciation_in_closed_month BEFORE INSERT ON depreciation
WHEN NEW.booked_on < (SELECT first_open FROM asset_open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'depreciation.closed-month'); END;

-- 资产变动账: what else changes the values of an asset. The amounts are those of the place, below zero
-- where they leave the books; a transfer has its amounts above zero and says where they come from.
CREATE TABLE asset_movement (
  id INTEGER PRIMARY KEY,
  asset_no TEXT NOT NULL REFERENCES asset (asset_no),
  kind TEXT NOT NULL
    CHECK (kind IN ('acquire', 'opening', 'improve', 'impair', 'transfer', 'dispose')),
  "on" TEXT NOT NULL CHECK ("on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  revision INTEGER NOT NULL CHECK (revision >= 0),
  booked_on TEXT NOT NULL CHECK (booked_on >= "on" AND length(booked_on) = 10),
  company_no TEXT NOT NULL REFERENCES company (company_no),
  property_no TEXT,
  department TEXT,
  from_company_no TEXT REFERENCES company (company_no),
  from_property_no TEXT,
  from_department TEXT,
  way TEXT,
  -- Where gain or loss of a disposal belongs: 资产处置损益, 营业外收入, 营业外支出.
  result TEXT CHECK (result IN ('gain', 'income', 'loss')),
  cost_fen INTEGER NOT NULL,
  accumulated_fen INTEGER NOT NULL,
  impairment_fen INTEGER NOT NULL,
  proceeds_fen INTEGER NOT NULL,
  explain TEXT NOT NULL,
  UNIQUE (asset_no, kind, "on", revision),
  CHECK ((kind = 'transfer') = (from_company_no IS NOT NULL)),
  CHECK ((kind = 'dispose') = (way IS NOT NULL AND result IS NOT NULL))
) STRICT;
CREATE INDEX asset_movement_day ON asset_movement (booked_on);
CREATE TRIGGER asset_movement_update BEFORE UPDATE ON asset_movement
BEGIN SELECT RAISE(ABORT, 'asset_movement is append-only'); END;
CREATE TRIGGER asset_movement_delete BEFORE DELETE ON asset_movement
BEGIN SELECT RAISE(ABORT, 'asset_movement is append-only'); END;
CREATE TRIGGER asset_movement_in_closed_month BEFORE INSERT ON asset_movement
WHEN NEW.booked_on < (SELECT max(first_open) FROM asset_open_from
  WHERE company_no IN (NEW.company_no, NEW.from_company_no))
BEGIN SELECT RAISE(ABORT, 'asset_movement.closed-month'); END;

-- Every change of an asset's values at its place.
CREATE VIEW asset_change AS
SELECT asset_no, booked_on, kind, company_no, property_no, department, cost_fen, accumulated_fen,
  impairment_fen
FROM asset_movement
UNION ALL
SELECT asset_no, booked_on, kind, from_company_no, from_property_no, from_department, -cost_fen,
  -accumulated_fen, -impairment_fen
FROM asset_movement WHERE kind = 'transfer'
UNION ALL
SELECT asset_no, booked_on, 'depreciation', company_no, property_no, department, 0, amount_fen, 0
FROM depreciation;

-- Through which month each asset is booked, and whether something changed since: what a run looks at. An
-- asset of which nothing comes any more is booked through '9999-12'.
CREATE TABLE depreciation_index (
  asset_no TEXT PRIMARY KEY REFERENCES asset (asset_no),
  through TEXT NOT NULL DEFAULT '',
  changed INTEGER NOT NULL DEFAULT 1 CHECK (changed IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER asset_new AFTER INSERT ON asset
BEGIN INSERT INTO depreciation_index (asset_no) VALUES (NEW.asset_no); END;
CREATE TRIGGER asset_changed AFTER UPDATE ON asset
WHEN OLD.property_no IS NOT NEW.property_no OR OLD.acquired_on <> NEW.acquired_on
  OR OLD.in_service_on IS NOT NEW.in_service_on OR OLD.cost_fen <> NEW.cost_fen
  OR OLD.salvage_fen IS NOT NEW.salvage_fen
  OR OLD.salvage_percent_e6 IS NOT NEW.salvage_percent_e6
  OR OLD.life_months IS NOT NEW.life_months OR OLD.method <> NEW.method
  OR OLD.straight_line_form <> NEW.straight_line_form
  OR OLD.total_units_e6 IS NOT NEW.total_units_e6 OR OLD.opening_months <> NEW.opening_months
  OR OLD.opening_accumulated_fen <> NEW.opening_accumulated_fen
  OR OLD.opening_impairment_fen <> NEW.opening_impairment_fen OR OLD.kind <> NEW.kind
  OR OLD.department IS NOT NEW.department
BEGIN UPDATE depreciation_index SET changed = 1 WHERE asset_no = NEW.asset_no; END;
CREATE TRIGGER asset_event_new AFTER INSERT ON asset_event WHEN NEW.kind <> 'count'
BEGIN UPDATE depreciation_index SET changed = 1 WHERE asset_no = NEW.asset_no; END;
CREATE TRIGGER asset_event_changed AFTER UPDATE ON asset_event WHEN NEW.kind <> 'count'
BEGIN UPDATE depreciation_index SET changed = 1 WHERE asset_no = NEW.asset_no; END;
CREATE TRIGGER asset_event_gone AFTER DELETE ON asset_event WHEN OLD.kind <> 'count'
BEGIN UPDATE depreciation_index SET changed = 1 WHERE asset_no = OLD.asset_no; END;
CREATE TRIGGER asset_usage_new AFTER INSERT ON asset_usage
BEGIN UPDATE depreciation_index SET changed = 1 WHERE asset_no = NEW.asset_no; END;

-- In which accounts and whose books an asset stands is never changed once it is booked: it is
-- transferred.
CREATE TRIGGER asset_fixed BEFORE UPDATE OF kind, property_no ON asset
WHEN (OLD.kind <> NEW.kind OR OLD.property_no IS NOT NEW.property_no)
  AND EXISTS (SELECT 1 FROM asset_movement WHERE asset_no = OLD.asset_no)
BEGIN SELECT RAISE(ABORT, 'asset.fixed-once-charged'); END;
CREATE TRIGGER property_of_assets_fixed BEFORE UPDATE OF company_no, billing_from ON property
WHEN (OLD.company_no <> NEW.company_no OR OLD.billing_from IS NOT NEW.billing_from)
  AND (EXISTS (SELECT 1 FROM asset_movement WHERE property_no = OLD.property_no)
    OR EXISTS (SELECT 1 FROM asset_movement WHERE from_property_no = OLD.property_no))
BEGIN SELECT RAISE(ABORT, 'property.fixed-once-charged'); END;

-- 盘盈: what a count found that no asset of the books is.
CREATE TABLE count_surplus (
  id INTEGER PRIMARY KEY,
  counted_on TEXT NOT NULL
    CHECK (counted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- What its label said, if it had one.
  asset_no TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  property_no TEXT REFERENCES property (property_no),
  location TEXT NOT NULL DEFAULT '',
  note TEXT,
  UNIQUE (counted_on, asset_no, name, location)
) STRICT;

-- What assets post.

DROP TRIGGER account_new;
INSERT INTO account (role, code, name) VALUES
  ('asset_receivable', '122102', '其他应收款—资产处置'),
  ('asset_fixed', '1601', '固定资产'),
  ('asset_fixed_depreciation', '1602', '累计折旧'),
  ('asset_fixed_impairment', '1603', '固定资产减值准备'),
  ('asset_clearing', '1606', '固定资产清理'),
  ('asset_investment_property', '1521', '投资性房地产'),
  ('asset_investment_property_depreciation', '1522', '投资性房地产累计折旧'),
  ('asset_investment_property_impairment', '1523', '投资性房地产减值准备'),
  ('asset_right_of_use', '1641', '使用权资产'),
  ('asset_right_of_use_depreciation', '1642', '使用权资产累计折旧'),
  ('asset_right_of_use_impairment', '1643', '使用权资产减值准备'),
  ('asset_intangible', '1701', '无形资产'),
  ('asset_intangible_depreciation', '1702', '累计摊销'),
  ('asset_intangible_impairment', '1703', '无形资产减值准备'),
  ('asset_deferred', '1801', '长期待摊费用'),
  ('asset_payable', '220202', '应付账款—资产购置'),
  ('asset_disposal_gain', '6115', '资产处置损益'),
  ('asset_disposal_income', '630102', '营业外收入—资产处置'),
  ('depreciation_expense', '660201', '管理费用—折旧与摊销'),
  ('asset_impairment_loss', '6701', '资产减值损失'),
  ('asset_disposal_loss', '671101', '营业外支出—资产处置')
ON CONFLICT (role) DO NOTHING;
CREATE TRIGGER account_new BEFORE INSERT ON account
WHEN NOT EXISTS (SELECT 1 FROM account WHERE role = NEW.role)
BEGIN SELECT RAISE(ABORT, 'account.role'); END;

-- The roles of a kind of asset: its cost, what it lost, what it was impaired by.
CREATE VIEW asset_role AS
SELECT a.asset_no, a.kind, 'asset_' || a.kind AS cost_role,
  CASE a.kind WHEN 'deferred' THEN 'asset_deferred'
    ELSE 'asset_' || a.kind || '_depreciation' END AS depreciation_role,
  CASE a.kind WHEN 'deferred' THEN 'asset_deferred'
    ELSE 'asset_' || a.kind || '_impairment' END AS impairment_role
FROM asset a;

-- The postings of assets, shaped as `posting`. What lies before a property's first day here
-- (系统启用日期) was expense and debt of the old books, and is brought in against 期初结转.
CREATE VIEW asset_posting AS
-- 折旧, 摊销: a voucher for each month of a company.
SELECT 'depreciation' AS document, d.month AS document_no, d.amount_fen < 0 AS red, d.booked_on,
  'depreciation' AS source, d.id AS source_id, d.amount_fen,
  CASE WHEN d.month < substr(s.billing_from, 1, 7) THEN 'opening'
    ELSE 'depreciation_expense' END AS debit_role, d.company_no AS debit_company,
  d.property_no AS debit_property, NULL AS debit_tenant, NULL AS debit_contract,
  NULL AS debit_item,
  r.depreciation_role AS credit_role, d.company_no AS credit_company,
  d.property_no AS credit_property, NULL AS credit_tenant, NULL AS credit_contract,
  NULL AS credit_item
FROM depreciation d JOIN asset_role r ON r.asset_no = d.asset_no
LEFT JOIN property s ON s.property_no = d.property_no
UNION ALL
-- 购入, 改良. Who is owed stands in the books of what was bought.
SELECT 'asset', m.asset_no, m.cost_fen < 0, m.booked_on, 'asset_movement', m.id, m.cost_fen,
  r.cost_role, m.company_no, m.property_no, NULL, NULL, NULL,
  CASE WHEN m."on" < s.billing_from THEN 'opening' ELSE 'asset_payable' END,
  m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no
LEFT JOIN property s ON s.property_no = m.property_no
WHERE m.kind IN ('acquire', 'improve')
UNION ALL
-- 期初.
SELECT 'asset_opening', m.asset_no, m.cost_fen < 0, m.booked_on, 'asset_movement', m.id, m.cost_fen,
  r.cost_role, m.company_no, m.property_no, NULL, NULL, NULL,
  'opening', m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'opening'
UNION ALL
SELECT 'asset_opening', m.asset_no, m.accumulated_fen < 0, m.booked_on, 'asset_movement', m.id,
  m.accumulated_fen, 'opening', m.company_no, m.property_no, NULL, NULL, NULL,
  r.depreciation_role, m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'opening'
UNION ALL
-- 减值; what the old books impaired is brought in.
SELECT CASE m.kind WHEN 'impair' THEN 'impairment' ELSE 'asset_opening' END, m.asset_no,
  m.impairment_fen < 0, m.booked_on, 'asset_movement', m.id, m.impairment_fen,
  CASE WHEN m.kind = 'opening' OR m."on" < s.billing_from THEN 'opening'
    ELSE 'asset_impairment_loss' END,
  m.company_no, m.property_no, NULL, NULL, NULL,
  r.impairment_role, m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no
LEFT JOIN property s ON s.property_no = m.property_no
WHERE m.kind IN ('impair', 'opening')
UNION ALL
-- 转移: cost from there to here, what reduces it the other way round.
SELECT 'asset', m.asset_no, m.cost_fen < 0, m.booked_on, 'asset_movement', m.id, m.cost_fen,
  r.cost_role, m.company_no, m.property_no, NULL, NULL, NULL,
  r.cost_role, m.from_company_no, m.from_property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'transfer'
UNION ALL
SELECT 'asset', m.asset_no, m.cost_fen < 0, m.booked_on, 'asset_movement', m.id,
  m.accumulated_fen, r.depreciation_role, m.from_company_no, m.from_property_no, NULL, NULL, NULL,
  r.depreciation_role, m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'transfer'
UNION ALL
SELECT 'asset', m.asset_no, m.cost_fen < 0, m.booked_on, 'asset_movement', m.id,
  m.impairment_fen, r.impairment_role, m.from_company_no, m.from_property_no, NULL, NULL, NULL,
  r.impairment_role, m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'transfer'
UNION ALL
-- 处置: out of the books into 固定资产清理,
SELECT 'disposal', m.asset_no, m.cost_fen > 0, m.booked_on, 'asset_movement', m.id, -m.cost_fen,
  'asset_clearing', m.company_no, m.property_no, NULL, NULL, NULL,
  r.cost_role, m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'dispose'
UNION ALL
SELECT 'disposal', m.asset_no, m.cost_fen > 0, m.booked_on, 'asset_movement', m.id,
  -m.accumulated_fen, r.depreciation_role, m.company_no, m.property_no, NULL, NULL, NULL,
  'asset_clearing', m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'dispose'
UNION ALL
SELECT 'disposal', m.asset_no, m.cost_fen > 0, m.booked_on, 'asset_movement', m.id,
  -m.impairment_fen, r.impairment_role, m.company_no, m.property_no, NULL, NULL, NULL,
  'asset_clearing', m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'dispose'
UNION ALL
-- and out of that into what it brought and what is gained or lost. What is not 固定资产 is cleared in
-- one voucher, where 固定资产清理 does not show.
SELECT CASE r.kind WHEN 'fixed' THEN 'disposal_result' ELSE 'disposal' END, m.asset_no,
  m.cost_fen > 0, m.booked_on, 'asset_movement', m.id, m.proceeds_fen,
  'asset_receivable', m.company_no, m.property_no, NULL, NULL, NULL,
  'asset_clearing', m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'dispose'
UNION ALL
SELECT CASE r.kind WHEN 'fixed' THEN 'disposal_result' ELSE 'disposal' END, m.asset_no,
  m.cost_fen > 0, m.booked_on, 'asset_movement', m.id,
  (m.proceeds_fen + m.cost_fen - m.accumulated_fen - m.impairment_fen)
    * CASE m.result WHEN 'loss' THEN -1 ELSE 1 END,
  CASE m.result WHEN 'loss' THEN 'asset_disposal_loss' ELSE 'asset_clearing' END,
  m.company_no, m.property_no, NULL, NULL, NULL,
  CASE m.result WHEN 'gain' THEN 'asset_disposal_gain' WHEN 'income' THEN 'asset_disposal_income'
    ELSE 'asset_clearing' END,
  m.company_no, m.property_no, NULL, NULL, NULL
FROM asset_movement m JOIN asset_role r ON r.asset_no = m.asset_no WHERE m.kind = 'dispose';

-- As before, with what assets post. `account_code` is an account of the document's own, which is not
-- that of the role.
DROP VIEW journal_entry;
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
  p.source, p.source_id,
  CASE WHEN l.leg = 1 AND p.source = 'depreciation' THEN (SELECT expense_account FROM depreciation
    WHERE id = p.source_id) END AS account_code
FROM (SELECT * FROM posting UNION ALL SELECT * FROM asset_posting) p
JOIN (SELECT 1 AS leg UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) l
  ON l.leg <= 2 OR p.debit_company <> p.credit_company
WHERE p.amount_fen <> 0;
