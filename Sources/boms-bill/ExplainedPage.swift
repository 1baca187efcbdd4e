import Shared

/// An explanation as a page to read, or as a record per segment.
enum ExplainedPage {
  static func page(_ explained: Explained, _ language: Language) throws {
    let output = ByteOutput()
    let zh = language == .zh
    func say(_ text: String) { output.append(text + "\n") }
    say(explained.title.text(language))
    if explained.items.isEmpty { say(zh ? "尚未出账" : "nothing is billed yet") }
    for item in explained.items {
      let line = item.line.map { zh ? "第 \($0) 行 " : "line \($0) " } ?? ""
      say("")
      say(
        zh
          ? "\(line)\(item.itemName)（\(item.kind.zh)）\(item.period)"
            + " · 应收日 \(item.dueOn) · 账单 \(item.billNo)"
          : "\(line)\(item.item) (\(item.kind.rawValue)) \(item.period)"
            + " · due \(item.dueOn) · bill \(item.billNo)")
      try sentences(item, language).forEach { say("  " + $0) }
      let percent = Fixed(millionths: item.taxRate.millionths * 100)
      let (net, tax) = (item.amounts.net.grouped, item.amounts.tax.grouped)
      let amount = item.amounts.amount.grouped
      say(
        zh
          ? "  价税合计 \(amount) = 不含税 \(net) + 税额 \(tax)（\(percent)%）"
          : "  amount \(amount) = net \(net) + tax \(tax) (\(percent)%)")
      if item.isVoid { say(zh ? "  已作废" : "  taken back (void)") }
      if explained.isSigned, let difference = try pending(item), difference != .zero {
        say(
          zh
            ? "  注意：按现行合同本期应计 \((item.now?.amounts ?? .zero).amount.grouped)，"
              + "下次出账将调整 \(difference.amount.grouped)"
            : "  note: the contract now says \((item.now?.amounts ?? .zero).amount.grouped); "
              + "the next run adjusts \(difference.amount.grouped)")
      }
    }
    try output.flush()
  }

  /// How the amount arose. The stored sentence stands unless the law still says the same, segment
  /// by segment.
  private static func sentences(_ item: Explained.Item, _ language: Language) throws -> [String] {
    guard let now = item.now, now.amounts == item.amounts else { return [item.stored] }
    if now.segments.count < 2 { return [Explanation.text(now, language)] }
    var lines: [String] = []
    for segment in now.segments {
      let part = try segment.amount(per: now.per).fixed()
      lines.append(
        "\(segment.days)  \(Explanation.text(segment, per: now.per, language))"
          + " = \(part.grouped(atLeast: 2))")
    }
    let sum = now.taxIncluded ? now.amounts.amount : now.amounts.net
    lines.append(language == .zh ? "合计取整 \(sum.grouped)" : "sum, rounded: \(sum.grouped)")
    return lines
  }

  /// What the next run will add to the row.
  private static func pending(_ item: Explained.Item) throws -> Amounts? {
    if item.kind == .adjust || item.isVoid { return nil }
    return try (item.now?.amounts ?? .zero) - item.total
  }

  static func records(
    _ explained: Explained, _ output: OutputOptions, _ context: Context
  ) throws {
    let fields: [Field] = [
      .code("contract_no", "合同编号"), .code("bill_no", "账单号"),
      .integer("line", "行号", 0...9999), .code("item", "项目代码"), .chargeKind,
      .date("period_start", "账期起"), .date("period_end", "账期止"),
      .date("segment_start", "段起"), .date("segment_end", "段止"), .decimal("area_m2", "面积"),
      .decimal("price", "单价"), .code("per", "计价单位"), .percent("free_percent", "减免比例"),
      .decimal("segment_amount", "段金额"), .money("amount", "价税合计"),
      .text("explain", "计算说明"),
    ]
    let writer = output.writer(fields.map { Column($0) }, context.environment)
    func optional(_ value: Fixed?) {
      if let value { writer.integer(value.millionths) } else { writer.null() }
    }
    for item in explained.items {
      let now = item.now.flatMap { $0.amounts == item.amounts ? $0 : nil }
      let found = now?.segments ?? []
      let segments: [Segment?] = found.isEmpty ? [nil] : found
      for segment in segments {
        writer.text(item.contractNo)
        writer.text(item.billNo)
        if let line = item.line { writer.integer(Int64(line)) } else { writer.null() }
        writer.text(item.item)
        writer.text(item.kind.rawValue)
        writer.date(item.period.from)
        writer.date(item.period.to)
        if let segment {
          writer.date(segment.days.from)
          writer.date(segment.days.to)
        } else {
          writer.null()
          writer.null()
        }
        optional(segment?.area)
        optional(segment?.price)
        if let per = now?.per { writer.text(per.rawValue) } else { writer.null() }
        optional(segment?.freePercent)
        optional(try segment?.amount(per: now?.per).fixed())
        writer.integer(item.amounts.amount.fen)
        writer.text(
          segment.map { Explanation.text($0, per: now?.per, context.language) }
            ?? now.map { Explanation.text($0, context.language) } ?? item.stored)
        try writer.endRow()
      }
    }
    try writer.finish()
  }
}
