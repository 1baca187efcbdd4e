import GRDB
import Shared

extension CheckStore {
  /// What must hold of bills, charges and the index of what is to be billed.
  static let bills: [Rule] = [
    rule(
      "bill.totals",
      """
      SELECT b.bill_no FROM bill b
      LEFT JOIN (SELECT bill_no, sum(net_fen) net, sum(tax_fen) tax, sum(amount_fen) amount,
        count(*) rows FROM charge GROUP BY bill_no) c ON c.bill_no = b.bill_no
      WHERE c.rows IS NULL OR c.net <> b.net_fen OR c.tax <> b.tax_fen OR c.amount <> b.amount_fen
      """,
      Phrase("the bill is not the sum of its charges", "账单金额不等于其费用之和")),
    rule(
      "bill.sides",
      """
      SELECT c.id FROM charge c JOIN bill b ON b.bill_no = c.bill_no
      WHERE c.contract_no <> b.contract_no OR (c.amount_fen < 0) <> (b.kind = 'credit_note')
      """,
      Phrase(
        "the charge is on a bill of another contract or the other sign",
        "费用所在账单的合同或正负不符")),
    numbers("bill.numbers", of: "bill", Phrase("the numbers of the month have a gap", "该月账单编号不连续")),
    rule(
      "charge.adjusts",
      """
      SELECT a.id FROM charge a LEFT JOIN charge c ON c.id = a.adjusts
      WHERE a.kind = 'adjust' AND (c.id IS NULL OR c.kind = 'adjust'
        OR c.contract_no <> a.contract_no OR c.source <> a.source
        OR c.period_start <> a.period_start OR c.item <> a.item)
      """,
      Phrase("the adjustment does not name what it adjusts", "调整未指明被调整的费用")),
    rule(
      "charge.void",
      """
      SELECT v.adjusts FROM charge v JOIN charge c ON c.id = v.adjusts OR c.adjusts = v.adjusts
      WHERE v.voids = 1 GROUP BY v.adjusts
      HAVING sum(c.net_fen) <> 0 OR sum(c.tax_fen) <> 0 OR sum(c.amount_fen) <> 0
      """,
      Phrase("the charge was taken back, but not all of it", "费用已作废，但未全额冲回")),
    rule(
      "share.division",
      """
      SELECT d.pool_no || ' ' || d.period FROM share_division d
      LEFT JOIN share_part p ON p.division_id = d.id
      GROUP BY d.id HAVING coalesce(sum(p.amount_fen), 0) + d.own_fen <> d.amount_fen
      """,
      Phrase("the parts of the pool do not sum to it", "公摊各份之和不等于总额")),
    Rule(id: "billing.index") { try index($0) },
  ]

  /// The index of what the night looks at, against the facts: of a contract that is not marked,
  /// nothing that is recorded is worth something else, nothing billed before its next billing day
  /// is missing, and that day is the right one.
  private static func index(_ db: Database) throws -> [Found] {
    var found: [Found] = []
    let stored = try SQLStatement(
      db, "SELECT next_bill_on, changed, next_fee_on FROM billing_index WHERE contract_no = ?")
    try Look.at(db, .all(property: nil, contract: nil))
    let taxes = try TaxTable(db)
    let fees = try LateFeeRuleStore.isIdle(db) ? nil : try LateFeeRuleStore(db)
    let cursor = try LeaseCursor(db, withCourses: fees != nil)
    while let entry = try cursor.next() {
      let contractNo = entry.lease.contractNo
      func add(_ en: String, _ zh: String) {
        found.append(Found(rule: "billing.index", subject: contractNo, message: Phrase(en, zh)))
      }
      stored.bind(1, contractNo)
      defer { stored.reset() }
      guard try stored.step() else {
        add("the contract is not in the index", "合同不在出账索引中")
        continue
      }
      if stored.integer(1) != 0 { continue }
      let next = try stored.optionalDate(0)
      // Without a next day nothing may ever be billed: any day will do.
      let asOf = next?.previous ?? entry.lease.endOn.adding(days: 100_000)
      do {
        let plan = try Billing(entry.lease, taxes: taxes, billingFrom: entry.billingFrom)
          .plan(asOf: asOf, recorded: entry.recorded)
        if !plan.subtraction.new.isEmpty {
          add("a charge is missing before the next billing day", "下次出账日之前有未出账费用")
        }
        if !plan.subtraction.adjustments.isEmpty {
          add("what is recorded is worth something else now", "已计费用与现行合同不符")
        }
        if plan.nextBillOn != next {
          add(
            "the next billing day is \(plan.nextBillOn?.description ?? "none")",
            "下次出账日应为 \(plan.nextBillOn?.description ?? "无")")
        }
        guard let fees else { continue }
        let nextFee = try stored.optionalDate(2)
        let late = try fees.billing(of: entry).plan(
          asOf: nextFee?.previous ?? entry.lease.endOn.adding(days: 100_000),
          recorded: entry.recorded, courses: entry.courses)
        if !late.subtraction.new.isEmpty || !late.subtraction.adjustments.isEmpty {
          add("a late fee is missing, or is worth something else now", "违约金缺失或与现行规则不符")
        }
        if late.nextFeeOn != nextFee {
          add(
            "the next day for late fees is \(late.nextFeeOn?.description ?? "none")",
            "下次违约金日应为 \(late.nextFeeOn?.description ?? "无")")
        }
      } catch let error as ValueError {
        add("cannot be computed: \(error.message.en)", "无法计算：\(error.message.zh)")
      }
    }
    return found
  }
}
