import GRDB

/// Asks the rules over many rows, of the contracts that an import or a change touched.
package final class SetRuleStore {
  /// A row that breaks a rule: its register and id, and what the sentence needs. Several rows may
  /// be named; the finding stands at the first that the import has.
  package struct Broken {
    package var rows: [(register: String, id: Int64)]
    package var texts: [String]
  }

  private let db: Database
  private let touch: SQLStatement

  package init(_ db: Database) throws {
    self.db = db
    try db.run(
      """
      DROP TABLE IF EXISTS temp.touched;
      CREATE TEMP TABLE touched (contract_no TEXT PRIMARY KEY) WITHOUT ROWID
      """)
    touch = try SQLStatement(db, "INSERT OR IGNORE INTO temp.touched VALUES (?)")
  }

  package func touch(contract: String) throws {
    touch.bind(1, contract)
    try touch.run()
  }

  /// Takes in the contracts of all rows that are new since `last`.
  package func touchNew(in register: Register, after last: Int64) throws {
    let insert = try SQLStatement(
      db,
      """
      INSERT OR IGNORE INTO temp.touched SELECT contract_no FROM "\(register.table)" WHERE id > ?
      """)
    insert.bind(1, last)
    try insert.run()
  }

  /// Takes in the contracts whose meters have readings that are new since `last`, and marks them
  /// for the next run: a trigger on so many rows would cost as much as the rows themselves.
  package func touchContracts(ofReadingsAfter last: Int64) throws {
    let insert = try SQLStatement(
      db,
      """
      INSERT OR IGNORE INTO temp.touched SELECT i.contract_no FROM meter_install i
      WHERE i.meter_no IN (SELECT meter_no FROM reading WHERE id > ?)
      """)
    insert.bind(1, last)
    try insert.run()
    let mark = try SQLStatement(
      db,
      """
      UPDATE main.billing_index SET changed = 1 WHERE changed = 0 AND contract_no IN (
        SELECT i.contract_no FROM meter_install i
        WHERE i.meter_no IN (SELECT meter_no FROM reading WHERE id > ?))
      """)
    mark.bind(1, last)
    try mark.run()
  }

  /// A new reading that cannot be used.
  package struct OddReading {
    package var id: Int64
    package var meterNo: String
    /// How many digits the meter has, where the value has more; nil: no install takes it in.
    package var digits: Int64?
  }

  /// New readings above what the meter can show, and those of a meter that is installed, but not
  /// this register, or not yet. A meter without installs is read for itself.
  package func oddReadings(after last: Int64) throws -> [OddReading] {
    let rows = try SQLStatement(
      db,
      """
      SELECT r.id, r.meter_no,
        iif(r.value_e6 >= CAST('1' || substr('000000000000', 1, m.digits) AS INTEGER) * 1000000,
          m.digits, NULL) AS over
      FROM reading r JOIN meter m ON m.meter_no = r.meter_no
      WHERE r.id > ?1 AND r.meter_no IN (SELECT meter_no FROM meter_install)
        AND (over IS NOT NULL OR NOT EXISTS (SELECT 1 FROM meter_install i
          WHERE i.meter_no = r.meter_no AND i.register = r.register AND i.from_on <= r.read_on))
      ORDER BY r.id
      """)
    rows.bind(1, last)
    var odd: [OddReading] = []
    while try rows.step() {
      odd.append(
        OddReading(id: rows.integer(0), meterNo: rows.text(1), digits: rows.optionalInteger(2)))
    }
    return odd
  }

  package func broken(_ rule: String) throws -> [Broken] {
    guard let query = SetRuleStore.queries[rule] else { return [] }
    let rows = try SQLStatement(db, query.sql)
    var broken: [Broken] = []
    while try rows.step() {
      var columns = Array(0..<rows.columnCount)
      var found: [(String, Int64)] = []
      for register in query.rows {
        let column = columns.removeFirst()
        if !rows.isNull(column) { found.append((register, rows.integer(column))) }
      }
      broken.append(Broken(rows: found, texts: columns.map { rows.text($0) }))
    }
    return broken
  }

  /// Per rule: the registers of the ids that its query gives first, then the sentence's texts.
  private static let queries: [String: (rows: [String], sql: String)] = [
    "tax_rate.untaxed-kind": (
      ["tax_rate", "fee_item"],
      """
      SELECT r.id, i.id, r.item FROM tax_rate r JOIN fee_item i ON i.item = r.item
      WHERE i.kind IN ('pass_through', 'deposit') AND r.tax_rate_e6 > 0 ORDER BY r.id
      """
    ),
    "contract.previous-contract": (
      ["contract"],
      """
      SELECT c.id, c.previous_contract_no FROM temp.touched t
      JOIN contract c ON c.contract_no = t.contract_no
      WHERE c.previous_contract_no IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM contract p WHERE p.contract_no = c.previous_contract_no)
      ORDER BY c.id
      """
    ),
    "contract.archived-early": (
      ["contract"],
      """
      SELECT id, contract_no, last_day, charged_to FROM (
        SELECT c.id, c.contract_no, min(c.end_on, coalesce(c.terminated_on, c.end_on)) AS last_day,
          (SELECT max(x.period_end) FROM charge x
            WHERE x.contract_no = c.contract_no) AS charged_to
        FROM temp.touched t JOIN contract c ON c.contract_no = t.contract_no
        WHERE c.status = 'archived')
      WHERE charged_to < last_day ORDER BY id
      """
    ),
    // Each pair once: of two rows of one import the later one is named.
    "contract_unit.let-twice": (
      ["contract_unit", "contract", "contract_unit", "contract"],
      """
      WITH let AS (
        SELECT u.id, u.unit_no, u.contract_no, c.id AS contract_id,
          max(u.from_on, c.start_on) AS from_on,
          min(coalesce(u.to_on, '9999-12-31'), c.end_on,
            coalesce(c.terminated_on, '9999-12-31')) AS to_on
        FROM contract_unit u JOIN contract c ON c.contract_no = u.contract_no
        WHERE c.kind = 'lease' AND c.status <> 'draft'
      )
      SELECT max(a.id, b.id), iif(a.id > b.id, a.contract_id, b.contract_id),
        min(a.id, b.id), iif(a.id > b.id, b.contract_id, a.contract_id), a.unit_no,
        iif(a.id > b.id, b.contract_no, a.contract_no),
        max(a.from_on, b.from_on), min(a.to_on, b.to_on)
      FROM temp.touched t
      JOIN let a ON a.contract_no = t.contract_no
      JOIN let b ON b.unit_no = a.unit_no AND b.id <> a.id
      WHERE max(a.from_on, b.from_on) <= min(a.to_on, b.to_on)
      GROUP BY max(a.id, b.id), min(a.id, b.id) ORDER BY 1, 3
      """
    ),
    "contract_unit.property": (
      ["contract_unit", "contract"],
      """
      SELECT x.id, c.id, x.unit_no, u.property_no, c.property_no FROM temp.touched t
      JOIN contract_unit x ON x.contract_no = t.contract_no
      JOIN contract c ON c.contract_no = t.contract_no
      JOIN unit u ON u.unit_no = x.unit_no
      WHERE u.property_no <> c.property_no ORDER BY x.id
      """
    ),
    "charge_term.units": (
      ["charge_term"],
      """
      SELECT x.id, n.value, x.contract_no FROM temp.touched t
      JOIN charge_term x ON x.contract_no = t.contract_no AND x.unit_no IS NOT NULL
      JOIN json_each('["' || replace(replace(replace(
        x.unit_no, '\\', '\\\\'), '"', '\\"'), ';', '","') || '"]') n
      WHERE NOT EXISTS (SELECT 1 FROM contract_unit u
        WHERE u.contract_no = x.contract_no AND u.unit_no = n.value)
      ORDER BY x.id
      """
    ),
    "charge_term.no-units": (
      ["charge_term"],
      """
      SELECT x.id, x.contract_no FROM temp.touched t
      JOIN charge_term x ON x.contract_no = t.contract_no AND x.method = 'area'
      WHERE NOT EXISTS (SELECT 1 FROM contract_unit u WHERE u.contract_no = x.contract_no)
      ORDER BY x.id
      """
    ),
    "charge_term.untaxed-kind": (
      ["charge_term", "fee_item"],
      """
      SELECT x.id, i.id, x.item FROM fee_item i JOIN charge_term x ON x.item = i.item
      WHERE i.kind IN ('pass_through', 'deposit') AND x.tax_rate_e6 > 0 ORDER BY x.id
      """
    ),
    "charge_term.escalation-and-steps": (
      ["charge_term", "price_step"],
      """
      SELECT x.id, min(s.id), x.contract_no, x.line FROM temp.touched t
      JOIN charge_term x ON x.contract_no = t.contract_no AND x.escalate_percent_e6 IS NOT NULL
      JOIN price_step s ON s.contract_no = x.contract_no AND s.line = x.line
      GROUP BY x.id ORDER BY x.id
      """
    ),
    "price_step.method": (
      ["price_step", "charge_term"],
      """
      SELECT s.id, x.id, x.contract_no, x.line, x.method FROM temp.touched t
      JOIN price_step s ON s.contract_no = t.contract_no
      JOIN charge_term x ON x.contract_no = s.contract_no AND x.line = s.line
      WHERE x.method NOT IN ('fixed', 'area', 'turnover') ORDER BY s.id
      """
    ),
    "charge_term.outside-contract": (
      ["charge_term", "contract"],
      """
      SELECT x.id, c.id, c.contract_no,
        CASE WHEN x.method = 'once' THEN x."on"
          WHEN x.from_on < c.start_on OR x.from_on > c.end_on THEN x.from_on ELSE x.to_on END,
        c.start_on, c.end_on
      FROM temp.touched t JOIN contract c ON c.contract_no = t.contract_no
      JOIN charge_term x ON x.contract_no = t.contract_no
      WHERE iif(x.method = 'once', x."on" NOT BETWEEN c.start_on AND c.end_on,
        x.from_on NOT BETWEEN c.start_on AND c.end_on
        OR x.to_on NOT BETWEEN c.start_on AND c.end_on)
      ORDER BY x.id
      """
    ),
    "meter_install.overlap": (
      ["meter_install", "meter_install"],
      """
      SELECT max(a.id, b.id), min(a.id, b.id), a.meter_no, a.from_on
      FROM meter_install a JOIN meter_install b ON b.meter_no = a.meter_no
        AND b.register = a.register AND b.from_on > a.from_on
      JOIN contract c ON c.contract_no = a.contract_no
      WHERE b.from_on < min(coalesce(a.to_on, '9999-12-31'), c.end_on,
        coalesce(c.terminated_on, '9999-12-31'))
      ORDER BY 1
      """
    ),
    "meter_install.line": (
      ["meter_install", "charge_term"],
      """
      SELECT i.id, x.id, i.contract_no, i.line, x.method FROM temp.touched t
      JOIN meter_install i ON i.contract_no = t.contract_no
      JOIN charge_term x ON x.contract_no = i.contract_no AND x.line = i.line
      WHERE x.method <> 'metered' ORDER BY i.id
      """
    ),
    "meter_install.two-lines": (
      ["meter_install", "meter_install"],
      """
      SELECT max(a.id, b.id), min(a.id, b.id), a.meter_no, iif(a.id > b.id, b.line, a.line),
        a.contract_no
      FROM temp.touched t
      JOIN meter_install a ON a.contract_no = t.contract_no
      JOIN meter_install b ON b.meter_no = a.meter_no AND b.contract_no = a.contract_no
        AND b.line > a.line
      WHERE max(a.from_on, b.from_on)
        < min(coalesce(a.to_on, '9999-12-31'), coalesce(b.to_on, '9999-12-31'))
      GROUP BY 1 ORDER BY 1
      """
    ),
    "payment_line.exceeds-payment": (
      ["payment_line"],
      """
      SELECT max(l.id), l.payment_no FROM payment_line l
      JOIN payment p ON p.payment_no = l.payment_no
      GROUP BY l.payment_no HAVING sum(l.amount_fen) > p.amount_fen ORDER BY 1
      """
    ),
    // Of the assets that changed since they were booked.
    "asset_event.before-service": (
      ["asset_event", "asset"],
      """
      SELECT e.id, a.id, a.asset_no, e."on", coalesce(a.in_service_on, a.acquired_on)
      FROM depreciation_index i JOIN asset_event e ON e.asset_no = i.asset_no
      JOIN asset a ON a.asset_no = i.asset_no
      WHERE i.changed = 1 AND e.kind <> 'count'
        AND e."on" < coalesce(a.in_service_on, a.acquired_on)
      ORDER BY e.id
      """
    ),
    "asset_usage.not-charged": (
      ["asset_usage", "asset"],
      """
      SELECT id, asset, asset_no, month, iif(uses, first, '') FROM (
        SELECT u.id, a.id AS asset, a.asset_no, u.month, a.method = 'units' OR EXISTS (
            SELECT 1 FROM asset_event e WHERE e.asset_no = a.asset_no AND e.method = 'units')
          AS uses,
          substr(date(substr(coalesce(a.in_service_on, a.acquired_on), 1, 7) || '-01', '+' ||
            (a.opening_months + (a.kind IN ('fixed', 'investment_property'))) || ' months'), 1, 7)
          AS first
        FROM depreciation_index i JOIN asset_usage u ON u.asset_no = i.asset_no
        JOIN asset a ON a.asset_no = i.asset_no
        WHERE i.changed = 1)
      WHERE NOT uses OR month < first ORDER BY id
      """
    ),
  ]
}
