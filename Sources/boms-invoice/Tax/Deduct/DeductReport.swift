import Shared

/// A tax period in sums, by company and kind.
struct DeductReport {
  let month: CivilMonth
  private(set) var count = 0
  private(set) var deducted = Money.zero
  private(set) var transferred = Money.zero
  private var groups: [Key: Group] = [:]
  private var transfers: [Transfer] = []

  enum Row: String, CaseIterable {
    case selected, deducted
    case transferredOut = "transferred_out"
    case transferDue = "transfer_due"
    case net

    var zh: String {
      switch self {
      case .selected: "已勾选未确认"
      case .deducted: "已抵扣"
      case .transferredOut: "进项转出"
      case .transferDue: "应转出未记录"
      case .net: "净抵扣"
      }
    }
  }

  private struct Key: Hashable, Comparable {
    var companyNo: String
    var row: Row
    var kind: InvoiceKind?

    static func < (a: Key, b: Key) -> Bool {
      (a.companyNo, a.row.place, a.kind?.rawValue ?? "")
        < (b.companyNo, b.row.place, b.kind?.rawValue ?? "")
    }
  }

  private struct Group {
    var count = 0
    var net = Money.zero
    var tax = Money.zero
    var deducted = Money.zero
  }

  private struct Transfer {
    var companyNo: String
    var row: Row
    var kind: InvoiceKind?
    var invoiceNo: String
    var redNo: String?
    var tax: Money
    var reason: String?

    var explanation: Phrase? {
      redNo.map { Phrase("red invoice '\($0)' takes it back", "被红字发票“\($0)”冲红") }
    }
  }

  init(month: CivilMonth) {
    self.month = month
  }

  static let fields: [Field] = [
    .month("month", "所属期"), .code("company_no", "收款主体"),
    .choice("row", "项目", Row.allCases.map { Choice($0.rawValue, $0.zh) }),
    .choice("kind", "票种", InvoiceFields.kinds),
    .code("invoice_no", "发票号码"), .code("red_no", "红字发票号码"),
    .integer("count", "份数", 0...Int.max), .money("net", "金额"), .money("tax", "票面税额"),
    .money("deducted", "抵扣税额"), .money("transferred_out", "转出税额"), .text("explain", "说明"),
  ]

  mutating func add(_ invoice: TaxInvoice) throws {
    let history = invoice.standing.history
    let companyNo = invoice.buyerCompanyNo ?? ""
    if let deduction = history.deduction {
      if deduction.period == month {
        count += 1
        deducted = try deducted + deduction.tax
        try add(invoice, .deducted, deduction.tax)
      }
      for transfer in deduction.transfers where transfer.period == month {
        transferred = try transferred + transfer.tax
        transfers.append(
          Transfer(
            companyNo: companyNo, row: .transferredOut, kind: invoice.kind,
            invoiceNo: invoice.number, redNo: transfer.redNo, tax: transfer.tax,
            reason: transfer.reason))
      }
    } else if let selection = history.selection, selection.period == month {
      try add(invoice, .selected, selection.tax)
    }
    for due in invoice.standing.transfersDue where due.month == month {
      transferred = try transferred + due.tax
      transfers.append(
        Transfer(
          companyNo: companyNo, row: .transferDue, kind: invoice.kind, invoiceNo: invoice.number,
          redNo: due.redNo, tax: due.tax, reason: nil))
    }
  }

  private mutating func add(_ invoice: TaxInvoice, _ row: Row, _ tax: Money) throws {
    let key = Key(companyNo: invoice.buyerCompanyNo ?? "", row: row, kind: invoice.kind)
    var group = groups[key] ?? Group()
    group.count += 1
    group.net = try group.net + invoice.standing.sums.net
    group.tax = try group.tax + invoice.standing.sums.tax
    group.deducted = try group.deducted + tax
    groups[key] = group
  }

  /// The rows, company by company, the net last.
  func rows(_ language: Language) throws -> [[Cell]] {
    var rows: [[Cell]] = []
    let companies = Set(groups.keys.map(\.companyNo) + transfers.map(\.companyNo)).sorted()
    for companyNo in companies {
      var net = Money.zero
      for key in groups.keys.filter({ $0.companyNo == companyNo }).sorted() {
        guard let group = groups[key] else { continue }
        if key.row == .deducted { net = try net + group.deducted }
        rows.append([
          .text(month.description), Cell(companyNo.isEmpty ? nil : companyNo),
          .text(key.row.rawValue), Cell(key.kind?.rawValue), .null, .null, Cell(group.count),
          Cell(group.net), Cell(group.tax), Cell(group.deducted), .null, .null,
        ])
      }
      for transfer in transfers where transfer.companyNo == companyNo {
        net = try net - transfer.tax
        rows.append([
          .text(month.description), Cell(companyNo.isEmpty ? nil : companyNo),
          .text(transfer.row.rawValue), Cell(transfer.kind?.rawValue), .text(transfer.invoiceNo),
          Cell(transfer.redNo), .integer(1), .null, .null, .null, Cell(transfer.tax),
          Cell(transfer.reason ?? transfer.explanation?.text(language)),
        ])
      }
      rows.append([
        .text(month.description), Cell(companyNo.isEmpty ? nil : companyNo),
        .text(Row.net.rawValue), .null, .null, .null, .null, .null, .null, Cell(net), .null, .null,
      ])
    }
    return rows
  }
}

extension DeductReport.Row {
  fileprivate var place: Int { DeductReport.Row.allCases.firstIndex(of: self) ?? 0 }
}
