import GRDB
import Shared

/// The operator's own companies, from the register `company`.
enum OurCompaniesStore {
  /// Names by credit code.
  static func names(_ db: Database) throws -> [String: String] {
    let rows = try SQLStatement(db, "SELECT upper(credit_code), name FROM company ORDER BY 1, 2")
    var names: [String: String] = [:]
    while try rows.step() { names[rows.text(0)] = rows.text(1) }
    return names
  }
}
