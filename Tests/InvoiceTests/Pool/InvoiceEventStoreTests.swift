import Shared
import TestSupport
import Testing

@testable import boms_invoice

struct InvoiceEventStoreTests {
  static let blue = "26332000000000000001"
  static let red = "26332000000000000002"

  private static func pool() throws -> HandMadePool {
    let pool = try HandMadePool()
    try pool.receive(blue, .of(100))
    return pool
  }

  @Test func whatIsWrittenIsReadAsOfItsDay() throws {
    let pool = try Self.pool()
    let posted = InvoiceEvent.posted(.of(100))
    try pool.append(posted, to: Self.blue)
    try pool.append(
      InvoiceEvent(.matched, on: "2026-09-12", code: "bill", otherNo: "B-1", reason: "r"),
      to: Self.blue)
    try Books.openUnchecked(pool.path, wait: 1).read { db in
      let events = try InvoiceEventStore(db).events(of: 1, asOf: "2026-09-11")
      #expect(events.count == 2)
      #expect(events.last == posted)
      #expect(try InvoiceEventStore(db).events(of: 1, asOf: "2026-09-12").count == 3)
    }
  }

  @Test func anInvoiceIsNotPostedTwice() throws {
    let pool = try Self.pool()
    #expect(
      pool.refusal(InvoiceEvent(.unposted, on: "2026-09-09"), to: Self.blue) == "invoice.not-posted"
    )
    try pool.append(.posted(.of(100)), to: Self.blue)
    #expect(pool.refusal(.posted(.of(100)), to: Self.blue) == "invoice.posted-already")
    #expect(
      pool.refusal(InvoiceEvent(.unposted, on: "2026-09-09"), to: Self.blue) == "invoice.event-day")
    try pool.append(InvoiceEvent(.unposted, on: "2026-09-11"), to: Self.blue)
    try pool.append(.posted(.of(100), on: "2026-09-11"), to: Self.blue)
  }

  @Test func anInvoiceIsNotDeductedTwice() throws {
    let pool = try Self.pool()
    #expect(pool.refusal(.transferredOut("1.00"), to: Self.blue) == "invoice.not-deducted")
    try pool.append(
      InvoiceEvent(.selected, on: "2026-10-01", period: CivilMonth(iso: "2026-09"), tax: "13.00"),
      to: Self.blue)
    #expect(
      pool.refusal(
        InvoiceEvent(.selected, on: "2026-10-02", period: CivilMonth(iso: "2026-10"), tax: "13.00"),
        to: Self.blue) == "invoice.selected-already")
    try pool.append(.deducted("13.00"), to: Self.blue)
    #expect(pool.refusal(.deducted("13.00"), to: Self.blue) == "invoice.deducted-already")
    #expect(
      pool.refusal(InvoiceEvent(.deselected, on: "2026-10-09"), to: Self.blue)
        == "invoice.not-selected")
    try pool.append(.transferredOut("8.00"), to: Self.blue)
    #expect(pool.refusal(.transferredOut("5.01"), to: Self.blue) == "invoice.transferred-out")
    try pool.append(.transferredOut("5.00"), to: Self.blue)
    try pool.append(InvoiceEvent(.undeducted, on: "2026-11-09"), to: Self.blue)
    try pool.append(.deducted("13.00", on: "2026-11-10"), to: Self.blue)
    try pool.append(.transferredOut("13.00", on: "2026-11-11"), to: Self.blue)
  }

  @Test func nothingIsUsedInConflict() throws {
    let pool = try Self.pool()
    try pool.append(InvoiceEvent(.conflict, on: "2026-09-02"), to: Self.blue)
    #expect(pool.refusal(.posted(.of(100)), to: Self.blue) == "invoice.in-conflict")
    #expect(pool.refusal(.deducted("13.00"), to: Self.blue) == "invoice.in-conflict")
    try pool.append(
      InvoiceEvent(.resolved, on: "2026-09-03", fileID: 1, reason: "r"), to: Self.blue)
    #expect(
      pool.refusal(InvoiceEvent(.resolved, on: "2026-09-03", fileID: 1), to: Self.blue)
        == "invoice.not-in-conflict")
    #expect(pool.refusal(.posted(.of(100)), to: Self.blue) == nil)
  }

  @Test func nothingIsUsedBeforeItsOriginalHasCome() throws {
    let pool = try HandMadePool()
    try pool.receive(Self.blue, nil, issued: nil, carrier: .pdf)
    #expect(pool.refusal(.posted(.of(100)), to: Self.blue) == "invoice.no-original")
    #expect(pool.refusal(.deducted("13.00"), to: Self.blue) == "invoice.no-original")
  }

  @Test func whatRedsTookBackIsNotPostedOrSelected() throws {
    let pool = try Self.pool()
    try pool.receive(Self.red, .of(-100), blue: Self.blue)
    #expect(pool.refusal(.posted(.of(100)), to: Self.blue) == "invoice.reversed")
    #expect(
      pool.refusal(
        InvoiceEvent(.selected, on: "2026-10-01", period: CivilMonth(iso: "2026-09"), tax: "13.00"),
        to: Self.blue) == "invoice.reversed")
    #expect(pool.refusal(.deducted("13.00"), to: Self.red) == "invoice.red")
    // That it was deducted before the red one came is a fact, even if it is told afterwards.
    #expect(pool.refusal(.deducted("13.00"), to: Self.blue) == nil)
  }

  @Test func theMoneyOfAnInvoiceChangesByASettledConflictOnly() throws {
    let pool = try Self.pool()
    let change = "UPDATE invoice SET gross_fen = 1, net_fen = 1, tax_fen = 0 WHERE id = 1"
    #expect(throws: (any Error).self) { try TestDatabase.run(change, pool.path) }
    try pool.append(.posted(.of(100)), to: Self.blue)
    try pool.append(InvoiceEvent(.conflict, on: "2026-09-11"), to: Self.blue)
    #expect(throws: (any Error).self) { try TestDatabase.run(change, pool.path) }
    try pool.append(InvoiceEvent(.unposted, on: "2026-09-12"), to: Self.blue)
    try TestDatabase.run(change, pool.path)
  }

  @Test(arguments: [
    "UPDATE invoice_event SET code = 'x'", "DELETE FROM invoice_event",
    "UPDATE invoice_file SET name = 'x'", "DELETE FROM invoice_file", "DELETE FROM invoice",
    "UPDATE invoice SET invoice_no = 'x'", "DELETE FROM file_content",
    "UPDATE file_content SET bytes = x''",
    "INSERT INTO invoice_event (invoice_id, seq, kind, happened_on) VALUES (1, 1, 'unmatched', '2026-09-01')",
    "INSERT INTO invoice_event (invoice_id, seq, kind, happened_on) VALUES (1, 9, 'nothing', '2026-09-01')",
    "INSERT INTO invoice_event (invoice_id, seq, kind, happened_on) VALUES (1, 9, 'posted', '2026-09-01')",
  ])
  func noProgramGoesAroundTheHistory(_ sql: String) throws {
    let pool = try Self.pool()
    let before = try TestDatabase.dump(pool.path)
    #expect(throws: (any Error).self) { try TestDatabase.run(sql, pool.path) }
    #expect(try TestDatabase.dump(pool.path) == before)
  }

  /// Whatever is tried in whatever order, by hand or by a program.
  @Test(arguments: Repository.testsAll ? Array(1...40) : [1, 2, 3] as [UInt64])
  func noSequenceOfEventsUsesAnInvoiceTwice(_ seed: UInt64) throws {
    var chance = Seeded(seed)
    let pool = try Self.pool()
    var day: CivilDate = "2026-09-02"
    var written: [InvoiceEvent.Kind] = []
    let kinds: [InvoiceEvent.Kind] = [
      .posted, .unposted, .selected, .deselected, .deducted, .undeducted, .transferredOut,
      .conflict, .resolved,
    ]
    for _ in 1...120 {
      if Int.random(in: 0..<4, using: &chance) == 0 { day = day.next }
      let kind = kinds.randomElement(using: &chance) ?? .posted
      let event =
        kind == .posted
        ? .posted(.of(100), on: day)
        : InvoiceEvent(kind, on: day, period: day.month, tax: "5.00")
      if pool.refusal(event, to: Self.blue) == nil { written.append(kind) }
    }
    #expect(written.count > 10)
    var (isPosted, isDeducted, isSelected, isInConflict) = (false, false, false, false)
    var kept: Int64 = 0
    for kind in written {
      switch kind {
      case .posted:
        #expect(!isPosted && !isInConflict)
        isPosted = true
      case .unposted:
        #expect(isPosted)
        isPosted = false
      case .selected:
        #expect(!isSelected && !isDeducted && !isInConflict)
        isSelected = true
      case .deselected:
        #expect(isSelected)
        isSelected = false
      case .deducted:
        #expect(!isDeducted && !isInConflict)
        (isDeducted, isSelected, kept) = (true, false, 500)
      case .undeducted:
        #expect(isDeducted)
        isDeducted = false
      case .transferredOut:
        #expect(isDeducted)
        kept -= 500
        #expect(kept >= 0)
      case .conflict: isInConflict = true
      case .resolved:
        #expect(isInConflict)
        isInConflict = false
      default: Issue.record("\(kind)")
      }
    }
    let standing = try #require(try pool.standing(Self.blue))
    #expect(standing.isPosted == isPosted)
    #expect(standing.isDeducted == isDeducted)
    #expect((standing.history.selection != nil) == isSelected)
    #expect(standing.history.isInConflict == isInConflict)
  }
}
