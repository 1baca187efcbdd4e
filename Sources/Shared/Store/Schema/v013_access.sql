-- 权限 and 审计: who may do what, and who did.

-- A user of the system has a role, for one property or (NULL) for all.
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
CREATE UNIQUE INDEX role_grant_once ON role_grant (user, role, coalesce(property_no, ''));
CREATE INDEX role_grant_property ON role_grant (property_no) WHERE property_no IS NOT NULL;
CREATE TRIGGER role_grant_update BEFORE UPDATE ON role_grant
BEGIN SELECT RAISE(ABORT, 'role_grant is granted and revoked, never changed'); END;
CREATE TRIGGER role_grant_last_admin BEFORE DELETE ON role_grant
WHEN OLD.role = 'admin'
  AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role = 'admin' AND id <> OLD.id)
BEGIN SELECT RAISE(ABORT, 'role_grant.last-admin'); END;

-- What a role may do. action: a command as it is typed ('run', 'request run'; of a tool without
-- commands its own name: 'import', 'export'), or 'reveal'. '*' stands for every tool, every
-- command but reveal, every register or view.
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

INSERT INTO permission (role, tool, action) VALUES
  ('admin', '*', '*'), ('admin', '*', 'reveal'), ('finance', '*', 'reveal');

-- Every command by its name, with the roles besides admin that may run it.
INSERT INTO permission (role, tool, action)
SELECT roles.value, command.value ->> 0, command.value ->> 1
FROM json_each('[
  ["boms-db", "check", ["finance", "viewer"]],
  ["boms-db", "info", ["finance", "leasing", "property", "viewer"]],
  ["boms-db", "job list", ["finance", "leasing", "property", "viewer"]],
  ["boms-db", "job note", ["finance"]],
  ["boms-db", "init", []],
  ["boms-db", "migrate", []],
  ["boms-db", "backup", []],
  ["boms-db", "restore", []],
  ["boms-db", "grant", []],
  ["boms-db", "revoke", []],
  ["boms-db", "permit", []],
  ["boms-db", "forbid", []],
  ["boms-db", "roles", ["finance"]],
  ["boms-db", "audit list", ["finance"]],
  ["boms-db", "audit verify", ["finance"]],
  ["boms-db", "audit anchor", ["finance"]],
  ["boms-db", "audit purge", []],

  ["boms-bill", "run", ["finance"]],
  ["boms-bill", "void", ["finance"]],
  ["boms-bill", "hold", ["finance"]],
  ["boms-bill", "release", ["finance"]],
  ["boms-bill", "waive", ["finance"]],
  ["boms-bill", "accrue", ["finance"]],
  ["boms-bill", "close", ["finance"]],
  ["boms-bill", "reopen", ["finance"]],
  ["boms-bill", "accept", ["finance", "property"]],
  ["boms-bill", "amend", ["leasing"]],
  ["boms-bill", "renew", ["leasing"]],
  ["boms-bill", "terminate", ["leasing"]],
  ["boms-bill", "notice", ["finance", "leasing"]],
  ["boms-bill", "statement", ["finance", "leasing"]],
  ["boms-bill", "missing", ["finance", "leasing", "property", "viewer"]],
  ["boms-bill", "explain", ["finance", "leasing", "property", "viewer"]],
  ["boms-bill", "straight-line", ["finance", "leasing", "viewer"]],

  ["boms-collect", "run", ["finance"]],
  ["boms-collect", "claim", ["finance"]],
  ["boms-collect", "refund", ["finance"]],
  ["boms-collect", "void", ["finance"]],
  ["boms-collect", "write-off", ["finance"]],
  ["boms-collect", "reconcile", ["finance"]],
  ["boms-collect", "receipt", ["finance"]],
  ["boms-collect", "unclaimed", ["finance", "leasing", "viewer"]],
  ["boms-collect", "deposit collect", ["finance"]],
  ["boms-collect", "deposit deduct", ["finance"]],
  ["boms-collect", "deposit forfeit", ["finance"]],
  ["boms-collect", "deposit transfer", ["finance"]],
  ["boms-collect", "deposit refund", ["finance"]],
  ["boms-collect", "deposit take-back", ["finance"]],
  ["boms-collect", "deposit list", ["finance", "leasing", "viewer"]],

  ["boms-invoice", "import", ["finance"]],
  ["boms-invoice", "resolve", ["finance"]],
  ["boms-invoice", "verify export", ["finance"]],
  ["boms-invoice", "verify import", ["finance"]],
  ["boms-invoice", "deduct import", ["finance"]],
  ["boms-invoice", "deduct select", ["finance"]],
  ["boms-invoice", "deduct report", ["finance", "viewer"]],
  ["boms-invoice", "deduct undo", ["finance"]],
  ["boms-invoice", "use", ["finance"]],
  ["boms-invoice", "transfer-out", ["finance"]],
  ["boms-invoice", "post", ["finance"]],
  ["boms-invoice", "unpost", ["finance"]],
  ["boms-invoice", "export", ["finance"]],
  ["boms-invoice", "extract", ["finance"]],
  ["boms-invoice", "match", ["finance"]],
  ["boms-invoice", "unmatch", ["finance"]],
  ["boms-invoice", "request run", ["finance"]],
  ["boms-invoice", "request red", ["finance"]],
  ["boms-invoice", "request withdraw", ["finance"]],
  ["boms-invoice", "request export", ["finance"]],
  ["boms-invoice", "request import", ["finance"]],
  ["boms-invoice", "request list", ["finance", "leasing", "viewer"]],
  ["boms-invoice", "request show", ["finance", "leasing", "viewer"]],
  ["boms-invoice", "check", ["finance", "leasing", "property", "viewer"]],
  ["boms-invoice", "list", ["finance", "viewer"]],
  ["boms-invoice", "show", ["finance", "viewer"]],

  ["boms-depreciate", "run", ["finance"]],
  ["boms-depreciate", "close", ["finance"]],
  ["boms-depreciate", "dispose", ["finance"]],
  ["boms-depreciate", "count", ["finance", "property"]],
  ["boms-depreciate", "schedule", ["finance", "viewer"]],
  ["boms-depreciate", "report", ["finance", "viewer"]],
  ["boms-depreciate", "card", ["finance", "property", "viewer"]],

  ["boms-remind", "run", ["finance", "leasing"]],
  ["boms-remind", "deliver", []],
  ["boms-remind", "ack", ["finance", "leasing", "property"]],
  ["boms-remind", "done", ["finance", "leasing", "property"]],
  ["boms-remind", "list", ["finance", "leasing", "property", "viewer"]],
  ["boms-remind", "preview", ["finance", "leasing"]],

  ["boms-import", "import", ["finance"]],
  ["boms-export", "export", ["finance", "viewer"]]
]') AS command, json_each(json_insert(command.value ->> 2, '$[#]', 'admin')) AS roles;

-- Registers and views of those who see and change a part of the books.
INSERT INTO permission (role, tool, action, register)
SELECT command.value ->> 0, command.value ->> 1, substr(command.value ->> 1, 6), register.value
FROM json_each('[
  ["leasing", "boms-import", ["building", "unit", "tenant", "contact", "contract",
    "contract_unit", "charge_term", "price_step", "rent_free", "turnover", "turnover_tier",
    "obligation"]],
  ["leasing", "boms-export", ["company", "property", "building", "unit", "tenant", "contact",
    "fee_item", "tax_rate", "contract", "contract_unit", "charge_term", "price_step",
    "rent_free", "turnover", "turnover_tier", "meter", "meter_install", "tariff", "reading",
    "share_pool", "late_fee_rule", "opening_balance", "obligation", "reminder_rule",
    "charges", "bills", "price_path", "rent_roll", "occupancy", "vacancy",
    "expiring_contracts", "turnover_ratio", "missing", "open_items", "credits", "deposits",
    "receipts", "aging", "collection_rate", "tenant_standing"]],
  ["property", "boms-import", ["building", "meter", "meter_install", "reading", "share_pool",
    "asset_usage", "obligation"]],
  ["property", "boms-export", ["company", "property", "building", "unit", "tenant",
    "contract", "contract_unit", "meter", "meter_install", "tariff", "reading", "share_pool",
    "asset", "asset_event", "asset_usage", "obligation", "missing", "occupancy", "vacancy"]]
]') AS command, json_each(command.value ->> 2) AS register;

-- One row for each transaction that changed something, each try that was refused, each look at
-- what is sensitive. mac covers the row and, with the mac of the row before, all rows before it.
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

-- What a row of a register was, and what it became; sensitive values are masked or sealed.
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

-- Up to which row was purged, and the mac of that row: the chain goes on from it.
CREATE TABLE audit_purge (
  through INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

-- The key of the chain while the books have no key file.
CREATE TABLE audit_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;
INSERT INTO audit_key (id, key) VALUES (1, randomblob(32));

CREATE TRIGGER audit_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_delete BEFORE DELETE ON audit
WHEN OLD.seq > (SELECT coalesce(max(through), 0) FROM audit_purge)
  OR OLD.at >= strftime('%Y-%m-%d', 'now', '-6 months')
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_change_update BEFORE UPDATE ON audit_change
BEGIN SELECT RAISE(ABORT, 'audit_change is append-only'); END;
CREATE TRIGGER audit_change_delete BEFORE DELETE ON audit_change
WHEN OLD.seq > (SELECT coalesce(max(through), 0) FROM audit_purge)
BEGIN SELECT RAISE(ABORT, 'audit_change is append-only'); END;
CREATE TRIGGER audit_purge_update BEFORE UPDATE ON audit_purge
BEGIN SELECT RAISE(ABORT, 'audit_purge is append-only'); END;
CREATE TRIGGER audit_purge_delete BEFORE DELETE ON audit_purge
BEGIN SELECT RAISE(ABORT, 'audit_purge is append-only'); END;
CREATE TRIGGER audit_key_update BEFORE UPDATE ON audit_key
BEGIN SELECT RAISE(ABORT, 'audit_key stays'); END;
CREATE TRIGGER audit_key_delete BEFORE DELETE ON audit_key
BEGIN SELECT RAISE(ABORT, 'audit_key stays'); END;
