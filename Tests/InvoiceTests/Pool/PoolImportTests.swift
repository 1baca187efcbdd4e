import Shared
import TestSupport
import Testing

@testable import boms_invoice

struct PoolImportTests {
  static let number = "26332000000000000201"

  /// Files into a pool one after the other, each in a transaction of its own.
  static func take(
    _ files: [(name: String, xml: String)], _ path: String, on day: CivilDate = "2026-11-01"
  ) throws -> [PoolImport.Taken] {
    let books = try Books.open(path, wait: 1)
    return try files.map { file in
      try books.write { db in
        try PoolImport(db, InvoiceSetting(asOf: day))
          .takeEach([Self.file(file.name, file.xml)])[0]
      }
    }
  }

  private static func file(_ name: String, _ text: String) -> IncomingFile {
    var text = text
    return text.withUTF8 {
      IncomingFile(InvoiceSource(name: name, content: .bytes(UnsafeRawBufferPointer($0))))
    }
  }

  @Test func theFirstFileIsNewAndTheSameBytesAddNothing() throws {
    let pool = try HandMadePool()
    let file = ("a.xml", EInvoiceText(number: Self.number).xml)
    #expect(try Self.take([file], pool.path).map(\.result) == [.new])
    let before = try TestDatabase.dump(pool.path)
    let again = try Self.take([("b/c.xml", file.1)], pool.path, on: "2026-11-05")[0]
    #expect(again.result == .duplicate)
    #expect(again.first?.on == "2026-11-01")
    #expect(again.first?.file == "a.xml")
    #expect(try TestDatabase.dump(pool.path) == before)
  }

  @Test func ofAFileThatTheSchemaRefusesNothingStaysAndTheOthersDo() throws {
    let pool = try HandMadePool()
    let books = try Books.open(pool.path, wait: 1)
    try books.write {
      try $0.run(
        """
        CREATE TRIGGER refused BEFORE INSERT ON invoice_event
        WHEN NEW.invoice_id = (SELECT id FROM invoice WHERE invoice_no = '26332000000000000202')
        BEGIN SELECT RAISE(ABORT, 'not this one'); END
        """)
    }
    let files = ["26332000000000000201", "26332000000000000202", "26332000000000000203"].map {
      Self.file("\($0).xml", EInvoiceText(number: $0).xml)
    }
    let importing = try books.read { try PoolImport($0, InvoiceSetting(asOf: "2026-11-01")) }
    let taken = try importing.take(files, into: books)
    #expect(taken.map(\.result) == [.new, .rejected, .new])
    #expect(taken[1].rules == ["invoice.refused"])
    #expect(
      try TestDatabase.texts("SELECT id || ' ' || invoice_no FROM invoice ORDER BY id", pool.path)
        == ["1 26332000000000000201", "2 26332000000000000203"])
    for table in ["file_content", "invoice_file", "invoice_event"] {
      #expect(try TestDatabase.texts("SELECT count(*) FROM \(table)", pool.path) == ["2"])
    }
  }

  @Test func theSameMoneyInOtherBytesIsKeptAsADuplicate() throws {
    let pool = try HandMadePool()
    var other = EInvoiceText(number: Self.number)
    other.drawer = "李四"
    let taken = try Self.take(
      [("a.xml", EInvoiceText(number: Self.number).xml), ("b.xml", other.xml)], pool.path)
    #expect(taken.map(\.result) == [.new, .duplicate])
    #expect(taken[1].first?.file == "a.xml")
    #expect(try TestDatabase.texts("SELECT count(*) FROM invoice_file", pool.path) == ["2"])
    #expect(try TestDatabase.texts("SELECT drawer FROM invoice", pool.path) == ["张三"])
    #expect(
      try TestDatabase.texts("SELECT kind FROM invoice_event ORDER BY seq", pool.path)
        == ["received", "duplicate_seen"])
  }

  @Test func otherMoneyIsAConflictAndThePoolStaysAsItIs() throws {
    let pool = try HandMadePool()
    let other = EInvoiceText(number: Self.number).of(200)
    let taken = try Self.take(
      [("a.xml", EInvoiceText(number: Self.number).xml), ("b.xml", other.xml)], pool.path)
    #expect(taken[1].result == .conflict)
    #expect(taken[1].rules == ["invoice.conflict"])
    let standing = try #require(try pool.standing(Self.number))
    #expect(standing.history.isInConflict)
    #expect(standing.sums == .of(100))
    #expect(pool.refusal(.posted(.of(100)), to: Self.number) == "invoice.in-conflict")
  }

  @Test func aDuplicateSaysWhetherItIsPostedOrDeducted() throws {
    let pool = try HandMadePool()
    let file = ("a.xml", EInvoiceText(number: Self.number).xml)
    _ = try Self.take([file], pool.path, on: "2026-09-01")
    try pool.append(.posted(.of(100), voucher: "记-7"), to: Self.number)
    try pool.append(.deducted("13.00"), to: Self.number)
    let again = try Self.take([file], pool.path)[0]
    #expect(again.voucher == "记-7")
    #expect(again.deductedPeriod?.description == "2026-09")
  }

  @Test func aPDFWaitsForItsOriginalAndIsCompletedByIt() throws {
    let pool = try HandMadePool()
    let name = "dzfp_\(Self.number)_示例公司_20260831120000.pdf"
    let taken = try Self.take(
      [(name, "%PDF-1.7\n1"), (name, "%PDF-1.7\n2"), (name, "%PDF-1.7\n1")], pool.path,
      on: "2026-09-01")
    #expect(taken.map(\.result) == [.new, .duplicate, .duplicate])
    #expect(taken.map(\.isAwaiting) == [true, true, true])
    #expect(pool.refusal(.posted(.of(100)), to: Self.number) == "invoice.no-original")
    let xml = try Self.take(
      [("a.xml", EInvoiceText(number: Self.number).xml)], pool.path, on: "2026-09-03")[0]
    #expect(xml.result == .carrier)
    #expect(!xml.isAwaiting)
    #expect(try pool.standing(Self.number, asOf: "2026-09-02")?.isAwaiting == true)
    let standing = try #require(try pool.standing(Self.number))
    #expect(!standing.isAwaiting)
    #expect(standing.leftToPost == .of(100))
    #expect(try TestDatabase.texts("SELECT seller_name FROM invoice", pool.path) == ["示例销售有限公司"])
  }

  @Test func aRejectedFileLeavesNothing() throws {
    let pool = try HandMadePool()
    let before = try TestDatabase.dump(pool.path)
    var bad = EInvoiceText(number: Self.number)
    bad.gross = "114.00"
    let taken = try Self.take([("a.xml", bad.xml), ("b.xml", "no invoice")], pool.path)
    #expect(taken.map(\.result) == [.rejected, .rejected])
    #expect(taken[0].rules.contains("invoice.net-plus-tax"))
    #expect(try TestDatabase.dump(pool.path) == before)
  }

  @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 0, 2]])
  func redsThatTakeBackTooMuchAreFoundWhicheverComesLast(_ order: [Int]) throws {
    let pool = try HandMadePool()
    let blue = EInvoiceText(number: Self.number)
    let reds = ["26332000000000000202", "26332000000000000203"].map {
      EInvoiceText(number: $0, blue: Self.number).of(-60)
    }
    let files = [("blue.xml", blue.xml), ("r1.xml", reds[0].xml), ("r2.xml", reds[1].xml)]
    let taken = try Self.take(order.map { files[$0] }, pool.path)
    #expect(taken.map(\.result) == [.new, .new, .new])
    #expect(taken.map { $0.rules.contains("invoice.red-within-blue") } == [false, false, true])
    let standing = try #require(try pool.standing(Self.number))
    #expect(standing.isReversedTooMuch)
    #expect(standing.reversal == .full)
  }

  @Test func anotherBuyerOnTheSameInvoiceIsTold() throws {
    let pool = try HandMadePool()
    var other = EInvoiceText(number: Self.number)
    other.buyerTaxNo = "91330106MACKX4QG41"
    let taken = try Self.take(
      [("a.xml", EInvoiceText(number: Self.number).xml), ("b.xml", other.xml)], pool.path)
    #expect(taken[1].result == .duplicate)
    #expect(taken[1].rules == ["invoice.values-differ"])
    #expect(!taken[1].findings[0].message.en.contains("91330106MACKX4QG41"))
  }
}
