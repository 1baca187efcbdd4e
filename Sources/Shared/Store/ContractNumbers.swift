import GRDB

/// Numbers for contracts that come without one: `PROPERTY-YEAR-A0001`, by property and year of the
/// first day.
package final class ContractNumbers {
  private let series: NumberSeries
  private let taken: SQLStatement

  package init(_ db: Database) throws {
    series = try NumberSeries(db, "contract")
    taken = try SQLStatement(db, "SELECT 1 FROM main.contract WHERE contract_no = ?")
  }

  /// Takes the next number that no contract has.
  package func next(property: String, start: CivilDate) throws -> String {
    let year = CivilMonth(year: start.month.year, month: 1)
    while true {
      let serial = try series.next(property, month: year)
      let digits = String(serial)
      let padding = String(repeating: "0", count: max(0, 4 - digits.count))
      let number = "\(property)-\(year.year)-A\(padding)\(digits)"
      taken.bind(1, number)
      if try taken.hasRow() { continue }
      try series.save()
      return number
    }
  }
}
