import TestSupport
import Testing

/// What is recorded and then turns out to be otherwise.
struct RestatementTests {
  /// A change of facts, and the change that takes it back. `C1` … of the small property.
  struct Change: Sendable, CustomTestStringConvertible {
    var name: String
    var register: String
    var there: String
    var back: String
    /// Options of the way back.
    var backOptions: [String] = []
    var finding: String
    var testDescription: String { name }
  }

  static let changes = [
    Change(
      name: "a back-dated price", register: "charge_term",
      there: "contract_no,line,item,method,price\nC2,1,rent,fixed,3000\n",
      back: "contract_no,line,item,method,price\nC2,1,rent,fixed,3100\n",
      finding: "charge_term.has-charges"),
    Change(
      name: "a back-dated price step", register: "price_step",
      there: "contract_no,line,from_on,price\nC1,1,2026-03-20,6.123456\n",
      back: "contract_no,line,from_on,price\nC1,1,2026-03-20,5.5\n",
      finding: "price_step.has-charges"),
    Change(
      name: "a termination", register: "contract",
      there:
        "contract_no,tenant_no,property_no,start_on,end_on,terminated_on\n"
        + "C1,T1,P1,2026-01-15,2028-01-14,2026-05-10\n",
      back:
        "contract_no,tenant_no,property_no,start_on,end_on,terminated_on\n"
        + "C1,T1,P1,2026-01-15,2028-01-14,\n",
      finding: "contract.has-charges"),
    Change(
      name: "a rent-free span after the fact", register: "rent_free",
      there:
        "contract_no,item,from_on,to_on,percent\nC1,rent,2026-01-15,2026-02-28,100\n"
        + "C1,*,2026-04-20,2026-06-20,50\n",
      back: "contract_no,item,from_on,to_on,percent\nC1,rent,2026-01-15,2026-02-28,100\n",
      backOptions: ["--replace"], finding: "rent_free.has-charges"),
    Change(
      name: "the area of a unit", register: "contract_unit",
      there: "contract_no,unit_no,from_on,area_m2\nC1,U2,2026-06-16,60.5\n",
      back: "contract_no,unit_no,from_on,area_m2\nC1,U2,2026-06-16,50.25\n",
      finding: "contract_unit.has-charges"),
  ]

  @Test(arguments: changes)
  func whatAltersTheRecordedNeedsAWordAndIsAdjustedThereAndBack(_ change: Change) throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.withoutDatedRates()
    try workspace.bill("2026-08-31")
    let original = try workspace.recordedSums()
    let before = try workspace.dump()

    // Without the word nothing happens.
    let refused = try workspace.importing(change.register, change.there)
    #expect(refused.status == 65)
    #expect(refused.err.contains("[\(change.finding)]"), "\(refused.err)")
    #expect(refused.err.contains("--restate"))
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)

    // With it, what will be adjusted is shown, and the next run adjusts exactly that.
    let restated = try workspace.importing(change.register, change.there, "--restate")
    #expect(restated.status == 0, "\(restated.err)")
    let announced = records(restated.out)
    #expect(!announced.isEmpty)
    #expect(try workspace.check() == [])
    let last = try workspace.ledger().last?.id ?? 0
    try workspace.bill("2026-09-01")
    // Late fees follow, which the law of the lease does not know.
    let adjusted = try workspace.ledger()
      .filter { $0.id > last && $0.kind == "adjust" && !$0.source.hasPrefix("C") }
      .sorted { ($0.line, $0.start) < ($1.line, $1.start) }
    #expect(
      announced.map { [$0["contract_no"], $0["line"], $0["period_start"]] }
        == adjusted.map { [$0.contract, $0.line, $0.start] })
    #expect(announced.map { fen($0["difference"] ?? "") } == adjusted.map(\.sum.amount))
    #expect(
      try workspace.differences(from: "2026-01-01", asOf: "2026-09-01", except: "C4") == [])
    #expect(try workspace.check() == [])
    let isAltered = try workspace.recordedSums() != original
    #expect(isAltered)
    #expect(try workspace.bill("2026-09-01", "--all").lines.count == 1)

    // Negative sums are credit notes, positive ones bills, numbered in one series.
    for bill in records(try workspace.export("bills")) {
      #expect((bill["kind"] == "credit_note") == (fen(bill["amount"] ?? "") < 0))
    }

    // And back.
    let returned = try workspace.run(
      "boms-import",
      ["--db", "m.db", "--lang", "en", change.register, "--restate"] + change.backOptions,
      stdin: change.back)
    #expect(returned.status == 0, "\(returned.err)")
    try workspace.bill("2026-09-02")
    #expect(
      try workspace.differences(from: "2026-01-01", asOf: "2026-09-02", except: "C4") == [])
    let sums = try workspace.recordedSums()
    let isBack = original.allSatisfy { sums[$0.key] == $0.value }
    #expect(isBack)
    #expect(try workspace.check() == [])
  }

  @Test func whatAChangedLineIsMadeOfStaysAsItWas() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.bill("2026-08-31")
    let before = try workspace.dump()
    for (field, value) in [
      ("cycle_months", "6"), ("anchor", "calendar"), ("timing", "arrears"), ("item", "mgmt"),
      ("company_no", "CQ"),
    ] {
      let columns = field == "item" ? "" : ",item"
      let cells = field == "item" ? "" : ",rent"
      let run = try workspace.importing(
        "charge_term", "contract_no,line\(columns),method,\(field)\nC2,1\(cells),fixed,\(value)\n",
        "--restate")
      #expect(run.status == 65, "\(field)")
      #expect(run.err.contains("[charge_term.fixed-once-charged]"), "\(field): \(run.err)")
    }
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)
  }

  @Test func whatIsBilledLaterMayBeChangedFreely() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.bill("2026-08-31")
    let run = try workspace.importing(
      "price_step", "contract_no,line,from_on,price\nC1,1,2026-10-15,9.99\n")
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out == "")
    #expect(try workspace.bill("2026-08-31").lines.count == 1)
  }

  @Test func aDatedRateThatComesLateIsAdjustedInNetAndTaxAlone() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.bill("2026-08-31")
    let rate = "item,from_on,tax_rate\nrent,2026-06-01,0.05\n"
    #expect(try workspace.importing("tax_rate", rate).status == 65)
    #expect(try workspace.importing("tax_rate", rate, "--restate").status == 0)
    let adjusted = records(try workspace.bill("2026-09-01").out).filter { $0["kind"] == "adjust" }
    #expect(!adjusted.isEmpty)
    for row in adjusted {
      #expect(row["amount"] == "0.00")
      #expect(fen(row["net"] ?? "") == -fen(row["tax"] ?? ""))
      #expect(fen(row["net"] ?? "") > 0)
    }
    #expect(try workspace.check() == [])
  }

  @Test func aContractThatIsNoLongerSignedKeepsWhatIsRecorded() throws {
    let workspace = try Workspace(Prepared.small)
    try workspace.bill("2026-08-31")
    let sums = try workspace.recordedSums()
    let archive =
      "contract_no,tenant_no,property_no,start_on,end_on,status\n"
      + "C2,T2,P1,2026-01-31,2027-01-30,archived\n"
    #expect(try workspace.importing("contract", archive).status == 0)
    let rows = records(try workspace.bill("2026-12-31").out)
    // A debt goes on to bear.
    #expect(!rows.contains { $0["contract_no"] == "C2" && $0["kind"] != "late_fee" })
    let now = try workspace.recordedSums()
    let isKept = sums.allSatisfy { now[$0.key] == $0.value }
    #expect(isKept)
    #expect(try workspace.check() == [])
  }

  @Test func aBackDatedChangeOfTheSampleIsAdjustedToWhatComputeSays() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-11-22")
    let terms = records(try workspace.export("charge_term", "--where", "method=area")).prefix(5)
    var text = "contract_no,line,item,method,price\n"
    for term in terms {
      text += "\(term["contract_no"] ?? ""),\(term["line"] ?? ""),\(term["item"] ?? ""),area,7.77\n"
    }
    #expect(try workspace.importing("charge_term", text, "--restate").status == 0)
    try workspace.bill("2026-11-23")
    #expect(try workspace.differences(from: "2026-09-01", asOf: "2026-11-23") == [])
    #expect(try workspace.check() == [])
  }
}

extension Workspace {
  /// Writes the dated rate of the small property into the terms, which the filter needs.
  func withoutDatedRates() throws {
    try succeed(
      "boms-import", "--db", "m.db", "--replace", "tax_rate",
      stdin: "item,from_on,tax_rate\nmgmt,2026-07-01,0.06\n")
  }
}
