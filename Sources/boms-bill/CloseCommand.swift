import ArgumentParser
import Shared

/// `boms-bill close`: nothing is booked into a month any more.
struct CloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "close",
    Phrase(
      "Close a month: its bills, statements and journal never change again.",
      "结账：该月的账单、对账单和凭证此后不再变动。"),
    examples: [
      "boms-bill close 2026-10",
      "boms-bill close 2026-10 --company CQ --dry-run",
    ],
    discussion: Phrase(
      """
      All months up to this one are closed, for every company or for one. A month is not closed \
      before it is over, nor while something is missing in its books: charges that 'boms-bill run' \
      would record, payments that 'boms-collect run' would enter, match or allocate, revenue that \
      'boms-bill accrue' would book, depreciation that 'boms-depreciate run' would. That is listed, and the exit code is 1. What arrives later is booked in the first open month.
      """,
      """
      此月及以前各月一并结账，可对全部或单个收款主体。月份未结束，或账上还有遗漏时不能结账：\
      'boms-bill run' 应出的费用，'boms-collect run' 应登记、匹配或核销的收款，\
      'boms-bill accrue' 应确认的收入，'boms-depreciate run' 应计提的折旧。遗漏会列出，退出码\
      为 1。此后补到的内容计入第一个未结账的月份。
      """))

  @Argument(
    help: .boms("The month.", "月份。", valueName: "YYYY-MM"), transform: CivilMonth.parse)
  var month: CivilMonth

  @Option(help: .boms("Only this company's books.", "只处理此收款主体的账。", valueName: "no"))
  var company: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  private static let fields: [Field] = [
    .code("contract_no", "合同编号"), .code("company_no", "收款主体"), .code("item", "项目代码"),
    .chargeKind, .date("period_start", "账期起"), .date("period_end", "账期止"),
    .money("amount", "价税合计"), .text("explain", "计算说明"),
    .choice(
      "missing", "缺少",
      MonthTrialStore.Missing.Kind.allCases.map { Choice($0.rawValue, $0.zh) }),
    .code("payment_no", "收款单号"),
  ]

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    guard month.last < day else {
      throw Failure(
        .badData, Phrase("\(month) is not over on \(day)", "\(month) 在 \(day) 尚未结束"),
        hint: Phrase("a month is closed after its last day", "请在月末之后结账"))
    }
    let books = try context.books(database, .writing)
    var closed: [String] = []
    var missingFacts = 0
    var unclaimed = (count: 0, amount: Money.zero)
    var booked: [(String, (bills: Int, creditNotes: Int, amount: Money))] = []
    let trial = try books.write(dryRun: dryRun) { db in
      let store = MonthStore(db: db)
      let open = try OpenMonths(db)
      let companies = try store.companies(company)
        .filter { (open.first($0) ?? month.first) <= month.last }
      guard !companies.isEmpty else { return MonthTrialStore.Outcome() }
      let trial = try MonthTrialStore(db: db, month: month, companies: Set(companies)).outcome()
      guard trial.isComplete else { return trial }
      for companyNo in companies {
        try store.add("close", month, companyNo, on: day, reason: nil)
        booked.append((companyNo, try store.booked(month, companyNo)))
      }
      closed = companies
      try MissingFactsStore(db, asOf: month.last.next).forEach { _ in missingFacts += 1 }
      unclaimed = try store.unclaimed(through: month, Set(companies))
      return trial
    }
    try write(trial.missing, context)
    if !trial.isComplete { try refuse(trial, context.console) }
    if unclaimed.count > 0 {
      context.console.warn(
        Phrase(
          "unclaimed through \(month): \(unclaimed.count) payment\(unclaimed.count == 1 ? "" : "s") "
            + "with \(unclaimed.amount.grouped); what is claimed later is booked later",
          "截至 \(month) 有 \(unclaimed.count) 笔收款待认领，合计 \(unclaimed.amount.grouped)，认领后计入以后月份"),
        hint: Phrase(
          "'boms-collect unclaimed --as-of \(month.last)' lists them",
          "可用 'boms-collect unclaimed --as-of \(month.last)' 查看"))
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
      context.console.note(
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

  /// Says what stands in the way.
  private func refuse(_ trial: MonthTrialStore.Outcome, _ console: Console) throws -> Never {
    for failed in trial.notBilled {
      console.fail(
        Failure(
          .some,
          Phrase(
            "\(failed.subject.en) cannot be billed: \(failed.reason.en)",
            "\(failed.subject.zh)无法出账：\(failed.reason.zh)")))
    }
    for failed in trial.notAccrued {
      console.fail(
        Failure(
          .some,
          Phrase(
            "\(failed.subject.en) cannot be accrued: \(failed.reason.en)",
            "\(failed.subject.zh)无法确认收入：\(failed.reason.zh)")))
    }
    for failed in trial.notCollected {
      console.fail(
        Failure(
          .some,
          Phrase(
            "tenant '\(failed.tenantNo)' in property '\(failed.propertyNo)' cannot be collected: "
              + failed.reason.en,
            "租户“\(failed.tenantNo)”（项目“\(failed.propertyNo)”）无法核销：\(failed.reason.zh)")))
    }
    for failed in trial.notDepreciated {
      console.fail(
        Failure(
          .some,
          Phrase(
            "asset '\(failed.assetNo)' cannot be depreciated: \(failed.reason.en)",
            "资产“\(failed.assetNo)”无法计提折旧：\(failed.reason.zh)"), hint: failed.hint))
    }
    guard !trial.missing.isEmpty else {
      let (contracts, accounts) = (trial.notBilled.count, trial.notCollected.count)
      let leases = trial.notAccrued.count
      let assets = trial.notDepreciated.count
      let en = [
        contracts > 0 ? "\(contracts) contracts or pools cannot be billed" : nil,
        accounts > 0 ? "\(accounts) accounts cannot be collected" : nil,
        leases > 0 ? "\(leases) contracts cannot be accrued" : nil,
        assets > 0 ? "\(assets) assets cannot be depreciated" : nil,
      ]
      let zh = [
        contracts > 0 ? "有 \(contracts) 份合同或公摊无法出账" : nil,
        accounts > 0 ? "有 \(accounts) 个账户无法核销" : nil,
        leases > 0 ? "有 \(leases) 份合同无法确认收入" : nil,
        assets > 0 ? "有 \(assets) 项资产无法计提折旧" : nil,
      ]
      throw Failure(
        .some,
        Phrase(
          "\(month) stays open: \(en.compactMap(\.self).joined(separator: ", "))",
          "\(month) 未结账：\(zh.compactMap(\.self).joined(separator: "，"))"),
        hint: Phrase("correct what the sentences above name", "请先更正以上所述问题"))
    }
    let counts = MonthTrialStore.Missing.Kind.allCases.compactMap { kind -> Phrase? in
      let count = trial.missing.count { $0.kind == kind }
      return count > 0 ? kind.sentence(count) : nil
    }
    let jobs = Set(trial.missing.map(\.kind.job))
    let commands = ["boms-bill run", "boms-collect run", "boms-bill accrue", "boms-depreciate run"]
      .filter(jobs.contains).map { "'\($0)'" }
    throw Failure(
      .some,
      Phrase(
        "\(month) stays open: \(counts.map(\.en).joined(separator: ", "))",
        "\(month) 未结账：\(counts.map(\.zh).joined(separator: "，"))"),
      hint: Phrase(
        commands.count == 1
          ? "\(commands[0]) records them" : "\(commands.joined(separator: ", ")) record them",
        "请先执行 \(commands.joined(separator: "、"))"))
  }

  private func write(_ missing: [MonthTrialStore.Missing], _ context: Context) throws {
    let writer = output.writer(CloseCommand.fields.map { Column($0) }, context.environment)
    func write(_ text: String?) {
      if let text { writer.text(text) } else { writer.null() }
    }
    func write(_ day: CivilDate?) {
      if let day { writer.date(day) } else { writer.null() }
    }
    for row in missing {
      write(row.contractNo)
      writer.text(row.companyNo)
      write(row.item)
      write(row.chargeKind)
      write(row.period?.from)
      write(row.period?.to)
      writer.integer(row.amount.fen)
      writer.text(row.explain.text(context.language))
      writer.text(row.kind.rawValue)
      write(row.paymentNo)
      try writer.endRow()
    }
    try writer.finish()
  }
}

extension MonthTrialStore.Missing.Kind {
  /// What records it.
  fileprivate var job: String {
    switch self {
    case .charge: "boms-bill run"
    case .entry, .claim, .allocation: "boms-collect run"
    case .accrual: "boms-bill accrue"
    case .depreciation: "boms-depreciate run"
    }
  }

  /// How many are missing.
  fileprivate func sentence(_ count: Int) -> Phrase {
    let (s, verb) = count == 1 ? ("", "is") : ("s", "are")
    return switch self {
    case .charge:
      Phrase("\(count) charge\(s) \(verb) not recorded", "有 \(count) 笔费用尚未出账")
    case .entry: Phrase("\(count) payment\(s) \(verb) not entered", "有 \(count) 笔收款未入账")
    case .claim:
      Phrase("\(count) payment\(s) \(verb) not matched", "有 \(count) 笔收款未匹配租户")
    case .allocation:
      Phrase("\(count) allocation\(s) \(verb) not recorded", "有 \(count) 笔核销未记录")
    case .accrual:
      Phrase("\(count) accrual\(s) \(verb) not recorded", "有 \(count) 笔收入未确认")
    case .depreciation: Phrase("depreciation is not recorded", "折旧未计提")
    }
  }
}
