import ArgumentParser
import Shared

/// `boms-bill reopen`: the month that was closed last may be booked into again.
struct ReopenCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "reopen", Phrase("Open the month again that was closed last.", "反结账：重新打开最后结账的月份。"),
    examples: ["boms-bill reopen 2026-10 --company CQ --reason 补录收款"],
    discussion: Phrase(
      "Months are opened again from the last one backwards, each with a reason.",
      "从最后结账的月份起逐月往前打开，每次须写明原因。"))

  @Argument(
    help: .boms("The month.", "月份。", valueName: "YYYY-MM"), transform: CivilMonth.parse)
  var month: CivilMonth

  @Option(help: .boms("Only this company's books.", "只处理此收款主体的账。", valueName: "no"))
  var company: String?

  @OptionGroup var decision: Decision

  /// - Throws: `Failure` 65 if a later month is closed.
  func run() throws {
    let (context, day, books) = try decision.open()
    let opened = try books.write(dryRun: decision.dryRun) { db in
      let store = MonthStore(db: db)
      let open = try OpenMonths(db)
      var opened = 0
      for companyNo in try store.companies(company) {
        guard let first = open.first(companyNo), month.first < first else { continue }
        guard first == month.adding(1).first else {
          throw Failure(
            .badData,
            Phrase(
              "\(companyNo) is closed through \(first.month.adding(-1))",
              "\(companyNo) 已结账至 \(first.month.adding(-1))"),
            hint: Phrase(
              "reopen \(first.month.adding(-1)) first", "请先反结账 \(first.month.adding(-1))"))
        }
        try store.add("reopen", month, companyNo, on: day, reason: decision.reason)
        opened += 1
      }
      return opened
    }
    var summary = Summary((Phrase("opened", "已反结账"), opened))
    summary.note(Phrase("from \(month)", "自 \(month) 起"))
    if opened == 0 { summary.note(Phrase("was open", "原未结账")) }
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
