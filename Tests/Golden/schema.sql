CREATE INDEX allocation_charge ON allocation (charge_id);

CREATE INDEX allocation_credit ON allocation (credit_id) WHERE credit_id IS NOT NULL;

CREATE INDEX allocation_deposit ON allocation (deposit_id) WHERE deposit_id IS NOT NULL;

CREATE INDEX allocation_opening ON allocation (opening_id) WHERE opening_id IS NOT NULL;

CREATE INDEX allocation_payment ON allocation (payment_no) WHERE payment_no IS NOT NULL;

CREATE INDEX asset_month_event_company ON asset_month_event (company_no);

CREATE INDEX asset_movement_day ON asset_movement (booked_on);

CREATE INDEX bill_contract ON bill (contract_no);

CREATE INDEX bill_event_bill ON bill_event (bill_no);

CREATE INDEX charge_adjusts ON charge (adjusts) WHERE adjusts IS NOT NULL;

CREATE INDEX charge_bill ON charge (bill_no);

CREATE INDEX charge_credit ON charge (contract_no) WHERE amount_fen < 0;

CREATE INDEX charge_late_fee ON charge (contract_no) WHERE kind = 'late_fee';

CREATE INDEX charge_term_by_item ON charge_term (item);

CREATE UNIQUE INDEX charge_voided ON charge (adjusts) WHERE voids = 1;

CREATE INDEX contract_by_previous_contract_no ON contract (previous_contract_no)
  WHERE previous_contract_no IS NOT NULL;

CREATE INDEX contract_by_tenant_no ON contract (tenant_no);

CREATE INDEX contract_unit_by_unit_no ON contract_unit (unit_no);

CREATE INDEX depreciation_day ON depreciation (booked_on);

CREATE INDEX invoice_blue ON invoice (blue_no) WHERE blue_no IS NOT NULL;

CREATE INDEX invoice_charge_charge ON invoice_charge (charge_id, booked_on, gross_fen);

CREATE INDEX invoice_charge_invoice ON invoice_charge (invoice_id);

CREATE INDEX invoice_event_matched ON invoice_event (code, other_no) WHERE kind = 'matched';

CREATE INDEX invoice_file_content ON invoice_file (content_id);

CREATE INDEX invoice_request_blue ON invoice_request (blue_id) WHERE blue_id IS NOT NULL;

CREATE INDEX invoice_request_event_invoice ON invoice_request_event (invoice_no)
  WHERE invoice_no IS NOT NULL;

CREATE INDEX invoice_request_event_request ON invoice_request_event (request_id, id);

CREATE INDEX invoice_request_part_charge ON invoice_request_part (charge_id);

CREATE INDEX invoice_request_tenant ON invoice_request (tenant_no);

CREATE INDEX invoice_values ON invoice (file_id);

CREATE INDEX job_run_begun ON job_run (begun_at);

CREATE INDEX late_fee_waiver_charge ON late_fee_waiver (charge_id);

CREATE INDEX meter_install_by_charge_term ON meter_install (contract_no, line);

CREATE INDEX meter_install_by_tariff_no ON meter_install (tariff_no);

CREATE INDEX month_event_company ON month_event (company_no);

CREATE INDEX payment_by_bill_no ON payment (bill_no) WHERE bill_no IS NOT NULL;

CREATE INDEX payment_by_contract_no ON payment (contract_no) WHERE contract_no IS NOT NULL;

CREATE INDEX payment_by_reference ON payment (reference)
  WHERE reference IS NOT NULL AND our_account IS NOT NULL;

CREATE INDEX payment_by_tenant_no ON payment (tenant_no) WHERE tenant_no IS NOT NULL;

CREATE INDEX payment_claim_payment ON payment_claim (payment_no);

CREATE INDEX payment_claim_tenant ON payment_claim (tenant_no);

CREATE INDEX payment_line_by_bill_no ON payment_line (bill_no);

CREATE INDEX refund_line_credit ON refund_line (credit_id) WHERE credit_id IS NOT NULL;

CREATE INDEX refund_line_deposit ON refund_line (deposit_id) WHERE deposit_id IS NOT NULL;

CREATE INDEX refund_line_opening ON refund_line (opening_id) WHERE opening_id IS NOT NULL;

CREATE INDEX refund_line_payment ON refund_line (payment_no) WHERE payment_no IS NOT NULL;

CREATE INDEX refund_line_refund ON refund_line (refund_id);

CREATE INDEX refund_tenant ON refund (tenant_no) WHERE tenant_no IS NOT NULL;

CREATE INDEX reminder_event_reminder ON reminder_event (reminder_id);

CREATE UNIQUE INDEX role_grant_once ON role_grant (user, role, coalesce(property_no, ''));

CREATE INDEX role_grant_property ON role_grant (property_no) WHERE property_no IS NOT NULL;

CREATE INDEX share_part_division ON share_part (division_id);

CREATE INDEX write_off_charge ON write_off (charge_id);

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  role TEXT NOT NULL CHECK (role <> ''),
  code TEXT NOT NULL CHECK (code <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  UNIQUE (role)
) STRICT;

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

CREATE TABLE allocation (
  id INTEGER PRIMARY KEY,
  payment_no TEXT REFERENCES payment (payment_no),
  credit_id INTEGER REFERENCES charge (id),
  deposit_id INTEGER REFERENCES charge (id),
  opening_id INTEGER REFERENCES opening_balance (id),
  charge_id INTEGER NOT NULL REFERENCES charge (id),
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  effective_on TEXT NOT NULL
    CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  booked_on TEXT NOT NULL CHECK (booked_on >= effective_on AND length(booked_on) = 10),
  step TEXT NOT NULL CHECK (step <> ''),
  reverses INTEGER UNIQUE REFERENCES allocation (id),
  CHECK ((payment_no IS NOT NULL) + (credit_id IS NOT NULL) + (deposit_id IS NOT NULL)
    + (opening_id IS NOT NULL) = 1),
  CHECK ((reverses IS NOT NULL) = (amount_fen < 0))
) STRICT;

CREATE TABLE allocation_reason (
  id INTEGER PRIMARY KEY,
  allocation_id INTEGER NOT NULL UNIQUE REFERENCES allocation (id),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

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

CREATE TABLE asset_month_event (
  id INTEGER PRIMARY KEY,
  company_no TEXT NOT NULL REFERENCES company (company_no),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  event TEXT NOT NULL CHECK (event IN ('close', 'reopen')),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT
) STRICT;

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

CREATE TABLE asset_usage (
  id INTEGER PRIMARY KEY,
  asset_no TEXT NOT NULL,
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  units_e6 INTEGER NOT NULL CHECK (units_e6 >= 0),
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
  UNIQUE (asset_no, month, revision),
  FOREIGN KEY (asset_no) REFERENCES asset (asset_no)
) STRICT;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  -- UTC.
  at TEXT NOT NULL
    CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  -- The person, and as whom the program ran: another one under sudo.
  user TEXT NOT NULL,
  account TEXT NOT NULL,
  host TEXT NOT NULL,
  -- One for each process.
  run TEXT NOT NULL,
  tool TEXT NOT NULL,
  command TEXT NOT NULL,
  arguments TEXT NOT NULL CHECK (json_valid(arguments)),
  outcome TEXT NOT NULL
    CHECK (outcome = 'written' OR outcome = 'refused' OR outcome = 'revealed'
      OR outcome = 'sent'),
  -- How many rows of which tables were written.
  counts TEXT NOT NULL CHECK (json_valid(counts)),
  -- Why it was refused.
  reason TEXT,
  -- SHA-256 of its rows in audit_change.
  changes BLOB CHECK (length(changes) = 32),
  -- Under which key: 'database', or that of the key file.
  key TEXT NOT NULL,
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TABLE audit_change (
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  register TEXT NOT NULL,
  key TEXT NOT NULL CHECK (json_valid(key)),
  -- NULL: there was none. Only fields that differ stand in both.
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  -- NULL: there is none any more.
  after TEXT CHECK (after IS NULL OR json_valid(after)),
  PRIMARY KEY (seq, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

CREATE TABLE audit_purge (
  through INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

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

CREATE TABLE bill_event (
  id INTEGER PRIMARY KEY,
  bill_no TEXT NOT NULL REFERENCES bill (bill_no),
  event TEXT NOT NULL CHECK (event IN ('hold', 'release')),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TABLE billing_index (
  contract_no TEXT PRIMARY KEY REFERENCES contract (contract_no) ON DELETE CASCADE,
  next_bill_on TEXT,
  changed INTEGER NOT NULL DEFAULT 1 CHECK (changed IN (0, 1))
, next_fee_on TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE building (
  id INTEGER PRIMARY KEY,
  property_no TEXT NOT NULL,
  building_no TEXT NOT NULL CHECK (building_no <> ''),
  name TEXT,
  UNIQUE (property_no, building_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no)
) STRICT;

CREATE TABLE "charge" (
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
  adjusts INTEGER REFERENCES "charge" (id),
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

CREATE TABLE charge_term (
  id INTEGER PRIMARY KEY,
  contract_no TEXT NOT NULL,
  line INTEGER NOT NULL CHECK (line BETWEEN 1 AND 9999),
  item TEXT NOT NULL,
  unit_no TEXT,
  company_no TEXT,
  method TEXT NOT NULL
    CHECK (method = 'fixed' OR method = 'area' OR method = 'turnover' OR method = 'metered'
      OR method = 'share' OR method = 'once'),
  price_e6 INTEGER,
  per TEXT
    CHECK (per = 'day' OR per = 'month' OR per = 'quarter' OR per = 'half_year' OR per = 'year'),
  guarantee_basis TEXT CHECK (guarantee_basis IN ('fixed', 'area')),
  percent_e6 INTEGER,
  true_up TEXT NOT NULL DEFAULT 'none' CHECK (true_up IN ('none', 'year')),
  cycle_months INTEGER NOT NULL DEFAULT 1 CHECK (cycle_months BETWEEN 1 AND 12),
  anchor TEXT NOT NULL DEFAULT 'calendar' CHECK (anchor IN ('calendar', 'start')),
  timing TEXT NOT NULL DEFAULT 'advance' CHECK (timing IN ('advance', 'arrears')),
  due_day INTEGER CHECK (due_day BETWEEN 1 AND 31),
  due_month TEXT CHECK (due_month = 'previous' OR due_month = 'same' OR due_month = 'next'),
  due_days INTEGER CHECK (due_days BETWEEN -366 AND 366),
  first_due_on TEXT CHECK (first_due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  lead_days INTEGER NOT NULL DEFAULT 0 CHECK (lead_days BETWEEN 0 AND 366),
  proration TEXT NOT NULL DEFAULT 'actual'
    CHECK (proration = 'actual' OR proration = 'd30' OR proration = 'd365'
      OR proration = 'whole'),
  escalate_percent_e6 INTEGER,
  escalate_months INTEGER CHECK (escalate_months BETWEEN 1 AND 1200),
  price_places INTEGER NOT NULL DEFAULT 2 CHECK (price_places BETWEEN 0 AND 6),
  tax_rate_e6 INTEGER CHECK (tax_rate_e6 BETWEEN 0 AND 1000000),
  tax_included INTEGER NOT NULL DEFAULT 1 CHECK (tax_included IN (0, 1)),
  rounding TEXT NOT NULL DEFAULT 'fen'
    CHECK (rounding = 'fen' OR rounding = 'jiao' OR rounding = 'yuan'),
  from_on TEXT CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  "on" TEXT CHECK ("on" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (contract_no, line),
  FOREIGN KEY (contract_no) REFERENCES contract (contract_no),
  FOREIGN KEY (item) REFERENCES fee_item (item),
  FOREIGN KEY (company_no) REFERENCES company (company_no),
  CHECK (price_e6 IS NOT NULL OR method = 'turnover' OR method = 'metered' OR method = 'share'),
  CHECK (method NOT IN ('fixed', 'area') OR per IS NOT NULL),
  CHECK (
    method <> 'turnover' OR price_e6 IS NULL OR (per IS NOT NULL AND guarantee_basis IS NOT NULL)),
  CHECK (method NOT IN ('area', 'turnover') OR price_e6 IS NULL OR price_e6 >= 0),
  CHECK (method <> 'turnover' OR anchor = 'calendar'),
  CHECK (percent_e6 BETWEEN 0 AND 100000000),
  CHECK (12 % cycle_months = 0 AND cycle_months <> 4),
  CHECK (due_day IS NULL OR due_days IS NULL),
  CHECK (due_month IS NULL OR due_day IS NOT NULL),
  CHECK ((escalate_percent_e6 IS NULL) = (escalate_months IS NULL)),
  CHECK (escalate_percent_e6 > -100000000),
  CHECK (from_on <= to_on)
) STRICT;

CREATE TABLE company (
  id INTEGER PRIMARY KEY,
  company_no TEXT NOT NULL CHECK (company_no <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  credit_code TEXT NOT NULL CHECK (credit_code <> ''),
  taxpayer_kind TEXT CHECK (taxpayer_kind IN ('general', 'small')),
  bank_name TEXT,
  bank_account TEXT,
  address TEXT,
  phone TEXT,
  UNIQUE (company_no)
) STRICT;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL CHECK (owner <> ''),
  property_no TEXT,
  email TEXT,
  phone TEXT,
  webhook TEXT,
  UNIQUE (owner)
) STRICT;

CREATE TABLE contract (
  id INTEGER PRIMARY KEY,
  contract_no TEXT NOT NULL CHECK (contract_no <> ''),
  tenant_no TEXT NOT NULL,
  property_no TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'lease'
    CHECK (kind = 'lease' OR kind = 'management' OR kind = 'ad' OR kind = 'parking'
      OR kind = 'other'),
  signed_on TEXT CHECK (signed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  start_on TEXT NOT NULL CHECK (start_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  end_on TEXT NOT NULL CHECK (end_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  handover_on TEXT CHECK (handover_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  terminated_on TEXT CHECK (terminated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  previous_contract_no TEXT,
  company_no TEXT,
  brand TEXT,
  trade TEXT,
  status TEXT NOT NULL DEFAULT 'signed'
    CHECK (status = 'draft' OR status = 'signed' OR status = 'archived'),
  note TEXT,
  UNIQUE (contract_no),
  FOREIGN KEY (tenant_no) REFERENCES tenant (tenant_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  FOREIGN KEY (company_no) REFERENCES company (company_no),
  FOREIGN KEY (previous_contract_no) REFERENCES contract (contract_no)
    DEFERRABLE INITIALLY DEFERRED,
  CHECK (start_on <= end_on),
  CHECK (start_on <= terminated_on),
  CHECK (previous_contract_no <> contract_no)
) STRICT;

CREATE TABLE contract_unit (
  id INTEGER PRIMARY KEY,
  contract_no TEXT NOT NULL,
  unit_no TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  area_m2_e6 INTEGER NOT NULL CHECK (area_m2_e6 > 0),
  UNIQUE (contract_no, unit_no, from_on),
  FOREIGN KEY (contract_no) REFERENCES contract (contract_no),
  FOREIGN KEY (unit_no) REFERENCES unit (unit_no),
  CHECK (from_on <= to_on)
) STRICT;

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

CREATE TABLE depreciation_index (
  asset_no TEXT PRIMARY KEY REFERENCES asset (asset_no),
  through TEXT NOT NULL DEFAULT '',
  changed INTEGER NOT NULL DEFAULT 1 CHECK (changed IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE fee_item (
  id INTEGER PRIMARY KEY,
  item TEXT NOT NULL CHECK (item <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL
    CHECK (kind = 'rent' OR kind = 'service' OR kind = 'resale' OR kind = 'pass_through'
      OR kind = 'deposit' OR kind = 'penalty'),
  tax_rate_e6 INTEGER CHECK (tax_rate_e6 BETWEEN 0 AND 1000000),
  tax_code TEXT,
  priority INTEGER CHECK (priority BETWEEN 0 AND 9999),
  UNIQUE (item),
  CHECK (kind NOT IN ('pass_through', 'deposit') OR tax_rate_e6 IS NULL OR tax_rate_e6 = 0)
) STRICT;

CREATE TABLE file_content (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL
, packing_id INTEGER REFERENCES file_packing (id), size INTEGER CHECK (size > 0)) STRICT;

CREATE TABLE file_packing (
  id INTEGER PRIMARY KEY,
  dictionary BLOB NOT NULL
) STRICT;

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

CREATE TABLE invoice_extra (
  file_id INTEGER NOT NULL REFERENCES invoice_file (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  path TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (file_id, seq)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE job_run (
  id INTEGER PRIMARY KEY,
  -- What belongs together: one night, one month's end.
  run TEXT NOT NULL CHECK (run <> ''),
  step TEXT NOT NULL CHECK (step <> ''),
  begun_at TEXT NOT NULL
    CHECK (begun_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]'),
  seconds INTEGER NOT NULL CHECK (seconds >= 0),
  -- With what the step ended; 0: all is well.
  status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 255),
  -- Its summary line as it was said, and the counts in it as a JSON object.
  summary TEXT,
  counts TEXT CHECK (counts IS NULL OR json_valid(counts))
) STRICT;

CREATE TABLE late_fee_rule (
  id INTEGER PRIMARY KEY,
  property_no TEXT NOT NULL,
  item TEXT NOT NULL CHECK (item <> ''),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  rate_permille_e6 INTEGER NOT NULL CHECK (rate_permille_e6 BETWEEN 0 AND 1000000000),
  grace_days INTEGER NOT NULL DEFAULT 0 CHECK (grace_days BETWEEN 0 AND 366),
  grace_mode TEXT NOT NULL DEFAULT 'skip' CHECK (grace_mode IN ('skip', 'waive')),
  cap_percent_e6 INTEGER,
  UNIQUE (property_no, item, from_on),
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  CHECK (cap_percent_e6 > 0 AND cap_percent_e6 <= 100000000)
) STRICT;

CREATE TABLE late_fee_waiver (
  id INTEGER PRIMARY KEY,
  charge_id INTEGER NOT NULL REFERENCES charge (id),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  waived_on TEXT NOT NULL CHECK (waived_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  -- The same if it had to be sent again, so that a mail system can tell.
  message_no TEXT NOT NULL CHECK (message_no <> ''),
  channel TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  sent_at TEXT NOT NULL CHECK (sent_at GLOB '[0-9]*T[0-9]*Z' AND length(sent_at) = 20)
) STRICT;

CREATE TABLE meter (
  id INTEGER PRIMARY KEY,
  meter_no TEXT NOT NULL CHECK (meter_no <> ''),
  kind TEXT
    CHECK (kind = 'power' OR kind = 'water' OR kind = 'gas' OR kind = 'heat' OR kind = 'cooling'),
  property_no TEXT NOT NULL,
  digits INTEGER CHECK (digits BETWEEN 1 AND 12),
  UNIQUE (meter_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no)
) STRICT;

CREATE TABLE meter_install (
  id INTEGER PRIMARY KEY,
  meter_no TEXT NOT NULL,
  register TEXT NOT NULL DEFAULT 'total'
    CHECK (register = 'total' OR register = 'sharp' OR register = 'peak' OR register = 'flat'
      OR register = 'valley' OR register = 'deep'),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  contract_no TEXT NOT NULL,
  line INTEGER NOT NULL CHECK (line BETWEEN 1 AND 9999),
  multiplier_e6 INTEGER NOT NULL DEFAULT 1000000 CHECK (multiplier_e6 > 0),
  tariff_no TEXT NOT NULL CHECK (tariff_no <> ''),
  open_reading_e6 INTEGER NOT NULL CHECK (open_reading_e6 >= 0),
  close_reading_e6 INTEGER CHECK (close_reading_e6 >= 0),
  UNIQUE (meter_no, register, from_on),
  FOREIGN KEY (meter_no) REFERENCES meter (meter_no),
  FOREIGN KEY (contract_no, line) REFERENCES charge_term (contract_no, line),
  CHECK (from_on <= to_on)
) STRICT;

CREATE TABLE month_event (
  id INTEGER PRIMARY KEY,
  company_no TEXT NOT NULL REFERENCES company (company_no),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  event TEXT NOT NULL CHECK (event IN ('close', 'reopen')),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT
) STRICT;

CREATE TABLE number_series (
  series TEXT NOT NULL,
  period TEXT NOT NULL,
  last INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (series, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE obligation (
  id INTEGER PRIMARY KEY,
  obligation_no TEXT NOT NULL CHECK (obligation_no <> ''),
  kind TEXT CHECK (kind = 'certificate' OR kind = 'insurance' OR kind = 'licence'
    OR kind = 'inspection' OR kind = 'other'),
  subject TEXT NOT NULL CHECK (subject <> ''),
  property_no TEXT,
  owner TEXT,
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  remind_days TEXT,
  UNIQUE (obligation_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  CHECK (remind_days NOT GLOB '*[^0-9;]*')
) STRICT;

CREATE TABLE obligation_done (
  id INTEGER PRIMARY KEY,
  obligation_no TEXT NOT NULL REFERENCES obligation (obligation_no),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  next_due_on TEXT CHECK (next_due_on > due_on AND length(next_due_on) = 10),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> ''),
  UNIQUE (obligation_no, due_on)
) STRICT;

CREATE TABLE opening_balance (
  id INTEGER PRIMARY KEY,
  contract_no TEXT NOT NULL,
  kind TEXT NOT NULL
    CHECK (kind = 'receivable' OR kind = 'prepaid' OR kind = 'deposit' OR kind = 'straight_line'),
  item TEXT NOT NULL,
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  amount_fen INTEGER NOT NULL,
  invoiced INTEGER NOT NULL DEFAULT 0 CHECK (invoiced IN (0, 1)),
  UNIQUE (contract_no, kind, item, due_on),
  FOREIGN KEY (contract_no) REFERENCES contract (contract_no),
  FOREIGN KEY (item) REFERENCES fee_item (item),
  CHECK (kind = 'straight_line' OR amount_fen > 0)
) STRICT;

CREATE TABLE payment (
  id INTEGER PRIMARY KEY,
  payment_no TEXT NOT NULL CHECK (payment_no <> ''),
  tenant_no TEXT,
  property_no TEXT NOT NULL,
  company_no TEXT,
  paid_on TEXT NOT NULL CHECK (paid_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  amount_fen INTEGER NOT NULL,
  method TEXT
    CHECK (method = 'bank' OR method = 'wechat' OR method = 'alipay' OR method = 'card'
      OR method = 'cash' OR method = 'cheque'),
  payer_name TEXT,
  payer_account TEXT,
  our_account TEXT,
  reference TEXT,
  contract_no TEXT,
  bill_no TEXT,
  note TEXT,
  UNIQUE (payment_no),
  FOREIGN KEY (tenant_no) REFERENCES tenant (tenant_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  FOREIGN KEY (company_no) REFERENCES company (company_no),
  FOREIGN KEY (contract_no) REFERENCES contract (contract_no),
  CHECK (amount_fen <> 0)
) STRICT;

CREATE TABLE "payment_claim" (
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

CREATE TABLE payment_entry (
  id INTEGER PRIMARY KEY,
  payment_no TEXT NOT NULL UNIQUE REFERENCES payment (payment_no),
  company_no TEXT NOT NULL REFERENCES company (company_no),
  -- Whether it may pay charges of other companies too: nothing in it said whom it is for.
  pays_any INTEGER NOT NULL CHECK (pays_any IN (0, 1)),
  booked_on TEXT NOT NULL CHECK (booked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;

CREATE TABLE payment_line (
  id INTEGER PRIMARY KEY,
  payment_no TEXT NOT NULL,
  bill_no TEXT NOT NULL CHECK (bill_no <> ''),
  amount_fen INTEGER NOT NULL,
  UNIQUE (payment_no, bill_no),
  FOREIGN KEY (payment_no) REFERENCES payment (payment_no),
  CHECK (amount_fen <> 0)
) STRICT;

CREATE TABLE payment_void (
  id INTEGER PRIMARY KEY,
  payment_no TEXT NOT NULL UNIQUE REFERENCES payment (payment_no),
  voided_on TEXT NOT NULL CHECK (voided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  booked_on TEXT NOT NULL CHECK (booked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TABLE permission (
  id INTEGER PRIMARY KEY,
  role TEXT NOT NULL
    CHECK (role = 'admin' OR role = 'finance' OR role = 'leasing' OR role = 'property'
      OR role = 'viewer'),
  tool TEXT NOT NULL CHECK (tool <> ''),
  action TEXT NOT NULL CHECK (action <> ''),
  register TEXT NOT NULL DEFAULT '*' CHECK (register <> ''),
  UNIQUE (role, tool, action, register)
) STRICT;

CREATE TABLE price_step (
  id INTEGER PRIMARY KEY,
  contract_no TEXT NOT NULL,
  line INTEGER NOT NULL CHECK (line BETWEEN 1 AND 9999),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  price_e6 INTEGER NOT NULL,
  UNIQUE (contract_no, line, from_on),
  FOREIGN KEY (contract_no, line) REFERENCES charge_term (contract_no, line)
) STRICT;

CREATE TABLE property (
  id INTEGER PRIMARY KEY,
  property_no TEXT NOT NULL CHECK (property_no <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT
    CHECK (kind = 'mall' OR kind = 'office' OR kind = 'market' OR kind = 'apartment'
      OR kind = 'other'),
  address TEXT,
  opened_on TEXT CHECK (opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  company_no TEXT NOT NULL,
  billing_from TEXT CHECK (billing_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (property_no),
  FOREIGN KEY (company_no) REFERENCES company (company_no)
) STRICT;

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

CREATE TABLE reading (
  id INTEGER PRIMARY KEY,
  meter_no TEXT NOT NULL,
  read_on TEXT NOT NULL CHECK (read_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  register TEXT NOT NULL DEFAULT 'total'
    CHECK (register = 'total' OR register = 'sharp' OR register = 'peak' OR register = 'flat'
      OR register = 'valley' OR register = 'deep'),
  value_e6 INTEGER NOT NULL CHECK (value_e6 >= 0),
  source TEXT,
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
  UNIQUE (meter_no, read_on, register, revision),
  FOREIGN KEY (meter_no) REFERENCES meter (meter_no)
) STRICT;

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

CREATE TABLE reminder (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind <> ''),
  subject TEXT NOT NULL CHECK (subject <> ''),
  due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  level INTEGER NOT NULL,
  -- A tenant's number, an owner's name (or a property whose owner nobody knows), an address.
  recipient_kind TEXT NOT NULL
    CHECK (recipient_kind = 'tenant' OR recipient_kind = 'owner' OR recipient_kind = 'address'),
  recipient TEXT NOT NULL CHECK (recipient <> ''),
  channel TEXT NOT NULL CHECK (channel = 'mail' OR channel = 'sms' OR channel = 'webhook'),
  property_no TEXT REFERENCES property (property_no),
  tenant_no TEXT REFERENCES tenant (tenant_no),
  -- What it was about when it was made.
  amount_fen INTEGER,
  made_on TEXT NOT NULL CHECK (made_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  UNIQUE (kind, subject, due_on, recipient_kind, recipient, channel, level)
) STRICT;

CREATE TABLE reminder_event (
  id INTEGER PRIMARY KEY,
  reminder_id INTEGER NOT NULL REFERENCES reminder (id),
  event TEXT NOT NULL CHECK (event = 'queued' OR event = 'sent' OR event = 'failed'
    OR event = 'withdrawn' OR event = 'acked'),
  done_on TEXT NOT NULL CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- The moment (UTC) of what a program outside has done.
  done_at TEXT CHECK (done_at GLOB '[0-9]*T[0-9]*Z' AND length(done_at) = 20),
  reason TEXT CHECK (reason <> ''),
  -- Of one that failed: when it is tried again; never if empty.
  next_try_at TEXT CHECK (next_try_at > done_at AND length(next_try_at) = 20),
  message_id INTEGER REFERENCES message (id),
  CHECK ((event IN ('sent', 'failed')) = (done_at IS NOT NULL)),
  CHECK (event = 'failed' OR next_try_at IS NULL),
  CHECK ((event = 'sent') = (message_id IS NOT NULL)),
  CHECK (event IN ('queued', 'sent') OR reason IS NOT NULL)
) STRICT;

CREATE TABLE reminder_rule (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind = 'contract_expiry' OR kind = 'rent_due' OR kind = 'overdue'
    OR kind = 'deposit_refund_due' OR kind = 'obligation' OR kind = 'reading_missing'
    OR kind = 'turnover_missing' OR kind = 'invoice_unverified' OR kind = 'invoice_undeducted'
    OR kind = 'red_request_pending' OR kind = 'asset_fully_depreciated'),
  property_no TEXT NOT NULL DEFAULT '*' CHECK (property_no <> ''),
  days TEXT,
  channel TEXT CHECK (channel = 'mail' OR channel = 'sms' OR channel = 'webhook'),
  recipient TEXT,
  UNIQUE (kind, property_no),
  CHECK (days NOT GLOB '*[^0-9;-]*'),
  CHECK (recipient = 'tenant' OR recipient = 'owner' OR recipient = 'none'
    OR recipient GLOB '*[;@0-9:]*'),
  CHECK (NOT (kind IN ('obligation', 'invoice_unverified', 'invoice_undeducted',
    'red_request_pending', 'asset_fully_depreciated') AND ';' || recipient || ';' GLOB '*;tenant;*'))
) STRICT;

CREATE TABLE rent_free (
  id INTEGER PRIMARY KEY,
  contract_no TEXT NOT NULL,
  item TEXT NOT NULL CHECK (item <> ''),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_on TEXT NOT NULL CHECK (to_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  percent_e6 INTEGER NOT NULL DEFAULT 100000000,
  turnover INTEGER NOT NULL DEFAULT 0 CHECK (turnover IN (0, 1)),
  UNIQUE (contract_no, item, from_on),
  FOREIGN KEY (contract_no) REFERENCES contract (contract_no),
  CHECK (from_on <= to_on),
  CHECK (percent_e6 > 0 AND percent_e6 <= 100000000)
) STRICT;

CREATE TABLE role_grant (
  id INTEGER PRIMARY KEY,
  user TEXT NOT NULL CHECK (user <> ''),
  role TEXT NOT NULL
    CHECK (role = 'admin' OR role = 'finance' OR role = 'leasing' OR role = 'property'
      OR role = 'viewer'),
  property_no TEXT,
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  CHECK (role <> 'admin' OR property_no IS NULL)
) STRICT;

CREATE TABLE seal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key_id TEXT NOT NULL CHECK (length(key_id) = 16),
  sealed_on TEXT NOT NULL CHECK (sealed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;

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

CREATE TABLE share_pool (
  id INTEGER PRIMARY KEY,
  pool_no TEXT NOT NULL CHECK (pool_no <> ''),
  period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  item TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  basis TEXT NOT NULL DEFAULT 'area' CHECK (basis IN ('area', 'equal')),
  property_no TEXT NOT NULL,
  own_area_m2_e6 INTEGER NOT NULL DEFAULT 0 CHECK (own_area_m2_e6 >= 0),
  UNIQUE (pool_no, period),
  FOREIGN KEY (item) REFERENCES fee_item (item),
  FOREIGN KEY (property_no) REFERENCES property (property_no)
) STRICT;

CREATE TABLE share_void (
  id INTEGER PRIMARY KEY,
  division_id INTEGER NOT NULL UNIQUE REFERENCES share_division (id),
  voided_on TEXT NOT NULL CHECK (voided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TABLE tariff (
  id INTEGER PRIMARY KEY,
  tariff_no TEXT NOT NULL CHECK (tariff_no <> ''),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  register TEXT NOT NULL
    CHECK (register = 'total' OR register = 'sharp' OR register = 'peak' OR register = 'flat'
      OR register = 'valley' OR register = 'deep'),
  tier_from_e6 INTEGER NOT NULL DEFAULT 0 CHECK (tier_from_e6 >= 0),
  price_e6 INTEGER NOT NULL CHECK (price_e6 >= 0),
  tier_basis TEXT NOT NULL DEFAULT 'month' CHECK (tier_basis IN ('month', 'year')),
  UNIQUE (tariff_no, from_on, register, tier_from_e6)
) STRICT;

CREATE TABLE tax_rate (
  id INTEGER PRIMARY KEY,
  item TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  tax_rate_e6 INTEGER NOT NULL CHECK (tax_rate_e6 BETWEEN 0 AND 1000000),
  tax_code TEXT,
  UNIQUE (item, from_on),
  FOREIGN KEY (item) REFERENCES fee_item (item)
) STRICT;

CREATE TABLE tenant (
  id INTEGER PRIMARY KEY,
  tenant_no TEXT NOT NULL CHECK (tenant_no <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL DEFAULT 'company' CHECK (kind IN ('company', 'person')),
  credit_code TEXT,
  id_no TEXT,
  contact TEXT,
  phone TEXT,
  email TEXT,
  trade TEXT,
  address TEXT,
  bank_name TEXT,
  bank_account TEXT,
  invoice_kind TEXT CHECK (invoice_kind IN ('special', 'ordinary')),
  invoice_title TEXT,
  invoice_tax_no TEXT,
  invoice_email TEXT,
  UNIQUE (tenant_no)
) STRICT;

CREATE TABLE turnover (
  id INTEGER PRIMARY KEY,
  contract_no TEXT NOT NULL,
  line INTEGER NOT NULL CHECK (line BETWEEN 1 AND 9999),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  amount_fen INTEGER NOT NULL,
  reported_on TEXT CHECK (reported_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
  UNIQUE (contract_no, line, month, revision),
  FOREIGN KEY (contract_no, line) REFERENCES charge_term (contract_no, line)
) STRICT;

CREATE TABLE turnover_tier (
  id INTEGER PRIMARY KEY,
  contract_no TEXT NOT NULL,
  line INTEGER NOT NULL CHECK (line BETWEEN 1 AND 9999),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  sales_from_fen INTEGER NOT NULL CHECK (sales_from_fen >= 0),
  percent_e6 INTEGER NOT NULL,
  UNIQUE (contract_no, line, from_on, sales_from_fen),
  FOREIGN KEY (contract_no, line) REFERENCES charge_term (contract_no, line),
  CHECK (percent_e6 BETWEEN 0 AND 100000000)
) STRICT;

CREATE TABLE unit (
  id INTEGER PRIMARY KEY,
  unit_no TEXT NOT NULL CHECK (unit_no <> ''),
  property_no TEXT NOT NULL,
  building_no TEXT,
  floor TEXT,
  name TEXT,
  area_m2_e6 INTEGER NOT NULL CHECK (area_m2_e6 > 0),
  inner_area_m2_e6 INTEGER CHECK (inner_area_m2_e6 > 0),
  usage TEXT
    CHECK (usage = 'shop' OR usage = 'office' OR usage = 'stall' OR usage = 'kiosk'
      OR usage = 'storage' OR usage = 'ad' OR usage = 'parking'),
  trade TEXT,
  asking_price_e6 INTEGER CHECK (asking_price_e6 >= 0),
  status TEXT NOT NULL DEFAULT 'available'
    CHECK (status = 'available' OR status = 'reserved' OR status = 'withdrawn'),
  deed_no TEXT,
  deed_address TEXT,
  UNIQUE (unit_no),
  FOREIGN KEY (property_no) REFERENCES property (property_no),
  FOREIGN KEY (property_no, building_no) REFERENCES building (property_no, building_no)
) STRICT;

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

CREATE TRIGGER account_gone BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'account.role'); END;

CREATE TRIGGER account_new BEFORE INSERT ON account
WHEN NOT EXISTS (SELECT 1 FROM account WHERE role = NEW.role)
BEGIN SELECT RAISE(ABORT, 'account.role'); END;

CREATE TRIGGER account_renamed BEFORE UPDATE OF role ON account
WHEN NEW.role <> OLD.role
BEGIN SELECT RAISE(ABORT, 'account.role'); END;

CREATE TRIGGER accrual_delete BEFORE DELETE ON accrual
BEGIN SELECT RAISE(ABORT, 'accrual is append-only'); END;

CREATE TRIGGER accrual_in_closed_month BEFORE INSERT ON accrual
WHEN NEW.booked_on < (SELECT first_open FROM open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'accrual.closed-month'); END;

CREATE TRIGGER accrual_update BEFORE UPDATE ON accrual
BEGIN SELECT RAISE(ABORT, 'accrual is append-only'); END;

CREATE TRIGGER allocation_credit_inserted AFTER INSERT ON allocation
WHEN NEW.credit_id IS NOT NULL BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.credit_id) AND changed = 0;
END;

CREATE TRIGGER allocation_delete BEFORE DELETE ON allocation
BEGIN SELECT RAISE(ABORT, 'allocation is append-only'); END;

CREATE TRIGGER allocation_deposit_inserted AFTER INSERT ON allocation
WHEN NEW.deposit_id IS NOT NULL BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.deposit_id) AND changed = 0;
END;

CREATE TRIGGER allocation_deposit_used BEFORE INSERT ON allocation
WHEN NEW.amount_fen < 0 AND -NEW.amount_fen > (SELECT left_fen FROM deposit_left
  WHERE charge_id = NEW.charge_id AND used_fen > 0)
BEGIN SELECT RAISE(ABORT, 'allocation.deposit-used'); END;

CREATE TRIGGER allocation_in_closed_month BEFORE INSERT ON allocation
WHEN NEW.booked_on < (SELECT max(o.first_open) FROM open_from o WHERE o.company_no IN (
  (SELECT b.company_no FROM charge c JOIN bill b ON b.bill_no = c.bill_no
    WHERE c.id = NEW.charge_id),
  (SELECT e.company_no FROM payment_entry e WHERE e.payment_no = NEW.payment_no)))
BEGIN SELECT RAISE(ABORT, 'allocation.closed-month'); END;

CREATE TRIGGER allocation_inserted AFTER INSERT ON allocation BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.charge_id) AND changed = 0;
END;

CREATE TRIGGER allocation_not_entered BEFORE INSERT ON allocation
WHEN NEW.payment_no IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payment_entry e
  WHERE e.payment_no = NEW.payment_no AND e.booked_on <= NEW.booked_on)
BEGIN SELECT RAISE(ABORT, 'allocation.not-entered'); END;

CREATE TRIGGER allocation_of_charge BEFORE INSERT ON allocation
WHEN NOT (SELECT open_fen BETWEEN NEW.amount_fen AND NEW.amount_fen + c.amount_fen
    AND (NEW.amount_fen > 0 OR -NEW.amount_fen <= (SELECT coalesce(sum(a.amount_fen), 0)
      FROM allocation a WHERE a.charge_id = NEW.charge_id))
  FROM charge_open o JOIN charge c ON c.id = o.charge_id
  WHERE o.charge_id = NEW.charge_id AND c.amount_fen > 0)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-charge'); END;

CREATE TRIGGER allocation_of_credit BEFORE INSERT ON allocation
WHEN NEW.credit_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > (SELECT -open_fen FROM charge_open WHERE charge_id = NEW.credit_id)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;

CREATE TRIGGER allocation_of_deposit BEFORE INSERT ON allocation
WHEN NEW.deposit_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > coalesce(
    (SELECT left_fen FROM deposit_left WHERE charge_id = NEW.deposit_id), 0)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;

CREATE TRIGGER allocation_of_opening BEFORE INSERT ON allocation
WHEN NEW.opening_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > coalesce(
    (SELECT left_fen FROM opening_left WHERE opening_id = NEW.opening_id), 0)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;

CREATE TRIGGER allocation_of_payment BEFORE INSERT ON allocation
WHEN NEW.payment_no IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > (SELECT left_fen FROM payment_left WHERE payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'allocation.exceeds-money'); END;

CREATE TRIGGER allocation_reason_delete BEFORE DELETE ON allocation_reason
BEGIN SELECT RAISE(ABORT, 'allocation_reason is append-only'); END;

CREATE TRIGGER allocation_reason_update BEFORE UPDATE ON allocation_reason
BEGIN SELECT RAISE(ABORT, 'allocation_reason is append-only'); END;

CREATE TRIGGER allocation_reverses BEFORE INSERT ON allocation
WHEN NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM allocation a
  WHERE a.id = NEW.reverses AND a.amount_fen = -NEW.amount_fen AND a.charge_id = NEW.charge_id
    AND a.payment_no IS NEW.payment_no AND a.credit_id IS NEW.credit_id
    AND a.deposit_id IS NEW.deposit_id AND a.opening_id IS NEW.opening_id
    AND a.effective_on = NEW.effective_on AND a.booked_on <= NEW.booked_on)
BEGIN SELECT RAISE(ABORT, 'allocation.reverses'); END;

CREATE TRIGGER allocation_update BEFORE UPDATE ON allocation
BEGIN SELECT RAISE(ABORT, 'allocation is append-only'); END;

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

CREATE TRIGGER asset_event_changed AFTER UPDATE ON asset_event WHEN NEW.kind <> 'count'
BEGIN UPDATE depreciation_index SET changed = 1 WHERE asset_no = NEW.asset_no; END;

CREATE TRIGGER asset_event_gone AFTER DELETE ON asset_event WHEN OLD.kind <> 'count'
BEGIN UPDATE depreciation_index SET changed = 1 WHERE asset_no = OLD.asset_no; END;

CREATE TRIGGER asset_event_new AFTER INSERT ON asset_event WHEN NEW.kind <> 'count'
BEGIN UPDATE depreciation_index SET changed = 1 WHERE asset_no = NEW.asset_no; END;

CREATE TRIGGER asset_fixed BEFORE UPDATE OF kind, property_no ON asset
WHEN (OLD.kind <> NEW.kind OR OLD.property_no IS NOT NEW.property_no)
  AND EXISTS (SELECT 1 FROM asset_movement WHERE asset_no = OLD.asset_no)
BEGIN SELECT RAISE(ABORT, 'asset.fixed-once-charged'); END;

CREATE TRIGGER asset_month_event_delete BEFORE DELETE ON asset_month_event
BEGIN SELECT RAISE(ABORT, 'asset_month_event is append-only'); END;

CREATE TRIGGER asset_month_event_update BEFORE UPDATE ON asset_month_event
BEGIN SELECT RAISE(ABORT, 'asset_month_event is append-only'); END;

CREATE TRIGGER asset_movement_delete BEFORE DELETE ON asset_movement
BEGIN SELECT RAISE(ABORT, 'asset_movement is append-only'); END;

CREATE TRIGGER asset_movement_in_closed_month BEFORE INSERT ON asset_movement
WHEN NEW.booked_on < (SELECT max(first_open) FROM asset_open_from
  WHERE company_no IN (NEW.company_no, NEW.from_company_no))
BEGIN SELECT RAISE(ABORT, 'asset_movement.closed-month'); END;

CREATE TRIGGER asset_movement_update BEFORE UPDATE ON asset_movement
BEGIN SELECT RAISE(ABORT, 'asset_movement is append-only'); END;

CREATE TRIGGER asset_new AFTER INSERT ON asset
BEGIN INSERT INTO depreciation_index (asset_no) VALUES (NEW.asset_no); END;

CREATE TRIGGER asset_usage_new AFTER INSERT ON asset_usage
BEGIN UPDATE depreciation_index SET changed = 1 WHERE asset_no = NEW.asset_no; END;

CREATE TRIGGER asset_usage_no_delete BEFORE DELETE ON asset_usage
BEGIN
  SELECT RAISE(ABORT, 'asset_usage is append-only');
END;

CREATE TRIGGER asset_usage_no_update BEFORE UPDATE ON asset_usage
BEGIN
  SELECT RAISE(ABORT, 'asset_usage is append-only');
END;

CREATE TRIGGER audit_change_delete BEFORE DELETE ON audit_change
WHEN OLD.seq > (SELECT coalesce(max(through), 0) FROM audit_purge)
BEGIN SELECT RAISE(ABORT, 'audit_change is append-only'); END;

CREATE TRIGGER audit_change_update BEFORE UPDATE ON audit_change
BEGIN SELECT RAISE(ABORT, 'audit_change is append-only'); END;

CREATE TRIGGER audit_delete BEFORE DELETE ON audit
WHEN OLD.seq > (SELECT coalesce(max(through), 0) FROM audit_purge)
  OR OLD.at >= strftime('%Y-%m-%d', 'now', '-6 months')
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER audit_key_delete BEFORE DELETE ON audit_key
BEGIN SELECT RAISE(ABORT, 'audit_key stays'); END;

CREATE TRIGGER audit_key_update BEFORE UPDATE ON audit_key
BEGIN SELECT RAISE(ABORT, 'audit_key stays'); END;

CREATE TRIGGER audit_purge_delete BEFORE DELETE ON audit_purge
BEGIN SELECT RAISE(ABORT, 'audit_purge is append-only'); END;

CREATE TRIGGER audit_purge_update BEFORE UPDATE ON audit_purge
BEGIN SELECT RAISE(ABORT, 'audit_purge is append-only'); END;

CREATE TRIGGER audit_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER bill_delete BEFORE DELETE ON bill
BEGIN SELECT RAISE(ABORT, 'bill is append-only'); END;

CREATE TRIGGER bill_event_delete BEFORE DELETE ON bill_event
BEGIN SELECT RAISE(ABORT, 'bill_event is append-only'); END;

CREATE TRIGGER bill_event_inserted AFTER INSERT ON bill_event BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM bill WHERE bill_no = NEW.bill_no) AND changed = 0;
END;

CREATE TRIGGER bill_event_update BEFORE UPDATE ON bill_event
BEGIN SELECT RAISE(ABORT, 'bill_event is append-only'); END;

CREATE TRIGGER bill_in_closed_month BEFORE INSERT ON bill
WHEN NEW.booked_on < (SELECT first_open FROM open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'bill.closed-month'); END;

CREATE TRIGGER bill_update BEFORE UPDATE ON bill
BEGIN SELECT RAISE(ABORT, 'bill is append-only'); END;

CREATE TRIGGER charge_delete BEFORE DELETE ON charge
BEGIN SELECT RAISE(ABORT, 'charge is append-only'); END;

CREATE TRIGGER charge_deposit_used BEFORE INSERT ON charge
WHEN NEW.amount_fen < 0 AND -NEW.amount_fen > (SELECT left_fen FROM deposit_left
  WHERE charge_id = NEW.adjusts AND used_fen > 0)
BEGIN SELECT RAISE(ABORT, 'charge.deposit-used'); END;

CREATE TRIGGER charge_term_deleted AFTER DELETE ON charge_term BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;

CREATE TRIGGER charge_term_fixed BEFORE UPDATE ON charge_term
WHEN (OLD.item <> NEW.item OR OLD.method <> NEW.method OR OLD.cycle_months <> NEW.cycle_months
    OR OLD.anchor <> NEW.anchor OR OLD.timing <> NEW.timing
    OR OLD.company_no IS NOT NEW.company_no)
  AND EXISTS (SELECT 1 FROM charge
    WHERE contract_no = OLD.contract_no AND line = OLD.line)
BEGIN SELECT RAISE(ABORT, 'charge_term.fixed-once-charged'); END;

CREATE TRIGGER charge_term_inserted AFTER INSERT ON charge_term BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER charge_term_updated AFTER UPDATE ON charge_term BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER charge_update BEFORE UPDATE ON charge
BEGIN SELECT RAISE(ABORT, 'charge is append-only'); END;

CREATE TRIGGER charge_voided_inserted AFTER INSERT ON charge
WHEN NEW.voids = 1 BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER contract_fixed BEFORE UPDATE ON contract
WHEN (OLD.tenant_no <> NEW.tenant_no OR OLD.property_no <> NEW.property_no
    OR OLD.company_no IS NOT NEW.company_no
    OR (NEW.status = 'draft' AND OLD.status <> 'draft'))
  AND EXISTS (SELECT 1 FROM charge WHERE contract_no = OLD.contract_no)
BEGIN SELECT RAISE(ABORT, 'contract.fixed-once-charged'); END;

CREATE TRIGGER contract_inserted AFTER INSERT ON contract BEGIN
  INSERT INTO billing_index (contract_no) VALUES (NEW.contract_no);
END;

CREATE TRIGGER contract_unit_deleted AFTER DELETE ON contract_unit BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;

CREATE TRIGGER contract_unit_inserted AFTER INSERT ON contract_unit BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER contract_unit_updated AFTER UPDATE ON contract_unit BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER contract_updated AFTER UPDATE ON contract BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER depreciation_delete BEFORE DELETE ON depreciation
BEGIN SELECT RAISE(ABORT, 'depreciation is append-only'); END;

CREATE TRIGGER depreciation_in_closed_month BEFORE INSERT ON depreciation
WHEN NEW.booked_on < (SELECT first_open FROM asset_open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'depreciation.closed-month'); END;

CREATE TRIGGER depreciation_update BEFORE UPDATE ON depreciation
BEGIN SELECT RAISE(ABORT, 'depreciation is append-only'); END;

CREATE TRIGGER fee_item_fixed BEFORE UPDATE OF kind ON fee_item
WHEN OLD.kind <> NEW.kind AND (EXISTS (SELECT 1 FROM charge WHERE item = OLD.item)
  OR EXISTS (SELECT 1 FROM accrual WHERE item = OLD.item))
BEGIN SELECT RAISE(ABORT, 'fee_item.fixed-once-charged'); END;

CREATE TRIGGER fee_item_updated AFTER UPDATE OF tax_rate_e6, tax_code ON fee_item
WHEN OLD.tax_rate_e6 IS NOT NEW.tax_rate_e6 OR OLD.tax_code IS NOT NEW.tax_code BEGIN
  UPDATE billing_index SET changed = 1 WHERE changed = 0 AND contract_no IN (
    SELECT contract_no FROM charge_term WHERE item = NEW.item
    UNION SELECT contract_no FROM opening_balance WHERE item = NEW.item);
END;

CREATE TRIGGER file_content_delete BEFORE DELETE ON file_content
BEGIN SELECT RAISE(ABORT, 'file_content is append-only'); END;

CREATE TRIGGER file_content_update BEFORE UPDATE ON file_content
BEGIN SELECT RAISE(ABORT, 'file_content is append-only'); END;

CREATE TRIGGER file_packing_delete BEFORE DELETE ON file_packing
BEGIN SELECT RAISE(ABORT, 'file_packing is append-only'); END;

CREATE TRIGGER file_packing_update BEFORE UPDATE ON file_packing
BEGIN SELECT RAISE(ABORT, 'file_packing is append-only'); END;

CREATE TRIGGER invoice_charge_delete BEFORE DELETE ON invoice_charge
BEGIN SELECT RAISE(ABORT, 'invoice_charge is append-only'); END;

CREATE TRIGGER invoice_charge_in_closed_month BEFORE INSERT ON invoice_charge
WHEN NEW.booked_on < (SELECT o.first_open FROM charge c JOIN bill b ON b.bill_no = c.bill_no
  JOIN open_from o ON o.company_no = b.company_no WHERE c.id = NEW.charge_id)
BEGIN SELECT RAISE(ABORT, 'invoice_charge.closed-month'); END;

CREATE TRIGGER invoice_charge_update BEFORE UPDATE ON invoice_charge
BEGIN SELECT RAISE(ABORT, 'invoice_charge is append-only'); END;

CREATE TRIGGER invoice_delete BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'invoice is append-only'); END;

CREATE TRIGGER invoice_entry_delete BEFORE DELETE ON invoice_entry
BEGIN SELECT RAISE(ABORT, 'invoice_entry is append-only'); END;

CREATE TRIGGER invoice_entry_update BEFORE UPDATE ON invoice_entry
BEGIN SELECT RAISE(ABORT, 'invoice_entry is append-only'); END;

CREATE TRIGGER invoice_event_delete BEFORE DELETE ON invoice_event
BEGIN SELECT RAISE(ABORT, 'invoice_event is append-only'); END;

CREATE TRIGGER invoice_event_follows BEFORE INSERT ON invoice_event
WHEN NEW.seq <> 1 OR NEW.kind <> 'received'
BEGIN
  INSERT INTO invoice_event_next (invoice_id, seq, kind, happened_on, code, tax_fen)
  VALUES (NEW.invoice_id, NEW.seq, NEW.kind, NEW.happened_on, NEW.code, NEW.tax_fen);
END;

CREATE TRIGGER invoice_event_rules INSTEAD OF INSERT ON invoice_event_next
BEGIN
  SELECT RAISE(ABORT, 'invoice_event is append-only')
  WHERE NEW.seq <= (SELECT max(seq) FROM invoice_event WHERE invoice_id = NEW.invoice_id);
  SELECT RAISE(ABORT, 'invoice_event is append-only')
  WHERE NEW.seq > 1 AND NOT EXISTS (SELECT 1 FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND seq = NEW.seq - 1);

  SELECT RAISE(ABORT, 'invoice.matched-already')
  WHERE NEW.kind = 'matched' AND EXISTS (SELECT 1 FROM invoice_match m
    WHERE m.invoice_id = NEW.invoice_id AND m.side = CASE NEW.code WHEN 'purchase' THEN 'in' ELSE 'out' END);

  SELECT RAISE(ABORT, 'invoice.not-in-conflict')
  WHERE NEW.kind = 'resolved' AND (SELECT kind FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND (kind = 'conflict' OR kind = 'resolved')
    ORDER BY seq DESC LIMIT 1) IS NOT 'conflict';

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
    ORDER BY seq DESC LIMIT 1) last
  WHERE NEW.kind = 'selected' OR NEW.kind = 'deselected' OR NEW.kind = 'deducted'
    OR NEW.kind = 'undeducted' OR NEW.kind = 'transferred_out';
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

  -- Posting goes forward in time, so that what holds on a day is what was written by then.
  SELECT CASE
    WHEN NEW.kind = 'posted' AND last.kind = 'posted'
      THEN RAISE(ABORT, 'invoice.posted-already')
    WHEN NEW.kind = 'unposted' AND last.kind IS NOT 'posted'
      THEN RAISE(ABORT, 'invoice.not-posted')
    WHEN NEW.happened_on < last.happened_on THEN RAISE(ABORT, 'invoice.event-day') END
  FROM (SELECT 1) LEFT JOIN (SELECT kind, happened_on FROM invoice_event
    WHERE invoice_id = NEW.invoice_id AND (kind = 'posted' OR kind = 'unposted')
    ORDER BY seq DESC LIMIT 1) last
  WHERE NEW.kind = 'posted' OR NEW.kind = 'unposted';
  -- A blue invoice that reds took back before anything of it was posted has nothing to post.
  SELECT RAISE(ABORT, 'invoice.reversed') FROM invoice i
  WHERE NEW.kind = 'posted' AND i.id = NEW.invoice_id AND i.is_red = 0 AND i.gross_fen > 0
    AND i.gross_fen + (SELECT total(r.gross_fen) FROM invoice r
      WHERE r.blue_no = i.invoice_no AND r.is_red = 1 AND (SELECT e.kind FROM invoice_event e
        WHERE e.invoice_id = r.id AND (e.kind = 'posted' OR e.kind = 'unposted')
        ORDER BY e.seq DESC LIMIT 1) IS NOT 'posted') <= 0;

  -- Not in conflict, not without the original.
  SELECT RAISE(ABORT, 'invoice.in-conflict')
  WHERE (NEW.kind = 'posted' OR NEW.kind = 'selected' OR NEW.kind = 'deducted')
    AND (SELECT kind FROM invoice_event
      WHERE invoice_id = NEW.invoice_id AND (kind = 'conflict' OR kind = 'resolved')
      ORDER BY seq DESC LIMIT 1) = 'conflict';
  SELECT RAISE(ABORT, 'invoice.no-original')
  WHERE (NEW.kind = 'posted' OR NEW.kind = 'selected' OR NEW.kind = 'deducted')
    AND (SELECT carrier FROM invoice WHERE id = NEW.invoice_id) = 'pdf';
END;

CREATE TRIGGER invoice_event_update BEFORE UPDATE ON invoice_event
BEGIN SELECT RAISE(ABORT, 'invoice_event is append-only'); END;

CREATE TRIGGER invoice_file_delete BEFORE DELETE ON invoice_file
BEGIN SELECT RAISE(ABORT, 'invoice_file is append-only'); END;

CREATE TRIGGER invoice_file_update BEFORE UPDATE ON invoice_file
BEGIN SELECT RAISE(ABORT, 'invoice_file is append-only'); END;

CREATE TRIGGER invoice_identity BEFORE UPDATE OF invoice_no ON invoice
WHEN OLD.invoice_no <> NEW.invoice_no
BEGIN SELECT RAISE(ABORT, 'invoice.identity'); END;

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

CREATE TRIGGER invoice_request_delete BEFORE DELETE ON invoice_request
BEGIN SELECT RAISE(ABORT, 'invoice_request is append-only'); END;

CREATE TRIGGER invoice_request_event_delete BEFORE DELETE ON invoice_request_event
BEGIN SELECT RAISE(ABORT, 'invoice_request_event is append-only'); END;

CREATE TRIGGER invoice_request_event_order BEFORE INSERT ON invoice_request_event
WHEN NOT (SELECT CASE state WHEN 'withdrawn' THEN 0 WHEN 'issued' THEN NEW.event = 'unissued'
    ELSE NEW.event <> 'unissued' END
  FROM invoice_request_state WHERE request_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'invoice_request.state'); END;

CREATE TRIGGER invoice_request_event_update BEFORE UPDATE ON invoice_request_event
BEGIN SELECT RAISE(ABORT, 'invoice_request_event is append-only'); END;

CREATE TRIGGER invoice_request_issued_once BEFORE INSERT ON invoice_request_event
WHEN NEW.event = 'issued' AND EXISTS (SELECT 1 FROM invoice_request_event e
  JOIN invoice_request_state s ON s.request_id = e.request_id AND s.state = 'issued'
    AND s.invoice_no = NEW.invoice_no
  WHERE e.invoice_no = NEW.invoice_no AND e.request_id <> NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'invoice_request.invoice-used'); END;

CREATE TRIGGER invoice_request_lease_delete BEFORE DELETE ON invoice_request_lease
BEGIN SELECT RAISE(ABORT, 'invoice_request_lease is append-only'); END;

CREATE TRIGGER invoice_request_lease_update BEFORE UPDATE ON invoice_request_lease
BEGIN SELECT RAISE(ABORT, 'invoice_request_lease is append-only'); END;

CREATE TRIGGER invoice_request_line_delete BEFORE DELETE ON invoice_request_line
BEGIN SELECT RAISE(ABORT, 'invoice_request_line is append-only'); END;

CREATE TRIGGER invoice_request_line_update BEFORE UPDATE ON invoice_request_line
BEGIN SELECT RAISE(ABORT, 'invoice_request_line is append-only'); END;

CREATE TRIGGER invoice_request_part_delete BEFORE DELETE ON invoice_request_part
BEGIN SELECT RAISE(ABORT, 'invoice_request_part is append-only'); END;

CREATE TRIGGER invoice_request_part_update BEFORE UPDATE ON invoice_request_part
BEGIN SELECT RAISE(ABORT, 'invoice_request_part is append-only'); END;

CREATE TRIGGER invoice_request_red_within_blue BEFORE INSERT ON invoice_request_part
WHEN NEW.gross_fen < 0 AND NEW.gross_fen + coalesce((SELECT sum(p.gross_fen)
  FROM invoice_request q
  JOIN invoice_request b ON b.id = q.blue_id
  JOIN invoice_request r ON r.id = b.id OR r.blue_id = b.id
  JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
  JOIN invoice_request_part p ON p.request_id = r.id AND p.charge_id = NEW.charge_id
  WHERE q.id = NEW.request_id), 0) < 0
BEGIN SELECT RAISE(ABORT, 'invoice_request.exceeds-blue'); END;

CREATE TRIGGER invoice_request_update BEFORE UPDATE ON invoice_request
BEGIN SELECT RAISE(ABORT, 'invoice_request is append-only'); END;

CREATE TRIGGER invoice_request_withdrawn BEFORE INSERT ON invoice_request_event
WHEN NEW.event = 'withdrawn' AND EXISTS (SELECT 1 FROM invoice_request r
  JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
  WHERE r.blue_id = NEW.request_id)
BEGIN SELECT RAISE(ABORT, 'invoice_request.has-red'); END;

CREATE TRIGGER job_run_update BEFORE UPDATE ON job_run
BEGIN SELECT RAISE(ABORT, 'job_run is append-only'); END;

CREATE TRIGGER late_fee_rule_deleted AFTER DELETE ON late_fee_rule BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM contract WHERE property_no = OLD.property_no) AND changed = 0;
END;

CREATE TRIGGER late_fee_rule_inserted AFTER INSERT ON late_fee_rule BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM contract WHERE property_no = NEW.property_no) AND changed = 0;
END;

CREATE TRIGGER late_fee_rule_updated AFTER UPDATE ON late_fee_rule BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM contract WHERE property_no = NEW.property_no) AND changed = 0;
END;

CREATE TRIGGER late_fee_waiver_delete BEFORE DELETE ON late_fee_waiver
BEGIN SELECT RAISE(ABORT, 'late_fee_waiver is append-only'); END;

CREATE TRIGGER late_fee_waiver_inserted AFTER INSERT ON late_fee_waiver BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.charge_id) AND changed = 0;
END;

CREATE TRIGGER late_fee_waiver_update BEFORE UPDATE ON late_fee_waiver
BEGIN SELECT RAISE(ABORT, 'late_fee_waiver is append-only'); END;

CREATE TRIGGER message_delete BEFORE DELETE ON message
BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;

CREATE TRIGGER message_update BEFORE UPDATE ON message
BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;

CREATE TRIGGER meter_install_deleted AFTER DELETE ON meter_install BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;

CREATE TRIGGER meter_install_inserted AFTER INSERT ON meter_install BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER meter_install_updated AFTER UPDATE ON meter_install BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (OLD.contract_no, NEW.contract_no) AND changed = 0;
END;

CREATE TRIGGER meter_updated AFTER UPDATE OF digits ON meter
WHEN OLD.digits IS NOT NEW.digits BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE meter_no = NEW.meter_no) AND changed = 0;
END;

CREATE TRIGGER month_event_delete BEFORE DELETE ON month_event
BEGIN SELECT RAISE(ABORT, 'month_event is append-only'); END;

CREATE TRIGGER month_event_update BEFORE UPDATE ON month_event
BEGIN SELECT RAISE(ABORT, 'month_event is append-only'); END;

CREATE TRIGGER obligation_done_delete BEFORE DELETE ON obligation_done
BEGIN SELECT RAISE(ABORT, 'obligation_done is append-only'); END;

CREATE TRIGGER obligation_done_update BEFORE UPDATE ON obligation_done
BEGIN SELECT RAISE(ABORT, 'obligation_done is append-only'); END;

CREATE TRIGGER opening_balance_changed_late BEFORE UPDATE ON opening_balance
WHEN (OLD.kind <> 'receivable' OR NEW.kind <> 'receivable')
  AND (OLD.kind <> NEW.kind OR OLD.amount_fen <> NEW.amount_fen)
  AND EXISTS (SELECT 1 FROM opening o JOIN open_from f ON f.company_no = o.company_no
    WHERE o.id = OLD.id AND o.since < f.first_open)
BEGIN SELECT RAISE(ABORT, 'opening_balance.closed-month'); END;

CREATE TRIGGER opening_balance_deleted AFTER DELETE ON opening_balance BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;

CREATE TRIGGER opening_balance_inserted AFTER INSERT ON opening_balance BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER opening_balance_late BEFORE INSERT ON opening_balance
WHEN NEW.kind <> 'receivable' AND (SELECT max(NEW.due_on, coalesce(r.billing_from, NEW.due_on))
    < (SELECT f.first_open FROM open_from f WHERE f.company_no = coalesce(
      (SELECT t.company_no FROM charge_term t WHERE t.contract_no = NEW.contract_no
        AND t.item = NEW.item ORDER BY t.line LIMIT 1), c.company_no, r.company_no))
  FROM contract c JOIN property r ON r.property_no = c.property_no
  WHERE c.contract_no = NEW.contract_no)
BEGIN SELECT RAISE(ABORT, 'opening_balance.closed-month'); END;

CREATE TRIGGER opening_balance_removed_late BEFORE DELETE ON opening_balance
WHEN OLD.kind <> 'receivable'
  AND EXISTS (SELECT 1 FROM opening o JOIN open_from f ON f.company_no = o.company_no
    WHERE o.id = OLD.id AND o.since < f.first_open)
BEGIN SELECT RAISE(ABORT, 'opening_balance.closed-month'); END;

CREATE TRIGGER opening_balance_updated AFTER UPDATE ON opening_balance BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER opening_balance_used BEFORE UPDATE ON opening_balance
WHEN OLD.kind IN ('prepaid', 'deposit')
  AND (OLD.kind <> NEW.kind OR OLD.contract_no <> NEW.contract_no OR OLD.item <> NEW.item
    OR OLD.due_on <> NEW.due_on
    OR NEW.amount_fen < OLD.amount_fen
      - (SELECT left_fen FROM opening_left WHERE opening_id = OLD.id))
  AND (SELECT left_fen FROM opening_left WHERE opening_id = OLD.id) <> OLD.amount_fen
BEGIN SELECT RAISE(ABORT, 'opening_balance.allocated'); END;

CREATE TRIGGER payment_above_zero BEFORE INSERT ON payment WHEN NEW.amount_fen < 0
BEGIN SELECT RAISE(ABORT, 'payment.amount'); END;

CREATE TRIGGER payment_claim_delete BEFORE DELETE ON payment_claim
BEGIN SELECT RAISE(ABORT, 'payment_claim is append-only'); END;

CREATE TRIGGER payment_claim_in_closed_month BEFORE INSERT ON payment_claim
WHEN NEW.booked_on < (SELECT o.first_open FROM payment_entry e
  JOIN open_from o ON o.company_no = e.company_no WHERE e.payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'payment_claim.closed-month'); END;

CREATE TRIGGER payment_claim_needless BEFORE INSERT ON payment_claim
WHEN (SELECT tenant_no FROM payment WHERE payment_no = NEW.payment_no) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'payment_claim.has-tenant'); END;

CREATE TRIGGER payment_claim_update BEFORE UPDATE ON payment_claim
BEGIN SELECT RAISE(ABORT, 'payment_claim is append-only'); END;

CREATE TRIGGER payment_claim_used BEFORE INSERT ON payment_claim
WHEN (SELECT coalesce(sum(amount_fen), 0) FROM allocation WHERE payment_no = NEW.payment_no) > 0
  OR (SELECT coalesce(sum(amount_fen), 0) FROM refund_line WHERE payment_no = NEW.payment_no) > 0
BEGIN SELECT RAISE(ABORT, 'payment_claim.allocated'); END;

CREATE TRIGGER payment_claim_void BEFORE INSERT ON payment_claim
WHEN EXISTS (SELECT 1 FROM payment_void WHERE payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'payment_claim.void'); END;

CREATE TRIGGER payment_entry_below_zero BEFORE INSERT ON payment_entry
WHEN (SELECT amount_fen FROM payment WHERE payment_no = NEW.payment_no) <= 0
BEGIN SELECT RAISE(ABORT, 'payment_entry.below-zero'); END;

CREATE TRIGGER payment_entry_delete BEFORE DELETE ON payment_entry
BEGIN SELECT RAISE(ABORT, 'payment_entry is append-only'); END;

CREATE TRIGGER payment_entry_in_closed_month BEFORE INSERT ON payment_entry
WHEN NEW.booked_on < (SELECT first_open FROM open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'payment_entry.closed-month'); END;

CREATE TRIGGER payment_entry_update BEFORE UPDATE ON payment_entry
BEGIN SELECT RAISE(ABORT, 'payment_entry is append-only'); END;

CREATE TRIGGER payment_line_above_zero BEFORE INSERT ON payment_line WHEN NEW.amount_fen < 0
BEGIN SELECT RAISE(ABORT, 'payment_line.amount'); END;

CREATE TRIGGER payment_line_no_delete BEFORE DELETE ON payment_line BEGIN
  SELECT RAISE(ABORT, 'payment_line is append-only');
END;

CREATE TRIGGER payment_line_no_update BEFORE UPDATE ON payment_line BEGIN
  SELECT RAISE(ABORT, 'payment_line is append-only');
END;

CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment BEGIN
  SELECT RAISE(ABORT, 'payment is append-only');
END;

CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment BEGIN
  SELECT RAISE(ABORT, 'payment is append-only');
END;

CREATE TRIGGER payment_reference_used AFTER INSERT ON payment
WHEN NEW.reference IS NOT NULL AND NEW.our_account IS NOT NULL
  AND EXISTS (SELECT 1 FROM payment p WHERE p.reference = NEW.reference
    AND p.our_account IS NOT NULL AND p.id <> NEW.id)
  AND EXISTS (SELECT 1 FROM payment_reference r
    JOIN payment_reference n ON n.reference = r.reference AND n.account = r.account
    WHERE r.reference = NEW.reference AND r.id <> NEW.id AND n.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'payment.reference-used'); END;

CREATE TRIGGER payment_void_booked BEFORE INSERT ON payment_void
WHEN NEW.booked_on < (SELECT max(e.booked_on, coalesce(o.first_open, e.booked_on))
  FROM payment_entry e LEFT JOIN open_from o ON o.company_no = e.company_no
  WHERE e.payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'payment_void.closed-month'); END;

CREATE TRIGGER payment_void_delete BEFORE DELETE ON payment_void
BEGIN SELECT RAISE(ABORT, 'payment_void is append-only'); END;

CREATE TRIGGER payment_void_update BEFORE UPDATE ON payment_void
BEGIN SELECT RAISE(ABORT, 'payment_void is append-only'); END;

CREATE TRIGGER payment_void_used BEFORE INSERT ON payment_void
WHEN (SELECT coalesce(sum(amount_fen), 0) FROM allocation WHERE payment_no = NEW.payment_no) <> 0
  OR (SELECT coalesce(sum(amount_fen), 0) FROM refund_line WHERE payment_no = NEW.payment_no) <> 0
BEGIN SELECT RAISE(ABORT, 'payment_void.in-use'); END;

CREATE TRIGGER price_step_deleted AFTER DELETE ON price_step BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;

CREATE TRIGGER price_step_inserted AFTER INSERT ON price_step BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER price_step_updated AFTER UPDATE ON price_step BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER property_fixed BEFORE UPDATE OF company_no ON property
WHEN OLD.company_no <> NEW.company_no
  AND EXISTS (SELECT 1 FROM bill WHERE property_no = OLD.property_no)
BEGIN SELECT RAISE(ABORT, 'property.fixed-once-charged'); END;

CREATE TRIGGER property_of_assets_fixed BEFORE UPDATE OF company_no, billing_from ON property
WHEN (OLD.company_no <> NEW.company_no OR OLD.billing_from IS NOT NEW.billing_from)
  AND (EXISTS (SELECT 1 FROM asset_movement WHERE property_no = OLD.property_no)
    OR EXISTS (SELECT 1 FROM asset_movement WHERE from_property_no = OLD.property_no))
BEGIN SELECT RAISE(ABORT, 'property.fixed-once-charged'); END;

CREATE TRIGGER property_updated AFTER UPDATE OF company_no, billing_from ON property
WHEN OLD.company_no IS NOT NEW.company_no OR OLD.billing_from IS NOT NEW.billing_from BEGIN
  UPDATE billing_index SET changed = 1 WHERE changed = 0 AND contract_no IN (
    SELECT contract_no FROM contract WHERE property_no = NEW.property_no);
END;

CREATE TRIGGER reading_accepted_delete BEFORE DELETE ON reading_accepted
BEGIN SELECT RAISE(ABORT, 'reading_accepted is append-only'); END;

CREATE TRIGGER reading_accepted_inserted AFTER INSERT ON reading_accepted BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE meter_no = NEW.meter_no) AND changed = 0;
END;

CREATE TRIGGER reading_accepted_update BEFORE UPDATE ON reading_accepted
BEGIN SELECT RAISE(ABORT, 'reading_accepted is append-only'); END;

CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading BEGIN
  SELECT RAISE(ABORT, 'reading is append-only');
END;

CREATE TRIGGER reading_no_update BEFORE UPDATE ON reading BEGIN
  SELECT RAISE(ABORT, 'reading is append-only');
END;

CREATE TRIGGER receipt_delete BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

CREATE TRIGGER receipt_update BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

CREATE TRIGGER refund_delete BEFORE DELETE ON refund
BEGIN SELECT RAISE(ABORT, 'refund is append-only'); END;

CREATE TRIGGER refund_in_closed_month BEFORE INSERT ON refund
WHEN NEW.booked_on < (SELECT first_open FROM open_from WHERE company_no = NEW.company_no)
BEGIN SELECT RAISE(ABORT, 'refund.closed-month'); END;

CREATE TRIGGER refund_line_delete BEFORE DELETE ON refund_line
BEGIN SELECT RAISE(ABORT, 'refund_line is append-only'); END;

CREATE TRIGGER refund_line_of_credit BEFORE INSERT ON refund_line
WHEN NEW.credit_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > (SELECT -open_fen FROM charge_open WHERE charge_id = NEW.credit_id)
BEGIN SELECT RAISE(ABORT, 'refund.exceeds-money'); END;

CREATE TRIGGER refund_line_of_deposit BEFORE INSERT ON refund_line
WHEN NEW.deposit_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > coalesce(
    (SELECT left_fen FROM deposit_left WHERE charge_id = NEW.deposit_id), 0)
BEGIN SELECT RAISE(ABORT, 'refund.exceeds-money'); END;

CREATE TRIGGER refund_line_of_opening BEFORE INSERT ON refund_line
WHEN NEW.opening_id IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > coalesce(
    (SELECT left_fen FROM opening_left WHERE opening_id = NEW.opening_id), 0)
BEGIN SELECT RAISE(ABORT, 'refund.exceeds-money'); END;

CREATE TRIGGER refund_line_of_payment BEFORE INSERT ON refund_line
WHEN NEW.payment_no IS NOT NULL AND NEW.amount_fen > 0
  AND NEW.amount_fen > (SELECT left_fen FROM payment_left WHERE payment_no = NEW.payment_no)
BEGIN SELECT RAISE(ABORT, 'refund.exceeds-money'); END;

CREATE TRIGGER refund_line_update BEFORE UPDATE ON refund_line
BEGIN SELECT RAISE(ABORT, 'refund_line is append-only'); END;

CREATE TRIGGER refund_update BEFORE UPDATE ON refund
BEGIN SELECT RAISE(ABORT, 'refund is append-only'); END;

CREATE TRIGGER reminder_delete BEFORE DELETE ON reminder
BEGIN SELECT RAISE(ABORT, 'reminder is append-only'); END;

CREATE TRIGGER reminder_event_delete BEFORE DELETE ON reminder_event
BEGIN SELECT RAISE(ABORT, 'reminder_event is append-only'); END;

CREATE TRIGGER reminder_event_order BEFORE INSERT ON reminder_event
WHEN NOT CASE coalesce((SELECT event FROM reminder_event
    WHERE reminder_id = NEW.reminder_id ORDER BY id DESC LIMIT 1), 'new')
  WHEN 'new' THEN NEW.event = 'queued'
  WHEN 'queued' THEN NEW.event <> 'queued'
  WHEN 'failed' THEN NEW.event <> 'queued'
  WHEN 'withdrawn' THEN NEW.event = 'queued' OR NEW.event = 'sent'
  WHEN 'acked' THEN NEW.event = 'sent'
  ELSE NEW.event = 'acked' END
BEGIN SELECT RAISE(ABORT, 'reminder_event.order'); END;

CREATE TRIGGER reminder_event_sent_twice BEFORE INSERT ON reminder_event
WHEN NEW.event = 'sent' AND EXISTS (SELECT 1 FROM reminder_event
  WHERE reminder_id = NEW.reminder_id AND event = 'sent')
BEGIN SELECT RAISE(ABORT, 'reminder_event.sent-twice'); END;

CREATE TRIGGER reminder_event_update BEFORE UPDATE ON reminder_event
BEGIN SELECT RAISE(ABORT, 'reminder_event is append-only'); END;

CREATE TRIGGER reminder_update BEFORE UPDATE ON reminder
BEGIN SELECT RAISE(ABORT, 'reminder is append-only'); END;

CREATE TRIGGER rent_free_deleted AFTER DELETE ON rent_free BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;

CREATE TRIGGER rent_free_inserted AFTER INSERT ON rent_free BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER rent_free_updated AFTER UPDATE ON rent_free BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER role_grant_last_admin BEFORE DELETE ON role_grant
WHEN OLD.role = 'admin'
  AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role = 'admin' AND id <> OLD.id)
BEGIN SELECT RAISE(ABORT, 'role_grant.last-admin'); END;

CREATE TRIGGER role_grant_update BEFORE UPDATE ON role_grant
BEGIN SELECT RAISE(ABORT, 'role_grant is granted and revoked, never changed'); END;

CREATE TRIGGER seal_delete BEFORE DELETE ON seal
BEGIN SELECT RAISE(ABORT, 'seal stays'); END;

CREATE TRIGGER seal_update BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'seal stays'); END;

CREATE TRIGGER share_division_delete BEFORE DELETE ON share_division
BEGIN SELECT RAISE(ABORT, 'share_division is append-only'); END;

CREATE TRIGGER share_division_update BEFORE UPDATE ON share_division
BEGIN SELECT RAISE(ABORT, 'share_division is append-only'); END;

CREATE TRIGGER share_part_delete BEFORE DELETE ON share_part
BEGIN SELECT RAISE(ABORT, 'share_part is append-only'); END;

CREATE TRIGGER share_part_inserted AFTER INSERT ON share_part BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER share_part_update BEFORE UPDATE ON share_part
BEGIN SELECT RAISE(ABORT, 'share_part is append-only'); END;

CREATE TRIGGER share_pool_fixed BEFORE UPDATE ON share_pool
WHEN (OLD.item <> NEW.item OR OLD.amount_fen <> NEW.amount_fen OR OLD.basis <> NEW.basis
    OR OLD.property_no <> NEW.property_no OR OLD.own_area_m2_e6 <> NEW.own_area_m2_e6)
  AND EXISTS (SELECT 1 FROM share_division d
    WHERE d.pool_no = OLD.pool_no AND d.period = OLD.period
      AND NOT EXISTS (SELECT 1 FROM share_void v WHERE v.division_id = d.id))
BEGIN SELECT RAISE(ABORT, 'share_pool.fixed-once-charged'); END;

CREATE TRIGGER share_void_delete BEFORE DELETE ON share_void
BEGIN SELECT RAISE(ABORT, 'share_void is append-only'); END;

CREATE TRIGGER share_void_inserted AFTER INSERT ON share_void BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM share_part WHERE division_id = NEW.division_id) AND changed = 0;
END;

CREATE TRIGGER share_void_update BEFORE UPDATE ON share_void
BEGIN SELECT RAISE(ABORT, 'share_void is append-only'); END;

CREATE TRIGGER tariff_deleted AFTER DELETE ON tariff BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE tariff_no = OLD.tariff_no) AND changed = 0;
END;

CREATE TRIGGER tariff_inserted AFTER INSERT ON tariff BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE tariff_no = NEW.tariff_no) AND changed = 0;
END;

CREATE TRIGGER tariff_updated AFTER UPDATE ON tariff BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no IN (
    SELECT contract_no FROM meter_install WHERE tariff_no = NEW.tariff_no) AND changed = 0;
END;

CREATE TRIGGER tax_rate_deleted AFTER DELETE ON tax_rate BEGIN
  UPDATE billing_index SET changed = 1 WHERE changed = 0 AND contract_no IN (
    SELECT contract_no FROM charge_term WHERE item = OLD.item
    UNION SELECT contract_no FROM opening_balance WHERE item = OLD.item);
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

CREATE TRIGGER turnover_inserted AFTER INSERT ON turnover BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER turnover_no_delete BEFORE DELETE ON turnover BEGIN
  SELECT RAISE(ABORT, 'turnover is append-only');
END;

CREATE TRIGGER turnover_no_update BEFORE UPDATE ON turnover BEGIN
  SELECT RAISE(ABORT, 'turnover is append-only');
END;

CREATE TRIGGER turnover_tier_deleted AFTER DELETE ON turnover_tier BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = OLD.contract_no AND changed = 0;
END;

CREATE TRIGGER turnover_tier_inserted AFTER INSERT ON turnover_tier BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER turnover_tier_updated AFTER UPDATE ON turnover_tier BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = NEW.contract_no AND changed = 0;
END;

CREATE TRIGGER write_off_delete BEFORE DELETE ON write_off
BEGIN SELECT RAISE(ABORT, 'write_off is append-only'); END;

CREATE TRIGGER write_off_in_closed_month BEFORE INSERT ON write_off
WHEN NEW.booked_on < (SELECT o.first_open FROM charge c JOIN bill b ON b.bill_no = c.bill_no
  JOIN open_from o ON o.company_no = b.company_no WHERE c.id = NEW.charge_id)
BEGIN SELECT RAISE(ABORT, 'write_off.closed-month'); END;

CREATE TRIGGER write_off_inserted AFTER INSERT ON write_off BEGIN
  UPDATE billing_index SET changed = 1 WHERE contract_no = (
    SELECT contract_no FROM charge WHERE id = NEW.charge_id) AND changed = 0;
END;

CREATE TRIGGER write_off_of_charge BEFORE INSERT ON write_off
WHEN NOT (SELECT NEW.amount_fen <= open_fen AND (NEW.amount_fen > 0
    OR EXISTS (SELECT 1 FROM write_off w WHERE w.id = NEW.reverses
      AND w.amount_fen = -NEW.amount_fen AND w.charge_id = NEW.charge_id))
  FROM charge_open o JOIN charge c ON c.id = o.charge_id
  WHERE o.charge_id = NEW.charge_id AND c.amount_fen > 0)
BEGIN SELECT RAISE(ABORT, 'write_off.exceeds-charge'); END;

CREATE TRIGGER write_off_update BEFORE UPDATE ON write_off
BEGIN SELECT RAISE(ABORT, 'write_off is append-only'); END;

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

CREATE VIEW asset_open_from AS
SELECT company_no, max(first_open) AS first_open FROM (
  SELECT company_no, first_open FROM open_from
  UNION ALL
  SELECT company_no, date(month || '-01', CASE event WHEN 'close' THEN '+1 month'
    ELSE '+0 month' END)
  FROM asset_month_event e
  WHERE id = (SELECT max(id) FROM asset_month_event n WHERE n.company_no = e.company_no))
GROUP BY company_no;

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

CREATE VIEW asset_role AS
SELECT a.asset_no, a.kind, 'asset_' || a.kind AS cost_role,
  CASE a.kind WHEN 'deferred' THEN 'asset_deferred'
    ELSE 'asset_' || a.kind || '_depreciation' END AS depreciation_role,
  CASE a.kind WHEN 'deferred' THEN 'asset_deferred'
    ELSE 'asset_' || a.kind || '_impairment' END AS impairment_role
FROM asset a;

CREATE VIEW bills AS
SELECT b.id, b.bill_no, b.kind, b.property_no, b.contract_no, b.tenant_no, t.name AS tenant_name,
  b.company_no, b.bill_on, b.due_on, b.booked_on, b.month, b.serial, b.net_fen, b.tax_fen,
  b.amount_fen, (SELECT count(*) FROM charge c WHERE c.bill_no = b.bill_no) AS charges
FROM bill b
JOIN tenant t ON t.tenant_no = b.tenant_no;

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

CREATE VIEW charge_open AS
SELECT c.id AS charge_id, c.amount_fen
  - (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.charge_id = c.id)
  + (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.credit_id = c.id)
  + (SELECT coalesce(sum(amount_fen), 0) FROM refund_line r WHERE r.credit_id = c.id)
  - (SELECT coalesce(sum(amount_fen), 0) FROM write_off w WHERE w.charge_id = c.id) AS open_fen
FROM charge c;

CREATE VIEW charges AS
SELECT c.id, b.bill_no, b.property_no, c.contract_no, b.tenant_no, t.name AS tenant_name,
  b.company_no, c.line, c.item, i.name AS item_name, c.kind, c.source, c.period_start,
  c.period_end, c.revision, b.bill_on, b.due_on, b.booked_on, c.quantity_e6, c.price_e6,
  c.tax_rate_e6, c.tax_code, c.net_fen, c.tax_fen, c.amount_fen, c.adjusts, c.voids, c.explain
FROM charge c
JOIN bill b ON b.bill_no = c.bill_no
JOIN tenant t ON t.tenant_no = b.tenant_no
JOIN fee_item i ON i.item = c.item;

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

CREATE VIEW invoice_event_next AS
SELECT invoice_id, seq, kind, happened_on, code, tax_fen FROM invoice_event WHERE 0;

CREATE VIEW invoice_match AS
SELECT e.invoice_id, CASE e.code WHEN 'purchase' THEN 'in' ELSE 'out' END AS side, e.code,
  e.other_no, e.happened_on
FROM invoice_event e
WHERE e.kind = 'matched' AND NOT EXISTS (SELECT 1 FROM invoice_event n
  WHERE n.invoice_id = e.invoice_id AND n.seq > e.seq AND n.kind IN ('matched', 'unmatched')
    AND (n.code = 'purchase') = (e.code = 'purchase'));

CREATE VIEW invoice_request_state AS
SELECT r.id AS request_id,
  CASE coalesce(e.event, '') WHEN '' THEN CASE r.colour WHEN 'red' THEN 'pending' ELSE 'requested' END
    WHEN 'unissued' THEN CASE r.colour WHEN 'red' THEN 'pending' ELSE 'exported' END
    ELSE e.event END AS state,
  coalesce(e.happened_on, r.requested_on) AS since_on, e.invoice_no, e.reason
FROM invoice_request r LEFT JOIN invoice_request_event e ON e.id = (
  SELECT max(n.id) FROM invoice_request_event n WHERE n.request_id = r.id);

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

CREATE VIEW open_from AS
SELECT company_no, date(month || '-01', CASE event WHEN 'close' THEN '+1 month' ELSE '+0 month' END)
  AS first_open
FROM month_event e
WHERE id = (SELECT max(id) FROM month_event n WHERE n.company_no = e.company_no);

CREATE VIEW opening AS
SELECT o.id, o.kind, o.contract_no, c.tenant_no, c.property_no, o.item, o.amount_fen,
  max(o.due_on, coalesce(r.billing_from, o.due_on)) AS since,
  coalesce((SELECT t.company_no FROM charge_term t
    WHERE t.contract_no = o.contract_no AND t.item = o.item ORDER BY t.line LIMIT 1),
    c.company_no, r.company_no) AS company_no
FROM opening_balance o
JOIN contract c ON c.contract_no = o.contract_no
JOIN property r ON r.property_no = c.property_no;

CREATE VIEW opening_left AS
SELECT o.id AS opening_id, o.kind, o.amount_fen
  - (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.opening_id = o.id)
  - (SELECT coalesce(sum(amount_fen), 0) FROM refund_line r WHERE r.opening_id = o.id) AS left_fen
FROM opening_balance o WHERE o.kind IN ('prepaid', 'deposit');

CREATE VIEW payment_left AS
SELECT p.payment_no, CASE WHEN v.id IS NULL THEN p.amount_fen ELSE 0 END
  - (SELECT coalesce(sum(amount_fen), 0) FROM allocation a WHERE a.payment_no = p.payment_no)
  - (SELECT coalesce(sum(amount_fen), 0) FROM refund_line r WHERE r.payment_no = p.payment_no)
  AS left_fen
FROM payment p LEFT JOIN payment_void v ON v.payment_no = p.payment_no;

CREATE VIEW payment_owner AS
SELECT p.id, p.payment_no, p.property_no, p.paid_on, p.amount_fen, p.method, p.reference,
  p.company_no, p.our_account, p.contract_no, p.bill_no, p.payer_name, p.payer_account,
  coalesce(p.tenant_no, (SELECT c.tenant_no FROM payment_claim c
    WHERE c.payment_no = p.payment_no ORDER BY c.id DESC LIMIT 1)) AS tenant_no,
  e.company_no AS entry_company_no, e.pays_any, e.booked_on
FROM payment p LEFT JOIN payment_entry e ON e.payment_no = p.payment_no
WHERE NOT EXISTS (SELECT 1 FROM payment_void v WHERE v.payment_no = p.payment_no);

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

CREATE VIEW prepaid_opening AS SELECT * FROM opening WHERE kind = 'prepaid';

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
