/// An amount that settles a charge (核销): a row of the ledger of allocations.
package struct Allocation: Sendable, Equatable {
  /// What it is paid with.
  package enum Source: Hashable, Sendable {
    /// A payment, by its number.
    case payment(String)
    /// A negative row of the ledger of charges, by its id.
    case creditNote(Int64)
    /// Paid, or held as a deposit, before the system started: a row of the opening balances, by its id.
    case prepaid(Int64)
    /// A deposit that is held: the row of the ledger of charges by which it was asked for.
    case deposit(Int64)
    /// A write-off: decided elsewhere, it only lessens what is open.
    case other(String)
  }

  /// By which rule the amount came to the charge.
  package enum Step: String, Sendable, CaseIterable {
    /// (1) The payer's instruction.
    case line
    /// (2) The bill or the contract that the payment names.
    case named
    /// (3) The earliest due bill whose open amount it equals.
    case exact
    /// (4) In the order of due days.
    case order
    /// What was left over before the charge was billed.
    case credit
    /// A negative row, on the row that it adjusts or another of the contract.
    case creditNote = "credit_note"
    /// Decided by somebody: money on a deposit, or a deposit on a charge.
    case deposit
    /// Taken back: the payment or the charge is void, or a deposit was not to pay.
    case void

    package var phrase: Phrase {
      switch self {
      case .line: Phrase("as the payer instructed", "按付款人指定")
      case .named: Phrase("the bill or contract that the payment names", "按款项注明的账单或合同")
      case .exact: Phrase("the bill with the same open amount", "与账单未付金额相符")
      case .order: Phrase("the earliest due first", "按到期先后")
      case .credit: Phrase("from credit", "以前期余款抵付")
      case .creditNote: Phrase("by a credit note", "冲减单冲抵")
      case .deposit: Phrase("as decided of the deposit", "押金处理指定")
      case .void: Phrase("taken back", "核销冲回")
      }
    }

    /// Why the money came to the charge, and what of the charge is open after it.
    /// - Parameter since: the day of the money.
    package func explanation(since: CivilDate, open: Money) -> Phrase {
      let why =
        self == .credit
        ? Phrase("from credit of \(since)", "以 \(since) 的余款抵付") : phrase
      return open <= .zero
        ? Phrase("\(why.en), paid in full", "\(why.zh)，已结清")
        : Phrase("\(why.en), \(open.grouped) still open", "\(why.zh)，尚欠 \(open.grouped)")
    }
  }

  package var source: Source
  /// The row of the ledger of charges that is settled.
  package var chargeID: Int64
  /// Above zero; below where a recorded one was taken back.
  package var amount: Money
  /// The later of the day of the money and the day of the bill.
  package var effectiveOn: CivilDate
  package var step: Step

  package init(
    source: Source, chargeID: Int64, amount: Money, effectiveOn: CivilDate, step: Step
  ) {
    self.source = source
    self.chargeID = chargeID
    self.amount = amount
    self.effectiveOn = effectiveOn
    self.step = step
  }
}
