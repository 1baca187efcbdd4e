import ArgumentParser
import Shared

/// `boms-invoice match`: what invoices are for (匹配).
struct MatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "match", "Find what each invoice is for: a request, a bill, a purchase.",
    examples: [
      "boms-invoice match",
      "boms-invoice match --direction in --format table",
      "boms-invoice match 26332000000000000017 --to bill:CQ-202611-000017",
      "boms-invoice match 26332000000000000018 --to purchase:CG-202611-0007",
    ],
    discussion: """
      An invoice of ours is the one that a request asked for: same seller, buyer, kind and sums, not \
      issued before it; a red one names the blue one as well. Without a request, it is for the bill or \
      the charge of that buyer and sum about that time. An invoice that we got is for the purchase of \
      that supplier and amount about that time, and takes over its use. Where there is one answer it is \
      recorded; where there are several, or another invoice fits as well, all are listed and nothing is \
      guessed: name the right one with --to. A second run changes nothing.
      """)

  @Argument(help: ArgumentHelp("The invoice that is matched by hand.", valueName: "number"))
  var number: String?

  @Option(
    help: ArgumentHelp(
      "What it is for: request:NO, bill:NO, charge:ID, or purchase:NO.", valueName: "kind:no"),
    transform: MatchCommand.target)
  var to: MatchTarget?

  @Option(help: ArgumentHelp("Only invoices of this direction.", valueName: "direction"))
  var direction: MatchDirection?

  @Flag(help: "List what was matched before, too.")
  var all = false

  @Option(help: "Why, with --to; it is kept.")
  var reason: String?

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  static let fields: [Field] = [
    .choice("direction", "方向", [Choice("out", "销项"), Choice("in", "进项")]),
    .code("invoice_no", "发票号码"), .date("issued_on", "开票日期"), .text("party", "对方名称"),
    .money("gross", "价税合计"),
    .choice(
      "result", "结果",
      [
        Choice("matched", "已匹配"), Choice("kept", "此前已匹配"), Choice("ambiguous", "多个可能"),
        Choice("none", "未找到"),
      ]),
    .text("matched_to", "匹配对象"), .text("candidates", "候选"), .text("explain", "说明"),
  ]

  private static func target(_ text: String) throws -> MatchTarget {
    guard let target = MatchTarget(argument: text), target.kind != .invoice else {
      throw ValidationError("request:NO, bill:NO, charge:ID or purchase:NO is expected")
    }
    return target
  }

  func validate() throws {
    if (number == nil) != (to == nil) {
      throw ValidationError("an invoice is matched by hand with its number and --to")
    }
    if to != nil, all || direction != nil {
      throw ValidationError("--to takes neither --all nor --direction")
    }
    if reason != nil, to == nil { throw ValidationError("--reason goes with --to") }
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, .writing)
    let writer = output.writer(MatchCommand.fields.map { Column($0) }, context.environment)
    let rows = try books.write(dryRun: dryRun) { db in
      if let number, let to {
        return [
          try MatchByHand(number: number, asOf: day).match(to: to, reason: reason, db)
        ]
      }
      let directions = direction.map { [$0] } ?? MatchDirection.allCases
      return try MatchRun(directions: directions, asOf: day, isAll: all).run(db)
    }
    for row in rows { try row.write(to: writer, context.language) }
    try writer.finish()
    var summary = Summary()
    summary.add(rows)
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}

extension MatchDirection: ExpressibleByArgument {}

extension MatchRun.Row {
  fileprivate func write(to writer: RecordWriter, _ language: Language) throws {
    func text(_ text: String?) {
      if let text { writer.text(text) } else { writer.null() }
    }
    writer.text(invoice.direction.rawValue)
    writer.text(invoice.no)
    writer.date(invoice.issuedOn)
    text(invoice.partyName)
    writer.integer(invoice.gross.fen)
    writer.text(result.rawValue)
    text(target?.description)
    text(candidates.isEmpty ? nil : candidates.map(\.description).joined(separator: "; "))
    text(why?.text(language))
    try writer.endRow()
  }
}

extension Summary {
  /// How many invoices are matched, and how many wait for somebody.
  mutating func add(_ rows: [MatchRun.Row]) {
    let words: [(MatchRun.Result, Phrase)] = [
      (.matched, Phrase("matched", "新匹配")), (.kept, Phrase("matched before", "此前已匹配")),
      (.ambiguous, Phrase("ambiguous", "多个可能")), (.none, Phrase("not found", "未找到")),
    ]
    for (result, word) in words {
      let count = rows.count { $0.result == result }
      if result != .kept || count > 0 { add(word, count) }
    }
  }
}
