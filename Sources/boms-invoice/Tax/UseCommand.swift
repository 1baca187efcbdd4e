import ArgumentParser
import Shared

/// `boms-invoice use`: for what something was bought (用途).
struct UseCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "use",
    Phrase(
      "Say for what a purchase is used: it decides whether its tax may be deducted.",
      "指定采购的用途，由此决定其税额能否抵扣。"),
    examples: [
      "boms-invoice use 26332000000000000104 --as welfare --reason 员工食堂",
      "boms-invoice use 26332000000000000105 --as taxable --reason 会议服务转售",
    ],
    discussion: Phrase(
      """
      taxable 应税项目, welfare 集体福利, personal 个人消费, exempt 免税项目, simplified 简易计税; none takes \
      back what was said. taxable also says that catering, everyday services or entertainment were not \
      consumed directly. What was deducted already is not touched: 'transfer-out' records what goes out.
      """,
      """
      taxable 应税项目、welfare 集体福利、personal 个人消费、exempt 免税项目、simplified 简易\
      计税；none 撤销所指定的用途。taxable 也表示餐饮、居民日常服务或娱乐并非直接消费。已抵扣\
      的不受影响，转出用 'transfer-out' 登记。
      """))

  @Argument(help: .boms("The numbers of the invoices.", "发票号码。", valueName: "number"))
  var numbers: [String]

  @Option(
    name: .customLong("as"),
    help: .boms("The use.", "用途。", valueName: "use"),
    completion: .list(InvoiceUsage.allCases.map(\.rawValue)), transform: UseCommand.use)
  var usage: InvoiceUsage

  @OptionGroup var decision: Decision

  static func use(_ word: String) throws -> InvoiceUsage {
    guard let use = InvoiceUsage.allCases.first(where: { $0.rawValue == word || $0.zh == word })
    else {
      let words = InvoiceUsage.allCases.map { "\($0.rawValue) \($0.zh)" }
      throw ValidationError(
        "one of these is expected: \(words.joined(separator: ", "))",
        "应为以下之一：\(words.joined(separator: "、"))")
    }
    return use
  }

  func run() throws {
    let (context, day, books) = try decision.open()
    var warnings: [Phrase] = []
    let changed = try books.write(dryRun: decision.dryRun) { db in
      let pool = try TaxPool(db, asOf: day)
      return try numbers.count { number in
        let invoice = try pool.require(number, db)
        let history = invoice.standing.history
        if history.usage?.word ?? .none == usage { return false }
        try pool.record(
          InvoiceEvent(.used, on: day, code: usage.rawValue, reason: decision.reason),
          of: invoice)
        if let warning = try warning(invoice.number, history) { warnings.append(warning) }
        return true
      }
    }
    for warning in warnings { context.console.warn(warning) }
    var summary = Summary((.changed, changed), (.unchanged, numbers.count - changed))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  /// What the new use leaves to do.
  private func warning(_ number: String, _ history: InvoiceHistory) throws -> Phrase? {
    if usage.isDeductible { return nil }
    if let deduction = history.deduction {
      let left = try deduction.transfers.reduce(deduction.tax) { try $0 - $1.tax }
      if left <= .zero { return nil }
      return Phrase(
        "'\(number)' is deducted in \(deduction.period): \(left.grouped) of it is to go out again "
          + "('boms-invoice transfer-out')",
        "“\(number)”已于 \(deduction.period) 抵扣，其中 \(left.grouped) 应作进项转出"
          + "（'boms-invoice transfer-out'）")
    }
    guard let selection = history.selection else { return nil }
    return Phrase(
      "'\(number)' is selected for \(selection.period): untick it at the bureau, then "
        + "'boms-invoice deduct undo'",
      "“\(number)”已勾选（所属期 \(selection.period)），请在税务平台撤销勾选，再用 'boms-invoice deduct undo'")
  }
}
