import GRDB
import Shared

/// What there is to say about a contract or a bill.
struct Explained {
  /// A recorded charge, and what the law says of its period now.
  struct Item {
    var billNo: String
    var contractNo: String
    var line: Int?
    var itemName: String
    var item: String
    var kind: ChargeKind
    var period: Period
    var dueOn: CivilDate
    var taxRate: Fixed
    var amounts: Amounts
    /// The sentence that was stored.
    var stored: String
    /// What the law says now; nil if the period is no longer charged. Adjustments have none.
    var now: Charge?
    /// The row and its adjustments together.
    var total: Amounts
    /// Whether the charge was taken back: nothing is wanted of it any more.
    var isVoid = false
  }

  var title: Phrase
  /// Whether the next run would adjust: it looks at signed contracts only.
  var isSigned = true
  var items: [Item]
}

enum ExplainStore {
  static func explain(_ number: String, _ db: Database) throws -> Explained {
    if let bill = try Row.fetchOne(
      db,
      sql: """
        SELECT b.contract_no, b.kind, b.tenant_no, t.name, b.company_no, b.due_on, b.amount_fen
        FROM bill b JOIN tenant t ON t.tenant_no = b.tenant_no WHERE b.bill_no = ?
        """, arguments: [number])
    {
      let contractNo: String = bill[0]
      let isBill: Bool = bill[1] == "bill"
      let (tenantNo, name): (String, String) = (bill[2], bill[3])
      let (company, due): (String, String) = (bill[4], bill[5])
      let amount = Money(fen: bill[6])
      let title = Phrase(
        "\(isBill ? "bill" : "credit note") \(number) · contract \(contractNo) · tenant "
          + "\(tenantNo) \(name) · by \(company) · due \(due) · \(amount.grouped)",
        "\(isBill ? "账单" : "冲减单") \(number) · 合同 \(contractNo) · 租户 \(tenantNo) \(name)"
          + " · 收款主体 \(company) · 应收日 \(due) · 合计 \(amount.grouped)")
      return try explained(title, contractNo, billNo: number, db)
    }
    guard
      let contract = try Row.fetchOne(
        db,
        sql: """
          SELECT c.tenant_no, t.name, c.start_on, c.end_on, c.terminated_on
          FROM contract c JOIN tenant t ON t.tenant_no = c.tenant_no WHERE c.contract_no = ?
          """, arguments: [number])
    else {
      throw Failure(
        .noInput,
        Phrase(
          "there is no contract and no bill '\(number)'", "没有编号为“\(number)”的合同或账单"),
        hint: Phrase(
          "'boms-export contract --columns contract_no' lists the contracts",
          "可用 'boms-export contract --columns contract_no' 查看合同"))
    }
    let (tenantNo, name): (String, String) = (contract[0], contract[1])
    let (start, end): (String, String) = (contract[2], contract[3])
    let terminated: String? = contract[4]
    let title = Phrase(
      "contract \(number) · tenant \(tenantNo) \(name) · \(start) to \(end)"
        + (terminated.map { ", terminated \($0)" } ?? ""),
      "合同 \(number) · 租户 \(tenantNo) \(name) · \(start) 至 \(end)"
        + (terminated.map { "，终止于 \($0)" } ?? ""))
    return try explained(title, number, billNo: nil, db)
  }

  private static func explained(
    _ title: Phrase, _ contractNo: String, billNo: String?, _ db: Database
  ) throws -> Explained {
    try Look.at(db, .all(property: nil, contract: contractNo))
    guard let entry = try LeaseCursor(db, withCourses: true).next() else {
      return Explained(title: title, items: [])
    }
    return Explained(
      title: title, isSigned: entry.lease.isSigned,
      items: try items(of: entry, billNo: billNo, db))
  }

  private static func items(
    of entry: LeaseCursor.Entry, billNo: String?, _ db: Database
  ) throws -> [Explained.Item] {
    let contractNo = entry.lease.contractNo
    var scope = Billing.Scope(asOf: entry.lease.startOn.adding(days: -100_000))
    for charge in entry.recorded { scope.recordedThrough[charge.source] = charge.period.from }
    let wanted =
      try Billing(entry.lease, taxes: try TaxTable(db), billingFrom: entry.billingFrom)
      .charges(scope).charges
      + LateFeeRuleStore(db).billing(of: entry)
      .charges(asOf: scope.asOf, recorded: entry.recorded, courses: entry.courses)
    let totals = Dictionary(uniqueKeysWithValues: entry.recorded.map { ($0.id, $0.amounts) })

    let rows = try SQLStatement(
      db,
      """
      SELECT c.id, c.bill_no, c.line, c.item, i.name, c.kind, c.source, c.period_start,
        c.period_end, b.due_on, c.tax_rate_e6, c.net_fen, c.tax_fen, c.amount_fen, c.explain,
        EXISTS (SELECT 1 FROM charge v WHERE v.adjusts = c.id AND v.voids = 1)
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      WHERE c.contract_no = ?1 AND (?2 IS NULL OR c.bill_no = ?2)
      ORDER BY coalesce(c.line, 0), c.source GLOB 'C[0-9]*', c.source, c.period_start, c.revision, c.id
      """)
    rows.bind(1, contractNo)
    rows.bind(2, billNo)
    var items: [Explained.Item] = []
    while try rows.step() {
      guard let kind = ChargeKind(rawValue: rows.text(5)) else { continue }
      let source = rows.text(6)
      let period = Period(try rows.date(7), try rows.date(8))
      let amounts = Amounts(net: rows.money(11), tax: rows.money(12), amount: rows.money(13))
      let isVoid = rows.integer(15) != 0
      items.append(
        Explained.Item(
          billNo: rows.text(1), contractNo: contractNo, line: rows.optionalInt(2),
          itemName: rows.text(4), item: rows.text(3), kind: kind, period: period,
          dueOn: try rows.date(9), taxRate: rows.fixed(10), amounts: amounts,
          stored: rows.text(14),
          now: isVoid
            ? nil
            : wanted.first {
              $0.source == source && $0.period.from == period.from && $0.kind == kind
            }, total: totals[rows.integer(0)] ?? amounts, isVoid: isVoid))
    }
    return items
  }
}
