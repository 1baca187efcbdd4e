import GRDB

/// From which day on each company may book: everything before is closed.
package struct OpenMonths {
  private var firstOpen: [String: CivilDate] = [:]

  package init(_ db: Database) throws {
    let rows = try SQLStatement(db, "SELECT company_no, first_open FROM open_from")
    while try rows.step() { firstOpen[rows.text(0)] = try rows.date(1) }
  }

  /// The first day of the first open month; nil if no month was ever closed.
  package func first(_ companyNo: String) -> CivilDate? { firstOpen[companyNo] }

  /// The day on which something of `day` is booked: that day, or the first day of the first open
  /// month if its month is closed.
  package func bookedOn(_ companyNo: String, _ day: CivilDate) -> CivilDate {
    firstOpen[companyNo].map { max($0, day) } ?? day
  }
}
