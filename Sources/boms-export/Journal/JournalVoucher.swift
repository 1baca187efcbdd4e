import Shared

/// 凭证: what one document does to the books of a company on a day. Its lines sum to nothing.
struct JournalVoucher {
  var companyNo: String
  var bookedOn: CivilDate
  /// The place among the company's vouchers of the month, from 1, in the order of days and documents.
  var number: Int
  var document: JournalDocument
  var documentNo: String
  /// Whether it takes something back: amounts are in red (below zero), on the sides of what they take
  /// back.
  var isRed: Bool
  var lines: [Line] = []

  struct Line {
    var role: String
    var accountCode: String
    var accountName: String
    var propertyNo: String?
    var tenantNo: String?
    var tenantName: String?
    var contractNo: String?
    var item: String?
    /// 往来主体: the other company of an account between two.
    var counterpartNo: String?
    /// Debit above zero, credit below.
    var amount: Money
  }

  /// 摘要: what happened, in a few words.
  var summary: String {
    let tenants = lines.compactMap(\.tenantName)
    // A claim may take the money from another tenant, whose line is the first.
    let tenant = (document == .claim ? tenants.last : tenants.first).map { " \($0)" } ?? ""
    // A credit note says by its name what it is.
    let taken = isRed && document != .creditNote ? "冲销：" : ""
    return "\(taken)\(document.says) \(documentNo)\(tenant)"
  }

  /// The amount on its side; red ink leaves it on the side of what it takes back.
  func sides(_ line: Line) -> (debit: Money?, credit: Money?) {
    let isDebit = (line.amount > .zero) != isRed
    return isDebit ? (line.amount, nil) : (nil, Money(fen: -line.amount.fen))
  }
}

/// What a voucher is made from.
enum JournalDocument: String, CaseIterable {
  // In the order in which they are numbered within a day.
  case opening, bill
  case creditNote = "credit_note"
  case payment, claim, prepaid, deposit
  case creditUse = "credit_use"
  case refund
  case writeOff = "write_off"
  case tax, accrual
  case assetOpening = "asset_opening"
  case asset, impairment, depreciation, disposal
  case disposalResult = "disposal_result"

  var zh: String {
    switch self {
    case .opening: "期初余额"
    case .bill: "账单"
    case .creditNote: "冲减单"
    case .payment: "收款"
    case .claim: "认领"
    case .prepaid: "期初预收核销"
    case .deposit: "押金使用"
    case .creditUse: "冲减单抵减"
    case .refund: "退款"
    case .writeOff: "坏账核销"
    case .tax: "纳税义务发生"
    case .accrual: "收入确认"
    case .assetOpening: "期初资产"
    case .asset: "资产变动"
    case .impairment: "资产减值"
    case .depreciation: "折旧"
    case .disposal: "资产处置"
    case .disposalResult: "处置损益"
    }
  }

  /// How the summary begins, before the document's number.
  fileprivate var says: String {
    switch self {
    case .opening: "期初余额结转 合同"
    case .bill: "账单"
    case .creditNote: "冲减单"
    case .payment: "收款"
    case .claim: "认领收款"
    case .prepaid: "期初预收核销 合同"
    case .deposit: "押金抵扣"
    case .creditUse: "抵减应收 冲减单"
    case .refund: "退款"
    case .writeOff: "坏账核销"
    case .tax: "待转销项税额到期 账单"
    case .accrual: "确认收入 合同"
    case .assetOpening: "期初资产结转 资产"
    case .asset: "资产变动 资产"
    case .impairment: "计提减值准备 资产"
    case .depreciation: "计提折旧与摊销"
    case .disposal: "资产转入清理 资产"
    case .disposalResult: "结转清理损益 资产"
    }
  }

  static let choices = allCases.map { Choice($0.rawValue, $0.zh) }
}
