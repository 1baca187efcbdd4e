import Foundation
import Shared
import TestSupport

/// A charge in sums: what the books have of a period with all its adjustments, or what `compute`
/// says of it.
struct PeriodSum: Equatable {
  var net: Int64 = 0
  var tax: Int64 = 0
  var amount: Int64 = 0

  static func + (a: PeriodSum, b: PeriodSum) -> PeriodSum {
    PeriodSum(net: a.net + b.net, tax: a.tax + b.tax, amount: a.amount + b.amount)
  }
}

extension PeriodSum {
  init(_ row: [String: String]) {
    self.init(
      net: fen(row["net"] ?? ""), tax: fen(row["tax"] ?? ""), amount: fen(row["amount"] ?? ""))
  }
}

/// A row of the ledger.
struct BookedCharge {
  var id: Int64
  var contract: String
  var line: String
  var source: String
  var start: String
  var end: String
  var kind: String
  /// The charge that the row adjusts, else the row itself.
  var root: Int64
  var isVoid: Bool
  var bill: String
  var dueOn: String
  var item: String
  var sum: PeriodSum
}

extension Workspace {
  /// The ledger in the order in which it was written.
  func ledger() throws -> [BookedCharge] {
    try TestDatabase.rows(
      """
      SELECT id, contract_no, line, source, period_start, period_end, kind, coalesce(adjusts, id),
        voids, bill_no, due_on, item, net_fen, tax_fen, amount_fen FROM charges ORDER BY id
      """, file("m.db")
    ).map { row in
      BookedCharge(
        id: Int64(row[0]) ?? 0, contract: row[1], line: row[2], source: row[3], start: row[4],
        end: row[5], kind: row[6], root: Int64(row[7]) ?? 0, isVoid: row[8] == "1", bill: row[9],
        dueOn: row[10], item: row[11],
        sum: PeriodSum(
          net: Int64(row[12]) ?? 0, tax: Int64(row[13]) ?? 0, amount: Int64(row[14]) ?? 0))
    }
  }

  /// What the books have, all adjustments in it, by contract, line, kind and first day of the
  /// period; sums of nothing are left out. `compute` does not name a charge's source: two meters of
  /// a line that begin on one day are one sum.
  func recordedSums(
    of kinds: Set<String> = ["base", "turnover", "metered", "once"]
  ) throws -> [String: PeriodSum] {
    let ledger = try ledger()
    let kindOf = Dictionary(uniqueKeysWithValues: ledger.map { ($0.id, $0.kind) })
    var sums: [String: PeriodSum] = [:]
    for row in ledger {
      guard let kind = kindOf[row.root], kinds.contains(kind) else { continue }
      let place = row.line.isEmpty ? row.source : row.line
      let key = "\(row.contract) \(place) \(kind) \(row.start)"
      sums[key] = (sums[key] ?? PeriodSum()) + row.sum
    }
    return sums.filter { $0.value != PeriodSum() }
  }

  /// The contracts of the database as the filter reads them, with the rates of their items. An item
  /// with a dated rate has to name it in the term. Of readings, those that the books pass over are
  /// left out: they come after the last day of an install that has no close reading.
  func contractLines() throws -> String {
    func rows(_ register: String) throws -> [[String: Any]] {
      try objects(try export(register, "--format", "jsonl"))
    }
    func grouped(_ register: String) throws -> [String: [[String: Any]]] {
      Dictionary(grouping: try rows(register)) { $0["contract_no"] as? String ?? "" }
        .mapValues { $0.map { row in row.filter { $0.key != "contract_no" } } }
    }
    var rates: [String: Any] = [:]
    for item in try rows("fee_item") { rates[item["item"] as? String ?? ""] = item["tax_rate"] }
    let terms = try grouped("charge_term").mapValues { terms in
      terms.map { term -> [String: Any] in
        var term = term
        if term["tax_rate"] is NSNull { term["tax_rate"] = rates[term["item"] as? String ?? ""] }
        return term
      }
    }
    var digits: [String: Any] = [:]
    for meter in try rows("meter") { digits[meter["meter_no"] as? String ?? ""] = meter["digits"] }
    let installs = try grouped("meter_install").mapValues { installs in
      installs.map { install -> [String: Any] in
        var install = install
        install["digits"] = digits[install["meter_no"] as? String ?? ""]
        return install
      }
    }
    let readings = try rows("reading")
    let tariffs = try rows("tariff")
    let sections = [
      ("units", try grouped("contract_unit")), ("terms", terms),
      ("price_steps", try grouped("price_step")), ("rent_free", try grouped("rent_free")),
      ("turnovers", try grouped("turnover")), ("turnover_tiers", try grouped("turnover_tier")),
    ]
    return try rows("contract").map { contract in
      let number = contract["contract_no"] as? String ?? ""
      var object = contract.filter {
        ["contract_no", "tenant_no", "start_on", "end_on", "terminated_on", "status"]
          .contains($0.key)
      }
      for (name, rows) in sections { object[name] = rows[number] ?? [] }
      if let its = installs[number] {
        let ends = ["end_on", "terminated_on"].compactMap { contract[$0] as? String }
        object["meters"] = its
        object["readings"] = Workspace.charged(readings, by: its, until: ends.min() ?? "")
        let used = Set(its.compactMap { $0["tariff_no"] as? String })
        object["tariffs"] = tariffs.filter { used.contains($0["tariff_no"] as? String ?? "") }
      }
      let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
      return String(decoding: data, as: UTF8.self) + "\n"
    }.joined()
  }

  /// The readings that count for a contract's installs.
  private static func charged(
    _ readings: [[String: Any]], by installs: [[String: Any]], until end: String
  ) -> [[String: Any]] {
    func text(_ row: [String: Any], _ field: String) -> String { row[field] as? String ?? "" }
    return readings.filter { reading in
      let day = text(reading, "read_on")
      let begun = installs.filter {
        text($0, "meter_no") == text(reading, "meter_no")
          && text($0, "register") == text(reading, "register") && text($0, "from_on") <= day
      }.sorted { text($0, "from_on") < text($1, "from_on") }
      guard let newest = begun.last else { return false }
      let isCovered = begun.contains {
        day <= min($0["to_on"] as? String ?? end, end)
      }
      return isCovered || newest["close_reading"] is String
    }
  }

  /// What `compute` says from scratch of a contract, line, kind and first day: mostly one charge.
  struct Computed {
    /// Whenever they are billed.
    var charges: [(sum: PeriodSum, isDue: Bool)] = []

    /// What the books may have: what is due by the day, with or without what a run of a later day or
    /// under other facts billed. Two meters of a line that begin on one day are one key, and so are
    /// a lease year and its first month.
    var sums: [PeriodSum] {
      charges.reduce([PeriodSum()]) { sums, charge in
        (charge.isDue ? [] : sums) + sums.map { $0 + charge.sum }
      }
    }

    var isDue: Bool { charges.contains(where: \.isDue) }
  }

  /// What `compute` says of contracts, by contract, line, kind and first day; and by contract, line
  /// and last day what is metered.
  func computed(
    from: String, billedBy asOf: String, of lines: String
  ) throws -> (charges: [String: Computed], metered: [String: Set<String>]) {
    let run = try succeed(
      "boms-bill", "compute", "--as-of", "2199-12-31", "--from", from, "--quiet", stdin: lines)
    var computed: [String: Computed] = [:]
    var metered: [String: Set<String>] = [:]
    for row in records(run.out) {
      let place = [row["contract_no"], row["line"]].map { $0 ?? "" }.joined(separator: " ")
      let kind = row["kind"] ?? ""
      let key = "\(place) \(kind) \(row["period_start"] ?? "")"
      computed[key, default: Computed()].charges
        .append((PeriodSum(row), (row["bill_on"] ?? "") <= asOf))
      if kind == "metered" {
        metered["\(place) \(row["period_end"] ?? "")", default: []].insert(key)
      }
    }
    return (computed, metered)
  }

  /// Where the books and `compute` differ: of a period that is recorded in anything, or of one that
  /// is missing though its day has come. Shares, late fees and opening items, which `compute` does
  /// not know, are left out with their adjustments.
  /// - Parameters:
  ///   - except: a contract of a property that is billed from another day.
  ///   - held: readings that wait to be accepted: contract, line and day. Their charges are neither
  ///     recorded nor compared.
  func differences(
    from: String, asOf: String, except: String = "none", held: Set<String> = [],
    of lines: String? = nil
  ) throws -> [String] {
    let (computed, metered) = try computed(
      from: from, billedBy: asOf, of: try lines ?? contractLines())
    let waiting = Set(held.flatMap { metered[$0] ?? [] })
    let recorded = try recordedSums()
    return Set(recorded.keys).union(computed.keys).sorted().compactMap { key in
      if key.hasPrefix("\(except) ") || waiting.contains(key) { return nil }
      let wanted = (computed[key] ?? Computed()).sums
      if wanted.contains(recorded[key] ?? PeriodSum()) { return nil }
      return "\(key): recorded \(String(describing: recorded[key])), computed \(wanted)"
    }
  }

  /// Every charge but for what it is numbered: the number of its bill and its own, which the source
  /// of a late fee names. Late fees are told by the charge that they are on.
  func chargesWithoutNumbers() throws -> [String] {
    let rows = try TestDatabase.rows(
      """
      SELECT c.id, c.contract_no, c.source, c.period_start, c.kind, c.revision, c.adjusts,
        c.tenant_no, c.property_no, c.company_no, c.line, c.item, c.period_end, c.bill_on, c.due_on,
        c.booked_on, c.quantity_e6, c.price_e6, c.tax_rate_e6, c.tax_code, c.net_fen, c.tax_fen,
        c.amount_fen, c.voids, c.explain
      FROM charges c ORDER BY c.id
      """, file("m.db"))
    var names: [String: String] = [:]
    return rows.map { row in
      var source = row[2]
      if source.hasPrefix("C"), let on = names[String(source.dropFirst())] { source = "C(\(on))" }
      let name = ([row[1], source] + row[3...5]).joined(separator: " ")
      names[row[0]] = name
      // A late fee says on which bill the charge is.
      let explain = row[24].replacing(/[A-Z]+-[0-9]{6}-[0-9]{6}/, with: "…")
      return ([name, names[row[6]] ?? ""] + row[7...23] + [explain]).joined(separator: "|")
    }.sorted()
  }
  /// What paid which charge, without ids and the numbers of bills.
  func allocationsWithoutNumbers() throws -> [String] {
    func name(_ id: String) -> String {
      """
      (SELECT x.contract_no || ' ' || coalesce((SELECT 'C(' || f.source || ' ' || f.period_start || ')'
          FROM charge f WHERE 'C' || f.id = x.source), x.source)
        || ' ' || x.period_start || ' ' || x.kind || ' ' || x.revision FROM charge x WHERE x.id = \(id))
      """
    }
    return try TestDatabase.texts(
      """
      SELECT coalesce(a.payment_no, 'B' || a.opening_id, \(name("a.credit_id"))) || '→'
        || \(name("a.charge_id")) || ' ' || a.amount_fen || ' ' || a.effective_on || ' '
        || a.booked_on || ' ' || a.step
      FROM allocation a ORDER BY 1
      """, file("m.db"))
  }

  /// Bills, charges, money and what it paid, without ids and the numbers of bills.
  func booksWithoutNumbers() throws -> [String] {
    let bills = try TestDatabase.rows(
      """
      SELECT contract_no, tenant_no, company_no, kind, bill_on, due_on, booked_on, month, net_fen,
        tax_fen, amount_fen, charges FROM bills ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
      """, file("m.db"))
    let money = try TestDatabase.rows(
      """
      SELECT payment_no, company_no, pays_any, booked_on FROM payment_entry
      UNION ALL SELECT payment_no, tenant_no, matched_by, claimed_on || ' ' || booked_on
      FROM payment_claim ORDER BY 1, 2, 3, 4
      """, file("m.db"))
    return try (bills + money).map { $0.joined(separator: "|") } + chargesWithoutNumbers()
      + allocationsWithoutNumbers()
  }

  /// The jobs of the nights.
  func work(from first: CivilDate, to last: CivilDate) throws {
    let run = try shell(
      """
      for day in \(nights(from: first, to: last).joined(separator: " ")); do
        boms-bill run --quiet --db m.db --as-of $day > /dev/null || exit
        boms-collect run --quiet --db m.db --as-of $day > /dev/null || exit
      done
      """)
    if run.status != 0 { throw Unexpected(description: "\(run)") }
  }
}
