import Foundation
import Shared
import TestSupport

/// What the books must say of shared costs, late fees and closed months, which `compute` does not
/// know.
extension Workspace {
  // MARK: Shared costs

  /// Where the parts of a pool and what is charged of them differ: the parts and the operator's sum
  /// to the pool, and each part is charged as it was divided, whatever became of the contracts.
  /// - Parameter days: how many days after the month each contract's line is billed.
  func shareDifferences(asOf: CivilDate, days: [String: Int]) throws -> [String] {
    var differences: [String] = []
    let divisions = try TestDatabase.rows(
      """
      SELECT d.pool_no, d.period, d.amount_fen, d.own_fen,
        (SELECT coalesce(sum(amount_fen), 0) FROM share_part p WHERE p.division_id = d.id)
      FROM share_division d
      """, file("m.db"))
    for row in divisions where Int64(row[2]) != (Int64(row[3]) ?? 0) + (Int64(row[4]) ?? 0) {
      differences.append("the parts of \(row) do not sum to it")
    }
    let parts = try TestDatabase.rows(
      """
      SELECT p.contract_no, d.pool_no, d.period, p.amount_fen FROM share_part p
      JOIN share_division d ON d.id = p.division_id
      WHERE NOT EXISTS (SELECT 1 FROM share_void v WHERE v.division_id = d.id)
      """, file("m.db"))
    var wanted: [String: Int64] = [:]
    for row in parts {
      guard let month = CivilMonth(iso: row[2]) else { continue }
      let billOn = month.adding(1).first.adding(days: days[row[0]] ?? 0)
      if billOn <= asOf { wanted["\(row[0]) P\(row[1]) \(row[2])-01"] = Int64(row[3]) ?? 0 }
    }
    let ledger = try ledger()
    let ofShares = Set(ledger.filter { $0.kind == "share" }.map(\.id))
    var recorded: [String: Int64] = [:]
    for row in ledger where ofShares.contains(row.root) {
      recorded["\(row.contract) \(row.source) \(row.start)", default: 0] += row.sum.amount
    }
    for key in Set(wanted.keys).union(recorded.keys) where wanted[key] ?? 0 != recorded[key] ?? 0 {
      // Billed by a run of a later day, and not taken back.
      if wanted[key] == nil, parts.contains(where: { "\($0[0]) P\($0[1]) \($0[2])-01" == key }) {
        continue
      }
      differences.append("\(key): recorded \(recorded[key] ?? 0), divided \(wanted[key] ?? 0)")
    }
    return differences.sorted()
  }

  static let sharesReference = Repository.path("Tests/Reference/reference_shares.py")

  /// Where the divisions above an id differ from those of the reference, for contracts as they are.
  func divisionDifferences(after id: Int64, of lines: String) throws -> [String] {
    guard Python.isThere, FileManager.default.fileExists(atPath: Workspace.sharesReference) else {
      return []
    }
    let divisions = try TestDatabase.rows(
      """
      SELECT d.id, d.pool_no, d.period, p.item, p.amount_fen, p.basis, p.own_area_m2_e6, d.own_fen
      FROM share_division d JOIN share_pool p ON p.pool_no = d.pool_no AND p.period = d.period
      WHERE d.id > \(id) ORDER BY d.id
      """, file("m.db"))
    if divisions.isEmpty { return [] }
    let contracts = "[" + lines.split(separator: "\n").joined(separator: ",") + "]"
    let input = divisions.map { row in
      """
      {"pool":{"pool_no":"\(row[1])","period":"\(row[2])","item":"\(row[3])",\
      "amount":"\(Decimals.text(Int64(row[4]) ?? 0, places: 2, trim: false))","basis":"\(row[5])",\
      "own_area_m2":"\(Decimals.text(Int64(row[6]) ?? 0, places: 6, trim: false))"},"contracts":\(contracts)}

      """
    }.joined()
    let found = try objects(try succeed("python3", Workspace.sharesReference, stdin: input).out)
    var differences: [String] = []
    for (row, division) in zip(divisions, found) {
      let parts = (division["parts"] as? [[String: Any]] ?? []).map {
        "\($0["contract_no"] ?? "") \($0["line"] ?? "") \(fen("\($0["amount"] ?? "")"))"
      }
      let own = try TestDatabase.texts(
        """
        SELECT contract_no || ' ' || line || ' ' || amount_fen FROM share_part
        WHERE division_id = \(row[0]) ORDER BY contract_no
        """, file("m.db"))
      if own != parts || Int64(row[7]) != fen("\(division["own"] ?? "")") {
        differences.append("\(row): divided \(own), reference \(division)")
      }
    }
    if found.count != divisions.count { differences.append("\(divisions.count) divisions") }
    return differences
  }

  // MARK: Late fees

  /// Where the late fees of the books differ from what the reference makes of the charges, their
  /// adjustments, holds, waivers and rules.
  func lateFeeDifferences(asOf: CivilDate) throws -> [String] {
    guard Python.isThere else { return [] }
    let ledger = try ledger()
    let fees = ledger.filter { $0.source.hasPrefix("C") }
    let voided = Set(ledger.filter(\.isVoid).map(\.root))
    var recorded: [String: Int64] = [:]
    var through: [String: String] = [:]
    for row in fees {
      recorded["\(row.source) \(row.start)", default: 0] += row.sum.amount
      if row.kind == "late_fee", !voided.contains(row.id) {
        through[row.source] = max(through[row.source] ?? "", row.end)
      }
    }
    let deposits = Set(
      try TestDatabase.texts("SELECT item FROM fee_item WHERE kind = 'deposit'", file("m.db")))
    let billingFrom = try TestDatabase.texts("SELECT billing_from FROM property", file("m.db"))[0]
    var waived: [String: Int64] = [:]
    for row in try TestDatabase.rows(
      "SELECT charge_id, sum(amount_fen) FROM late_fee_waiver GROUP BY 1", file("m.db"))
    {
      waived[row[0]] = Int64(row[1])
    }
    let holds = try holds()
    let settlements = try settlements()
    let rules = try objects(try export("late_fee_rule", "--format", "jsonl"))
    let rows = Dictionary(grouping: ledger, by: \.root)
    var sources: [String] = []
    var input = ""
    for charge in ledger
    where charge.id == charge.root && charge.kind != "late_fee" && !deposits.contains(charge.item) {
      let source = "C\(charge.id)"
      sources.append(source)
      let object: [String: Any] = [
        "rows": (rows[charge.id] ?? []).map {
          [Decimals.text($0.sum.amount, places: 2, trim: false), $0.dueOn]
        },
        "settlements": settlements["\(charge.id)"] ?? [], "holds": holds[charge.bill] ?? [],
        "waived": Decimals.text(waived["\(charge.id)"] ?? 0, places: 2, trim: false),
        "item": charge.item,
        "bears_from": charge.kind == "opening" ? billingFrom : NSNull(), "rules": rules,
        "as_of": max("\(asOf)", through[source] ?? ""),
      ]
      let data = try JSONSerialization.data(withJSONObject: object)
      input += String(decoding: data, as: UTF8.self) + "\n"
    }
    let out = try succeed(
      "python3", Repository.path("Tests/Reference/reference_late_fees.py"), stdin: input)
    var wanted: [String: Int64] = [:]
    for (source, line) in zip(sources, out.lines) {
      let rows = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [[String]] ?? []
      for row in rows { wanted["\(source) \(row[0])"] = fen(row[2]) }
    }
    return Set(wanted.keys).union(recorded.keys)
      .filter { wanted[$0] ?? 0 != recorded[$0] ?? 0 }.sorted()
      .map { "\($0): recorded \(recorded[$0] ?? 0), reference \(wanted[$0] ?? 0)" }
  }

  /// By charge, what settled it and on which day; what its credit notes gave to others is missing.
  private func settlements() throws -> [String: [[String]]] {
    let rows = try TestDatabase.rows(
      """
      SELECT coalesce(x.adjusts, x.id) AS root, a.amount_fen, a.effective_on FROM allocation a
      JOIN charge x ON x.id = a.charge_id LEFT JOIN charge k ON k.id = a.credit_id
      WHERE coalesce(k.adjusts, k.id) IS NOT root
      UNION ALL
      SELECT coalesce(k.adjusts, k.id) AS root, -a.amount_fen, a.effective_on FROM allocation a
      JOIN charge k ON k.id = a.credit_id JOIN charge x ON x.id = a.charge_id
      WHERE coalesce(x.adjusts, x.id) <> root
      UNION ALL
      SELECT coalesce(x.adjusts, x.id), w.amount_fen, w.written_off_on FROM write_off w
      JOIN charge x ON x.id = w.charge_id
      """, file("m.db"))
    return Dictionary(grouping: rows) { $0[0] }.mapValues {
      $0.map { [Decimals.text(Int64($0[1]) ?? 0, places: 2, trim: false), $0[2]] }
    }
  }

  /// By bill, the first and last days on which it was on hold.
  private func holds() throws -> [String: [[String]]] {
    var holds: [String: [[String]]] = [:]
    let events = try TestDatabase.rows(
      "SELECT bill_no, event, done_on FROM bill_event ORDER BY id", file("m.db"))
    for row in events {
      guard let day = CivilDate(iso: row[2]) else { continue }
      if row[1] == "hold" {
        holds[row[0], default: []].append([row[2], "9999-12-31"])
      } else if let last = holds[row[0]]?.indices.last {
        holds[row[0]]?[last][1] = "\(day.previous)"
      }
    }
    return holds.mapValues { $0.filter { $0[0] <= $0[1] } }
  }

  // MARK: Closed months

  /// What a company is owed, has of its tenants' money and holds, and every voucher, by a day.
  func told(of companyNo: String, on day: CivilDate) throws -> [String] {
    let views = try ["open_items", "aging", "credits", "deposits"].flatMap { view in
      try records(export(view, "--as-of", "\(day)", "--where", "company_no=\(companyNo)"))
        .map { row in
          "\(view) " + row.sorted { $0.key < $1.key }.map(\.value).joined(separator: "|")
        }
    }
    let journal = try export("journal", "--company", companyNo, "--as-of", "\(day)")
    return views + journal.split(separator: "\n").map(String.init)
  }

  /// Every bill and charge that a company booked up to a month, byte by byte.
  func booked(by companyNo: String, through month: CivilMonth) throws -> [String] {
    try ["bill", "charge"].flatMap { table in
      try TestDatabase.rows(
        """
        SELECT '\(table)', x.* FROM \(table) x JOIN bill b ON b.bill_no = x.bill_no
        WHERE b.company_no = '\(companyNo)' AND substr(b.booked_on, 1, 7) <= '\(month)'
        ORDER BY x.id
        """, file("m.db")
      ).map { $0.joined(separator: "|") }
    }
  }
}
