import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// 入账 by the built program.
struct PostCommandTests {
  private static func post(
    _ books: TaxBooks, _ numbers: String..., on day: String = "2026-10-01"
  ) throws -> Workspace.Run {
    try books.workspace.run(
      "boms-invoice",
      ["post"] + numbers + ["--voucher", "记-1", "--period", "2026-09", "--as-of", day],
      environment: ["BOMS_DB": books.pool.path])
  }

  @Test func anInvoiceIsPostedOnceAndAgainWhenThatWasTakenBack() throws {
    let books = try TaxBooks()
    try books.receive(.invoice(1))
    #expect(try PostCommandTests.post(books, .invoice(1)).status == 0)
    let twice = try PostCommandTests.post(books, .invoice(1))
    #expect(twice.status == 65 && twice.err.contains("记-1") && twice.err.contains("2026-09"))
    let unpost = ["unpost", String.invoice(1), "--reason", "x", "--as-of", "2026-10-02"]
    func run() throws -> Int32 {
      try books.workspace.run("boms-invoice", unpost, environment: ["BOMS_DB": books.pool.path])
        .status
    }
    #expect(try run() == 0)
    #expect(try run() == 65)
    #expect(try PostCommandTests.post(books, .invoice(1), on: "2026-10-02").status == 0)
  }

  @Test func whatMustNotBePostedIsNamedAndTheOthersArePosted() throws {
    let books = try TaxBooks()
    for end in 1...6 { try books.receive(.invoice(end), carrier: end == 2 ? .pdf : .xml) }
    try books.pool.append(InvoiceEvent(.conflict, on: "2026-09-16"), to: .invoice(3))
    try books.pool.append(InvoiceEvent(.status, on: "2026-09-16", code: "void"), to: .invoice(4))
    try books.pool.append(
      InvoiceEvent(.status, on: "2026-09-16", code: "reversed_part"), to: .invoice(5))
    try books.receive(.invoice(7), net: -100, blue: .invoice(6))
    try books.receive(.invoice(1 + 10))
    let run = try PostCommandTests.post(
      books, .invoice(1), .invoice(2), .invoice(3), .invoice(4), .invoice(5), .invoice(6),
      .invoice(7), .invoice(9), .invoice(11))
    #expect(run.status == 1)
    #expect(TaxBooks.column("invoice_no", run) == [.invoice(1), .invoice(11)])
    for rule in [
      "invoice.no-original", "invoice.in-conflict", "post.void", "post.red-missing",
      "invoice.reversed", "post.red-counted", "post.unknown",
    ] {
      #expect(run.err.contains("[\(rule)]"), "\(run.err)")
    }
    #expect(run.err.contains("posted 2 · refused 7"))
  }

  @Test func whatIsLeftIsPostedAndALaterRedIsPostedItself() throws {
    let books = try TaxBooks()
    try books.receive(.invoice(1))
    try books.receive(.invoice(2), net: -30, blue: .invoice(1))
    let blue = try PostCommandTests.post(books, .invoice(1))
    #expect(TaxBooks.column("gross", blue) == ["79.10"])
    try books.receive(.invoice(3), net: -20, blue: .invoice(1), on: "2026-10-05")
    let reds = try PostCommandTests.post(books, .invoice(2), .invoice(3), on: "2026-10-06")
    #expect(reds.status == 1 && reds.err.contains("[post.red-counted]"))
    #expect(TaxBooks.column("gross", reds) == ["-22.60"])
    #expect(TaxBooks.column("blue_no", reds) == [.invoice(1)])
  }

  @Test func numbersComeFromListsToo() throws {
    let books = try TaxBooks()
    for end in 1...4 { try books.receive(.invoice(end)) }
    let plain = try books.run(
      "post", "--from", "-", "--voucher", "记-2", "--period", "2026-09",
      stdin: "\(String.invoice(1))\n\(String.invoice(2))\n")
    #expect(plain.status == 0 && TaxBooks.column("voucher", plain) == ["记-2", "记-2"])
    let list = try books.run(
      "post", "--from", "-", "--period", "2026-10",
      stdin: "发票代码,发票号码,凭证号,会计期间,入账日期,摘要\n263320000000,00000003,记-3,2026年9月,2026-09-30,租金\n"
        + "263320000000,00000004,记-4,,,\n合计,,,,,\n")
    #expect(list.status == 0, "\(list)")
    #expect(TaxBooks.column("period", list) == ["2026-09", "2026-10"])
    #expect(TaxBooks.column("posted_on", list).first == "2026-09-30")
    let incomplete = try books.run("post", "--from", "-", stdin: "发票号码\n\(String.invoice(4))\n")
    #expect(incomplete.status == 65 && incomplete.err.contains("[post.incomplete]"))
    let unclosed = try books.run(
      "post", "--from", "-", "--voucher", "记-5", "--period", "2026-10",
      stdin: "\(String.invoice(4))\n\"")
    #expect(unclosed.status == 65 && unclosed.err.contains("[csv.quote]"), "\(unclosed)")
  }

  @Test func aTryPostsNothing() throws {
    let books = try TaxBooks()
    try books.receive(.invoice(1))
    let before = try TestDatabase.dump(books.pool.path)
    let dry = try books.run(
      "post", .invoice(1), "--voucher", "1", "--period", "2026-09", "--dry-run", "--entry",
      "debit:a:113", "--entry", "credit:b:113")
    #expect(dry.status == 0 && TaxBooks.column("gross", dry) == ["113.00"])
    let wrong = try books.run(
      "post", .invoice(1), "--voucher", "1", "--period", "2026-09", "--entry", "debit:a:112",
      "--entry", "credit:b:112")
    #expect(wrong.status == 65 && wrong.err.contains("[post.balance]"))
    #expect(try TestDatabase.dump(books.pool.path) == before)
  }

  /// Two accountants, one invoice: one of them wins, the other is told by which voucher.
  @Test func ofTwoProcessesExactlyOnePosts() throws {
    let books = try TaxBooks()
    let rounds = Repository.testsAll ? 100 : 8
    for round in 1...rounds {
      let number = "26332000000000001\(round + 100)"
      try books.receive(number)
      let children = try (1...3).map { hand in
        try books.workspace.start(
          "boms-invoice",
          ["post", number, "--voucher", "记-\(hand)", "--period", "2026-09", "--quiet"],
          environment: ["BOMS_DB": books.pool.path])
      }
      let runs = try children.map { try $0.wait() }
      #expect(runs.map(\.status).sorted() == [0, 65, 65], "\(runs)")
      for loser in runs where loser.status == 65 {
        #expect(loser.err.contains("[invoice.posted-already]") && loser.err.contains("记-"))
      }
    }
    let posted =
      "SELECT count(*), count(DISTINCT invoice_id) FROM invoice_event WHERE kind = 'posted'"
    #expect(try TestDatabase.rows(posted, books.pool.path) == [["\(rounds)", "\(rounds)"]])
  }

  /// Whatever is tried in whatever order by commands: nothing is posted or deducted twice, and the
  /// books hold what reds have left, once what is to be posted is posted.
  @Test(arguments: Repository.testsAll ? Array(1...12) : [1] as [UInt64])
  func noSequenceOfCommandsUsesAnInvoiceTwice(_ seed: UInt64) throws {
    var chance = Seeded(seed)
    let books = try TaxBooks()
    try books.receive(.invoice(1), net: 1000)
    try books.receive(.invoice(2), net: 1000)
    var reds = 0
    var day: CivilDate = "2026-10-01"
    for _ in 1...(Repository.testsAll ? 80 : 25) {
      if Bool.random(using: &chance) { day = day.next }
      let blue = Int.random(in: 1...2, using: &chance)
      let any = Int.random(in: 0...reds, using: &chance)
      let number = any == 0 ? String.invoice(blue) : .invoice(10 + any)
      let list =
        "数电发票号码,开票日期,金额,税额,有效抵扣税额,是否勾选\n\(String.invoice(blue)),2026-09-10,1000,130,130,是\n"
      switch Int.random(in: 0..<9, using: &chance) {
      case 0 where reds < 6:
        reds += 1
        let net = Int64.random(in: 1...300, using: &chance)
        try books.receive(
          .invoice(10 + reds), net: -net, blue: .invoice(blue), issued: day, on: day)
      case 1, 2:
        try books.run(
          "post", number, "--voucher", "\(day)", "--period", "\(day.month)", "--as-of", "\(day)")
      case 3: try books.run("unpost", number, "--reason", "x", "--as-of", "\(day)")
      case 4:
        try books.run(
          "deduct", "import", "-", "--confirmed", "--period", "\(day.month)", "--as-of", "\(day)",
          stdin: list)
      case 5:
        try books.run(
          "deduct", "import", "-", "--period", "\(day.month)", "--as-of", "\(day)", stdin: list)
      case 6: try books.run("deduct", "undo", number, "--reason", "x", "--as-of", "\(day)")
      case 7:
        try books.run(
          "transfer-out", "--due", "--period", "\(day.month)", "--reason", "x", "--as-of", "\(day)")
      default:
        try books.run(
          "transfer-out", number, "--period", "\(day.month)", "--tax", "1", "--reason", "x",
          "--as-of", "\(day)")
      }
    }
    try PostCommandTests.check(books, reds, on: day.next)
  }

  private static func check(_ books: TaxBooks, _ reds: Int, on day: CivilDate) throws {
    // Posted and unposted, deducted and undeducted follow each other.
    for (use, back) in [("posted", "unposted"), ("deducted", "undeducted")] {
      let wrong = """
        SELECT count(*) FROM (SELECT kind, lag(kind) OVER (PARTITION BY invoice_id ORDER BY seq) AS last
          FROM invoice_event WHERE kind IN ('\(use)', '\(back)')) WHERE kind = last OR
          (kind = '\(back)' AND last IS NULL)
        """
      #expect(try TestDatabase.texts(wrong, books.pool.path) == ["0"])
    }
    // Once everything that can be posted is, the books hold blue and reds.
    for end in [1, 2] + (0..<reds).map({ 11 + $0 }) {
      try books.run(
        "post", .invoice(end), "--voucher", "z", "--period", "\(day.month)", "--as-of", "\(day)")
    }
    for blue in [String.invoice(1), .invoice(2)] {
      let standing = try #require(try books.pool.standing(blue, asOf: day))
      #expect(standing.isPosted || standing.reversal == .full)
      #expect(standing.toReverse == .zero && standing.leftToPost == .zero)
      let held = """
        SELECT coalesce(sum(CASE e.kind WHEN 'posted' THEN e.gross_fen END), 0)
        FROM invoice_event e JOIN invoice i ON i.id = e.invoice_id
        WHERE (invoice_no = '\(blue)' OR blue_no = '\(blue)')
          AND e.seq = (SELECT max(l.seq) FROM invoice_event l WHERE l.invoice_id = e.invoice_id
            AND l.kind IN ('posted', 'unposted'))
        """
      let rest = try standing.sums.gross + standing.reversed.gross
      #expect(try TestDatabase.texts(held, books.pool.path) == ["\(max(rest.fen, 0))"])
      let gone = standing.history.deduction?.transfers.reduce(0) { $0 + $1.tax.fen } ?? 0
      #expect(gone <= standing.history.deduction?.tax.fen ?? 0)
    }
  }
}
