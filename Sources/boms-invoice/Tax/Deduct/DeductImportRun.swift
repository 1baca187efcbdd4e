import Shared

/// Holds lists of the tax bureau against the pool, and records what they say.
struct DeductImportRun {
  let list: BureauList
  let reading: BureauNews.Reading
  let day: CivilDate
  let language: Language

  enum State: String, CaseIterable {
    case inBoth = "in_both"
    case onlyInList = "only_in_list"
    case onlyInPool = "only_in_pool"
    case amountsDiffer = "amounts_differ"

    var zh: String {
      switch self {
      case .inBoth: "一致"
      case .onlyInList: "仅清单有"
      case .onlyInPool: "仅票池有"
      case .amountsDiffer: "金额不一致"
      }
    }

    var name: Phrase { Phrase(rawValue, zh) }
  }

  struct Outcome {
    var records: [[Cell]] = []
    var counts: [State: Int] = [:]
    /// Invoices of which something was recorded.
    var changed = 0
    var selected = 0
    var deducted = 0
    /// Whether list and pool do not agree, or a tick could not be recorded.
    var differs = false
  }

  static let fields: [Field] = [
    .choice("state", "比对结果", State.allCases.map { Choice($0.rawValue, $0.zh) }),
    .code("invoice_no", "发票号码"), .date("issued_on", "开票日期"),
    .code("company_no", "收款主体"), .text("seller_name", "销售方名称"),
    .money("list_net", "清单金额"), .money("list_tax", "清单税额"), .money("pool_net", "票池金额"),
    .money("pool_tax", "票池税额"),
    .choice("status", "发票状态", BureauStatus.allCases.map { Choice($0.rawValue, $0.zh) }),
    .choice("risk", "风险", InvoiceRisk.allCases.map { Choice($0.rawValue, $0.zh) }),
    .flag("ticked", "是否勾选"), .codes("recorded", "新记录"), .text("explain", "说明"),
  ]

  func run(_ pool: TaxPool, report: (Finding) -> Void) throws -> Outcome {
    var outcome = Outcome()
    var scope = BureauScope(list.entries, isForTicking: list.isForTicking) {
      pool.companies[$0.uppercased()] != nil
    }
    for entry in list.entries {
      scope.listed.insert(entry.number.text)
      try compare(entry, pool, &outcome, report)
    }
    for month in scope.months.sorted() {
      try pool.invoices.forEach(.init(month: month)) { invoice in
        let isLacking = scope.lacks(
          invoice.number, buyerTaxNo: invoice.buyerTaxNo, sellerTaxNo: invoice.sellerTaxNo,
          isDeductible: invoice.isDeductible, invoice.standing)
        if isLacking { add(.onlyInPool, nil, invoice, nil, &outcome) }
      }
    }
    outcome.differs = outcome.differs || outcome.counts.contains { $0.key != .inBoth }
    return outcome
  }

  private func compare(
    _ entry: BureauEntry, _ pool: TaxPool, _ outcome: inout Outcome, _ report: (Finding) -> Void
  ) throws {
    guard let invoice = try pool.invoices.find(entry.number.text) else {
      return add(.onlyInList, entry, nil, nil, &outcome)
    }
    let sums = invoice.standing.sums
    let agrees = invoice.standing.isAwaiting || (entry.net == sums.net && entry.tax == sums.tax)
    let news = try BureauNews(entry, invoice.standing, agrees: agrees, reading, on: day)
    for event in news.events { try pool.record(event, of: invoice) }
    if !news.events.isEmpty { outcome.changed += 1 }
    outcome.selected += news.events.count { $0.kind == .selected }
    outcome.deducted += news.events.count { $0.kind == .deducted }
    if let problem = news.problem {
      outcome.differs = true
      report(
        Finding(
          .warning, rule: problem.rule, file: entry.file, line: entry.line,
          value: entry.number.text, message: problem.message, hint: problem.hint))
    }
    add(agrees ? .inBoth : .amountsDiffer, entry, invoice, news, &outcome)
  }

  private func add(
    _ state: State, _ entry: BureauEntry?, _ invoice: TaxInvoice?, _ news: BureauNews?,
    _ outcome: inout Outcome
  ) {
    outcome.counts[state, default: 0] += 1
    let pool = invoice.flatMap { $0.standing.isAwaiting ? nil : $0.standing.sums }
    let history = invoice?.standing.history
    let recorded = (news?.events ?? []).map(\.kind.rawValue).joined(separator: ";")
    outcome.records.append([
      .text(state.rawValue), Cell(entry?.number.text ?? invoice?.number),
      Cell(entry?.issuedOn ?? invoice?.issuedOn),
      Cell(invoice?.buyerCompanyNo ?? invoice?.sellerCompanyNo),
      Cell(entry?.sellerName ?? invoice?.sellerName), Cell(entry?.net), Cell(entry?.tax),
      Cell(pool?.net), Cell(pool?.tax),
      Cell((entry?.status ?? history?.bureauStatus?.word)?.rawValue),
      Cell((entry?.risk ?? history?.risk?.word)?.rawValue),
      Cell(entry?.isTicked.map { $0 ? 1 : 0 }), Cell(recorded.isEmpty ? nil : recorded),
      Cell(explanation(state, invoice, news)?.text(language)),
    ])
  }

  private func explanation(_ state: State, _ invoice: TaxInvoice?, _ news: BureauNews?) -> Phrase? {
    if let problem = news?.problem { return problem.message }
    switch state {
    case .onlyInList: return Phrase("its file has not come", "尚未收到该发票文件")
    case .onlyInPool: return Phrase("the list does not have it", "清单中没有")
    case .amountsDiffer: return Phrase("list and pool have other sums", "清单与票池金额不一致")
    case .inBoth:
      return invoice?.standing.isAwaiting == true
        ? Phrase("only its PDF has come: the sums are not compared", "只收到 PDF，原件待补，未比对金额") : nil
    }
  }
}
