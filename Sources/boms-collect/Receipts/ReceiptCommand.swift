import ArgumentParser
import Shared

/// `boms-collect receipt`: what goes out to those who paid (收款收据).
struct ReceiptCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "receipt", Phrase("Write receipts (收款收据), to be printed or sent.", "生成收款收据，供打印或发送。"),
    examples: [
      "boms-collect receipt SK000009 > receipt.html",
      "boms-collect receipt CQ-SJ-202611-0001 --out receipt.html",
      "boms-collect receipt --month 2026-11 --out receipts/",
      "boms-collect receipt --from 2026-11-01 --to 2026-11-07 --tenant T0042",
    ],
    discussion: Phrase(
      """
      'boms-collect run' gives each payment of which something is allocated its receipt, once. A \
      page of HTML that prints on A4 portrait, a sheet a receipt, with what the payment had paid by \
      the day of --as-of; one that is void says so. A folder gets a file per receipt and index.html, \
      which lists them. Pages are Chinese unless --lang or BOMS_LANG says otherwise. As records: \
      'boms-export receipts'.
      """,
      """
      'boms-collect run' 为每笔已有核销的收款编一次收据号。生成 HTML 页面，按 A4 纵向打印，每\
      份收据一张，列出该收款截至 --as-of 已支付的内容；已作废的会注明。写入目录时每份一个文\
      件，另有目录页 index.html。页面为中文，除非 --lang 或 BOMS_LANG 另有指定。要写出记录，\
      用 'boms-export receipts'。
      """))

  @Argument(help: .boms("Numbers of payments or receipts.", "收款单号或收据号。", valueName: "number"))
  var numbers: [String] = []

  @Option(
    help: .boms("All that were issued in this month.", "此月份开具的全部收据。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(
    help: .boms("Those issued on this day or later.", "此日及以后开具的收据。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var from: CivilDate?

  @Option(
    help: .boms("Those issued on this day or earlier.", "此日及以前开具的收据。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var to: CivilDate?

  @Option(help: .boms("Only receipts of this tenant.", "只处理此租户的收据。", valueName: "no"))
  var tenant: String?

  @Option(help: .boms("Only receipts for this property.", "只处理此项目的收据。", valueName: "no"))
  var property: String?

  @Option(help: .boms("Only receipts of this company.", "只处理此收款主体的收据。", valueName: "no"))
  var company: String?

  @OptionGroup var place: PlaceOption
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if month != nil, from != nil || to != nil {
      throw ValidationError(
        "--month says from when to when: it needs no --from and --to",
        "--month 已确定起止日期，不能与 --from、--to 同用")
    }
    if let from, let to, to < from {
      throw ValidationError("--to is before --from", "--to 早于 --from")
    }
    let isNarrowed =
      month != nil || from != nil || to != nil || tenant != nil || property != nil
      || company != nil
    if numbers.isEmpty, !isNarrowed {
      throw ValidationError(
        "a number, --month, --from, --tenant, --property or --company is expected",
        "应给出编号，或 --month、--from、--tenant、--property、--company")
    }
    if !numbers.isEmpty, isNarrowed {
      throw ValidationError(
        "a number stands alone: it needs no --month or other choice", "编号应单独给出，不能与 --month 等条件同用")
    }
  }

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .sending)
    try books.read { db in
      let store = try ReceiptStore(
        db,
        ReceiptStore.Selection(
          numbers: numbers, from: month?.first ?? from, to: month?.last ?? to, tenantNo: tenant,
          propertyNo: property, companyNo: company, asOf: asOf.day(context.environment)))
      let count = try store.count()
      if count == 0 {
        context.console.note(Phrase("no receipts are chosen", "没有符合条件的收据"))
        return
      }
      var tally = Tally()
      if case .folder(let folder) = place.place {
        let progress = Progress(context.console, Phrase("receipts", "收据"), total: count)
        try writeFolder(folder, store, &tally, progress)
      } else {
        try writePage(store, &tally)
      }
      tell(tally, context.console)
    }
  }

  // MARK: Writing

  private func writePage(_ store: ReceiptStore, _ tally: inout Tally) throws {
    let language = say.letters()
    try place.place.write("") { output in
      try HTMLPage.write(title: title(language), language, to: output) { html in
        try store.forEach { receipt in
          try tally.add(receipt)
          try ReceiptPage.write(receipt, html, language)
          try output.check()
        }
      }
    }
  }

  private func writeFolder(
    _ folder: String, _ store: ReceiptStore, _ tally: inout Tally, _ progress: Progress
  ) throws {
    let language = say.letters()
    func word(_ en: String, _ zh: String) -> String { Phrase(en, zh).text(language) }
    var pages = try PageFolder(folder, language)
    try store.forEach { receipt in
      try tally.add(receipt)
      let void = receipt.voidedOn == nil ? "" : word(" (void)", "（作废）")
      let entry = PageFolder.Entry(
        number: receipt.receiptNo, companyNo: receipt.companyNo, companyName: receipt.companyName,
        cells: [
          ("\(receipt.tenantNo) \(receipt.tenantName)", ""),
          (receipt.paymentNo + void, "small"), ("\(receipt.issuedOn)", "small due"),
        ], amount: receipt.voidedOn == nil ? receipt.amount : .zero)
      let title = "\(ReceiptPage.name.text(language)) \(receipt.receiptNo)"
      try pages.add(entry, title: title) { try ReceiptPage.write(receipt, $0, language) }
      progress.step()
    }
    try pages.finish(
      title: title(language), name: word("Receipts", "收款收据"), subject: subject,
      headings: [
        word("Receipt", "收据号"), word("Tenant", "租户"), word("Payment", "收款单号"),
        word("Date", "日期"), word("Amount", "金额"),
      ])
    progress.finish()
  }

  private func title(_ language: Language) -> String {
    "\(ReceiptPage.name.text(language)) \(subject)"
  }

  /// What was asked for: `2026-09 T0001`.
  private var subject: String {
    let (first, last) = (from?.description ?? "", to?.description ?? "")
    let days = from == nil && to == nil ? nil : "\(first)…\(last)"
    let chosen = [month?.description, days, property, company, tenant].compactMap { $0 }
    return (numbers + chosen).joined(separator: " ")
  }

  // MARK: What is said

  /// What went out.
  private struct Tally {
    var receipts = 0
    var void = 0
    /// Of those that are not void.
    var amount = Money.zero

    mutating func add(_ receipt: Receipt) throws {
      receipts += 1
      if receipt.voidedOn != nil { void += 1 } else { amount = try amount + receipt.amount }
    }
  }

  private func tell(_ tally: Tally, _ console: Console) {
    guard let place = place.place.summary else { return }
    var summary = Summary(
      (Phrase("receipts", "收据"), tally.receipts), (Phrase("void", "作废"), tally.void))
    summary.note(Phrase("amount \(tally.amount.grouped)", "金额 \(tally.amount.grouped)"))
    summary.note(place)
    console.say(summary)
  }
}
