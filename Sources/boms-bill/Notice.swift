import Shared

/// A page that asks a tenant to pay: one bill, or a tenant's bills of a month from one company.
struct Notice {
  /// How bills are put on pages.
  enum Grouping: String, CaseIterable, Sendable {
    case bill, tenant
  }

  struct Charge {
    var line: Int?
    var item: String
    var itemName: String
    var kind: ChargeKind
    var period: Period
    var taxRate: Fixed
    var amounts: Amounts
    /// The sentence that was stored when it was billed.
    var explain: String
  }

  /// A bill or a credit note, as it was recorded.
  struct Bill {
    var billNo: String
    var isCredit: Bool
    var propertyNo: String
    var propertyName: String
    var contractNo: String
    var brand: String?
    /// The contract's units in the days that are charged.
    var unitNos: [String]
    var billOn: CivilDate
    var dueOn: CivilDate
    var amounts: Amounts
    var charges: [Charge]

    /// 账单 or 冲减单.
    var kind: Phrase {
      isCredit ? Phrase("Credit note", "冲减单") : Phrase("Bill", "账单")
    }
  }

  /// A bill's number; of a tenant's bills, tenant, month and company: `T0001-2026-09-CQ`.
  var number: String
  var payee: Payee
  var tenantNo: String
  var tenantName: String
  var month: CivilMonth
  var grouping: Grouping
  /// At least one.
  var bills: [Bill]
  var amounts: Amounts

  /// Whether all of it is credit.
  var isCredit: Bool { bills.allSatisfy(\.isCredit) }

  var title: Phrase {
    isCredit ? Phrase("Credit note", "冲减单") : Phrase("Payment notice", "缴费通知单")
  }

  /// The days on which something falls due, each once, the earliest first.
  var dueDays: [CivilDate] {
    Set(bills.filter { !$0.isCredit }.map(\.dueOn)).sorted()
  }
}
