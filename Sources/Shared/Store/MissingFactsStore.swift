import GRDB

/// Reads what signed contracts should have reported and what was, one term and one meter at a time.
package final class MissingFactsStore {
  private let db: Database
  private let asOf: CivilDate
  private let property: String?

  /// - Parameter property: only contracts of this property; nil: of all.
  package init(_ db: Database, asOf: CivilDate, property: String? = nil) {
    self.db = db
    self.asOf = asOf
    self.property = property
  }

  /// Turnovers first, by contract, line and month; then readings, by contract, line, meter,
  /// register and month; then the readings that wait to be accepted.
  package func forEach(_ body: (MissingRow) throws -> Void) throws {
    try forEachTurnover(body)
    try forEachReading(body)
    try forEachImplausible(body)
  }

  private func forEachImplausible(_ body: (MissingRow) throws -> Void) throws {
    try Look.at(db, .metered(property: property))
    let cursor = try LeaseCursor(db)
    let name = try SQLStatement(db, "SELECT name FROM tenant WHERE tenant_no = ?")
    while let entry = try cursor.next() {
      let lease = entry.lease
      guard lease.isSigned, !lease.readings.isEmpty else { continue }
      let facts = MissingFacts(asOf: asOf, billingFrom: entry.billingFrom)
      // A contract that cannot be computed is told of by the run.
      guard let metering = try? Metering(lease) else { continue }
      for term in lease.terms where term.method == .metered {
        for (fact, install) in (try? facts.implausible(metering, line: term.line)) ?? [] {
          name.bind(1, lease.tenantNo)
          defer { name.reset() }
          let tenantName = try name.step() ? name.text(0) : ""
          var place = MissingRow.Place(
            propertyNo: lease.propertyNo, contractNo: lease.contractNo, tenantNo: lease.tenantNo,
            tenantName: tenantName, line: term.line, item: term.item)
          place.meterNo = install.meterNo
          place.register = install.register.rawValue
          try body(MissingRow(fact: fact, place: place))
        }
      }
    }
  }

  private func forEachTurnover(_ body: (MissingRow) throws -> Void) throws {
    let terms = try source(
      "charge_term x",
      "x.line, x.item, c.start_on, c.end_on, c.terminated_on, x.from_on, x.to_on",
      "x.method = 'turnover'", order: "x.contract_no, x.line")
    let reports = try SQLStatement(
      db, "SELECT DISTINCT month FROM turnover WHERE contract_no = ? AND line = ?")
    while try terms.step() {
      var lease = Lease(startOn: try terms.date(7), endOn: try terms.date(8))
      lease.terminatedOn = try terms.optionalDate(9)
      let place = MissingRow.Place(terms)
      var term = LeaseTerm(line: place.line, item: place.item, method: .turnover)
      term.fromOn = try terms.optionalDate(10)
      term.toOn = try terms.optionalDate(11)
      guard let days = lease.days(of: term) else { continue }
      reports.bind(1, place.contractNo)
      reports.bind(2, place.line)
      var reported: Set<CivilMonth> = []
      while try reports.step() {
        if let month = CivilMonth(iso: reports.text(0)) { reported.insert(month) }
      }
      reports.reset()
      for fact in try expected(terms).turnovers(of: days, reported: reported) {
        try body(MissingRow(fact: fact, place: place))
      }
    }
  }

  private func forEachReading(_ body: (MissingRow) throws -> Void) throws {
    let installs = try source(
      """
      meter_install x JOIN charge_term m ON m.contract_no = x.contract_no AND m.line = x.line
      """,
      """
      x.line, m.item, x.from_on, min(coalesce(x.to_on, c.end_on), c.end_on,
        coalesce(c.terminated_on, c.end_on)), x.close_reading_e6 IS NOT NULL, x.meter_no, x.register
      """, "1", order: "x.contract_no, x.line, x.meter_no, x.register, x.from_on")
    let readings = try SQLStatement(
      db,
      """
      SELECT DISTINCT read_on FROM reading
      WHERE meter_no = ? AND register = ? AND read_on BETWEEN ? AND ? ORDER BY read_on
      """)
    while try installs.step() {
      let install = InstallDays(
        fromOn: try installs.date(7), lastDay: try installs.date(8),
        hasCloseReading: installs.integer(9) != 0)
      var place = MissingRow.Place(installs)
      place.meterNo = installs.text(10)
      place.register = installs.text(11)
      readings.bind(1, place.meterNo)
      readings.bind(2, place.register)
      readings.bind(3, install.fromOn)
      readings.bind(4, install.lastDay)
      var readOn: [CivilDate] = []
      while try readings.step() { readOn.append(try readings.date(0)) }
      readings.reset()
      for fact in try expected(installs).readings(of: install, readOn: readOn) {
        try body(MissingRow(fact: fact, place: place))
      }
    }
  }

  /// Rows of something that belongs to signed contracts: billing_from, the contract and its
  /// tenant, then the columns named, which begin with line and item.
  private func source(
    _ table: String, _ columns: String, _ condition: String, order: String
  ) throws -> SQLStatement {
    let rows = try SQLStatement(
      db,
      """
      SELECT p.billing_from, c.property_no, c.contract_no, c.tenant_no, t.name, \(columns)
      FROM \(table)
      JOIN contract c ON c.contract_no = x.contract_no
      JOIN property p ON p.property_no = c.property_no
      JOIN tenant t ON t.tenant_no = c.tenant_no
      WHERE \(condition) AND c.status = 'signed' AND (?1 IS NULL OR c.property_no = ?1)
      ORDER BY \(order)
      """)
    rows.bind(1, property)
    return rows
  }

  private func expected(_ row: SQLStatement) throws -> MissingFacts {
    MissingFacts(asOf: asOf, billingFrom: try row.optionalDate(0))
  }
}

extension MissingRow.Place {
  /// From the columns that the rows of all sources have in common.
  fileprivate init(_ row: SQLStatement) {
    self.init(
      propertyNo: row.text(1), contractNo: row.text(2), tenantNo: row.text(3),
      tenantName: row.text(4), line: Int(row.integer(5)), item: row.text(6))
  }
}
