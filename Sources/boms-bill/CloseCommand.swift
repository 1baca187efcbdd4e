import ArgumentParser
import Shared

/// `boms-bill close`: nothing is booked into a month any more.
struct CloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "close", "Close a month: its bills, statements and journal never change again.",
    examples: [
      "boms-bill close 2026-10",
      "boms-bill close 2026-10 --company CQ --dry-run",
    ],
    discussion: """
      All months up to this one are closed, for every company or for one. A month is not closed \
      before it is over, nor while something that is to be billed in it is not: that is listed, \
      and the exit code is 1. What arrives later is booked in the first open month.
      """)

  @Argument(
    help: ArgumentHelp("The month.", valueName: "YYYY-MM"), transform: CivilMonth.parse)
  var month: CivilMonth

  @Option(help: ArgumentHelp("Only this company's books.", valueName: "no"))
  var company: String?

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  private static let fields: [Field] = [
    .code("contract_no", "合同编号"), .code("company_no", "收款主体"), .code("item", "项目代码"),
    .code("kind", "类别"), .date("period_start", "账期起"), .date("period_end", "账期止"),
    .money("amount", "价税合计"), .text("explain", "计算说明"),
  ]

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    guard month.last < day else {
      throw Failure(
        .badData, Phrase("\(month) is not over on \(day)", "\(month) 在 \(day) 尚未结束"),
        hint: Phrase("a month is closed after its last day", "请在月末之后结账"))
    }
    let books = try Books.open(try database.path(context.environment), wait: database.wait)
    var closed: [String] = []
    var missingFacts = 0
    var booked: [(String, (bills: Int, creditNotes: Int, amount: Money))] = []
    let missing = try books.write(dryRun: dryRun) { db in
      let store = MonthStore(db: db)
      let open = try OpenMonths(db)
      let companies = try store.companies(company)
        .filter { (open.first($0) ?? month.first) <= month.last }
      guard !companies.isEmpty else {
        return (charges: [MonthStore.Recorded](), failed: [BillRun.Failed]())
      }
      let trial = try store.trial(asOf: month.last, Set(companies))
      guard trial.charges.isEmpty && trial.failed.isEmpty else { return trial }
      for companyNo in companies {
        try store.add("close", month, companyNo, on: day, reason: nil)
        booked.append((companyNo, try store.booked(month, companyNo)))
      }
      closed = companies
      try MissingFactsStore(db, asOf: month.last.next).forEach { _ in missingFacts += 1 }
      return trial
    }
    try write(missing.charges, context)
    for failed in missing.failed {
      context.console.fail(
        Failure(
          .some,
          Phrase(
            "\(failed.subject.en) cannot be billed: \(failed.reason.en)",
            "\(failed.subject.zh)无法出账：\(failed.reason.zh)")))
    }
    if !missing.charges.isEmpty || !missing.failed.isEmpty {
      if missing.charges.isEmpty {
        throw Failure(
          .some,
          Phrase(
            "\(month) stays open: \(missing.failed.count) contracts or pools cannot be billed",
            "\(month) 未结账：有 \(missing.failed.count) 份合同或公摊无法出账"),
          hint: Phrase(
            "correct what the sentences above name", "请先更正以上所述问题"))
      }
      throw Failure(
        .some,
        Phrase(
          "\(month) stays open: \(missing.charges.count) charges are not recorded",
          "\(month) 未结账：有 \(missing.charges.count) 笔费用尚未出账"),
        hint: Phrase("'boms-bill run' records them", "请先执行 'boms-bill run'"))
    }
    if missingFacts > 0 {
      context.console.warn(
        Phrase(
          "missing through \(month): \(missingFacts) reports or readings; what they bring is booked "
            + "later",
          "截至 \(month) 有 \(missingFacts) 项营业额或抄表缺失，补录后计入以后月份"),
        hint: Phrase(
          "'boms-bill missing --as-of \(month.last.next)' lists them",
          "可用 'boms-bill missing --as-of \(month.last.next)' 查看"))
    }
    for (companyNo, sums) in booked {
      context.console.say(
        Phrase(
          "\(companyNo): \(sums.bills) bills, \(sums.creditNotes) credit notes, "
            + "\(sums.amount.grouped)",
          "\(companyNo)：账单 \(sums.bills)，冲减单 \(sums.creditNotes)，合计 \(sums.amount.grouped)"))
    }
    var summary = Summary((Phrase("closed", "已结账"), closed.count))
    summary.note(Phrase("through \(month)", "至 \(month)"))
    if closed.isEmpty { summary.note(Phrase("closed before", "此前已结账")) }
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  private func write(_ charges: [MonthStore.Recorded], _ context: Context) throws {
    let writer = output.writer(CloseCommand.fields.map { Column($0) }, context.environment)
    for charge in charges {
      writer.text(charge.contractNo)
      writer.text(charge.companyNo)
      writer.text(charge.item)
      writer.text(charge.kind)
      writer.date(charge.period.from)
      writer.date(charge.period.to)
      writer.integer(charge.amount.fen)
      writer.text(charge.explain)
      try writer.endRow()
    }
    try writer.finish()
  }
}
