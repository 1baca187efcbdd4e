import Foundation
import Shared
import TestSupport
import Testing

@testable import InvoiceSamples
@testable import boms_invoice

/// The built program: the same files give the same pool, whatever the order and whatever happens.
struct PoolOrderTests {
  /// Invoices with all that can come of one: other bytes, other carriers, reds, PDFs without
  /// originals.
  static func files(_ chance: inout Seeded) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for index in 1...24 {
      let number = "263320000000000010\(index < 10 ? "0" : "")\(index)"
      let it = EInvoiceText(number: number).of(index * 100)
      if index % 8 != 0 { files.append(("\(number).xml", Array(it.xml.utf8))) }
      switch Int.random(in: 0..<4, using: &chance) {
      case 0:
        var other = it
        other.comment = "once more"
        files.append(("again-\(number).xml", Array(other.xml.utf8)))
      case 1:
        let customs = [
          ("发票号码", number), ("合计金额", it.net), ("合计税额", it.tax), ("价税合计", it.gross),
          ("开票日期", "2026年08月31日"),
        ]
        files.append(("\(number).ofd", ComposedOFD(customs: customs).bytes))
      case 2:
        files.append(
          (
            "red-\(number).xml",
            Array(
              EInvoiceText(number: "263320000000000020\(number.suffix(2))", blue: number)
                .of(-index * 40).xml.utf8)
          ))
      default: break
      }
      if index % 4 == 0 {
        files.append(("dzfp_\(number)_示例.pdf", Array("%PDF-1.7\n\(number)".utf8)))
      }
    }
    return files
  }

  /// What stands in the pool, without what depends on the order by its nature: ids, names, and which
  /// of equal files was the first.
  static func pool(_ workspace: Workspace) throws -> [String] {
    let path = workspace.file("m.db")
    let values = InvoiceRow.columns.map { "coalesce(\($0), '∅')" }.joined(separator: " || '|' || ")
    var lines = try TestDatabase.texts(
      "SELECT invoice_no || '|' || carrier || '|' || \(values) FROM invoice ORDER BY invoice_no",
      path)
    lines += try TestDatabase.texts(
      """
      SELECT invoice_no || '|' || f.carrier || '|' || hex(c.sha256) || '|' || coalesce((
        SELECT group_concat(line || ' ' || item_name || ' ' || net_fen) FROM invoice_line l
        WHERE l.file_id = f.id), '')
      FROM invoice_file f JOIN invoice i ON i.id = f.invoice_id
      JOIN file_content c ON c.id = f.content_id ORDER BY 1
      """, path)
    let list = try workspace.run(
      "boms-invoice", "list", "--db", "m.db", "--as-of", "2026-11-30", "--format", "csv")
    #expect(list.status == 0)
    return lines + list.lines
  }

  private static func fresh(_ files: [(name: String, bytes: [UInt8])]) throws -> Workspace {
    let workspace = try Workspace()
    #expect(try workspace.run("boms-db", "init", "--db", "m.db", "-q").status == 0)
    try FileManager.default.createDirectory(
      atPath: workspace.file("in"), withIntermediateDirectories: false)
    for file in files {
      try Data(file.bytes).write(to: URL(fileURLWithPath: workspace.file("in/\(file.name)")))
    }
    return workspace
  }

  private static let importing = ["import", "--db", "m.db", "--as-of", "2026-11-01", "-q"]

  @Test(arguments: Repository.testsAll ? Array(1...8) : [1] as [UInt64])
  func anyOrderTwiceAndAsAPackGiveTheSamePool(_ seed: UInt64) throws {
    var chance = Seeded(seed)
    let files = Self.files(&chance)
    let folder = try Self.fresh(files)
    #expect(try folder.run("boms-invoice", Self.importing + ["in"]).status == 0)
    let wanted = try Self.pool(folder)
    let before = try TestDatabase.dump(folder.file("m.db"))

    // The same folder again, and as a pack: nothing is added, and every row is a duplicate.
    try Data(ComposedZip(files.map { ($0.name, $0.bytes) }).bytes)
      .write(to: URL(fileURLWithPath: folder.file("pack.zip")))
    for again in ["in", "pack.zip"] {
      let ran = try folder.run("boms-invoice", Self.importing + [again])
      #expect(ran.status == 0)
      #expect(records(ran.out).count == files.count)
      #expect(Set(records(ran.out).map { $0["result"] }) == ["duplicate"])
      #expect(Set(records(ran.out).map { $0["first_seen_on"] }) == ["2026-11-01"])
      #expect(records(ran.out)[0]["first_seen_in"]?.hasPrefix("in/") == true)
      #expect(try TestDatabase.dump(folder.file("m.db")) == before)
    }

    let shuffled = try Self.fresh(files)
    let names = files.map { "in/\($0.name)" }.shuffled(using: &chance)
    #expect(try shuffled.run("boms-invoice", Self.importing + names).status == 0)
    #expect(try Self.pool(shuffled) == wanted)

    let packed = try Self.fresh(files)
    try packed.copy(folder.file("pack.zip"), to: "pack.zip")
    #expect(try packed.run("boms-invoice", Self.importing + ["pack.zip"]).status == 0)
    #expect(try Self.pool(packed) == wanted)

    // A dry run says the same and stores nothing.
    let dry = try Self.fresh(files)
    let nothing = try TestDatabase.dump(dry.file("m.db"))
    let tried = try dry.run("boms-invoice", Self.importing + ["--dry-run", "in"])
    let done = try Self.fresh(files).run("boms-invoice", Self.importing + ["in"])
    #expect(tried.out == done.out)
    #expect(try TestDatabase.dump(dry.file("m.db")) == nothing)
    #expect(try folder.run("boms-db", "check", "--db", "m.db").out == "rule,subject,finding\n")
  }

  @Test(arguments: Repository.testsAll ? Array(1...20) : [1, 2] as [UInt64])
  func aKillInTheMiddleAndASecondRunGiveTheSamePool(_ seed: UInt64) throws {
    var chance = Seeded(7)
    let files = Self.files(&chance)
    let whole = try Self.fresh(files)
    #expect(try whole.run("boms-invoice", Self.importing + ["in"]).status == 0)
    let killed = try Self.fresh(files)
    let child = try killed.start("boms-invoice", Self.importing + ["in"])
    var when = Seeded(seed)
    usleep(UInt32.random(in: 5_000...60_000, using: &when))
    child.kill()
    _ = try child.wait()
    #expect(try killed.run("boms-invoice", Self.importing + ["in"]).status == 0)
    #expect(try Self.pool(killed) == Self.pool(whole))
  }

  @Test func twoAtOnceGiveTheSamePool() throws {
    var chance = Seeded(9)
    let files = Self.files(&chance)
    let one = try Self.fresh(files)
    #expect(try one.run("boms-invoice", Self.importing + ["in"]).status == 0)
    let two = try Self.fresh(files)
    let children = try (1...3).map { _ in try two.start("boms-invoice", Self.importing + ["in"]) }
    for child in children { #expect(try child.wait().status == 0) }
    #expect(try Self.pool(two) == Self.pool(one))
  }

  @Test func oneBadFileAmongManyIsNamedAndLosesNothingElse() throws {
    var chance = Seeded(3)
    var files = Self.files(&chance)
    files.insert(("in-the-middle.xml", Array("<EInvoice>".utf8)), at: 10)
    let workspace = try Self.fresh(files)
    let ran = try workspace.run("boms-invoice", Self.importing + ["in"])
    #expect(ran.status == 1)
    #expect(ran.err.contains("in/in-the-middle.xml:"))
    let rejected = records(ran.out).filter { $0["result"] == "rejected" }
    #expect(rejected.map { $0["file"] } == ["in/in-the-middle.xml"])
    #expect(
      try TestDatabase.texts("SELECT count(*) FROM invoice_file", workspace.file("m.db"))
        == ["\(files.count - 1)"])
  }

  @Test func ofSeveralProgramsThatPostAtOnceOneDoes() throws {
    let workspace = try Self.fresh([
      ("a.xml", Array(EInvoiceText(number: "26332000000000000301").xml.utf8))
    ])
    #expect(try workspace.run("boms-invoice", Self.importing + ["in"]).status == 0)
    let children = try (1...5).map { index in
      try workspace.start(
        "boms-invoice",
        [
          "post", "26332000000000000301", "--voucher", "记-\(index)", "--period", "2026-11", "--db",
          "m.db", "--as-of", "2026-11-02",
        ])
    }
    let ends = try children.map { try $0.wait().status }
    #expect(ends.filter { $0 == 0 }.count == 1)
    #expect(ends.filter { $0 == 65 }.count == 4)
  }

  @Test func aConflictIsSettledByAPerson() throws {
    let number = "26332000000000000301"
    let workspace = try Self.fresh([
      ("a.xml", Array(EInvoiceText(number: number).xml.utf8)),
      ("b.xml", Array(EInvoiceText(number: number).of(200).xml.utf8)),
    ])
    func run(_ arguments: String...) throws -> Workspace.Run {
      try workspace.run("boms-invoice", arguments + ["--db", "m.db", "--as-of", "2026-11-02"])
    }
    let both = try workspace.run("boms-invoice", Self.importing + ["in"])
    #expect(both.status == 1)
    #expect(both.err.contains("[invoice.conflict]"))
    let post = ["post", number, "--voucher", "记-1", "--period", "2026-11"]
    #expect(
      try workspace.run("boms-invoice", post + ["--db", "m.db"]).err
        .contains("[invoice.in-conflict]"))
    let other = try TestDatabase.texts(
      "SELECT id FROM invoice_file WHERE result = 'conflict'", workspace.file("m.db"))[0]
    #expect(try run("resolve", number, "--keep", "999", "--reason", "r").status == 66)
    #expect(try run("resolve", number, "--keep", other, "--reason", "r").status == 0)
    let row = try #require(records(try run("list", "--format", "csv").out).first)
    #expect(row["gross"] == "226.00")
    #expect(row["conflict"] == "no")
    #expect(try run("resolve", number, "--keep", "first", "--reason", "r").status == 65)
    // The day before, the first file's sums counted.
    let before = try workspace.run(
      "boms-invoice", "list", "--db", "m.db", "--as-of", "2026-11-01", "--format", "csv")
    #expect(records(before.out).first?["gross"] == "113.00")
    #expect(records(before.out).first?["conflict"] == "yes")
    #expect(
      try workspace.run("boms-invoice", "extract", number, "--db", "m.db").out
        == EInvoiceText(number: number).of(200).xml)
    #expect(try workspace.run("boms-db", "check", "--db", "m.db").status == 0)
  }

  @Test func whatIsPostedDoesNotGiveWayToAnotherFile() throws {
    let number = "26332000000000000301"
    let workspace = try Self.fresh([("a.xml", Array(EInvoiceText(number: number).xml.utf8))])
    func run(_ arguments: String...) throws -> Workspace.Run {
      try workspace.run("boms-invoice", arguments + ["--db", "m.db", "--as-of", "2026-11-02"])
    }
    #expect(try run("import", "in").status == 0)
    #expect(try run("post", number, "--voucher", "记-1", "--period", "2026-11").status == 0)
    try workspace.write("b.xml", EInvoiceText(number: number).of(200).xml)
    let conflict = try run("import", "b.xml", "--format", "csv")
    #expect(conflict.status == 1)
    #expect(records(conflict.out)[0]["posted_voucher"] == "记-1")
    let other = try TestDatabase.texts("SELECT max(id) FROM invoice_file", workspace.file("m.db"))[
      0]
    let refused = try run("resolve", number, "--keep", other, "--reason", "r")
    #expect(refused.status == 65)
    #expect(refused.err.contains("[invoice.in-use]"))
    #expect(try run("resolve", number, "--keep", "first", "--reason", "r").status == 0)
  }
}
