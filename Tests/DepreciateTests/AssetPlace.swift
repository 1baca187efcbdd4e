import TestSupport

/// Two companies with a property each, and assets that can be reckoned by hand.
enum Assets {
  static let heading =
    "asset_no,name,category,property_no,acquired_on,cost,salvage,life_months,method,total_units,department\n"

  static let place = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    for (register, text) in [
      (
        "company",
        "company_no,name,credit_code\nA,甲公司,91330106MACKX4QG41\nB,乙公司,91330000142942095H\n"
      ),
      ("property", "property_no,name,company_no\nP,广场,A\nQ,二号楼,B\n"),
      (
        "asset",
        heading + "D1,电梯,电梯,P,2026-01-10,1200,0,12,straight_line,,工程部\n"
          + "D2,车,车,P,2026-01-20,1000,100,60,units,9,\n"
          + "D3,空调,空调,Q,2025-12-05,12000,1200,36,straight_line,,\n"
      ),
    ] {
      try workspace.importing(register, text).expectStored()
    }
    return workspace
  }
}

extension Workspace {
  /// Imports assets of the place again, with another cost or property.
  func correct(_ assetNo: String, cost: String = "1200", property: String = "P") throws -> Run {
    try importing(
      "asset",
      "asset_no,name,property_no,acquired_on,cost,method\n"
        + "\(assetNo),电梯,\(property),2026-01-10,\(cost),straight_line\n")
  }

  /// A workspace with the assets' database.
  convenience init(assets: Result<Workspace, any Error>) throws {
    try self.init()
    try copy(assets.get().file("m.db"), to: "m.db")
  }

  func depreciate(_ command: String, _ arguments: String...) throws -> Run {
    try run(
      "boms-depreciate", [command, "--db", "m.db", "--lang", "en"] + arguments)
  }

  /// Books through a month; the rows as `asset month@booked amount`.
  @discardableResult
  func book(_ month: String, _ options: String...) throws -> [String] {
    let run = try run(
      "boms-depreciate",
      ["run", "--db", "m.db", "--lang", "en", "--month", month, "--as-of", "2027-12-31"] + options)
    if run.status > 1 { throw Unexpected(description: "\(run)") }
    return records(run.out).map {
      "\($0["asset_no"] ?? "") \($0["month"] ?? "")@\($0["booked_on"] ?? "") \($0["amount"] ?? "")"
    }
  }

  /// What stands in the books of each asset: `asset property department cost accumulated impairment`.
  func book() throws -> [String] {
    try TestDatabase.texts(
      """
      SELECT asset_no || ' ' || coalesce(property_no, '') || ' ' || coalesce(department, '') || ' ' ||
        sum(cost_fen) || ' ' || sum(accumulated_fen) || ' ' || sum(impairment_fen)
      FROM asset_change GROUP BY asset_no, property_no, department
      HAVING sum(cost_fen) <> 0 OR sum(accumulated_fen) <> 0 OR sum(impairment_fen) <> 0
      ORDER BY asset_no, property_no, department
      """, file("m.db"))
  }

  /// The balance of each account, as `company role fen`.
  func balances() throws -> [String] {
    try TestDatabase.texts(
      """
      SELECT company_no || ' ' || role || ' ' || sum(amount_fen) FROM journal_entry
      GROUP BY company_no, role HAVING sum(amount_fen) <> 0 ORDER BY company_no, role
      """, file("m.db"))
  }
}
