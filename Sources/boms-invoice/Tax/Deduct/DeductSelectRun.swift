import Shared

/// Goes through the invoices of the pool and says which to tick.
struct DeductSelectRun {
  let month: CivilMonth
  let companyNo: String?
  let day: CivilDate
  let showsWhy: Bool
  let language: Language

  struct Outcome {
    var rows: [[Cell]] = []
    var proposed = 0
    var selectedBefore = 0
    var leftOut = 0
    /// Of those that are ticked.
    var tax = Money.zero
  }

  /// The columns of the bureau's list, in its order.
  static let fields: [Field] = [
    .integer("seq", "序号", 1...Int.max), .flag("ticked", "是否勾选"),
    .code("digital_no", "数电发票号码"), .code("invoice_code", "发票代码"),
    .code("invoice_number", "发票号码"), .date("issued_on", "开票日期"), .money("net", "金额"),
    .money("tax", "票面税额"), .money("deductible", "有效抵扣税额"),
    .code("buyer_tax_no", "购买方识别号"), .text("seller_name", "销售方纳税人名称"),
    .code("seller_tax_no", "销售方纳税人识别号"), .text("source", "发票来源"), .text("kind", "票种"),
    .text("status", "发票状态"), .text("locked", "红字锁定标志"), .code("resale_no", "转内销证明编号"),
    .text("business", "业务类型"), .date("ticked_on", "勾选时间"), .text("risk", "发票风险等级"),
    .text("risk_state", "风险状态"),
  ]

  static let whyFields: [Field] = [.code("reason", "原因代码"), .text("why", "未勾选原因")]

  func run(_ db: BooksConnection, records: Bool) throws -> Outcome {
    if let companyNo { try KnownNumber.require("company", companyNo, "收款主体", db) }
    let pool = try TaxPool(db, asOf: day)
    var outcome = Outcome()
    var selected: [(invoice: TaxInvoice, tax: Money)] = []
    try pool.invoices.forEach(.init(companyNo: companyNo)) { invoice in
      if invoice.direction == "out" { return }
      if let companyNo, invoice.buyerCompanyNo != companyNo { return }
      let verdict = try DeductionVerdict(pool.invoices.deductionCase(of: invoice), month: month)
      switch verdict {
      case .tick(let tax, let excluded):
        outcome.proposed += 1
        selected.append((invoice, tax))
        try add(invoice, tax, isTicked: true, nil, note(excluded), &outcome)
      case .leave(.selected(month)):
        outcome.selectedBefore += 1
        let tax = invoice.standing.history.selection?.tax ?? .zero
        try add(invoice, tax, isTicked: true, "selected", nil, &outcome)
      case .leave(let reason):
        outcome.leftOut += 1
        guard showsWhy else { return }
        try add(invoice, nil, isTicked: false, reason.code, reason.why, &outcome)
      }
    }
    guard records else { return outcome }
    for (invoice, tax) in selected {
      try pool.record(InvoiceEvent(.selected, on: day, period: month, tax: tax), of: invoice)
    }
    return outcome
  }

  private func note(_ excluded: Set<ExcludedService>) -> Phrase? {
    guard !excluded.isEmpty else { return nil }
    let names = ExcludedService.list(excluded)
    return Phrase("without the tax of \(names.en)", "不含\(names.zh)的税额")
  }

  private func add(
    _ invoice: TaxInvoice, _ tax: Money?, isTicked: Bool, _ code: String?, _ why: Phrase?,
    _ outcome: inout Outcome
  ) throws {
    if let tax { outcome.tax = try outcome.tax + tax }
    let history = invoice.standing.history
    let sums = invoice.standing.isAwaiting ? nil : invoice.standing.sums
    let parts = invoice.number.split(separator: "-").map(String.init)
    let isDigital = parts.count == 1
    var row: [Cell] = [
      .integer(Int64(outcome.rows.count + 1)), .integer(isTicked ? 1 : 0),
      Cell(isDigital ? invoice.number : nil), Cell(isDigital ? nil : parts.first),
      Cell(isDigital ? nil : parts.last), Cell(invoice.issuedOn), Cell(sums?.net), Cell(sums?.tax),
      Cell(tax ?? (sums == nil ? nil : .zero)), Cell(invoice.buyerTaxNo), Cell(invoice.sellerName),
      Cell(invoice.sellerTaxNo),
      .text(isDigital ? "电子发票服务平台" : "增值税发票管理系统"),
      Cell(invoice.kind?.bureauName(isDigital: isDigital, invoice.business)),
      Cell(history.bureauStatus?.word.zh), Cell(history.lock?.word.zh), .null, .null,
      Cell(history.selection?.on), Cell(history.risk?.word.zh), .null,
    ]
    if showsWhy { row += [Cell(code), Cell(why?.text(language))] }
    outcome.rows.append(row)
  }
}

extension InvoiceKind {
  /// 票种 as the bureau's lists write it.
  func bureauName(isDigital: Bool, _ business: BusinessType?) -> String {
    let name =
      switch self {
      case .special: "增值税专用发票"
      case .ordinary where business == .toll: "通行费发票"
      case .ordinary: isDigital ? "普通发票" : "增值税普通发票"
      case .rail: "铁路电子客票"
      case .air: "航空运输电子客票行程单"
      case .vehicle: "机动车销售统一发票"
      case .usedVehicle: "二手车销售统一发票"
      }
    return isDigital ? "数电发票（\(name)）" : name
  }
}
