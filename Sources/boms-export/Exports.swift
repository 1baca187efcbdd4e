import Shared

/// Something that can be exported: a register, or a view.
struct Export: Sendable {
  let name: String
  let zh: String
  let summary: Phrase
  let columns: [Field]
  /// Whether `--within` says how far ahead it looks.
  var takesWithin = false
  /// Whether `--company`, `--month`, `--from` and `--to` say which part of it.
  var takesPeriod = false
  /// The language of its headings if none is asked for, where it is always the same.
  var headings: Language?
  /// Writes it as `--format hledger`; nil: it has no such format.
  var ledger: (@Sendable (BooksConnection, JournalPeriod, ByteOutput) throws -> Void)?
  /// Writes the rows that are asked for; the day is for views that depend on one.
  let write: @Sendable (BooksConnection, Selection, CivilDate, RecordWriter) throws -> Void
}

/// Everything that can be exported.
enum Exports {
  static let views: [Export] = [
    .charges, .bills, .pricePath, .rentRoll, .occupancy, .vacancy, .expiringContracts,
    .turnoverRatio, .missing, .openItems, .credits, .journal, .accountBalance,
    .voucherYonyou, .voucherKingdee, .deposits, .receipts, .refunds, .writeOffs, .aging,
    .collectionRate, .outputVAT, .tenantStanding, .depreciation, .assetBook,
    .invoices, .invoiceLines,
  ]

  static var all: [Export] { Catalogue.registers.map(Export.init(register:)) + views }

  static func named(_ name: String) throws(Failure) -> Export {
    if let register = Catalogue.register(named: name) { return Export(register: register) }
    if let view = views.first(where: { $0.name == name || $0.zh == name }) { return view }
    let near = HeadingText.nearest(name, in: all.map(\.name))
    throw Failure(
      .usage, Phrase("there is no register or view '\(name)'", "没有名为“\(name)”的登记表或视图"),
      hint: near.map { Phrase("did you mean '\($0)'?", "是否为“\($0)”？") }
        ?? Phrase("'boms-export --list' shows them", "可用 'boms-export --list' 查看"))
  }

  static func list(_ output: ExportOutput, _ context: Context) throws {
    let writer = output.writer(
      [
        Column(.code("export", "导出")), Column(.text("name", "名称")), Column(.text("kind", "类别")),
        Column(.text("summary", "说明")),
      ], context.environment, titled: Phrase("exports", "导出"))
    for export in all {
      writer.text(export.name)
      writer.text(export.zh)
      writer.text(views.contains { $0.name == export.name } ? "view" : "register")
      writer.text(export.summary.text(context.language))
      try writer.endRow()
    }
    try writer.finish()
  }
}

extension Export {
  /// The newest revision of every row, in the order of the keys.
  init(register: Register) {
    self.init(
      name: register.name, zh: register.zh, summary: register.summary, columns: register.fields
    ) { db, selection, _, writer in
      try ExportStore.write(register, db, selection, writer)
    }
  }
}
