import Shared

/// The tax bureau's lists: 抵扣勾选 (one row an invoice, to be ticked), and both sheets of 全量发票查询
/// (one row an invoice, and one row a line of an invoice). Columns are found by their headings, which
/// differ from version to version; what else a list has is passed over.
struct BureauList {
  private(set) var entries: [BureauEntry] = []
  /// Whether a list is one for ticking: it holds only what can be deducted.
  private(set) var isForTicking = false
  private(set) var rows = 0
  private var places: [InvoiceNumber: Int] = [:]

  /// The number of an invoice, in one column or in two.
  static let numberFields: [Field] = [
    .code("digital_no", "数电发票号码").called(
      "数电票号码", "数电票发票号码", "数电号码", "全电发票号码", "invoice_no"),
    .code("invoice_code", "发票代码"),
    .code("invoice_number", "发票号码"),
  ]

  static let register = Register(
    "bureau_list", "税务清单",
    fields: [
      .flag("ticked", "是否勾选").called("勾选状态", "是否已勾选")
    ] + numberFields + [
      .date("issued_on", "开票日期").called("开票时间").required.withTime,
      .decimal("net", "金额").called("不含税金额", "合计金额", "开具金额").required,
      .decimal("tax", "税额").called("票面税额", "合计税额").required,
      .decimal("gross", "价税合计"),
      .money("deductible", "有效抵扣税额").called("有效税额", "可抵扣税额", "有效勾选税额"),
      .code("buyer_tax_no", "购买方识别号").called(
        "购方识别号", "购买方纳税人识别号", "购方纳税人识别号", "购方税号", "购买方税号"),
      .code("seller_tax_no", "销售方纳税人识别号").called(
        "销方识别号", "销售方识别号", "销方纳税人识别号", "销方税号", "销售方税号"),
      .text("seller_name", "销售方纳税人名称").called("销方名称", "销售方名称", "销方纳税人名称"),
      .text("status", "发票状态").called("状态"),
      .text("locked", "红字锁定标志").called("红字锁定状态"),
      .date("ticked_on", "勾选时间").called("勾选日期").withTime,
      .text("risk", "发票风险等级").called("风险等级"),
      .text("risk_state", "风险状态"),
      // Only the sheet of lines has them.
      .text("item_name", "货物或应税劳务名称").called(
        "货物或应税劳务、服务名称", "货物或应税劳务服务名称", "项目名称"),
      .text("tax_code", "税收分类编码").called("商品和服务税收编码"),
    ])

  /// - Throws: `ExitStatus.badData` if anything cannot be read: what is wrong was written out.
  init(_ files: [String], _ input: InputOptions, _ findings: FindingWriter) throws {
    let map = try input.columnMap(for: BureauList.register, findings)
    let constants = try input.constants(for: BureauList.register)
    var isGood = true
    for file in files {
      let isRead = try read(try input.source(file, findings), input.encoding, map, constants) {
        findings.write($0)
      }
      if !isRead { isGood = false }
    }
    if isGood { return }
    findings.finish()
    throw ExitStatus.badData
  }

  /// - Returns: whether nothing was wrong.
  private mutating func read(
    _ source: InputSource, _ encoding: TextEncoding, _ map: ColumnMap?, _ constants: Constants,
    report: @escaping (Finding) -> Void
  ) throws -> Bool {
    var isGood = true
    func note(_ finding: Finding) {
      if finding.level == .error { isGood = false }
      report(finding)
    }
    var sheet = BureauSheet(file: source.name)
    // What is wrong with a row is said before the row comes; of one that is a sum, nothing is.
    var pending: [Finding] = []
    let reader = RegisterReader(
      register: BureauList.register, ignoreUnknown: true, encoding: encoding,
      map: map, constants: constants
    ) { pending.append($0) }
    let isRead = try reader.read(source) { record, row in
      defer { pending = [] }
      if BureauSheet.isSum(row) { return }
      pending.forEach(note)
      rows += 1
      if row.isGood { try sheet.add(record, line: row.line, report: note) }
    }
    pending.forEach(note)
    guard isRead, isGood else { return false }
    isForTicking = isForTicking || sheet.isForTicking
    for entry in try sheet.entries() { merge(entry, report: note) }
    return isGood
  }

  /// The same invoice may stand on both sheets; then they must say the same.
  private mutating func merge(_ entry: BureauEntry, report: (Finding) -> Void) {
    guard let place = places[entry.number] else {
      places[entry.number] = entries.count
      entries.append(entry)
      return
    }
    let known = entries[place]
    guard known.net == entry.net, known.tax == entry.tax else {
      report(
        Finding(
          rule: "bureau_list.differs", file: entry.file, line: entry.line, field: "net",
          value: entry.net.description,
          message: Phrase(
            "invoice '\(entry.number)' has \(entry.net.grouped) + \(entry.tax.grouped) here and "
              + "\(known.net.grouped) + \(known.tax.grouped) in \(known.file):\(known.line)",
            "发票“\(entry.number)”此处为 \(entry.net.grouped) + \(entry.tax.grouped)，"
              + "\(known.file):\(known.line) 为 \(known.net.grouped) + \(known.tax.grouped)"),
          hint: Phrase(
            "are the lists of the same day? Export both again", "请确认两份清单为同一时点导出")))
      return
    }
    entries[place].complete(from: entry)
  }
}
