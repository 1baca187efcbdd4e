import Shared
import TestSupport
import Testing

/// Small changes by chance, and runs between: whatever happens, the books end at what the facts
/// say, and say so of themselves.
struct RandomSequenceTests {
  static let seeds: [UInt64] = Repository.testsAll ? Array(1...20) : [1, 2]
  static let steps = Repository.testsAll ? 40 : 14

  /// The facts of the contracts, as they are written to the registers.
  private struct Facts {
    var random: Seeded
    var contracts: [(number: String, start: CivilDate, end: CivilDate, terminated: CivilDate?)] = []
    var areas: [String: String] = [:]

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func one<Element>(_ choices: [Element]) -> Element {
      choices[number(0...choices.count - 1)]
    }

    mutating func price() -> String {
      Decimals.text(Int64(number(1...9_999_999)) * 100, places: 6, trim: true)
    }

    mutating func day(_ from: CivilDate, _ to: CivilDate) -> CivilDate {
      from.adding(days: number(0...max(0, to.days(since: from))))
    }
  }

  @Test(arguments: seeds)
  func theBooksEndAtWhatTheFactsSay(_ seed: UInt64) throws {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    var facts = Facts(random: Seeded(seed))
    try make(&facts, workspace)
    var today: CivilDate = "2026-01-01"
    try workspace.bill("\(today)")
    for step in 0..<RandomSequenceTests.steps {
      let change = try change(&facts, workspace)
      if facts.number(0...2) == 0 { continue }
      today = today.adding(days: facts.number(0...40))
      let options = facts.number(0...5) == 0 ? ["--all"] : []
      try workspace.succeed(
        "boms-bill",
        ["run", "--db", "m.db", "--as-of", "\(today)", "--quiet"] + options)
      let again = try workspace.bill("\(today)", facts.number(0...1) == 0 ? "--all" : "--quiet")
      #expect(again.lines.count == 1, "step \(step): \(change)")
      let differences = try workspace.differences(from: "2026-01-01", asOf: "\(today)")
      #expect(differences == [], "seed \(seed), step \(step), \(today): \(change)")
      let found = try workspace.check()
      #expect(found == [], "seed \(seed), step \(step): \(change)")
      if !differences.isEmpty || !found.isEmpty { break }
    }
    try expectNumbersWithoutGaps(workspace)
  }

  private func make(_ facts: inout Facts, _ workspace: Workspace) throws {
    try workspace.importing("company", "company_no,name,credit_code\nCQ,甲,91330106MACKX4QG41\n")
      .expectStored()
    try workspace.importing(
      "property", "property_no,name,company_no,billing_from\nP,甲,CQ,2026-01-01\n"
    ).expectStored()
    try workspace.importing("tenant", "tenant_no,name\nT1,甲\nT2,乙\n").expectStored()
    try workspace.importing(
      "fee_item", "item,name,kind,tax_rate\nrent,租金,rent,0.09\nmgmt,物业,service,0.06\n"
    ).expectStored()
    var units = "unit_no,property_no,area_m2\n"
    var contracts = "contract_no,tenant_no,property_no,start_on,end_on\n"
    var contractUnits = "contract_no,unit_no,from_on,to_on,area_m2\n"
    var terms =
      "contract_no,line,item,method,price,per,cycle_months,anchor,timing,due_day,due_days,"
      + "lead_days,proration,tax_rate,tax_included,rounding,escalate_percent,escalate_months\n"
    for index in 1...8 {
      let number = "C\(index)"
      let start = facts.day("2025-06-01", "2026-06-30")
      let end = start.adding(days: facts.number(40...700))
      facts.contracts.append((number, start, end, nil))
      contracts += "\(number),T\(facts.number(1...2)),P,\(start),\(end)\n"
      for unit in 1...facts.number(1...2) {
        let unitNo = "U\(index)\(unit)"
        let from = unit == 1 ? start : facts.day(start, end)
        units += "\(unitNo),P,100\n"
        contractUnits += "\(number),\(unitNo),\(from),,\(facts.number(10...500)).5\n"
        facts.areas["\(number),\(unitNo),\(from)"] = "1"
      }
      for line in 1...facts.number(1...3) {
        let escalation = facts.number(0...3) == 0 && line != 1 ? "5,6" : ","
        terms +=
          "\(number),\(line),\(facts.one(["rent", "mgmt"])),\(facts.one(["fixed", "area"])),"
          + "\(facts.price()),\(facts.one(["day", "month", "month", "quarter", "year"])),"
          + "\(facts.one([1, 1, 2, 3, 6, 12])),\(facts.one(["calendar", "start"])),"
          + "\(facts.one(["advance", "arrears"])),"
          + facts.one([",", "5,", "31,", ",-10", ",15"])
          + ",\(facts.one([0, 0, 5, 30])),"
          + "\(facts.one(["actual", "d30", "d365", "whole"])),\(facts.one(["", "0", "0.05"])),"
          + "\(facts.one(["yes", "no"])),\(facts.one(["fen", "jiao", "yuan"])),\(escalation)\n"
      }
    }
    for (register, text) in [
      ("unit", units), ("contract", contracts), ("contract_unit", contractUnits),
      ("charge_term", terms),
    ] {
      try workspace.importing(register, text).expectStored()
    }
  }

  /// One change of what is past, present or to come.
  private func change(_ facts: inout Facts, _ workspace: Workspace) throws -> String {
    let index = facts.number(0...facts.contracts.count - 1)
    let contract = facts.contracts[index]
    let register: String
    let text: String
    var options = ["--restate"]
    switch facts.number(0...5) {
    case 0:
      register = "charge_term"
      let term = try facts.one(terms(of: contract.number, workspace))
      text =
        "contract_no,line,item,method,price\n"
        + "\(contract.number),\(term.line),\(term.item),\(term.method),\(facts.price())\n"
    case 1:
      register = "contract"
      let end = facts.number(0...2) == 0 ? nil : facts.day(contract.start, contract.end)
      facts.contracts[index].terminated = end
      let tenant = try TestDatabase.texts(
        "SELECT tenant_no FROM contract WHERE contract_no = '\(contract.number)'",
        workspace.file("m.db")
      ).first
      text =
        "contract_no,tenant_no,property_no,start_on,end_on,terminated_on\n"
        + "\(contract.number),\(tenant ?? ""),P,\(contract.start),\(contract.end),"
        + "\(end.map { "\($0)" } ?? "")\n"
    case 2:
      register = "rent_free"
      let from = facts.day(contract.start, contract.end)
      text =
        "contract_no,item,from_on,to_on,percent\n"
        + "\(contract.number),\(facts.one(["rent", "mgmt", "*"])),\(from),"
        + "\(from.adding(days: facts.number(0...60))),\(facts.one(["100", "50", "33.33"]))\n"
      if facts.number(0...1) == 0 { options.append("--replace") }
    case 3:
      register = "contract_unit"
      let keys = facts.areas.keys.filter { $0.hasPrefix("\(contract.number),") }.sorted()
      text =
        "contract_no,unit_no,from_on,area_m2\n\(facts.one(keys)),\(facts.number(10...500)).25\n"
    case 4:
      register = "price_step"
      // Line 1 has no escalation.
      text =
        "contract_no,line,from_on,price\n"
        + "\(contract.number),1,\(facts.day(contract.start, contract.end)),\(facts.price())\n"
    default:
      register = "charge_term"
      let later = contract.start.adding(days: 20)
      let term = try facts.one(terms(of: contract.number, workspace))
      text =
        "contract_no,line,item,method,proration,rounding,tax_included,from_on,to_on\n"
        + "\(contract.number),\(term.line),\(term.item),\(term.method),"
        + "\(facts.one(["actual", "d30", "d365", "whole"])),\(facts.one(["fen", "yuan"])),"
        + "\(facts.one(["yes", "no"])),"
        + "\(facts.number(0...1) == 0 ? "" : "\(facts.day(contract.start, later.previous))"),"
        + "\(facts.number(0...1) == 0 ? "" : "\(facts.day(later, contract.end))")\n"
    }
    let run = try workspace.run(
      "boms-import", ["--db", "m.db", "--lang", "en", register] + options, stdin: text)
    // A span that begins where another does is the same row; all else is taken.
    #expect(run.status == 0, "\(text)\n\(run.err)")
    return "\(register): \(text)"
  }

  private func terms(
    of contract: String, _ workspace: Workspace
  ) throws -> [(line: String, item: String, method: String)] {
    records(try workspace.export("charge_term", "--where", "contract_no=\(contract)")).map {
      ($0["line"] ?? "", $0["item"] ?? "", $0["method"] ?? "")
    }
  }

  private func expectNumbersWithoutGaps(_ workspace: Workspace) throws {
    var serials: [String: [Int]] = [:]
    for bill in records(try workspace.export("bills")) {
      let parts = (bill["bill_no"] ?? "").split(separator: "-")
      serials["\(parts[0])-\(parts[1])", default: []].append(Int(parts[2]) ?? 0)
    }
    for (series, numbers) in serials {
      #expect(numbers.sorted() == Array(1...numbers.count), "\(series)")
    }
  }
}

extension Workspace.Run {
  func expectStored() throws {
    if status != 0 { throw Unexpected(description: err) }
  }
}
