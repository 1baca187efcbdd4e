import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// The round trips with the tax platform and the bureau, by the built program.
struct TaxCommandTests {
  private static func books() throws -> TaxBooks {
    let books = try TaxBooks()
    try books.receive(.invoice(1))
    try books.receive(.invoice(2), kind: .ordinary)
    try books.receive(.invoice(3), carrier: .pdf)
    return books
  }

  private static let head = "数电发票号码,开票日期,金额,票面税额,有效抵扣税额,购买方识别号,是否勾选,发票状态\n"

  private static func row(
    _ end: Int, tax: String = "13.00", ticked: String = "是", status: String = "正常"
  ) -> String {
    "\(String.invoice(end)),2026-09-10,100.00,\(tax),\(tax),\(TaxBooks.ours),\(ticked),\(status)\n"
  }

  // MARK: 查验

  @Test func whatThePlatformIsAskedComesBackAsItsAnswersAndOnlyOnce() throws {
    let books = try TaxCommandTests.books()
    let asked = try books.run("verify", "export")
    #expect(TaxBooks.column("invoice_number", asked) == [.invoice(1), .invoice(2)])
    #expect(TaxBooks.column("gross", asked) == ["113.00", "113.00"])
    #expect(asked.err.contains("waiting for the original 1"))
    let answers =
      "查验结果,价税合计,数电发票号码\n00,113.00,\(String.invoice(1))\n查无此票,113.00,\(String.invoice(2))\n"
    let first = try books.run("verify", "import", "-", "--as-of", "2026-09-20", stdin: answers)
    #expect(first.status == 0, "\(first)")
    #expect(TaxBooks.column("result", first) == ["new", "new"])
    let before = try TestDatabase.dump(books.pool.path)
    let second = try books.run("verify", "import", "-", "--as-of", "2026-09-21", stdin: answers)
    #expect(TaxBooks.column("result", second) == ["unchanged", "unchanged"])
    #expect(try TestDatabase.dump(books.pool.path) == before)
    // What was not found is asked again.
    #expect(
      TaxBooks.column("invoice_number", try books.run("verify", "export")) == [.invoice(2)])
    #expect(
      TaxBooks.column("invoice_number", try books.run("verify", "export", "--all")).count == 2)
  }

  @Test func answersAboutOtherSumsOrUnknownInvoicesAreNamed() throws {
    let books = try TaxCommandTests.books()
    let run = try books.run(
      "verify", "import", "-",
      stdin:
        "发票号码,查验结果,价税合计\n\(String.invoice(1)),00,112.00\n\(String.invoice(9)),00,1\n\(String.invoice(2)),00,113\n"
    )
    #expect(run.status == 1)
    #expect(TaxBooks.column("result", run) == ["differs", "unknown", "new"])
    #expect(run.err.contains("[verify.differs]") && run.err.contains("[verify.unknown]"))
    #expect(try books.events() == ["02 verified 00"])
    let bad = try books.run("verify", "import", "-", stdin: "发票号码,查验结果\n\(String.invoice(1)),好\n")
    #expect(bad.status == 65 && bad.err.contains("[verify.answer]"))
  }

  // MARK: 勾选

  @Test func aListIsHeldAgainstThePoolAndTakenOverOnce() throws {
    let books = try TaxCommandTests.books()
    try books.receive(.invoice(4))
    try books.receive(.invoice(5), issued: "2026-08-10")
    try books.receive(.invoice(6), isOurs: false)
    let list =
      TaxCommandTests.head + TaxCommandTests.row(1) + TaxCommandTests.row(8, ticked: "否")
      + TaxCommandTests.row(2, tax: "12.00", ticked: "否", status: "已作废")
    let run = try books.run(
      "deduct", "import", "-", "--period", "2026-09", "--as-of", "2026-10-01", stdin: list)
    #expect(run.status == 1)
    #expect(
      zip(TaxBooks.column("state", run), TaxBooks.column("invoice_no", run)).map { "\($0) \($1)" }
        == [
          "in_both \(String.invoice(1))", "only_in_list \(String.invoice(8))",
          "amounts_differ \(String.invoice(2))", "only_in_pool \(String.invoice(4))",
        ])
    #expect(TaxBooks.column("list_tax", run)[2] == "12.00")
    #expect(TaxBooks.column("pool_tax", run)[2] == "13.00")
    #expect(
      try books.events() == [
        "01 status normal", "01 selected 2026-09 1300", "02 status void",
      ])
    let before = try TestDatabase.dump(books.pool.path)
    let again = try books.run(
      "deduct", "import", "-", "--period", "2026-09", "--as-of", "2026-10-02", stdin: list)
    #expect(
      again.out.replacing("status;selected", with: "").replacing(",status,", with: ",,")
        == run.out.replacing("status;selected", with: "").replacing(",status,", with: ",,"))
    #expect(again.err.contains("nothing new"))
    #expect(try TestDatabase.dump(books.pool.path) == before)
  }

  @Test func aTickIsADeductionOnlyInAConfirmedList() throws {
    let books = try TaxCommandTests.books()
    let ticked = TaxCommandTests.head + TaxCommandTests.row(1)
    // Without a period nobody knows for which it is.
    let without = try books.run("deduct", "import", "-", "--as-of", "2026-10-01", stdin: ticked)
    #expect(without.status == 1 && without.err.contains("[deduct.no-period]"))
    try books.run(
      "deduct", "import", "-", "--period", "2026-09", "--as-of", "2026-10-01", stdin: ticked)
    // One that is not ticked any more is not selected.
    try books.run(
      "deduct", "import", "-", "--as-of", "2026-10-02",
      stdin: TaxCommandTests.head + TaxCommandTests.row(1, ticked: "否"))
    try books.run(
      "deduct", "import", "-", "--period", "2026-09", "--as-of", "2026-10-03", stdin: ticked)
    let confirmed = try books.run(
      "deduct", "import", "-", "--confirmed", "--period", "2026-09", "--as-of", "2026-10-08",
      stdin: ticked)
    #expect(confirmed.status == 0, "\(confirmed)")
    #expect(
      try books.events() == [
        "01 status normal", "01 selected 2026-09 1300", "01 deselected",
        "01 selected 2026-09 1300", "01 deducted 2026-09 1300",
      ])
    // The same list of another month is a contradiction, and nothing is deducted twice.
    let other = try books.run(
      "deduct", "import", "-", "--confirmed", "--period", "2026-10", "--as-of", "2026-11-08",
      stdin: ticked)
    #expect(other.status == 1 && other.err.contains("[deduct.differs]"))
    #expect(try books.events().count == 5)
    #expect(try books.run("deduct", "undo", .invoice(1), "--reason", "x").status == 0)
    #expect(
      try books.run("deduct", "undo", .invoice(1), "--reason", "x").err.contains("unchanged 1"))
    #expect(try books.events().count == 6)
  }

  @Test func aTickOfWhatMustNotBeDeductedIsNotRecorded() throws {
    let books = try TaxCommandTests.books()
    try books.receive(.invoice(4), net: -30, blue: .invoice(1))
    let run = try books.run(
      "deduct", "import", "-", "--confirmed", "--period", "2026-09", "--as-of", "2026-10-01",
      stdin: TaxCommandTests.head + TaxCommandTests.row(3) + TaxCommandTests.row(1, tax: "14.00")
        + "\(String.invoice(4)),2026-09-10,-30,-3.9,-3.9,\(TaxBooks.ours),是,正常\n")
    #expect(run.status == 1)
    for rule in ["invoice.no-original", "deduct.amounts-differ", "invoice.red"] {
      #expect(run.err.contains("[\(rule)]"), "\(run.err)")
    }
    #expect(try !books.events().contains { $0.contains("deducted") })
  }

  @Test func whatIsProposedIsRecordedOnceAndReported() throws {
    let books = try TaxCommandTests.books()
    try books.receive(
      .invoice(4), lines: [TaxBooks.Line(name: "*餐饮服务*餐费", code: nil, tax: "13.00")])
    try books.run(
      "verify", "import", "-", "--as-of", "2026-09-20",
      stdin: "发票号码,查验结果\n" + [1, 2, 4].map { "\(String.invoice($0)),00\n" }.joined())
    let before = try TestDatabase.dump(books.pool.path)
    let asked = try books.run("deduct", "select", "--month", "2026-09")
    #expect(TaxBooks.column("digital_no", asked) == [.invoice(1)])
    #expect(try TestDatabase.dump(books.pool.path) == before)
    let why = try books.run("deduct", "select", "--month", "2026-09", "--why")
    #expect(
      Set(
        zip(TaxBooks.column("digital_no", why), TaxBooks.column("reason", why)).map {
          "\($0) \($1)"
        })
        == [
          "\(String.invoice(1)) ", "\(String.invoice(2)) kind", "\(String.invoice(3)) no_original",
          "\(String.invoice(4)) service",
        ])
    try books.run(
      "use", .invoice(4), "--as", "taxable", "--reason", "会议转售", "--as-of", "2026-09-21")
    let recorded = try books.run(
      "deduct", "select", "--month", "2026-09", "--record", "--as-of", "2026-10-01")
    let again = try books.run(
      "deduct", "select", "--month", "2026-09", "--record", "--as-of", "2026-10-02")
    #expect(TaxBooks.column("digital_no", again) == TaxBooks.column("digital_no", recorded))
    #expect(again.err.contains("proposed 0 · selected before 2"))
    // What was proposed goes to the bureau and comes back as its list.
    let list = try books.run("deduct", "select", "--month", "2026-09", "--headings", "zh", "--bom")
    let confirmed = try books.run(
      "deduct", "import", "-", "--confirmed", "--period", "2026-09", "--as-of", "2026-10-08",
      stdin: list.out)
    #expect(confirmed.status == 0, "\(confirmed)")
    let report = try books.run("deduct", "report", "--month", "2026-09")
    #expect(
      report.lines.dropFirst().first == "2026-09,WY,deducted,special,,,2,200.00,26.00,26.00,,")
    #expect(report.lines.last == "2026-09,WY,net,,,,,,,26.00,,")
  }

  @Test func whatRedsAndOtherUsesTakeBackGoesOutInItsMonth() throws {
    let books = try TaxCommandTests.books()
    try books.run(
      "deduct", "import", "-", "--confirmed", "--period", "2026-09", "--as-of", "2026-10-08",
      stdin: TaxCommandTests.head + TaxCommandTests.row(1))
    try books.receive(
      .invoice(7), net: -30, blue: .invoice(1), issued: "2026-10-20", on: "2026-10-21")
    let due = try books.run("deduct", "report", "--month", "2026-10", "--as-of", "2026-11-01")
    #expect(
      due.lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }.map {
        "\($0[2]) \($0[4]) \($0[5]) \($0[9]) \($0[10])"
      } == ["transfer_due \(String.invoice(1)) \(String.invoice(7))  3.90", "net   -3.90 "])
    let record = [
      "transfer-out", "--due", "--period", "2026-10", "--reason", "红冲", "--as-of", "2026-11-02",
    ]
    #expect(
      try books.workspace.run(
        "boms-invoice", record, environment: ["BOMS_DB": books.pool.path]
      ).err.contains("transferred out 1"))
    #expect(
      try books.workspace.run(
        "boms-invoice", record, environment: ["BOMS_DB": books.pool.path]
      ).err.contains("nothing is due"))
    // No more goes out than is left.
    let tooMuch = try books.run(
      "transfer-out", .invoice(1), "--period", "2026-11", "--tax", "9.11", "--reason", "x",
      "--as-of",
      "2026-11-03")
    #expect(tooMuch.status == 65 && tooMuch.err.contains("[invoice.transferred-out]"))
    let use = try books.run(
      "use", .invoice(1), "--as", "welfare", "--reason", "食堂", "--as-of", "2026-11-03")
    #expect(use.err.contains("9.10"))
    try books.run(
      "transfer-out", .invoice(1), "--period", "2026-11", "--reason", "食堂", "--as-of", "2026-11-04")
    let report = try books.run("deduct", "report", "--month", "2026-11", "--as-of", "2026-11-30")
    #expect(
      report.lines.dropFirst().first
        == "2026-11,WY,transferred_out,special,\(String.invoice(1)),,1,,,,9.10,食堂")
    #expect(
      try books.run("transfer-out", .invoice(1), "--period", "2026-11", "--reason", "x").status
        == 65)
  }
}
