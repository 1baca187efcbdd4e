import ArgumentParser
import Shared

/// `boms-depreciate close`: nothing of assets is booked into a month any more.
struct CloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "close",
    Phrase(
      "Close a month for assets: what is booked of it never changes again.", "资产结账：该月已入账的折旧此后不再变动。"),
    examples: [
      "boms-depreciate close --month 2026-10",
      "boms-depreciate close --month 2026-10 --reopen --reason 补录资产",
    ],
    discussion: Phrase(
      """
      All months up to this one are closed for assets, before the whole books are with 'boms-bill \
      close', which closes them for assets too. A month is not closed before it is over, nor while \
      'boms-depreciate run' would book something in it: the exit code is then 1. What arrives later \
      is booked in the first open month. With --reopen the month that was closed last is opened again.
      """,
      """
      此月及以前各月的资产一并结账，可先于整套账的 'boms-bill close'（它也结资产的账）。月份未\
      结束，或 'boms-depreciate run' 还应在该月入账时不能结账，退出码为 1。此后补到的内容计入\
      第一个未结账的月份。加 --reopen 则重新打开最后结账的月份。
      """))

  @Option(help: .boms("The month.", "月份。", valueName: "YYYY-MM"), transform: CivilMonth.parse)
  var month: CivilMonth

  @Option(help: .boms("Only this company's assets.", "只处理此收款主体的资产。", valueName: "no"))
  var company: String?

  @Flag(help: .boms("Open the month again.", "重新打开该月（反结账）。"))
  var reopen = false

  @Option(help: .boms("Why it is opened again; it is kept.", "反结账的原因，会保存。"))
  var reason: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if reopen, (reason ?? "").allSatisfy(\.isWhitespace) {
      throw ValidationError("--reopen needs a --reason", "--reopen 须与 --reason 同用")
    }
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    guard month.last < day || reopen else {
      throw Failure(
        .badData, Phrase("\(month) is not over on \(day)", "\(month) 在 \(day) 尚未结束"),
        hint: Phrase("a month is closed after its last day", "请在月末之后结账"))
    }
    let books = try context.books(database, .writing)
    let done = try books.write(dryRun: dryRun) { db in
      if let company { try KnownNumber.require("company", company, "收款主体", db) }
      let store = AssetMonthStore(db: db)
      let companies = try store.companies(company)
      let changed =
        try reopen ? toReopen(companies, store) : toClose(companies, db, context.console)
      for companyNo in changed {
        try store.add(
          reopen ? "reopen" : "close", month, companyNo, on: day, reason: reopen ? reason : nil)
      }
      return changed
    }
    var summary = Summary(
      (reopen ? Phrase("opened", "已反结账") : Phrase("closed", "已结账"), done.count))
    summary.note(
      reopen ? Phrase("from \(month)", "自 \(month) 起") : Phrase("through \(month)", "至 \(month)"))
    if done.isEmpty {
      summary.note(reopen ? Phrase("was open", "原未结账") : Phrase("closed before", "此前已结账"))
    }
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  private func toClose(
    _ companies: [String], _ db: BooksConnection, _ console: Console
  ) throws -> [String] {
    let open = try OpenMonths(db, ofAssets: true)
    let companies = companies.filter { (open.first($0) ?? month.first) <= month.last }
    let (missing, failed) = try DepreciationRun(through: month)
      .missing(db, companies: Set(companies))
    for failed in failed {
      console.fail(
        Failure(
          .some,
          Phrase(
            "asset '\(failed.assetNo)' cannot be depreciated: \(failed.reason.en)",
            "资产“\(failed.assetNo)”无法计提折旧：\(failed.reason.zh)"), hint: failed.hint))
    }
    let assets = missing.reduce(0) { $0 + $1.assets } + failed.count
    guard assets == 0 else {
      throw Failure(
        .some,
        Phrase(
          "\(month) stays open: \(assets) asset\(assets == 1 ? " is" : "s are") not booked",
          "\(month) 未结账：\(assets) 项资产未入账"),
        hint: Phrase(
          "'boms-depreciate run --month \(month)' books them",
          "请先执行 'boms-depreciate run --month \(month)'"))
    }
    return companies
  }

  /// Only what is closed for assets alone; the books as a whole are opened by `boms-bill reopen`.
  private func toReopen(_ companies: [String], _ store: AssetMonthStore) throws -> [String] {
    try companies.filter { companyNo in
      guard let last = try store.closedThrough(companyNo), last >= month else { return false }
      guard last == month else {
        throw Failure(
          .badData,
          Phrase(
            "the assets of \(companyNo) are closed through \(last)",
            "\(companyNo) 的资产已结账至 \(last)"),
          hint: Phrase("reopen \(last) first", "请先反结账 \(last)"))
      }
      return true
    }
  }
}
