import Foundation
import Shared
import TestSupport
import Testing

/// From what is charged to the invoice and back, with the built programs and a tax bureau of our own
/// (`Tests/Reference/tax_bureau.py`), which reckons the tax of each line by itself.
@Suite(.enabled(if: Bureau.isThere))
struct IssueRoundTests {
  /// Billed by 2026-01-10 and asked for: 1090.00 and 200.00 of rent by A, 106.00 of fees by B.
  private func asked() throws -> IssuePlace {
    let place = try IssuePlace()
    // A buyer who has no tax number is another test's.
    try place.importing("tenant", "tenant_no,name,credit_code\nT3,丙店,9112011667149649XU\n")
    try place.bill("2026-01-10")
    try place.request("2026-01-10")
    return place
  }

  /// Everything that the night does with invoices.
  private func night(_ place: IssuePlace, _ day: String) throws {
    try place.bill(day)
    try place.request(day)
    try place.succeed("boms-invoice", "import", "issued", "--as-of", day)
    try place.succeed("boms-invoice", "match", "--as-of", day)
  }

  @Test(.enabled(if: Repository.testsAll))
  func whatIsAskedForComesBackAsItsInvoiceAndTheBooksSaySo() throws {
    let place = try asked()
    #expect(try place.outputVAT("2026-01-31") == ["A 1183.49 0.00", "B 150.00 0.00"])
    #expect(try place.issue(on: "2026-01-12") == [])
    try night(place, "2026-01-13")
    #expect(
      try place.list().map {
        "\($0["state"] ?? "") \($0["tenant_no"] ?? "") \($0["gross"] ?? "") \($0["invoice_no"] ?? "")"
      }.sorted() == [
        "issued T1 106.00 26332000000000000002", "issued T1 1090.00 26332000000000000001",
        "issued T2 200.00 26332000000000000003", "issued T3 53.00 26332000000000000004",
      ])
    #expect(try place.differences() == [])
    #expect(try place.outputVAT("2026-01-31") == ["A 1183.49 1183.49", "B 150.00 150.00"])
    let pool = records(try place.run("boms-invoice", ["list", "--as-of", "2026-01-13"]).out)
    #expect(
      pool.map { "\($0["direction"] ?? "") \($0["business"] ?? "") \($0["matched"] ?? "")" } == [
        "out lease request:A-KP2601-0001", "out  request:B-KP2601-0001",
        "out lease request:A-KP2601-0002", "out  request:B-KP2601-0002",
      ])
    #expect(try place.run("boms-db", ["check", "--quiet"]).status == 0)

    let dump = try place.workspace.dump()
    try night(place, "2026-01-13")
    #expect(try place.issue(on: "2026-01-13") == [])
    #expect(try place.workspace.dump() == dump)
  }

  @Test func whatIsWorthLessIsTakenBackByARedInvoice() throws {
    let place = try asked()
    try place.issue(on: "2026-01-12")
    try night(place, "2026-01-13")
    try place.importing(
      "charge_term", "contract_no,line,item,method,price\nC1,2,mgmt,fixed,53\n", "--restate")
    try place.bill("2026-01-14")
    let red = try place.request("2026-01-14")
    #expect(red.map { "\($0["colour"] ?? "") \($0["gross"] ?? "")" } == ["red -53.00"])
    #expect(red[0]["blue_no"] == "26332000000000000002")
    #expect(red[0]["red_reason"] == "04")

    // A bill that is invoiced stays until its red invoice is asked for.
    let bill = try TestDatabase.texts(
      "SELECT bill_no FROM bill WHERE contract_no = 'C2'", place.workspace.file("m.db"))[0]
    let void = ["void", bill, "--reason", "开错", "--as-of", "2026-01-14"]
    #expect(try place.run("boms-bill", void).err.contains("[bill.invoiced]"))
    try place.succeed(
      "boms-invoice", "request", "red", bill, "--reason", "01", "--as-of", "2026-01-14")
    #expect(try place.list("--status", "pending").count == 2)

    try place.issue(on: "2026-01-15", first: 11)
    try place.succeed("boms-invoice", "import", "issued", "--as-of", "2026-01-16")
    let matched = records(try place.run("boms-invoice", ["match", "--as-of", "2026-01-16"]).out)
    #expect(
      matched.map { "\($0["gross"] ?? "") \($0["result"] ?? "")" } == [
        "-53.00 matched", "-200.00 matched",
      ])
    #expect(try place.list("--status", "pending") == [])
    #expect(try place.outputVAT("2026-01-31") == ["A 1183.49 1000.00", "B 100.00 100.00"])
    try place.succeed("boms-bill", "void", bill, "--reason", "开错", "--as-of", "2026-01-16")
    #expect(try place.outputVAT("2026-01-31") == ["A 1000.00 1000.00", "B 100.00 100.00"])
    let blue = records(
      try place.run("boms-invoice", ["list", "--as-of", "2026-01-16", "--status", "reversed"]).out)
    #expect(
      blue.map { "\($0["reversal"] ?? "") \($0["reversed_gross"] ?? "")" } == [
        "part -53.00", "full -200.00",
      ])

    try night(place, "2026-01-16")
    #expect(try place.differences() == [])
    #expect(try place.list("--status", "requested").map { $0["gross"] } == ["200.00"])
    #expect(try place.run("boms-db", ["check", "--quiet"]).status == 0)
    let dump = try place.workspace.dump()
    try night(place, "2026-01-16")
    #expect(try place.workspace.dump() == dump)
  }

  @Test(.enabled(if: Repository.testsAll))
  func whatTheBureauRefusesFailsAndIsIssuedTheSecondTime() throws {
    let place = try asked()
    let refused = try place.issue(on: "2026-01-12", refusing: "A-KP2601-0002")
    #expect(refused == ["A-KP2601-0002"])
    let failed = records(
      try place.run(
        "boms-invoice", ["request", "import", "failures.csv", "--as-of", "2026-01-12"]
      ).out)
    #expect(
      failed.map { "\($0["state"] ?? "") \($0["reason"] ?? "")" } == [
        "failed 税务机关系统繁忙，请稍后重试"
      ])
    try night(place, "2026-01-13")
    #expect(try place.list("--status", "issued").count == 3)
    #expect(try place.outputVAT("2026-01-31") == ["A 1183.49 1000.00", "B 150.00 150.00"])
    try place.issue(on: "2026-01-13", first: 11, "A-KP2601-0002", "--again")
    try night(place, "2026-01-14")
    #expect(try place.list("--status", "issued").count == 4)
    #expect(try place.outputVAT("2026-01-31") == ["A 1183.49 1183.49", "B 150.00 150.00"])
    #expect(try place.differences() == [])
  }
}

enum Bureau {
  static let isThere = (try? Workspace().run("python3", "--version").status) == 0
}

extension IssuePlace {
  /// The bureau issues what is exported, into `issued/`.
  /// - Parameter options: of `request export`.
  /// - Returns: the requests that it refused; they are listed in `failures.csv`.
  @discardableResult
  fileprivate func issue(
    on day: String, first: Int = 1, refusing: String? = nil, _ options: String...
  ) throws -> [String] {
    let json = try run("boms-invoice", ["request", "export", "--as-of", day] + options).out
    let refuse = refusing.map { ["--refuse", $0] } ?? []
    let bureau = try workspace.succeed(
      "python3",
      [
        Repository.path("Tests/Reference/tax_bureau.py"), "--out", "issued", "--on", day, "--first",
        "\(first)",
      ] + refuse, stdin: json)
    try workspace.write("failures.csv", bureau.out)
    return records(bureau.out).compactMap { $0["发票流水号"] }
  }

  /// Of each company, what is due by the month's end and what of it is invoiced: `A net invoiced`.
  fileprivate func outputVAT(_ day: String) throws -> [String] {
    var sums: [String: (Int64, Int64)] = [:]
    for row in records(try run("boms-export", ["output_vat", "--as-of", day]).out) {
      let sum = sums[row["company_no"] ?? "", default: (0, 0)]
      sums[row["company_no"] ?? ""] = (
        sum.0 + fen(row["net"] ?? ""), sum.1 + fen(row["invoiced_net"] ?? "")
      )
    }
    return sums.sorted { $0.key < $1.key }.map {
      "\($0.key) \(Money(fen: $0.value.0)) \(Money(fen: $0.value.1))"
    }
  }
}
