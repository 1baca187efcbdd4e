import Shared

/// What a tenant was billed and has paid in a span of days, company by company: each closing
/// balance is the opening one of the day after.
struct Statement {
  /// What happened on a day.
  struct Entry {
    enum Kind: String, CaseIterable {
      case bill, payment
      case creditNote = "credit_note"
      case prepaid, deposit, transfer, refund, void, reclaim

      var name: Phrase {
        switch self {
        case .bill: Phrase("Bill", "账单")
        case .creditNote: Phrase("Credit note", "冲减单")
        case .payment: Phrase("Payment", "收款")
        case .prepaid: Phrase("Prepaid", "期初预收")
        case .deposit: Phrase("From deposit", "押金抵扣")
        case .transfer: Phrase("Transfer", "划转")
        case .refund: Phrase("Refund", "退款")
        case .void: Phrase("Payment void", "收款作废")
        case .reclaim: Phrase("Claimed by another", "认领更正")
        }
      }
    }

    /// What was charged for: an item and the days of its charges.
    struct Item {
      var name: String
      var period: Period
    }

    var day: CivilDate
    var kind: Kind
    /// Of the document.
    var number: String
    var contractNo: String?
    var dueOn: CivilDate?
    var items: [Item] = []
    /// How it was paid, a code of register `payment`, and the bank's number for it.
    var method: String?
    var reference: String?
    /// Of a bill; a credit note's are negative.
    var charged: Amounts?
    /// Of everything else; what was taken back or given back is negative.
    var paid: Money?
    /// What is open after it.
    var balance = Money.zero

    /// By how much it changes the balance.
    fileprivate func change(_ balance: Money) throws -> Money {
      try balance + (charged?.amount ?? .zero) - (paid ?? .zero)
    }
  }

  /// One company's part, a sheet of its own: each company has its own account.
  struct Section {
    var payee: Payee
    var opening = Money.zero
    var entries: [Entry] = []
    var charged = Money.zero
    var paid = Money.zero
    var closing = Money.zero

    /// Takes the next entry in, in the order of days.
    mutating func add(_ entry: Entry, from: CivilDate) throws {
      closing = try entry.change(closing)
      guard entry.day >= from else {
        opening = closing
        return
      }
      charged = try charged + (entry.charged?.amount ?? .zero)
      paid = try paid + (entry.paid ?? .zero)
      var entry = entry
      entry.balance = closing
      entries.append(entry)
    }
  }

  /// The number that was asked for: the contract's if it is of one contract.
  var number: String { contractNo ?? tenantNo }

  var tenantNo: String
  var tenantName: String
  /// Nil: all of the tenant's contracts.
  var contractNo: String?
  var span: Period
  var sections: [Section] = []

  static let title = Phrase("Statement of account", "对账单")
}
