import ArgumentParser
import Shared

/// `boms-collect refund`: money goes back (退款).
struct RefundCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "refund",
    Phrase(
      "Record money that goes back to a tenant, or to a payer whom nobody knows.",
      "登记退款：退给租户，或退给身份不明的付款人。"),
    examples: [
      "boms-collect refund T0042 --amount 1200.00 --reason 多付退回",
      "boms-collect refund T0042 --company WY --amount 80 --reason 多付",
      "boms-collect refund --payment SK000009 --amount 500 --reason 误汇退回",
      "boms-collect refund --bill CQ-202611-000031 --amount 300 --reason 冲减退款",
    ],
    discussion: Phrase(
      """
      It takes of what is left, the oldest first: of payments, credit notes and prepaid money of the \
      tenant, in one property and of one company. --payment and --bill take of that one; a payment \
      may be unclaimed. The new refund goes to stdout, its number is of a series without gaps. \
      Deposits go back by 'boms-collect deposit'. With --reference a transfer cannot be recorded \
      twice. What the bank sends back is taken back by 'boms-collect void'.
      """,
      """
      从租户在一个项目、一个收款主体的收款、冲减单和预收款余额中退，先收先退。--payment 和 \
      --bill 指定从哪一笔退，收款可以是待认领的。新退款写到标准输出，退款单号连续编号。押金的\
      退还用 'boms-collect deposit'。给出 --reference 可避免同一笔转账重复登记。银行退回的款项\
      用 'boms-collect void' 撤回。
      """))

  @Argument(help: .boms("The tenant's number.", "租户编号。", valueName: "tenant"))
  var tenant: String?

  @Option(help: .boms("Only money in this property.", "只退此项目的款项。", valueName: "no"))
  var property: String?

  @Option(help: .boms("Only money of this company.", "只退此收款主体的款项。", valueName: "no"))
  var company: String?

  @Option(help: .boms("Money of this payment.", "退此收款的款项。", valueName: "no"))
  var payment: String?

  @Option(help: .boms("What is left of this credit note.", "退此冲减单的余额。", valueName: "no"))
  var bill: String?

  @Option(help: .boms("How much, in yuan.", "金额，元。", valueName: "yuan"), transform: Money.parse)
  var amount: Money

  @Option(
    help: .boms(
      "By what way it goes back: \(Choice.paymentMethods.map(\.code).joined(separator: ", ")).",
      "退款方式：\(Choice.paymentMethods.map(\.code).joined(separator: "、"))。",
      valueName: "method"),
    completion: .list(Choice.paymentMethods.map(\.code)))
  var method: String?

  @Option(help: .boms("The bank's number of the transfer.", "银行转账的流水号。", valueName: "no"))
  var reference: String?

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [tenant, payment, bill].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give a tenant, or --payment, or --bill", "请给出租户，或 --payment、--bill")
    }
    if tenant == nil, property != nil || company != nil {
      throw ValidationError("a payment or a bill has its property and company", "收款或账单已确定项目和收款主体")
    }
    if amount <= .zero { throw ValidationError("--amount must be above zero", "--amount 应大于 0") }
    if let method, !Choice.paymentMethods.contains(where: { [$0.code, $0.zh].contains(method) }) {
      throw ValidationError(
        "--method takes one of those that the help lists", "--method 应为帮助中列出的方式之一")
    }
    if reference?.allSatisfy(\.isWhitespace) == true {
      throw ValidationError("--reference takes a number", "--reference 应为流水号")
    }
  }

  private var subject: RefundStore.Subject {
    if let payment { return .payment(payment) }
    if let bill { return .creditNote(bill) }
    return .tenant(tenant ?? "", propertyNo: property, companyNo: company)
  }

  func run() throws {
    let (context, day, books) = try decision.open()
    let writer = output.writer(RefundLines.fields.map { Column($0) }, context.environment)
    let run = RefundRun(
      subject: subject, amount: amount,
      method: Choice.paymentMethods.first { [$0.code, $0.zh].contains(method) }?.code,
      reference: reference, asOf: day, reason: decision.reason)
    let outcome = try books.write(dryRun: decision.dryRun) { try run.run($0) }
    for record in outcome.records { try writer.row(record) }
    try writer.finish()
    if let owed = outcome.owed {
      context.console.warn(
        Phrase(
          "tenant '\(owed.tenantNo)' still has \(owed.amount.grouped) to pay on \(owed.bills) bills "
            + "in property '\(owed.propertyNo)'",
          "租户“\(owed.tenantNo)”在项目“\(owed.propertyNo)”尚有 \(owed.bills) 张账单、"
            + "\(owed.amount.grouped) 未付"),
        hint: Phrase(
          "'boms-export open_items --where tenant_no=\(owed.tenantNo)' lists them",
          "可用 'boms-export open_items --where tenant_no=\(owed.tenantNo)' 查看"))
    }
    var summary = Summary((Phrase("refunds", "退款"), 1))
    summary.note(Phrase("amount \(amount.grouped)", "金额 \(amount.grouped)"))
    summary.note(Phrase("left \(outcome.left.grouped)", "余款 \(outcome.left.grouped)"))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
