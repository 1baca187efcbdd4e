import ArgumentParser
import Shared

/// `boms-invoice match`: what invoices are for (匹配).
struct MatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "match",
    Phrase(
      "Find what each invoice is for: a request, a bill, a purchase.", "匹配：找出每张发票对应的申请、账单或采购。"),
    examples: [
      "boms-invoice match",
      "boms-invoice match --direction in --format table",
      "boms-invoice match 26332000000000000017 --to bill:CQ-202611-000017",
      "boms-invoice match 26332000000000000018 --to purchase:CG-202611-0007",
    ],
    discussion: Phrase(
      """
      An invoice of ours is the one that a request asked for: same seller, buyer, kind and sums, not \
      issued before it; a red one names the blue one as well. Without a request, it is for the bill or \
      the charge of that buyer and sum about that time. An invoice that we got is for the purchase of \
      that supplier and amount about that time, and takes over its use. Where there is one answer it is \
      recorded; where there are several, or another invoice fits as well, all are listed and nothing is \
      guessed: name the right one with --to. A second run changes nothing.
      """,
      """
      我方发票对应其开票申请：销售方、购买方、种类和金额相同，开具日不早于申请日；红字发票还须\
      指明蓝字发票。没有申请的，对应该购买方在相近日期、相同金额的账单或费用。收到的发票对应该\
      供应商在相近日期、相同金额的采购，并沿用其用途。结果唯一的直接记录；有多个，或另一发票也\
      符合的，全部列出，不作猜测，请用 --to 指定。再次执行不再变动。
      """))

  @Argument(help: .boms("The invoice that is matched by hand.", "人工匹配的发票。", valueName: "number"))
  var number: String?

  @Option(
    help: .boms(
      "What it is for: request:NO, bill:NO, charge:ID, or purchase:NO.",
      "对应什么：request:NO、bill:NO、charge:ID 或 purchase:NO。", valueName: "kind:no"),
    transform: MatchCommand.target)
  var to: MatchTarget?

  @Option(help: .boms("Only invoices of this direction.", "只处理此方向的发票。", valueName: "direction"))
  var direction: MatchDirection?

  @Flag(help: .boms("List what was matched before, too.", "也列出此前已匹配的。"))
  var all = false

  @Option(help: .boms("Why, with --to; it is kept.", "原因，与 --to 同用，会保存。"))
  var reason: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
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
      throw ValidationError(
        "request:NO, bill:NO, charge:ID or purchase:NO is expected",
        "应为 request:NO、bill:NO、charge:ID 或 purchase:NO")
    }
    return target
  }

  func validate() throws {
    if (number == nil) != (to == nil) {
      throw ValidationError(
        "an invoice is matched by hand with its number and --to", "人工匹配须给出发票号码和 --to")
    }
    if to != nil, all || direction != nil {
      throw ValidationError(
        "--to takes neither --all nor --direction", "--to 不能与 --all、--direction 同用")
    }
    if reason != nil, to == nil {
      throw ValidationError("--reason goes with --to", "--reason 须与 --to 同用")
    }
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
