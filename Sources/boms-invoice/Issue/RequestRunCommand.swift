import ArgumentParser
import Shared

/// `boms-invoice request run`: asks for what is charged and not asked for yet.
struct RequestRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "run",
    Phrase(
      "Ask for invoices on what is charged, and for red ones on what came to less.",
      "为费用申请开票，为减少的费用申请红字发票。"),
    examples: [
      "boms-invoice request run --as-of 2026-11-30",
      "boms-invoice request run --by tenant --merge --format table",
      "boms-invoice request run --basis received --company CQ",
      "boms-invoice request run --tenant T0042 --dry-run",
    ],
    discussion: Phrase(
      """
      A charge and its adjustments are one thing. What it is worth beyond what was asked for is asked \
      for; what was asked for beyond its worth is taken back: a request that was not exported is \
      withdrawn and written anew, of one that was exported or issued a red request takes back the \
      difference. Lines of real estate leases stand on invoices of their own. Deposits, money that is \
      passed on, opening balances that the old books invoiced, and bills on hold are not asked for. A \
      request with an error is left out and the others go through, exit code 1. A second run adds \
      nothing.
      """,
      """
      一笔费用与其调整合并计算。应开金额多于已申请的，补申请；少于已申请的，冲回：未导出的申请\
      撤回并重新生成，已导出或已开具的由红字申请冲回差额。不动产租赁的明细单独开票。押金、代收\
      代付、旧账已开票的期初余额和挂起的账单不申请。有错误的申请跳过，其余照常处理，退出码为 \
      1。再次执行不会重复。
      """))

  @Option(
    help: .boms(
      "One request a bill, or one a tenant and month.", "每张账单一份申请，或每个租户每月一份。",
      valueName: "bill|tenant"))
  var by = RequestComposing.Grouping.bill

  @Option(
    help: .boms(
      "What is billed, or what was received of it.", "按出账金额，或按其中已收金额。", valueName: "billed|received"
    ))
  var basis = Basis.billed

  @Flag(
    help: .boms(
      "Make one line of those of the same item, tax code and rate.", "收费项目、税收编码和税率相同的合并为一行。"))
  var merge = false

  @Option(
    help: .boms(
      "Why red invoices are asked for, instead of what happened to the charges: "
        + "\(RedReason.list.en).",
      "申请红字的原因，取代按费用变动得出的原因：\(RedReason.list.zh)。", valueName: "01|02|03|04"))
  var reason: RedReason?

  @Option(help: .boms("Only invoices of this company.", "只处理此收款主体的申请。", valueName: "no"))
  var company: String?

  @Option(help: .boms("Only invoices to this tenant.", "只处理开给此租户的申请。", valueName: "no"))
  var tenant: String?

  @Option(help: .boms("Only charges of this contract.", "只处理此合同的费用。", valueName: "no"))
  var contract: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  enum Basis: String, ExpressibleByArgument, CaseIterable {
    case billed, received
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, .writing)
    let writer = output.writer(
      RequestRecordsStore.fields.map { Column($0) }, context.environment)
    let run = IssueRun(
      scope: IssueChargeStore.Scope(
        asOf: day, companyNo: company, tenantNo: tenant, contractNo: contract,
        isReceived: basis == .received),
      grouping: by, merges: merge, redReason: reason)
    let outcome = try books.write(dryRun: dryRun) { try run.run($0) }
    for record in outcome.records { try writer.row(record) }
    try writer.finish()
    tell(outcome, day, context.console)
    if outcome.leftOut > 0 { throw ExitStatus.some }
  }

  private func tell(_ outcome: IssueRun.Outcome, _ day: CivilDate, _ console: Console) {
    let findings = errors.writer(console)
    for found in outcome.findings {
      findings.write(
        Finding(
          found.level, rule: found.rule, file: found.subject, line: 0, field: found.field,
          value: found.value, message: found.message, hint: found.hint))
    }
    findings.finish()
    var summary = Summary(
      (Phrase("requests", "开票申请"), outcome.blues), (Phrase("red requests", "红字申请"), outcome.reds),
      (Phrase("withdrawn", "撤回"), outcome.withdrawn))
    if outcome.leftOut > 0 {
      summary.add(Phrase("left out", "未申请"), outcome.leftOut)
      summary.note(
        Phrase("of \(outcome.leftOutGross.grouped)", "金额 \(outcome.leftOutGross.grouped)"))
    }
    if outcome.held > 0 {
      summary.note(Phrase("\(outcome.held) charges on hold", "\(outcome.held) 笔费用挂起"))
    }
    if outcome.waiting > 0 {
      summary.note(
        Phrase(
          "\(outcome.waiting) charges wait for a red invoice", "\(outcome.waiting) 笔费用待红字发票"))
    }
    if outcome.taxDifference != .zero {
      let cents = outcome.taxDifference.grouped
      summary.note(Phrase("tax differs by \(cents) from the books", "税额与账面相差 \(cents)"))
    }
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if dryRun { summary.note(.dryRun) }
    console.say(summary)
  }
}

extension RequestComposing.Grouping: ExpressibleByArgument {}

extension RedReason: ExpressibleByArgument {
  /// `01 wrong invoice, 02 …`, for help.
  static let list = Phrase(
    allCases.map { "\($0.rawValue) \($0.meaning.en)" }.joined(separator: ", "),
    allCases.map { "\($0.rawValue) \($0.meaning.zh)" }.joined(separator: "、"))
}
