import ArgumentParser
import Shared

/// `boms-depreciate close`: nothing of assets is booked into a month any more.
struct CloseCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "close", "Close a month for assets: what is booked of it never changes again.",
    examples: [
      "boms-depreciate close --month 2026-10",
      "boms-depreciate close --month 2026-10 --reopen --reason 补录资产",
    ],
    discussion: """
      All months up to this one are closed for assets, before the whole books are with 'boms-bill \
      close', which closes them for assets too. A month is not closed before it is over, nor while \
      'boms-depreciate run' would book something in it: the exit code is then 1. What arrives later \
      is booked in the first open month. With --reopen the month that was closed last is opened again.
      """)

  @Option(help: ArgumentHelp("The month.", valueName: "YYYY-MM"), transform: CivilMonth.parse)
  var month: CivilMonth

  @Option(help: ArgumentHelp("Only this company's assets.", valueName: "no"))
  var company: String?

  @Flag(help: "Open the month again.")
  var reopen = false

  @Option(help: "Why it is opened again; it is kept.")
  var reason: String?

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if reopen, (reason ?? "").allSatisfy(\.isWhitespace) {
      throw ValidationError("--reopen needs a --reason")
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
