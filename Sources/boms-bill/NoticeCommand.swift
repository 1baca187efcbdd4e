import ArgumentParser
import Shared

extension Notice.Grouping: ExpressibleByArgument {}

/// `boms-bill notice`: what goes out to the tenants.
struct NoticeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "notice",
    Phrase("Write payment notices (缴费通知单) for bills, to be printed or sent.", "生成账单的缴费通知单，供打印或发送。"),
    examples: [
      "boms-bill notice CQ-202611-000001 > notice.html",
      "boms-bill notice --month 2026-11 --out notices/",
      "boms-bill notice --month 2026-11 --by tenant --tenant T0001 --out T0001.html",
      "boms-bill notice --month 2026-11 --format csv --headings zh --bom > 通知单.csv",
    ],
    discussion: Phrase(
      """
      Without --format a page of HTML that prints on A4 portrait, a sheet a notice; with --format a \
      record per charge. A folder gets a file per notice and index.html, which lists them; what is \
      there under the same name is replaced. Pages are Chinese unless --lang or BOMS_LANG says \
      otherwise; explanations stand as they were stored.
      """,
      """
      未指定 --format 时生成 HTML 页面，按 A4 纵向打印，每份通知单一张；指定 --format 时每笔费\
      用一条记录。写入目录时每份一个文件，另有目录页 index.html；同名文件会被替换。页面为中\
      文，除非 --lang 或 BOMS_LANG 另有指定；计费说明按记录时的原文。
      """))

  @Argument(help: .boms("A bill's or credit note's number.", "账单或冲减单的编号。", valueName: "bill"))
  var bill: String?

  @Option(
    help: .boms("All that was billed in this month.", "此月份出账的全部账单。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(help: .boms("Only bills of this tenant.", "只处理此租户的账单。", valueName: "no"))
  var tenant: String?

  @Option(help: .boms("Only bills of this contract.", "只处理此合同的账单。", valueName: "no"))
  var contract: String?

  @Option(help: .boms("Only bills of this property.", "只处理此项目的账单。", valueName: "no"))
  var property: String?

  @Option(
    help: .boms(
      "What shares a page: a bill by itself, or a tenant's bills of a month and company.",
      "如何合页：每张账单一页，或同一租户、月份、收款主体的账单一页。",
      valueName: "bill|tenant"))
  var by = Notice.Grouping.bill

  @OptionGroup var place: PlaceOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    let isNarrowed = month != nil || tenant != nil || contract != nil || property != nil
    if bill == nil, !isNarrowed {
      throw ValidationError(
        "a bill, --month, --tenant, --contract or --property is expected",
        "应给出账单编号，或 --month、--tenant、--contract、--property")
    }
    if bill != nil, isNarrowed {
      throw ValidationError(
        "a bill's number stands alone: it needs no --month or other choice",
        "账单编号应单独给出，不能与 --month 等条件同用")
    }
    if output.format != nil, case .folder = place.place {
      throw ValidationError(
        "records go to one file: --out FILE, not a folder", "记录只写入一个文件：用 --out FILE，不能是目录")
    }
  }

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .sending)
    try books.read { db in
      let store = try NoticeStore(
        db,
        NoticeStore.Selection(
          billNo: bill, month: month, propertyNo: property, tenantNo: tenant,
          contractNo: contract),
        by: by)
      let bills = try store.count()
      var tally = Tally()
      if bills == 0 {
        context.console.note(Phrase("no bills are chosen", "没有符合条件的账单"))
        if output.format == nil || place.out != nil { return }
      }
      if output.format != nil {
        try writeRecords(store, context.environment, &tally)
      } else if case .folder(let folder) = place.place {
        let progress = Progress(context.console, Phrase("bills", "账单"), total: bills)
        try writeFolder(folder, store, &tally, progress)
      } else {
        try writePage(store, &tally)
      }
      tell(tally, context.console)
    }
  }

  // MARK: Writing

  private func writeRecords(
    _ store: NoticeStore, _ environment: Environment, _ tally: inout Tally
  ) throws {
    try place.place.write("") { output in
      let writer = self.output.writer(
        NoticeRecords.fields.map { Column($0) }, environment, to: output)
      try store.forEach { notice in
        try tally.add(notice)
        try NoticeRecords.write(notice, writer)
      }
      try writer.finish()
    }
  }

  private func writePage(_ store: NoticeStore, _ tally: inout Tally) throws {
    let language = say.letters()
    try place.place.write("") { output in
      try HTMLPage.write(title: title(language), language, to: output) { html in
        try store.forEach { notice in
          try tally.add(notice)
          NoticePage.write(notice, html, language)
          try output.check()
        }
      }
    }
  }

  private func writeFolder(
    _ folder: String, _ store: NoticeStore, _ tally: inout Tally, _ progress: Progress
  ) throws {
    let language = say.letters()
    func word(_ en: String, _ zh: String) -> String { Phrase(en, zh).text(language) }
    var pages = try PageFolder(folder, language)
    try store.forEach { notice in
      try tally.add(notice)
      try pages.add(entry(of: notice, language), title: NoticePage.title(notice, language)) {
        NoticePage.write(notice, $0, language)
      }
      progress.step(notice.bills.count)
    }
    try pages.finish(
      title: title(language), name: word("Payment notices", "缴费通知单"), subject: subject,
      headings: [
        word("Notice", "单号"), word("Tenant", "租户"), word("Contract", "合同"),
        word("Due on", "应收日"), word("Amount", "金额"),
      ])
    progress.finish()
  }

  /// What the list of a folder says of a notice.
  private func entry(of notice: Notice, _ language: Language) -> PageFolder.Entry {
    var contractNos: [String] = []
    for bill in notice.bills where !contractNos.contains(bill.contractNo) {
      contractNos.append(bill.contractNo)
    }
    let comma = Phrase(", ", "、").text(language)
    return PageFolder.Entry(
      number: notice.number, companyNo: notice.payee.companyNo, companyName: notice.payee.name,
      cells: [
        ("\(notice.tenantNo) \(notice.tenantName)", ""),
        (contractNos.joined(separator: comma), "small"),
        (notice.dueDays.map(\.description).joined(separator: comma), "small due"),
      ], amount: notice.amounts.amount)
  }

  /// What the page is called; one bill by its number alone, as it may be a credit note.
  private func title(_ language: Language) -> String {
    let title = Phrase("Payment notices", "缴费通知单").text(language)
    return bill ?? "\(title) \(subject)"
  }

  /// What was asked for: `2026-09 T0001`.
  private var subject: String {
    [bill, month.map { "\($0)" }, property, tenant, contract].compactMap { $0 }
      .joined(separator: " ")
  }

  // MARK: What is said

  /// What went out.
  private struct Tally {
    var notices = 0
    var bills = 0
    var creditNotes = 0
    var amount = Money.zero
    /// Companies that ask for money without an account to pay it to.
    var withoutAccount: [String] = []

    mutating func add(_ notice: Notice) throws {
      notices += 1
      creditNotes += notice.bills.count { $0.isCredit }
      bills += notice.bills.count { !$0.isCredit }
      amount = try amount + notice.amounts.amount
      let companyNo = notice.payee.companyNo
      if notice.payee.bankAccount == nil, notice.amounts.amount > .zero,
        !withoutAccount.contains(companyNo)
      {
        withoutAccount.append(companyNo)
      }
    }
  }

  private func tell(_ tally: Tally, _ console: Console) {
    for companyNo in tally.withoutAccount {
      console.warn(
        Phrase(
          "company '\(companyNo)' has no bank_account: its notices name none",
          "收款主体“\(companyNo)”没有收款账号，通知单上未印账号"),
        hint: Phrase(
          "import it into register 'company'", "请在 company（收款主体）登记表中补充后导入"))
    }
    guard let place = place.place.summary else { return }
    var summary = Summary(
      (Phrase("notices", "通知单"), tally.notices), (Phrase("bills", "账单"), tally.bills),
      (Phrase("credit notes", "冲减单"), tally.creditNotes))
    summary.note(Phrase("amount \(tally.amount.grouped)", "金额 \(tally.amount.grouped)"))
    summary.note(place)
    console.say(summary)
  }
}
