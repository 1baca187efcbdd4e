import Foundation
import Shared
import TestSupport
import Testing

/// Bills, changes, voids, requests, exports, failures and invoices in any order: at the end of each
/// run what is asked for is what the charges are worth, and a second run adds nothing.
struct RandomRequestTests {
  @Test(arguments: Repository.testsAll ? UInt64(1)...12 : UInt64(1)...2)
  func blueLessRedIsWhatTheChargesAreWorth(seed: UInt64) throws {
    var chance = Seeded(seed)
    let place = try IssuePlace()
    var day: CivilDate = "2026-01-10"
    var number = 1_000_000_000
    for _ in 1...(Repository.testsAll ? 40 : 12) {
      switch Int.random(in: 0..<10, using: &chance) {
      case 0, 1:
        day = min(day.adding(days: .random(in: 1...25, using: &chance)), "2026-12-20")
        try place.bill("\(day)")
      case 2:
        let price = Int.random(in: 900...1200, using: &chance)
        try place.importing(
          "price_step", "contract_no,line,from_on,price\nC1,1,2026-01-16,\(price)\n", "--restate")
        try place.bill("\(day)")
      case 3: try void(place, day, &chance)
      case 4:
        let title = "甲店\(Int.random(in: 1...3, using: &chance))"
        try place.importing("tenant", "tenant_no,name,invoice_title\nT1,甲店,\(title)\n")
      case 5: try place.export("\(day)")
      case 6: try fail(place, &chance)
      case 7:
        let out = try place.list("--status", "exported").filter { row in
          row["colour"] == "blue" || row["blue_no"] != ""
        }
        if let row = out.randomElement(using: &chance) {
          number += 1
          try place.issue(row["request_no"] ?? "", "2633200000\(number)", on: "\(day)")
        }
      case 8:
        if let row = try place.list("--status", "exported").randomElement(using: &chance) {
          _ = try place.run(
            "boms-invoice",
            [
              "request", "withdraw", row["request_no"] ?? "", "--reason", "未提交", "--as-of",
              "\(day)",
            ])
        }
      default: break
      }
      let by = Bool.random(using: &chance) ? "bill" : "tenant"
      let merge = Bool.random(using: &chance) ? ["--merge"] : []
      let run = try place.run(
        "boms-invoice", ["request", "run", "--as-of", "\(day)", "--by", by] + merge)
      #expect(run.status == 0 || run.status == 1, "\(run)")
      // Charges whose red invoice was asked for by hand wait for it.
      let waits = try TestDatabase.texts(
        """
        SELECT DISTINCT c.bill_no FROM invoice_request r JOIN invoice_request_state s
          ON s.request_id = r.id AND s.state NOT IN ('issued', 'withdrawn')
        JOIN invoice_request_part p ON p.request_id = r.id JOIN charge c ON c.id = p.charge_id
        WHERE r.by_hand = 1
        """, place.workspace.file("m.db"))
      let differences = try place.differences().filter { difference in
        !waits.contains { difference.hasPrefix($0) }
      }
      #expect(differences == [])
      #expect(try place.request("\(day)", "--by", by) == [])
    }
    let found = try place.check()
    #expect(found == [])
  }

  /// A bill is void, if need be with its red request before.
  private func void(_ place: IssuePlace, _ day: CivilDate, _ chance: inout Seeded) throws {
    let bills = try TestDatabase.texts(
      "SELECT bill_no FROM bill WHERE kind = 'bill'", place.workspace.file("m.db"))
    guard let bill = bills.randomElement(using: &chance) else { return }
    let void = ["void", bill, "--reason", "重开", "--as-of", "\(day)"]
    if try place.run("boms-bill", void).err.contains("[bill.invoiced]") {
      try place.succeed(
        "boms-invoice", "request", "red", bill, "--reason", "01", "--as-of", "\(day)")
      if Bool.random(using: &chance) {
        try place.succeed("boms-bill", void[0], bill, "--reason", "重开", "--as-of", "\(day)")
      }
    }
  }

  /// The tax bureau does not take a request.
  private func fail(_ place: IssuePlace, _ chance: inout Seeded) throws {
    let out = try place.list("--status", "exported", "--colour", "blue")
    guard let row = out.randomElement(using: &chance) else { return }
    try place.workspace.write(
      "f.csv", "发票流水号,导入失败原因\n\(row["request_no"] ?? ""),税号有误\n")
    try place.succeed("boms-invoice", "request", "import", "f.csv")
  }
}
