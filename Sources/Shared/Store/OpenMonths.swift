import GRDB

/// From which day on each company may book: everything before is closed.
package struct OpenMonths {
  private var firstOpen: [String: CivilDate] = [:]

  /// - Parameter ofAssets: whether what assets are closed for alone counts too.
  package init(_ db: Database, ofAssets: Bool = false) throws {
    let view = ofAssets ? "asset_open_from" : "open_from"
    let rows = try SQLStatement(db, "SELECT company_no, first_open FROM \(view)")
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
