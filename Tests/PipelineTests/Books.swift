import Foundation
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

extension Workspace {
  /// What the books have of each contract, line and period, opening items apart; sums of nothing
  /// are left out.
  func recordedSums() throws -> [String: PeriodSum] {
    var sums: [String: PeriodSum] = [:]
    for row in records(try export("charges")) where row["line"] != "" {
      let key = [row["contract_no"], row["line"], row["period_start"]].map { $0 ?? "" }
        .joined(separator: " ")
      sums[key] = (sums[key] ?? PeriodSum()) + PeriodSum(row)
    }
    return sums.filter { $0.value != PeriodSum() }
  }

  /// The contracts of the database as the filter reads them, with the rates of their items. An item
  /// with a dated rate has to name it in the term.
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
    let units = try grouped("contract_unit")
    let terms = try grouped("charge_term").mapValues { terms in
      terms.map { term -> [String: Any] in
        var term = term
        if term["tax_rate"] is NSNull { term["tax_rate"] = rates[term["item"] as? String ?? ""] }
        return term
      }
    }
    let steps = try grouped("price_step")
    let spans = try grouped("rent_free")
    return try rows("contract").map { contract in
      let number = contract["contract_no"] as? String ?? ""
      var object = contract.filter {
        ["contract_no", "tenant_no", "start_on", "end_on", "terminated_on", "status"]
          .contains($0.key)
      }
      object["units"] = units[number] ?? []
      object["terms"] = terms[number] ?? []
      object["price_steps"] = steps[number] ?? []
      object["rent_free"] = spans[number] ?? []
      let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
      return String(decoding: data, as: UTF8.self) + "\n"
    }.joined()
  }

  /// What `compute` says from scratch, by contract, line and period, whenever it is billed; and of
  /// these, what is billed by a day.
  func computedSums(
    from: String, billedBy asOf: String
  ) throws -> (all: [String: PeriodSum], due: Set<String>) {
    let run = try succeed(
      "boms-bill", "compute", "--as-of", "2199-12-31", "--from", from, "--quiet",
      stdin: try contractLines())
    var all: [String: PeriodSum] = [:]
    var due: Set<String> = []
    for row in records(run.out) {
      let key = [row["contract_no"], row["line"], row["period_start"]].map { $0 ?? "" }
        .joined(separator: " ")
      all[key] = PeriodSum(row)
      if let day = row["bill_on"], day <= asOf { due.insert(key) }
    }
    return (all, due)
  }

  /// Where the books and `compute` differ: of a period that is recorded in anything, or of one that
  /// is missing though its day has come.
  /// - Parameter except: a contract of a property that is billed from another day.
  func differences(from: String, asOf: String, except: String = "none") throws -> [String] {
    func isOther(_ key: String) -> Bool { !key.hasPrefix("\(except) ") }
    let recorded = try recordedSums().filter { isOther($0.key) }
    let (computed, all) = try computedSums(from: from, billedBy: asOf)
    let due = all.filter(isOther)
    var differences: [String] = []
    for (key, sum) in recorded where computed[key] != sum {
      differences.append("\(key): recorded \(sum), computed \(String(describing: computed[key]))")
    }
    for key in due where recorded[key] == nil { differences.append("\(key): not recorded") }
    return differences.sorted()
  }
}
