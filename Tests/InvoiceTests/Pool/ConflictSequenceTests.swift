import Foundation
import Shared
import TestSupport
import Testing

/// Commands in any order over files that say other money, other carriers and red invoices, with the built
/// programs: nothing is posted or deducted twice, and nothing while it is in conflict.
struct ConflictSequenceTests {
  private static let numbers = ["26332000000000000501", "26332000000000000502"]

  /// The files of an invoice: the first, other bytes of it, other money, its PDF, two reds.
  private static func files(_ number: String) -> [(name: String, text: String)] {
    let it = EInvoiceText(number: number)
    var again = it
    again.comment = "again"
    let reds = [1, 2].map {
      EInvoiceText(number: "26332000000000006\($0)0\(number.suffix(1))", blue: number)
        .of(-20 * $0)
    }
    return [
      ("a-\(number).xml", it.xml), ("b-\(number).xml", again.xml),
      ("c-\(number).xml", it.of(200).xml), ("d-\(number).xml", it.of(300).xml),
      ("dzfp_\(number)_示例.pdf", "%PDF-1.7\n\(number)"),
    ] + reds.map { ("red-\($0.number).xml", $0.xml) }
  }

  private static func place() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db", "-q")
    try workspace.importing(
      "company", "company_no,name,credit_code\nA,示例购买有限公司,91110108690017781B\n"
    ).expectStored()
    for number in numbers {
      for file in files(number) { try workspace.write(file.name, file.text) }
    }
    return workspace
  }

  @Test(arguments: Repository.testsAll ? Array(1...12) : [4] as [UInt64])
  func noSequenceOfCommandsUsesAnInvoiceInConflict(_ seed: UInt64) throws {
    var chance = Seeded(seed)
    let workspace = try Self.place()
    var day: CivilDate = "2026-10-01"
    func run(_ arguments: [String], stdin: String? = nil) throws -> Workspace.Run {
      let run = try workspace.run(
        "boms-invoice", arguments + ["--db", "m.db", "-q", "--as-of", "\(day)"], stdin: stdin)
      #expect([0, 1, 65, 66].contains(run.status), "\(arguments): \(run)")
      return run
    }
    for _ in 1...(Repository.testsAll ? 120 : 30) {
      if Int.random(in: 0..<3, using: &chance) == 0 { day = day.next }
      let number = Self.numbers.randomElement(using: &chance) ?? ""
      let names = Self.files(number).map(\.name)
      switch Int.random(in: 0..<10, using: &chance) {
      case 0, 1, 2: _ = try run(["import", names.randomElement(using: &chance) ?? ""])
      case 3:
        let kept = try TestDatabase.texts(
          """
          SELECT f.id FROM invoice_file f JOIN invoice i ON i.id = f.invoice_id
          WHERE invoice_no = '\(number)'
          """, workspace.file("m.db"))
        let keep = (kept + ["first"]).randomElement(using: &chance) ?? "first"
        _ = try run(["resolve", number, "--keep", keep, "--reason", "r"])
      case 4, 5:
        _ = try run(["post", number, "--voucher", "\(day)", "--period", "\(day.month)"])
      case 6: _ = try run(["unpost", number, "--reason", "r"])
      case 7:
        let sums = try TestDatabase.rows(
          "SELECT net_fen / 100, tax_fen / 100 FROM invoice WHERE invoice_no = '\(number)'",
          workspace.file("m.db"))
        guard let sums = sums.first else { continue }
        _ = try run(
          ["deduct", "import", "-", "--confirmed", "--period", "\(day.month)"],
          stdin: "数电发票号码,开票日期,金额,税额,有效抵扣税额,是否勾选\n"
            + "\(number),2026-08-31,\(sums[0]),\(sums[1]),\(sums[1]),是\n")
      case 8: _ = try run(["deduct", "undo", number, "--reason", "r"])
      default:
        _ = try run(["verify", "import", "-"], stdin: "数电发票号码,查验结果\n\(number),00\n")
        _ = try run(["deduct", "select", "--month", "\(day.month)", "--record"])
      }
      try Self.hold(workspace)
    }
    #expect(try workspace.run("boms-db", "check", "--db", "m.db").status == 0)
  }

  /// An accountant posts while another brings in a file with other money: one comes first, and the other is
  /// told. Two who deduct at once deduct once.
  @Test func atOnceTheyAreOneAfterTheOther() throws {
    let workspace = try Self.place()
    let number = Self.numbers[0]
    let begin = ["--db", "m.db", "--as-of", "2026-10-01", "-q"]
    try workspace.succeed("boms-invoice", ["import", "a-\(number).xml"] + begin)
    let post = ["post", number, "--voucher", "1", "--period", "2026-10"]
    let both = try [post, ["import", "c-\(number).xml"]].map {
      try workspace.start("boms-invoice", $0 + begin)
    }.map { try $0.wait() }
    #expect(both[1].status == 1)
    #expect(both[0].status == 0 || both[0].err.contains("[invoice.in-conflict]"), "\(both[0])")
    try Self.hold(workspace)
    try workspace.succeed(
      "boms-invoice", ["resolve", number, "--keep", "first", "--reason", "r"] + begin)
    try workspace.write(
      "list.csv", "数电发票号码,开票日期,金额,税额,有效抵扣税额,是否勾选\n\(number),2026-08-31,100,13,13,是\n")
    let deducted = try (1...3).map { _ in
      try workspace.start(
        "boms-invoice",
        ["deduct", "import", "list.csv", "--confirmed", "--period", "2026-10"] + begin)
    }.map { try $0.wait() }
    #expect(deducted.allSatisfy { $0.status == 0 }, "\(deducted)")
    #expect(
      try TestDatabase.texts(
        "SELECT count(*) FROM invoice_event WHERE kind = 'deducted'", workspace.file("m.db"))
        == ["1"])
    try Self.hold(workspace)
  }

  /// What the events of each invoice must be, whoever wrote them in whatever order.
  private static func hold(_ workspace: Workspace) throws {
    func wrong(_ kinds: String, _ condition: String) throws -> [String] {
      try TestDatabase.texts(
        """
        SELECT invoice_id || ' ' || seq || ' ' || kind FROM (SELECT *,
          lag(kind) OVER (PARTITION BY invoice_id ORDER BY seq) AS last
          FROM invoice_event WHERE kind IN (\(kinds))) WHERE \(condition)
        """, workspace.file("m.db"))
    }
    for (use, back) in [("posted", "unposted"), ("deducted", "undeducted")] {
      #expect(
        try wrong("'\(use)', '\(back)'", "kind = last OR (kind = '\(back)' AND last IS NULL)") == []
      )
      #expect(
        try wrong("'\(use)', 'conflict', 'resolved'", "kind = '\(use)' AND last = 'conflict'") == []
      )
    }
    // What is posted is what the invoice says, less the reds that had come.
    #expect(
      try TestDatabase.texts(
        """
        SELECT i.invoice_no || ' ' || e.gross_fen || ' ' || i.gross_fen FROM invoice i
        JOIN invoice_event e ON e.invoice_id = i.id AND e.seq = (SELECT max(l.seq)
          FROM invoice_event l WHERE l.invoice_id = i.id AND l.kind IN ('posted', 'unposted'))
        WHERE e.kind = 'posted' AND i.is_red = 0 AND i.gross_fen - e.gross_fen NOT IN
          (0, 2260, 4520, 6780)
        """, workspace.file("m.db")) == [])
  }
}
