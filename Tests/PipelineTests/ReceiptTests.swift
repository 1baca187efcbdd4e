import Foundation
import TestSupport
import Testing

/// Receipts: their numbers, and the pages.
struct ReceiptTests {
  private func receipts(_ workspace: Workspace) throws -> [String] {
    try TestDatabase.texts(
      "SELECT receipt_no || ' ' || payment_no || ' ' || issued_on FROM receipt ORDER BY id",
      workspace.file("m.db"))
  }

  private func sorted(_ workspace: Workspace) throws -> [String] {
    try receipts(workspace).sorted()
  }

  @Test func nightByNightOrOnceReceiptsHaveTheSameNumbers() throws {
    func mall() throws -> Workspace {
      let workspace = try Workspace(Prepared.mall)
      try TestDatabase.run("DELETE FROM late_fee_rule", workspace.file("m.db"))
      return workspace
    }
    let once = try mall()
    try once.bill("2026-11-22")
    try once.collect("2026-11-22")
    let count = try receipts(once).count
    #expect(count > 100)
    let daily = try mall()
    for day in nights(from: "2026-09-01", to: "2026-11-22") {
      try daily.bill(day)
      try daily.collect(day)
    }
    let isSame = try sorted(once) == sorted(daily)
    #expect(isSame)
    #expect(try once.check() == [])
    let view = records(try once.export("receipts", "--as-of", "2026-10-31"))
    #expect(view.count < count)
    for row in view {
      #expect((row["issued_on"] ?? "") <= "2026-10-31")
      #expect(
        fen(row["amount"] ?? "")
          == fen(row["allocated"] ?? "") + fen(row["refunded"] ?? "") + fen(row["left"] ?? ""))
      #expect(fen(row["allocated"] ?? "") > 0)
    }
  }

  @Test func aRunThatIsKilledNumbersNothingTwice() throws {
    let start = Date()
    let whole = try Workspace(ReceiptTests.billed)
    try whole.collect("2026-11-22")
    let length = Date().timeIntervalSince(start)
    let expected = try receipts(whole)
    var random = Seeded(5)
    for _ in 0..<ConcurrencyTests.kills {
      let workspace = try Workspace(ReceiptTests.billed)
      let run = try workspace.start(
        "boms-collect", ["run", "--db", "m.db", "--as-of", "2026-11-22"])
      usleep(UInt32(Double.random(in: 0...length * 1_000_000, using: &random)))
      run.kill()
      _ = try run.wait()
      let now = try receipts(workspace)
      #expect(now == [] || now == expected)
      // Neither does a dry run.
      try workspace.collect("2026-11-22", "--dry-run")
      #expect(try receipts(workspace) == now)
      try workspace.collect("2026-11-22")
      let isSame = try receipts(workspace) == expected
      #expect(isSame)
    }
  }

  private static let billed = Result {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-11-22")
    return workspace
  }

  private func place() throws -> Workspace {
    let workspace = try Workspace(SmallPlace.billed)
    try workspace.pay("S2,T1,2026-01-15,700,", "S1,T2,2026-01-15,70,A", "S3,T2,2026-01-16,5,A")
    try workspace.collect("2026-01-20")
    return workspace
  }

  @Test func onlyWhatIsAllocatedHasAReceiptInTheOrderOfDaysAndNumbers() throws {
    let workspace = try place()
    #expect(
      try receipts(workspace) == [
        "A-SJ-202601-0001 S1 2026-01-15", "A-SJ-202601-0002 S2 2026-01-15",
      ])
    let none = try workspace.collect("receipt", "S3", on: "2026-01-20")
    #expect(none.status == 65)
    #expect(none.err.contains("[receipt.none]"))
    let early = try workspace.collect("receipt", "S1", on: "2026-01-14")
    #expect(early.err.contains("[receipt.none]"))
  }

  private func page(_ workspace: Workspace, _ arguments: String..., on day: String) throws
    -> String
  {
    try workspace.succeed(
      "boms-collect", ["receipt"] + arguments + ["--db", "m.db", "--as-of", day]
    ).out
  }

  @Test func aPageSaysWhatWasPaidAndWhatIsLeft() throws {
    let workspace = try place()
    let page = try page(workspace, "S2", on: "2026-01-20")
    for text in [
      "收款收据", "A-SJ-202601-0001".replacing("0001", with: "0002"), "甲店（T1）", "柒佰元整",
      "¥700.00", "保证金（押金）", "预收款（尚未核销）", "50.00", "500.00", "甲公司",
      "91330106MACKX4QG41", "本收据不作为税务凭证。", "收款人：", "2026年1月15日",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(!page.contains("作废"))
    let english = try self.page(workspace, "A-SJ-202601-0002", "--lang", "en", on: "2026-01-20")
    for text in ["Received from", "deposit", "Received in advance", "15 January 2026"] {
      #expect(english.contains(text), "\(text)")
    }
  }

  @Test func aReceiptThatIsVoidSaysSoFromItsDay() throws {
    let workspace = try place()
    #expect(
      try workspace.collect("void", "S2", "--reason", "退票", on: "2026-01-25").status == 0)
    #expect(try !page(workspace, "S2", on: "2026-01-24").contains("作废"))
    let void = try page(workspace, "S2", on: "2026-01-25")
    #expect(void.contains("本收据已于 2026年1月25日作废"))
    // What it had said stays readable.
    #expect(void.contains("保证金（押金）"))
    func isVoid(_ day: String) throws -> [String?] {
      records(try workspace.export("receipts", "--as-of", day)).map { $0["void"] }
    }
    #expect(try isVoid("2026-01-24") == ["no", "no"])
    #expect(try isVoid("2026-01-25") == ["no", "yes"])
    // Its number is not given again.
    try workspace.pay("S4,T1,2026-01-26,50,B")
    try workspace.collect("2026-01-27")
    #expect(try receipts(workspace).last == "B-SJ-202601-0001 S4 2026-01-26")
    #expect(try workspace.check() == [])
  }

  @Test func aFolderHasAPageForEachAndAList() throws {
    let workspace = try place()
    let run = try workspace.collect(
      "receipt", "--month", "2026-01", "--out", "r/", on: "2026-01-20")
    #expect(run.out == "")
    #expect(run.err == "receipts 2 · void 0 · amount 770.00 · in the folder 'r'\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: workspace.file("r")).sorted()
    #expect(names == ["A-SJ-202601-0001.html", "A-SJ-202601-0002.html", "index.html"])
    let list = try workspace.read("r/index.html")
    #expect(list.contains("href=\"A-SJ-202601-0002.html\""))
    let chosen = try workspace.collect("receipt", "--tenant", "T2", on: "2026-01-20")
    #expect(chosen.out.components(separatedBy: "<article").count == 2)
    let nothing = try workspace.collect("receipt", "--company", "B", on: "2026-01-20")
    #expect(nothing.out == "")
    #expect(nothing.status == 0)
  }

  @Test func whatARefundTookIsOnTheReceipt() throws {
    let workspace = try place()
    #expect(
      try workspace.collect(
        "refund", "--payment", "S2", "--amount", "20", "--reason", "x", on: "2026-01-22"
      ).status == 0)
    #expect(try page(workspace, "S2", on: "2026-01-22").contains("已退还"))
    #expect(try !page(workspace, "S2", on: "2026-01-21").contains("已退还"))
  }
}
