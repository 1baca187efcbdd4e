import GRDB
import Shared

/// What records allocations: the night, or somebody who decides.
protocol AllocationOutcome {
  /// The largest id before; the new rows are those above.
  var lastBefore: Int64 { get }
  var allocations: Int { get }
}

extension CollectRun.Outcome: AllocationOutcome {}

/// The allocations that a run recorded, in the order in which they were recorded.
enum NewAllocations {
  static let fields: [Field] = [
    .choice("paid_by", "核销来源", Choice.moneyKinds + [Choice("deposit", "押金")]),
    .code("paid_by_no", "来源单号"),
    .code("bill_no", "账单号"), .code("contract_no", "合同编号"), .code("tenant_no", "租户编号"),
    .code("company_no", "收款主体"), .code("item", "项目代码"), .code("kind", "类别"),
    .money("amount", "核销金额"), .date("effective_on", "生效日"), .date("booked_on", "记账日"),
    .code("step", "核销规则"), .text("explain", "说明"),
  ]

  /// Runs a collection as one transaction, and writes out what it recorded: of a dry run inside it,
  /// else after it, so that a closed pipe costs nothing.
  static func record<Outcome: AllocationOutcome>(
    in books: Books, dryRun: Bool, _ writer: RecordWriter, _ language: Language,
    _ body: (Database) throws -> Outcome
  ) throws -> Outcome {
    let outcome = try books.write(dryRun: dryRun) { db in
      let outcome = try body(db)
      if dryRun { try write(db, after: outcome.lastBefore, writer, language) }
      return outcome
    }
    do {
      if !dryRun {
        try books.read { try write($0, after: outcome.lastBefore, writer, language) }
      }
      try writer.finish()
    } catch let failure as Failure where !dryRun && outcome.allocations > 0 {
      throw Failure(
        failure.status,
        Phrase(
          "\(outcome.allocations) allocations are recorded, but could not be printed: "
            + failure.message.en,
          "已记录 \(outcome.allocations) 笔核销，但未能输出：\(failure.message.zh)"),
        hint: Phrase(
          "nothing is lost: 'boms-export open_items' shows what is still open",
          "数据未丢失，可用 'boms-export open_items' 查看未收款"))
    }
    return outcome
  }

  private static func write(
    _ db: Database, after last: Int64, _ writer: RecordWriter, _ language: Language
  ) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT CASE WHEN a.payment_no IS NOT NULL THEN 'payment'
          WHEN a.credit_id IS NOT NULL THEN 'credit_note'
          WHEN a.deposit_id IS NOT NULL OR o.kind = 'deposit' THEN 'deposit' ELSE 'prepaid' END,
        coalesce(a.payment_no, n.bill_no, o.contract_no), c.bill_no, c.contract_no, b.tenant_no,
        b.company_no, c.item, c.kind, a.amount_fen, a.effective_on, a.booked_on, a.step,
        coalesce(p.paid_on, n.bill_on, o.since),
        c.amount_fen - (SELECT sum(e.amount_fen) FROM allocation e
          WHERE e.charge_id = c.id AND e.id <= a.id)
      FROM allocation a JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
        LEFT JOIN payment p ON p.payment_no = a.payment_no
        LEFT JOIN charge k ON k.id = coalesce(a.credit_id, a.deposit_id) LEFT JOIN bill n ON n.bill_no = k.bill_no
        LEFT JOIN opening o ON o.id = a.opening_id
      WHERE a.id > ? ORDER BY a.id
      """)
    rows.bind(1, last)
    while try rows.step() {
      for column in 0...11 { rows.write(column, to: writer) }
      let step = Allocation.Step(rawValue: rows.text(11))
      let why = step?.explanation(since: try rows.date(12), open: rows.money(13))
      writer.text(why?.text(language) ?? "")
      try writer.endRow()
    }
  }
}
