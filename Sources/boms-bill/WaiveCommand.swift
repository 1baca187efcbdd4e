import ArgumentParser
import Shared

/// `boms-bill waive`: a late fee is not asked for (减免违约金).
struct WaiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "waive", Phrase("Waive late fees of a bill: all of them, or an amount.", "减免账单的违约金：全部或部分金额。"),
    examples: [
      "boms-bill waive CQ-202611-000017 --reason 银行转账延误",
      "boms-bill waive CQ-202611-000017 --amount 500.00 --reason 协商减半",
    ],
    discussion: Phrase(
      """
      The bill is the one that was paid late, or the one that asks for the late fees. What is waived \
      is taken off what the charges bear; the next run adjusts what is recorded. What accrues \
      afterwards is asked for again: to stop that, 'boms-bill hold'.
      """,
      """
      账单可以是逾期支付的账单，也可以是收取违约金的账单。减免额从费用所计的违约金中扣除，下次\
      出账时调整已有记录。此后继续产生的违约金仍会计收；要停止计收，用 'boms-bill hold'。
      """))

  @Argument(help: .boms("The bill's number.", "账单编号。", valueName: "bill"))
  var bill: String

  @Option(
    help: .boms(
      "How much, in yuan (default: all that they bear by the day).", "减免金额，元（默认：截至当日的全部违约金）。",
      valueName: "yuan"),
    transform: Money.parse)
  var amount: Money?

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let amount, amount <= .zero {
      throw ValidationError("--amount must be above zero", "--amount 应大于 0")
    }
  }

  private static let fields: [Field] = [
    .code("contract_no", "合同编号"), .code("bill_no", "账单号"),
    .integer("charge", "费用序号", 0...Int.max),
    .code("item", "项目代码"), .money("late_fee", "已计违约金"), .money("waived", "减免金额"),
    .text("reason", "原因"),
  ]

  func run() throws {
    let (context, day, books) = try decision.open()
    let writer = output.writer(WaiveCommand.fields.map { Column($0) }, context.environment)
    var sum = Money.zero
    let waived = try books.write(dryRun: decision.dryRun) { db in
      let contractNo = try BillEventStore.contract(ofBill: bill, db)
      let store = BillEventStore(db: db)
      let fees = try fees(of: contractNo, store.chargesBearing(onBill: bill), on: day, db)
      let shares = try shares(of: fees, amount)
      for (fee, amount) in shares {
        try store.waive(amount, ofCharge: fee.charge, on: day, reason: decision.reason)
      }
      return shares
    }
    for (fee, amount) in waived {
      sum = try sum + amount
      writer.text(fee.contractNo)
      writer.text(bill)
      writer.integer(fee.charge)
      writer.text(fee.item)
      writer.integer(fee.amount.fen)
      writer.integer(amount.fen)
      writer.text(decision.reason)
      try writer.endRow()
    }
    try writer.finish()
    var summary = Summary((Phrase("charges", "费用"), waived.count))
    summary.note(Phrase("waived \(sum.grouped)", "减免 \(sum.grouped)"))
    if waived.isEmpty {
      summary.note(Phrase("no late fee is borne by the day", "截至当日没有违约金"))
    }
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  /// A charge, and the late fee that it bears by a day, waivers taken off.
  private struct Fee {
    var charge: Int64
    var contractNo: String
    var item: String
    var amount: Money
  }

  private func fees(
    of contractNo: String, _ charges: Set<Int64>, on day: CivilDate, _ db: BooksConnection
  ) throws -> [Fee] {
    try Look.at(db, .all(property: nil, contract: contractNo))
    let rules = try LateFeeRuleStore(db)
    guard let entry = try LeaseCursor(db, withCourses: true).next() else { return [] }
    let billing = rules.billing(of: entry)
    var fees: [Fee] = []
    for charge in entry.recorded where charges.contains(charge.id) && billing.bears(charge) {
      let postings = try billing.fee(of: charge, entry.courses[charge.id] ?? .init())
        .postings(asOf: day)
      let amount = try postings.reduce(Money.zero) { try $0 + $1.amount }
      if amount > .zero {
        fees.append(
          Fee(charge: charge.id, contractNo: contractNo, item: charge.item, amount: amount))
      }
    }
    return fees.sorted { $0.charge < $1.charge }
  }

  /// An amount is taken off the charges in their order.
  private func shares(
    of fees: [Fee], _ asked: Money?
  ) throws -> [(Fee, Money)] {
    let whole = try fees.reduce(Money.zero) { try $0 + $1.amount }
    if let asked, asked > whole {
      throw Failure(
        .badData,
        Phrase(
          "the late fees of bill '\(bill)' come to \(whole.grouped), less than \(asked.grouped)",
          "账单“\(bill)”的违约金合计 \(whole.grouped)，少于 \(asked.grouped)"))
    }
    var left = asked ?? whole
    var shares: [(Fee, Money)] = []
    for fee in fees where left > .zero {
      let part = min(left, fee.amount)
      left = try left - part
      shares.append((fee, part))
    }
    return shares
  }
}
