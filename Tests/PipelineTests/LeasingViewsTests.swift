import Foundation
import Shared
import TestSupport
import Testing

/// The views of the leasing manager over the sample mall, held against counts made here.
struct LeasingViewsTests {
  static let days = ["2024-06-30", "2026-02-20", "2026-10-31", "2026-11-22", "2028-01-01"]

  private typealias Rows = [[String: String]]

  private func millionths(_ text: String?) -> Int64 {
    let parts = (text ?? "").split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let zeros = String(repeating: "0", count: 6 - fraction.count)
    return Int64("\(parts[0])\(fraction)\(zeros)") ?? .min
  }

  private func sum(_ rows: Rows, _ column: String) -> Int64 {
    rows.reduce(0) { $0 + millionths($1[column]) }
  }

  /// The last day of a contract.
  private func lastDay(_ contract: [String: String]) -> String {
    let (end, terminated) = (contract["end_on"] ?? "", contract["terminated_on"] ?? "")
    return terminated.isEmpty ? end : min(end, terminated)
  }

  private func day(_ text: String?) throws -> CivilDate {
    try #require(CivilDate(iso: text ?? ""))
  }

  @Test(arguments: days)
  func thePartsOfOccupancySumToTheWhole(asOf: String) throws {
    let workspace = try Workspace(Prepared.mall)
    let rows = records(try workspace.export("occupancy", "--as-of", asOf))
    let whole = rows.filter { $0["level"] == "property" }
    #expect(whole.count == 1)
    for level in ["building", "floor", "usage", "trade"] {
      let parts = rows.filter { $0["level"] == level }
      #expect(parts.count > 1)
      for column in ["units", "let_units", "area_m2", "let_area_m2", "vacant_area_m2"] {
        #expect(sum(parts, column) == sum(whole, column), "\(column) by \(level)")
      }
    }
    for row in rows {
      #expect(
        millionths(row["let_area_m2"]) + millionths(row["vacant_area_m2"])
          == millionths(row["area_m2"]))
      #expect((0...100_000_000).contains(millionths(row["occupancy_percent"])))
    }
  }

  @Test(arguments: days)
  func letAndVacantAndWithdrawnUnitsAreAllUnits(asOf: String) throws {
    let workspace = try Workspace(Prepared.mall)
    // Units of every state, let or not.
    let before = records(try workspace.export("rent_roll", "--as-of", asOf))
    let changes = before.enumerated().filter { $0.offset.isMultiple(of: 5) }.map { index, unit in
      let state = index % 2 == 0 ? "withdrawn" : "reserved"
      return "UPDATE unit SET status = '\(state)' WHERE unit_no = '\(unit["unit_no"] ?? "")'"
    }
    try TestDatabase.run(changes.joined(separator: ";"), workspace.file("m.db"))
    let roll = records(try workspace.export("rent_roll", "--as-of", asOf))
    let vacant = records(try workspace.export("vacancy", "--as-of", asOf))
    let whole = try #require(
      records(
        try workspace.export("occupancy", "--as-of", asOf, "--where", "level=property")
      ).first)
    func units(_ states: String...) -> Set<String> {
      Set(roll.filter { states.contains($0["state"] ?? "") }.compactMap { $0["unit_no"] })
    }
    #expect(Set(vacant.compactMap { $0["unit_no"] }) == units("vacant", "reserved"))
    #expect(vacant.count == units("vacant", "reserved").count)
    #expect(whole["let_units"] == "\(units("let").count)")
    #expect(whole["units"] == "\(units("let", "vacant", "reserved").count)")
    let all = records(try workspace.export("unit"))
    #expect(units("let").count + vacant.count + units("withdrawn").count == all.count)
    for unit in vacant {
      #expect(roll.first { $0["unit_no"] == unit["unit_no"] }?["state"] == unit["state"])
    }
  }

  @Test(arguments: days)
  func vacancyBeginsWhenTheLastContractEnded(asOf: String) throws {
    let workspace = try Workspace(Prepared.mall)
    let contracts = Dictionary(
      uniqueKeysWithValues: records(try workspace.export("contract")).map {
        ($0["contract_no"] ?? "", $0)
      })
    let lettings = records(try workspace.export("contract_unit"))
    for unit in records(try workspace.export("vacancy", "--as-of", asOf)) {
      var last: String?
      var next: String?
      for letting in lettings where letting["unit_no"] == unit["unit_no"] {
        let contract = try #require(contracts[letting["contract_no"] ?? ""])
        if contract["status"] == "draft" || contract["kind"] == "management" { continue }
        let from = max(letting["from_on"] ?? "", contract["start_on"] ?? "")
        let own = letting["to_on"] ?? ""
        let to = own.isEmpty ? lastDay(contract) : min(own, lastDay(contract))
        if from > to { continue }
        #expect(!(from...to).contains(asOf), "\(unit)")
        if to < asOf { last = max(last ?? to, to) }
        if from > asOf { next = min(next ?? from, from) }
      }
      #expect(try unit["vacant_from"] == last.map { "\(try day($0).next)" } ?? "")
      let count = try last.map { try day(asOf).days(since: try day($0)) }
      #expect(unit["days_vacant"] == count.map { "\($0)" } ?? "")
      #expect(unit["next_from_on"] == next ?? "")
    }
  }

  @Test(arguments: days)
  func expiringContractsAreThoseThatEndSoonOrAreOver(asOf: String) throws {
    let workspace = try Workspace(Prepared.mall)
    let contracts = records(try workspace.export("contract"))
    for within in [0, 90, 400] {
      let rows = records(
        try workspace.export("expiring_contracts", "--as-of", asOf, "--within", "\(within)"))
      let limit = "\(try day(asOf).adding(days: within))"
      let renewed = Set(
        contracts.filter { $0["status"] != "draft" }.compactMap { $0["previous_contract_no"] })
      let expected = contracts.filter { contract in
        let last = lastDay(contract)
        return contract["status"] == "signed" && last <= limit
          && (last >= asOf || !renewed.contains(contract["contract_no"] ?? ""))
      }
      #expect(
        Set(rows.map { $0["contract_no"] }) == Set(expected.map { $0["contract_no"] }),
        "within \(within)")
      #expect(rows.count == expected.count)
      for row in rows {
        let left = try day(row["last_on"]).days(since: try day(asOf))
        #expect(row["days_left"] == "\(left)")
      }
      #expect(rows.map { $0["last_on"] ?? "" } == rows.map { $0["last_on"] ?? "" }.sorted())
    }
  }

  @Test(arguments: days)
  func missingAgreesWithACountMonthByMonth(asOf: String) throws {
    let workspace = try Workspace(Prepared.mall)
    let rows = records(try workspace.export("missing", "--as-of", asOf))
    let found = rows.map { row in
      let of = row["kind"] == "turnover" ? row["line"] : row["meter_no"]
      return [row["kind"], row["contract_no"], of, row["register"], row["month"]]
        .map { $0 ?? "" }.joined(separator: " ")
    }
    let expected = try missingTurnovers(workspace, asOf) + missingReadings(workspace, asOf)
    #expect(found.sorted() == expected.sorted())
    #expect(asOf != "2026-11-22" || rows.count > 10)
    // The command writes the same.
    let listed = try workspace.succeed("boms-bill", "missing", "--db", "m.db", "--as-of", asOf)
    #expect(try listed.out == workspace.export("missing", "--as-of", asOf))
    let october = try workspace.succeed(
      "boms-bill", "missing", "--db", "m.db", "--as-of", asOf, "--month", "2026-10", "--property",
      "XH01")
    #expect(records(october.out) == rows.filter { $0["month"] == "2026-10" })
  }

  /// The months that are over, from that of the mall's first billing day.
  private func months(_ workspace: Workspace, before asOf: String) throws -> [CivilMonth] {
    let property = try #require(records(try workspace.export("property")).first)
    var month = try day(property["billing_from"]).month
    var months: [CivilMonth] = []
    while "\(month.last)" < asOf {
      months.append(month)
      month = month.adding(1)
    }
    return months
  }

  private func missingTurnovers(_ workspace: Workspace, _ asOf: String) throws -> [String] {
    let contracts = records(try workspace.export("contract"))
    let reports = Set(
      records(try workspace.export("turnover")).map {
        [$0["contract_no"], $0["line"], $0["month"]]
      })
    let over = try months(workspace, before: asOf)
    var missing: [String] = []
    for term in records(try workspace.export("charge_term")) where term["method"] == "turnover" {
      let contract = try #require(contracts.first { $0["contract_no"] == term["contract_no"] })
      guard contract["status"] == "signed" else { continue }
      for month in over {
        let hasDays = LeasingViewsTests.days(of: month).contains { day in
          let from = term["from_on"] == "" ? contract["start_on"] : term["from_on"]
          return from ?? "" <= day && day <= lastDay(contract)
            && (term["to_on"] == "" || day <= term["to_on"] ?? "")
        }
        if hasDays, !reports.contains([term["contract_no"], term["line"], "\(month)"]) {
          missing.append(
            "turnover \(term["contract_no"] ?? "") \(term["line"] ?? "")  \(month)")
        }
      }
    }
    return missing
  }

  private func missingReadings(_ workspace: Workspace, _ asOf: String) throws -> [String] {
    let contracts = records(try workspace.export("contract"))
    let readings = Set(
      records(try workspace.export("reading")).map {
        [$0["meter_no"], $0["register"], $0["read_on"]]
      })
    let over = try months(workspace, before: asOf)
    let billed = try months(workspace, before: "2199-12-31").first
    var missing: [String] = []
    for install in records(try workspace.export("meter_install")) {
      let contract = try #require(contracts.first { $0["contract_no"] == install["contract_no"] })
      guard contract["status"] == "signed" else { continue }
      let from = install["from_on"] ?? ""
      let own = install["to_on"] ?? ""
      let last = own.isEmpty ? lastDay(contract) : min(own, lastDay(contract))
      func isRead(_ day: String) -> Bool {
        from <= day && day <= last
          && (readings.contains([install["meter_no"], install["register"], day])
            || (day == last && install["close_reading"] != ""))
      }
      let isLastMissing =
        from <= last && last < asOf && !isRead(last)
        && billed.map { "\($0)" <= last.prefix(7) } == true
      let name = [install["contract_no"], install["meter_no"], install["register"]]
        .map { $0 ?? "" }.joined(separator: " ")
      if isLastMissing { missing.append("last_reading \(name) \(last.prefix(7))") }
      for month in over {
        let days = LeasingViewsTests.days(of: month)
        guard from <= days[0], days[0] <= last, !days.contains(where: isRead) else { continue }
        // The last reading is that of its month too.
        if isLastMissing, "\(month)" == last.prefix(7) { continue }
        missing.append("reading \(name) \(month)")
      }
    }
    return missing
  }

  private static func days(of month: CivilMonth) -> [String] {
    (1...month.days).map { "\(month.day(clamped: $0))" }
  }

  @Test func rentToSalesIsRentOverTurnover() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-11-22")
    let rows = records(try workspace.export("turnover_ratio", "--as-of", "2026-11-22"))
    let reports = records(try workspace.export("turnover")).filter {
      $0["month"] ?? "" < "2026-11"
    }
    #expect(rows.count == reports.count)
    for row in rows {
      let report = reports.first {
        $0["contract_no"] == row["contract_no"] && $0["month"] == row["month"]
      }
      #expect(report?["amount"] == row["turnover"])
    }
    // A rent beside the turnover, billed by the quarter: a month has its days of it.
    let number = try #require(rows.first { $0["area_m2"] != "0" && $0["month"] == "2026-10" })
    let contract = number["contract_no"] ?? ""
    let term =
      "contract_no,line,item,method,price,per,cycle_months,anchor,timing\n"
      + "\(contract),90,rent,fixed,9200,quarter,3,calendar,advance\n"
    let imported = try workspace.importing("charge_term", term, "--restate")
    #expect(imported.status == 0, "\(imported)")
    try workspace.bill("2026-11-22")
    let now = try #require(
      records(
        try workspace.export(
          "turnover_ratio", "--as-of", "2026-11-22", "--where", "contract_no=\(contract)",
          "--where", "month=2026-10")
      ).first)
    // What else is rent there stays; the term adds 31 of 92 days.
    let before = number["rent"].flatMap { $0.isEmpty ? nil : $0 } ?? "0.00"
    #expect(fen(now["rent"] ?? "") - fen(before) == 310_000)
    let percent = try Fixed.percent(of: fen(now["rent"] ?? ""), in: fen(now["turnover"] ?? ""))
    #expect(now["rent_percent"] == percent.map { "\($0)" })
  }
}
