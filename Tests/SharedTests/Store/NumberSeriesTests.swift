import TestSupport
import Testing

@testable import Shared

struct NumberSeriesTests {
  private let january = CivilMonth(year: 2026, month: 1)

  private func take(_ books: FreshBooks, _ owner: String, dryRun: Bool = false) throws -> Int64 {
    try books.books.write(dryRun: dryRun) { db in
      let numbers = try NumberSeries(db, "bill")
      let number = try numbers.next(owner, month: january)
      try numbers.save()
      return number
    }
  }

  @Test func numbersCountFromOneForEachOwnerAndMonth() throws {
    let books = try FreshBooks()
    try books.books.write { db in
      let numbers = try NumberSeries(db, "bill")
      #expect(try numbers.next("CQ", month: january) == 1)
      #expect(try numbers.next("CQ", month: january) == 2)
      #expect(try numbers.next("WY", month: january) == 1)
      #expect(try numbers.next("CQ", month: january.adding(1)) == 1)
      #expect(try numbers.next("CQ", month: january) == 3)
      try numbers.save()
    }
    #expect(try take(books, "CQ") == 4)
    #expect(
      try books.texts("SELECT series || ' ' || period || ' ' || last FROM number_series")
        == ["bill/CQ 2026-01 4", "bill/CQ 2026-02 1", "bill/WY 2026-01 1"])
  }

  @Test func whatIsRolledBackLeavesNoGap() throws {
    let books = try FreshBooks()
    #expect(try take(books, "CQ") == 1)
    #expect(try take(books, "CQ", dryRun: true) == 2)
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try books.books.write { db in
        let numbers = try NumberSeries(db, "bill")
        _ = try numbers.next("CQ", month: january)
        try numbers.save()
        throw Stop()
      }
    }
    #expect(try take(books, "CQ") == 2)
  }

  @Test func seriesOfOtherThingsCountForThemselves() throws {
    let books = try FreshBooks()
    #expect(try take(books, "CQ") == 1)
    try books.books.write { db in
      let numbers = try NumberSeries(db, "contract")
      #expect(try numbers.next("CQ", month: january) == 1)
    }
  }
}
