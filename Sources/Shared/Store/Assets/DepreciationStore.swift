import GRDB

/// The ledgers of assets: depreciation, and what else changes their values.
package final class DepreciationStore {
  private let db: Database
  private let insertMonth: SQLStatement
  private let insertMovement: SQLStatement
  private let months: SQLStatement
  private let movements: SQLStatement
  private let mark: SQLStatement

  /// Which company keeps the books of a property.
  private var companies: [String: String] = [:]
  private let onlyCompany: String?

  package init(_ db: Database) throws {
    self.db = db
    insertMonth = try SQLStatement(
      db,
      """
      INSERT INTO main.depreciation (asset_no, month, revision, booked_on, company_no, property_no,
        department, expense_account, amount_fen, accumulated_fen, net_fen, reason, explain)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
      """)
    insertMovement = try SQLStatement(
      db,
      """
      INSERT INTO main.asset_movement (asset_no, kind, "on", revision, booked_on, company_no,
        property_no, department, from_company_no, from_property_no, from_department, way, result,
        cost_fen, accumulated_fen, impairment_fen, proceeds_fen, explain)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
      """)
    months = try SQLStatement(
      db,
      """
      SELECT month, revision, property_no, department, amount_fen FROM depreciation
      WHERE asset_no = ? ORDER BY month, revision
      """)
    movements = try SQLStatement(
      db,
      """
      SELECT kind, "on", revision, property_no, department, from_company_no IS NOT NULL,
        from_property_no, from_department, way, result, cost_fen, accumulated_fen, impairment_fen,
        proceeds_fen
      FROM asset_movement WHERE asset_no = ? ORDER BY id
      """)
    mark = try SQLStatement(
      db, "UPDATE main.depreciation_index SET through = ?2, changed = 0 WHERE asset_no = ?1")
    let rows = try SQLStatement(db, "SELECT property_no, company_no FROM property")
    while try rows.step() { companies[rows.text(0)] = rows.text(1) }
    let all = try String.fetchAll(db, sql: "SELECT company_no FROM company LIMIT 2")
    onlyCompany = all.count == 1 ? all[0] : nil
  }

  /// - Throws: `asset.no-company` where a place is nobody's.
  package func company(of place: AssetPlace) throws(ValueError) -> String {
    if let propertyNo = place.propertyNo {
      if let company = companies[propertyNo] { return company }
    } else if let onlyCompany {
      return onlyCompany
    }
    throw ValueError(
      "asset.no-company",
      Phrase(
        "it has no property, and there are several companies whose it may be",
        "资产未填项目，而收款主体不止一个"),
      hint: Phrase("give its property_no", "请填写项目编号"))
  }

  // MARK: Reading

  package func recordedMonths(of assetNo: String) throws -> [AssetBooking.RecordedMonth] {
    months.bind(1, assetNo)
    defer { months.reset() }
    var found: [AssetBooking.RecordedMonth] = []
    while try months.step() {
      found.append(
        AssetBooking.RecordedMonth(
          month: try months.month(0), revision: Int(months.integer(1)),
          place: AssetPlace(
            propertyNo: months.optionalText(2), department: months.optionalText(3)),
          amount: months.money(4)))
    }
    return found
  }

  package func recordedMovements(of assetNo: String) throws -> [AssetBooking.RecordedMovement] {
    movements.bind(1, assetNo)
    defer { movements.reset() }
    var found: [AssetBooking.RecordedMovement] = []
    while try movements.step() {
      guard let kind = AssetMovement.Kind(rawValue: movements.text(0)) else { continue }
      var movement = AssetMovement(
        kind: kind, on: try movements.date(1),
        place: AssetPlace(
          propertyNo: movements.optionalText(3), department: movements.optionalText(4)),
        values: AssetMovement.Values(
          cost: movements.money(10), accumulated: movements.money(11),
          impairment: movements.money(12)))
      if movements.integer(5) != 0 {
        movement.from = AssetPlace(
          propertyNo: movements.optionalText(6), department: movements.optionalText(7))
      }
      movement.way = movements.optionalText(8).flatMap(AssetEvent.Way.init)
      movement.result = movements.optionalText(9).flatMap(AssetMovement.Result.init)
      movement.proceeds = movements.money(13)
      found.append(
        AssetBooking.RecordedMovement(revision: Int(movements.integer(2)), movement: movement))
    }
    return found
  }

  // MARK: Writing

  func add(
    _ row: AssetBooking.MissingMonth, of entry: AssetCursor.Entry, bookedOn: CivilDate,
    companyNo: String
  ) throws {
    insertMonth.bind(1, entry.asset.assetNo)
    insertMonth.bind(2, row.month.description)
    insertMonth.bind(3, row.revision)
    insertMonth.bind(4, bookedOn)
    insertMonth.bind(5, companyNo)
    insertMonth.bind(6, row.place.propertyNo)
    insertMonth.bind(7, row.place.department)
    insertMonth.bind(8, entry.expenseAccount)
    insertMonth.bind(9, row.amount)
    insertMonth.bind(10, row.wanted?.accumulated ?? .zero)
    insertMonth.bind(11, row.wanted?.net ?? .zero)
    insertMonth.bind(12, (row.wanted?.reason ?? .notStarted).rawValue)
    // As with charges: what was said when it was booked stays what was said, in Chinese.
    insertMonth.bind(13, row.explanation(.zh))
    try insertMonth.run()
  }

  func add(
    _ row: AssetBooking.MissingMovement, of assetNo: String, bookedOn: CivilDate,
    companyNo: String, fromCompanyNo: String?
  ) throws {
    let movement = row.movement
    insertMovement.bind(1, assetNo)
    insertMovement.bind(2, movement.kind.rawValue)
    insertMovement.bind(3, movement.on)
    insertMovement.bind(4, row.revision)
    insertMovement.bind(5, bookedOn)
    insertMovement.bind(6, companyNo)
    insertMovement.bind(7, movement.place.propertyNo)
    insertMovement.bind(8, movement.place.department)
    insertMovement.bind(9, fromCompanyNo)
    insertMovement.bind(10, movement.from?.propertyNo)
    insertMovement.bind(11, movement.from?.department)
    insertMovement.bind(12, movement.way?.rawValue)
    insertMovement.bind(13, movement.result?.rawValue)
    insertMovement.bind(14, movement.values.cost)
    insertMovement.bind(15, movement.values.accumulated)
    insertMovement.bind(16, movement.values.impairment)
    insertMovement.bind(17, movement.proceeds)
    insertMovement.bind(18, try row.explanation(.zh))
    try insertMovement.run()
  }

  /// An asset that is booked through another month than that of the run.
  /// - Parameter through: nil where nothing comes any more.
  func mark(_ assetNo: String, through month: CivilMonth?) throws {
    mark.bind(1, assetNo)
    mark.bind(2, month?.description ?? "9999-12")
    try mark.run()
  }

  /// All others that a run through a month has looked at, together.
  func markRest(through month: CivilMonth, property: String?, butNot failed: [String]) throws {
    var conditions = ["(changed = 1 OR through < ?1)"]
    if property != nil {
      conditions.append("asset_no IN (SELECT asset_no FROM asset WHERE property_no = ?2)")
    }
    if !failed.isEmpty { conditions.append("asset_no NOT IN (SELECT value FROM json_each(?3))") }
    let rest = try SQLStatement(
      db,
      """
      UPDATE depreciation_index SET through = ?1, changed = 0
      WHERE \(conditions.joined(separator: " AND "))
      """)
    rest.bind(1, month.description)
    if let property { rest.bind(2, property) }
    if !failed.isEmpty { rest.bind(3, JSONText.array(failed)) }
    try rest.run()
  }
}
