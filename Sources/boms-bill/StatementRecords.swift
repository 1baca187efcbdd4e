import Shared

/// A statement as records: of each company the opening balance, the entries, the closing balance.
enum StatementRecords {
  private static let kinds =
    [Choice("opening", "期初余额")]
    + Statement.Entry.Kind.allCases.map { Choice($0.rawValue, $0.name.zh) }
    + [Choice("closing", "期末余额")]

  static let fields: [Field] = [
    .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"), .code("company_no", "收款主体"),
    .text("company_name", "收款主体名称"), .date("day", "日期"), .choice("kind", "单据类型", kinds),
    .code("number", "单据编号"), .code("contract_no", "合同编号"), .text("subject", "摘要"),
    .date("due_on", "应收日期"), .money("net", "不含税金额"), .money("tax", "税额"),
    .money("charged", "应收"), .money("paid", "已收"), .money("balance", "余额"),
  ]

  static func write(_ statement: Statement, _ writer: RecordWriter) throws {
    for section in statement.sections {
      try writeBalance("opening", statement.span.from, section.opening, statement, section, writer)
      for entry in section.entries { try write(entry, statement, section, writer) }
      try writeBalance("closing", statement.span.to, section.closing, statement, section, writer)
    }
  }

  private static func writeKeys(
    _ statement: Statement, _ section: Statement.Section, _ writer: RecordWriter
  ) {
    writer.text(statement.tenantNo)
    writer.text(statement.tenantName)
    writer.text(section.payee.companyNo)
    writer.text(section.payee.name)
  }

  private static func writeBalance(
    _ kind: String, _ day: CivilDate, _ balance: Money, _ statement: Statement,
    _ section: Statement.Section, _ writer: RecordWriter
  ) throws {
    writeKeys(statement, section, writer)
    writer.date(day)
    writer.text(kind)
    writer.null()
    writer.optional(statement.contractNo)
    for _ in 0..<4 { writer.null() }
    // The closing row has what was charged and paid in the span.
    for amount in [section.charged, section.paid] {
      if kind == "closing" { writer.integer(amount.fen) } else { writer.null() }
    }
    writer.integer(balance.fen)
    try writer.endRow()
  }

  private static func write(
    _ entry: Statement.Entry, _ statement: Statement, _ section: Statement.Section,
    _ writer: RecordWriter
  ) throws {
    writeKeys(statement, section, writer)
    writer.date(entry.day)
    writer.text(entry.kind.rawValue)
    writer.text(entry.number)
    writer.optional(entry.contractNo)
    let subject =
      entry.charged == nil
      ? [entry.method, entry.reference].compactMap { $0 }.joined(separator: " ")
      : entry.items.map { "\($0.name) \($0.period)" }.joined(separator: "; ")
    writer.optional(subject.isEmpty ? nil : subject)
    if let dueOn = entry.dueOn { writer.date(dueOn) } else { writer.null() }
    for amount in [entry.charged?.net, entry.charged?.tax, entry.charged?.amount, entry.paid] {
      if let amount { writer.integer(amount.fen) } else { writer.null() }
    }
    writer.integer(entry.balance.fen)
    try writer.endRow()
  }
}
