import ArgumentParser
import Shared

/// `boms-bill missing`: what should have been reported and read, and was not.
struct MissingCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "missing",
    Phrase(
      "List the reports and readings that are not there, or wait to be accepted.",
      "列出缺报的营业额、缺抄的读数和待确认的读数。"),
    examples: [
      "boms-bill missing",
      "boms-bill missing --as-of 2026-11-22 --month 2026-10 --format table",
      "boms-bill missing --property XH01 --headings zh --bom > 缺报缺抄.csv",
    ],
    discussion: Phrase(
      """
      A month is expected when it is over. A list is not a failure: the exit code is 0 whether \
      anything is missing or not. 'boms-export missing' writes the same records.
      """,
      """
      月份结束后才算缺少。有缺少不算失败：退出码总是 0。'boms-export missing' 写出同样的记录。
      """))

  @Option(
    help: .boms("Only what is for this month.", "只列此月份的。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(help: .boms("Only contracts of this property.", "只处理此项目的合同。", valueName: "no"))
  var property: String?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let asOf = asOf.day(context.environment)
    let books = try context.books(database, .reading)
    let writer = output.writer(
      MissingRow.fields.map { Column($0) }, context.environment,
      titled: Phrase("missing", "缺报缺抄"))
    var counts: [MissingFact.Kind: Int] = [:]
    try books.read { db in
      try BillStore.requireKnown(property: property, contract: nil, db)
      try MissingFactsStore(db, asOf: asOf, property: property).forEach { row in
        if let month, row.fact.month != month { return }
        for cell in row.cells { writer.cell(cell) }
        try writer.endRow()
        counts[row.fact.kind, default: 0] += 1
      }
    }
    try writer.finish()
    var summary = Summary()
    for kind in MissingFact.Kind.allCases {
      summary.add(kind.title, counts[kind] ?? 0)
    }
    summary.note(Phrase("as of \(asOf)", "截至 \(asOf)"))
    context.console.say(summary)
  }
}

extension MissingFact.Kind {
  /// What is counted, in the summary.
  fileprivate var title: Phrase {
    switch self {
    case .turnover: Phrase("turnovers missing", "缺营业额")
    case .reading: Phrase("readings missing", "缺抄表")
    case .lastReading: Phrase("last readings missing", "缺止码")
    case .implausible: Phrase("readings to accept", "用量异常待确认")
    }
  }
}
