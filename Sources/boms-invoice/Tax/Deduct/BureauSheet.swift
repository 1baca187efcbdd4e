import Shared

/// The rows of one list as they are gathered: those of an invoice's lines belong together.
struct BureauSheet {
  private struct Sums {
    var entry: BureauEntry
    var net: Fixed
    var tax: Fixed
  }

  private let file: String
  private var gathered: [Sums] = []
  private var places: [InvoiceNumber: Int] = [:]
  private(set) var isForTicking = false

  init(file: String) {
    self.file = file
  }

  private static let sums = ["合计", "总计", "小计", "共计"]

  /// A row that sums up those above it, or one without any number of an invoice below all others.
  static func isSum(_ row: RawRow) -> Bool {
    guard let first = row.cells.first(where: { cell in !cell.allSatisfy(\.isWhitespace) }) else {
      return true
    }
    return sums.contains(where: first.contains)
  }

  mutating func add(_ record: Record, line: Int, report: (Finding) -> Void) throws {
    isForTicking = BureauSheet.has("ticked", record)
    // The sheet of lines has names of goods; a discount is a line of its own there.
    let isOfLines =
      BureauSheet.has("item_name", record) || BureauSheet.has("tax_code", record)
    guard let number = InvoiceNumber(record) else {
      let why = BureauSheet.noNumber(record)
      report(
        Finding(
          rule: why.rule, file: file, line: line, field: "digital_no", message: why.message,
          hint: why.hint))
      return
    }
    guard let on = record.date("issued_on"), let net = record.fixed("net"),
      let tax = record.fixed("tax")
    else { return }
    guard let place = places[number] else {
      var entry = BureauEntry(
        number: number, file: file, line: line, issuedOn: on, net: .zero, tax: .zero)
      entry.deductible = record.number("deductible").map(Money.init(fen:))
      entry.buyerTaxNo = record.text("buyer_tax_no")
      entry.sellerTaxNo = record.text("seller_tax_no")
      entry.sellerName = record.text("seller_name")
      entry.isTicked = record.flag("ticked")
      entry.tickedOn = record.date("ticked_on")
      words(of: &entry, record, line, report)
      places[number] = gathered.count
      gathered.append(Sums(entry: entry, net: net, tax: tax))
      return
    }
    if isOfLines {
      gathered[place].net = try gathered[place].net + net
      gathered[place].tax = try gathered[place].tax + tax
      return
    }
    report(
      Finding(
        rule: "bureau_list.twice", file: file, line: line, field: "digital_no",
        value: number.text,
        message: Phrase(
          "invoice '\(number)' stands in line \(gathered[place].entry.line) already",
          "发票“\(number)”在第 \(gathered[place].entry.line) 行已出现"),
        hint: Phrase("export the list again, or remove the copy", "请重新导出，或删除重复行")))
  }

  /// The invoices, their sums to the fen.
  func entries() throws -> [BureauEntry] {
    try gathered.map { sums in
      var entry = sums.entry
      entry.net = try sums.net.asMoney()
      entry.tax = try sums.tax.asMoney()
      return entry
    }
  }

  // MARK: Columns

  private static func has(_ field: String, _ record: Record) -> Bool {
    record.register.index(of: field).map { record.slots[$0] != .absent } ?? false
  }

  /// Why a row has no number.
  static func noNumber(_ record: Record) -> ValueError {
    let value = record.text("digital_no") ?? record.text("invoice_number")
    let hasColumn = ["digital_no", "invoice_number"].contains { has($0, record) }
    return ValueError(
      "bureau_list.number",
      !hasColumn
        ? Phrase("the list has no column with numbers of invoices", "清单没有发票号码列")
        : value.map { Phrase("'\($0)' is no number of an invoice", "“\($0)”不是发票号码") }
          ?? Phrase("the row has no number of an invoice", "该行没有发票号码"),
      hint: Phrase(
        "20 digits under 数电发票号码, or 10 or 12 under 发票代码 and 8 under 发票号码",
        "“数电发票号码”应为 20 位数字，或“发票代码”10 或 12 位、“发票号码”8 位"))
  }

  /// 发票状态, risk and lock: a word that is not known is left out with a warning, a risk that is not
  /// known counts as one.
  private func words(
    of entry: inout BureauEntry, _ record: Record, _ line: Int, _ report: (Finding) -> Void
  ) {
    func word<Word>(_ field: String, _ parse: (String) -> Word?) -> Word? {
      guard let text = record.text(field)?.filter({ !$0.isWhitespace }), !text.isEmpty else {
        return nil
      }
      if let word = parse(text) { return word }
      report(
        Finding(
          .warning, rule: "bureau_list.word", file: file, line: line, field: field, value: text,
          message: Phrase(
            "'\(text)' under '\(field)' is not known and is not taken over",
            "“\(field)”的“\(text)”无法识别，未采用"),
          hint: Phrase("please report it: the bureau has a new word", "税务局可能启用了新的用词，请反馈")))
      return nil
    }
    entry.lock = word("locked", RedLock.init(written:))
    let risks = [
      word("risk", InvoiceRisk.init(written:)), word("risk_state", InvoiceRisk.init(written:)),
    ].compactMap(\.self)
    let isUnread = risks.isEmpty && (record.has("risk") || record.has("risk_state"))
    entry.risk = isUnread ? .doubtful : risks.max()
    // 失控 and 异常 say nothing of what became of it: they are a risk.
    if let text = record.text("status"), BureauStatus(written: text) == nil,
      InvoiceRisk(written: text) == .abnormal
    {
      entry.risk = .abnormal
    } else {
      entry.status = word("status", BureauStatus.init(written:))
    }
  }
}

extension InvoiceNumber {
  /// The number by the columns of a list: 数电发票号码, else 发票代码 and 发票号码 (which may be a 20-digit
  /// number, whole or split 12 + 8).
  init?(_ record: Record) {
    if let digital = record.text("digital_no") {
      self.init(written: digital)
    } else if let number = record.text("invoice_number") {
      self.init(code: number.count == 20 ? nil : record.text("invoice_code"), number: number)
    } else {
      return nil
    }
  }
}
