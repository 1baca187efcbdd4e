import Shared

/// Puts what is to be asked for together: which charges go on one invoice, and as which lines.
struct RequestComposing: Sendable {
  enum Grouping: String, Sendable, CaseIterable {
    /// One request a bill.
    case bill
    /// One a tenant and month of billing.
    case tenant
  }

  /// What the requests are written from.
  struct Facts: Sendable {
    var seller: RequestDraft.Seller
    var buyer: Buyer
    /// Of a charge, where it is of a lease: a row a unit.
    var leases: [Int64: [RequestDraft.LeaseRow]]
  }

  /// How many lines a file of the tax bureau takes, and so one request.
  static let lineLimit = 2000
  static let remarkLimit = 230

  var grouping = Grouping.bill
  /// Whether lines of the same item, code and rate become one.
  var merges = false
  let charges: [Int64: IssueCharge]

  /// What belongs on one invoice.
  private struct Key: Hashable {
    var companyNo: String
    var tenantNo: String
    var business: RequestBusiness?
    /// The period of parking is written to the minute, so it stands alone.
    var isParking: Bool
    /// The bill, or the month.
    var group: String
  }

  /// The parts of each invoice to be, line by line, in the order in which they came.
  func groups(_ parts: [IssuePlan.BluePart]) -> [[[RequestDraft.Part]]] {
    var order: [Key] = []
    var grouped: [Key: [RequestDraft.Part]] = [:]
    for part in parts {
      guard let charge = charges[part.charge] else { continue }
      let key = Key(
        companyNo: charge.companyNo, tenantNo: charge.tenantNo,
        business: RequestBusiness(taxCode: charge.taxCode),
        isParking: charge.taxCode == TaxCode.parking,
        group: grouping == .bill ? charge.billNo : "\(charge.month)")
      if grouped[key] == nil { order.append(key) }
      grouped[key, default: []].append(
        RequestDraft.Part(charge: part.charge, amounts: part.amounts))
    }
    return order.flatMap { key in
      let lines = merges ? merged(grouped[key] ?? []) : (grouped[key] ?? []).map { [$0] }
      return stride(from: 0, to: lines.count, by: RequestComposing.lineLimit).map {
        Array(lines[$0..<min($0 + RequestComposing.lineLimit, lines.count)])
      }
    }
  }

  private struct LineKey: Hashable {
    var item: String
    var itemName: String
    var taxCode: String?
    var taxRate: Fixed
  }

  private func merged(_ parts: [RequestDraft.Part]) -> [[RequestDraft.Part]] {
    var order: [LineKey] = []
    var lines: [LineKey: [RequestDraft.Part]] = [:]
    for part in parts {
      guard let charge = charges[part.charge] else { continue }
      let key = LineKey(
        item: charge.item, itemName: charge.itemName, taxCode: charge.taxCode,
        taxRate: charge.taxRate)
      if lines[key] == nil { order.append(key) }
      lines[key, default: []].append(part)
    }
    return order.map { lines[$0] ?? [] }
  }

  /// The request of these lines, each the parts that it has.
  /// - Throws: `value.overflow`.
  func draft(_ lines: [[RequestDraft.Part]], _ facts: Facts) throws(ValueError) -> RequestDraft {
    let all = lines.joined().compactMap { charges[$0.charge] }
    var written: [RequestDraft.Line] = []
    for parts in lines {
      if let line = try line(parts, facts.seller) { written.append(line) }
    }
    return RequestDraft(
      seller: facts.seller, buyer: facts.buyer, tenantNo: all.first?.tenantNo ?? "",
      business: RequestBusiness(taxCode: all.first?.taxCode), lines: written,
      leases: leases(all.flatMap { facts.leases[$0.id] ?? [] }), remark: remark(all))
  }

  private func line(
    _ parts: [RequestDraft.Part], _ seller: RequestDraft.Seller
  ) throws(ValueError) -> RequestDraft.Line? {
    guard let first = parts.first, let charge = charges[first.charge] else { return nil }
    var gross = Money.zero
    for part in parts { gross = try gross + part.amounts.amount }
    let isWhole = parts.count == 1 && first.amounts == charge.worth
    return RequestDraft.Line(
      item: charge.item, itemName: charge.itemName, taxCode: charge.taxCode,
      taxRate: charge.taxRate,
      policy: RequestComposing.policy(rate: charge.taxRate, seller.taxpayerKind),
      measure: isWhole ? charge.measure : nil,
      amounts: try Amounts(gross: gross, rate: charge.taxRate), parts: parts)
  }

  /// A general taxpayer who charges a rate of the simplified method says so (简易计税).
  static func policy(rate: Fixed, _ kind: RequestDraft.TaxpayerKind?) -> String? {
    guard kind == .general else { return nil }
    switch rate.millionths {
    case 50_000: return "按5%简易征收"
    case 30_000: return "按3%简易征收"
    default: return nil
    }
  }

  /// One row a unit: from the first day of its charges to the last.
  private func leases(_ rows: [RequestDraft.LeaseRow]) -> [RequestDraft.LeaseRow] {
    var units: [RequestDraft.LeaseRow] = []
    for row in rows {
      if let at = units.firstIndex(where: {
        $0.unitNo == row.unitNo && $0.address == row.address && $0.deedNo == row.deedNo
      }) {
        units[at].period = Period(
          min(units[at].period.from, row.period.from), max(units[at].period.to, row.period.to))
      } else {
        units.append(row)
      }
    }
    return units
  }

  /// What the buyer knows it by: contract, bills, days.
  private func remark(_ charges: [IssueCharge]) -> String? {
    guard let first = charges.map(\.period.from).min(), let last = charges.map(\.period.to).max()
    else { return nil }
    let contracts = RequestComposing.list(charges.map(\.contractNo), "合同", "份")
    let bills = RequestComposing.list(charges.map(\.billNo), "账单", "张")
    let remark = "\(contracts)；\(bills)；费用期间 \(first) 至 \(last)"
    return String(remark.prefix(RequestComposing.remarkLimit))
  }

  /// `账单 A、B`, each once; of more than four how many there are.
  private static func list(_ numbers: [String], _ name: String, _ counter: String) -> String {
    var seen: Set<String> = []
    let each = numbers.filter { seen.insert($0).inserted }
    let shown = each.prefix(4).joined(separator: "、")
    return each.count <= 4 ? "\(name) \(shown)" : "\(name) \(shown) 等 \(each.count) \(counter)"
  }
}
