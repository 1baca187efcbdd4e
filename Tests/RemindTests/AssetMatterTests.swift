import Shared
import TestSupport
import Testing

/// Assets that have lost all that they were to lose, by the built programs.
struct AssetMatterTests {
  private let place: Workspace

  /// D1 and D3 lose 100 a month from January to March 2026, D2 has lost everything in other books.
  init() throws {
    place = try RemindPlace.copy()
    try place.importing(
      "asset",
      """
      asset_no,name,property_no,location,acquired_on,cost,salvage,life_months,method,opening_months,opening_accumulated
      D1,水泵,P,地下室,2025-12-05,310,10,3,straight_line,,
      D2,旧空调,P,,2020-12-05,500,0,12,straight_line,12,500
      D3,冰柜,P,,2025-12-05,300,0,3,straight_line,,

      """)
  }

  private func book(_ month: CivilMonth) throws {
    try place.succeed(
      "boms-depreciate", "run", "--db", "m.db", "--month", "\(month)", "--as-of", "\(month.last)",
      "--quiet")
  }

  private func assets(_ day: String) throws -> [String] {
    try place.reminded(day).filter { $0.hasPrefix("asset_") }
  }

  @Test func theMonthThatTakesTheRestIsReminderOfOnce() throws {
    try book("2026-02")
    #expect(try assets("2026-02-28") == [])
    try book("2026-03")
    #expect(try assets("2026-03-30") == [])
    #expect(
      try assets("2026-03-31") == [
        "asset_fully_depreciated D1 0 周", "asset_fully_depreciated D3 0 周",
      ])
    #expect(try assets("2026-03-31") == [])
    #expect(try assets("2026-06-30") == [])
    let letter = try place.remind("preview", "--kind", "asset_fully_depreciated", on: "2026-03-31")
    for word in ["D1", "水泵", "地下室", "310.00", "10.00"] {
      #expect(letter.out.contains(word), "\(letter.out)")
    }
  }

  @Test func whatLeftTheBooksBeforeItWasSentIsReminderOfNoMore() throws {
    try book("2026-03")
    _ = try assets("2026-03-31")
    try place.succeed(
      "boms-depreciate", "dispose", "D1", "--db", "m.db", "--way", "scrap", "--on", "2026-04-02",
      "--reason", "报废", "--as-of", "2026-04-02", "--quiet")
    try book("2026-04")
    _ = try assets("2026-04-30")
    let states = try place.states("2026-04-30").filter { $0.hasPrefix("asset_") }
    #expect(
      states == [
        "asset_fully_depreciated D1 0 withdrawn", "asset_fully_depreciated D3 0 queued",
      ])
  }

  @Test func theSalvageAndThePlaceAreThoseOfTheDay() throws {
    try place.importing(
      "property", "property_no,name,company_no,billing_from\nQ,二号楼,A,2026-01-01\n")
    try place.importing("contact", "owner,property_no,email\n吴,Q,wu@example.com\n")
    // 40 are left in the end, and it stands elsewhere by then.
    try place.importing(
      "asset_event",
      "asset_no,on,kind,salvage,property_no\nD3,2026-01-31,re_estimate,40,\n"
        + "D3,2026-02-10,transfer,,Q\n")
    try book("2026-03")
    #expect(
      try place.reminded("2026-03-31", "--property", "Q") == ["asset_fully_depreciated D3 0 吴"])
    let letter = try place.remind(
      "preview", "--kind", "asset_fully_depreciated", "--property", "Q", on: "2026-03-31")
    #expect(letter.out.contains("40.00"), "\(letter)")
  }
}
