import Shared

/// A charge as invoicing sees it: together with all its adjustments it is one thing that is worth
/// their sum, and this much of it was asked for.
struct IssueCharge: Sendable {
  /// That of its first row.
  var id: Int64
  var billNo: String
  /// The month of its bill.
  var month: CivilMonth
  var contractNo: String
  var tenantNo: String
  var companyNo: String
  var item: String
  var itemName: String
  /// Of the contract; nil for an opening item.
  var line: Int?
  var period: Period
  /// As the newest row has it.
  var taxRate: Fixed
  var taxCode: String?
  /// What the books say it is worth.
  var worth: Amounts
  /// What of it may be on invoices by now: its worth, or what was received of it.
  var wanted: Amounts
  /// Of the first row, where quantity × price is what it is worth; with what a unit is called.
  var measure: Measure?
  var isVoid = false
  /// Whether its contract ended before its period did.
  var endedEarly = false
  /// Why it is not asked for yet.
  var waits: Wait?

  struct Measure: Hashable, Sendable {
    var quantity: Fixed
    var price: Fixed
    var unit: String?
  }

  enum Wait: Sendable {
    /// Its bill is on hold (争议挂起).
    case held
    /// Its red invoice was asked for by hand and is not there yet.
    case red
  }

  /// Why it is worth less than it was, as a red invoice has to say it.
  var redReason: RedReason {
    isVoid ? .mistake : endedEarly ? .terminated : .allowance
  }
}

/// 红字发票原因.
enum RedReason: String, Hashable, Sendable, CaseIterable {
  /// 开票有误.
  case mistake = "01"
  /// 销货退回.
  case returned = "02"
  /// 服务中止.
  case terminated = "03"
  /// 销售折让.
  case allowance = "04"

  var meaning: Phrase {
    switch self {
    case .mistake: Phrase("wrong invoice", "开票有误")
    case .returned: Phrase("goods returned", "销货退回")
    case .terminated: Phrase("service ended", "服务中止")
    case .allowance: Phrase("allowance", "销售折让")
    }
  }
}

/// A request that stands, as far as it matters for what is asked for next.
struct AskedRequest: Sendable {
  var id: Int64
  var isRed: Bool
  var state: RequestState
  /// Of a red request.
  var blueID: Int64?
  var byHand = false
  var parts: [Part]

  struct Part: Hashable, Sendable {
    /// A charge is on a request once.
    var charge: Int64
    /// Below zero in a red request.
    var amounts: Amounts
    var taxRate: Fixed
  }

  /// Whether nobody outside has it, so that it can be withdrawn and asked for anew.
  var isOpen: Bool { state == .requested || state == .pending || state == .failed }
}

/// How a request stands.
enum RequestState: String, Sendable, CaseIterable {
  case requested, pending, exported, failed, issued, withdrawn

  var zh: String {
    switch self {
    case .requested: "待开"
    case .pending: "待确认"
    case .exported: "已导出"
    case .failed: "失败"
    case .issued: "已开"
    case .withdrawn: "已撤回"
    }
  }
}
