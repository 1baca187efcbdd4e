/// Where an invoice stands on a day, by its own events and those of the invoices that are tied to it:
/// a blue one by the reds that take it back, a red one by its blue. Which came first does not matter.
///
/// What the books should hold of a blue invoice is what reds leave of it. A red one that came before
/// anything was posted needs no voucher: the blue one is posted for the rest. One that came after is
/// posted itself. So the rule is a difference: posted, less what should be, is to be reversed. Deducted
/// tax is the same (增值税暂行条例实施细则 第十一条): what was deducted beyond the rest goes out again.
package struct InvoiceStanding: Sendable {
  /// An invoice as it takes part.
  package struct Member: Sendable {
    package var number: String
    package var isRed: Bool
    /// Of a red invoice.
    package var blueNo: String?
    package var issuedOn: CivilDate?
    /// Nil while the original has not come (待补).
    package var sums: InvoiceSums?
    package var history: InvoiceHistory

    package init(
      number: String, isRed: Bool, blueNo: String? = nil, issuedOn: CivilDate? = nil,
      sums: InvoiceSums? = nil, history: InvoiceHistory
    ) {
      (self.number, self.isRed, self.blueNo) = (number, isRed, blueNo)
      (self.issuedOn, self.sums, self.history) = (issuedOn, sums, history)
    }
  }

  /// 进项转出 that is due for a red invoice.
  package struct Transfer: Hashable, Sendable {
    package var redNo: String
    /// The month in which the red one was issued.
    package var month: CivilMonth
    package var tax: Money

    package init(redNo: String, month: CivilMonth, tax: Money) {
      (self.redNo, self.month, self.tax) = (redNo, month, tax)
    }
  }

  package let history: InvoiceHistory
  /// Only a PDF has come: the number is known and nothing else (待补).
  package let isAwaiting: Bool
  package let isRed: Bool
  /// Of a red invoice: whether its blue one is in the pool.
  package let hasBlue: Bool
  package let sums: InvoiceSums
  /// Of a blue invoice: how much of it red ones take back.
  package let reversal: Reversal
  /// The sum of the reds: zero or below.
  package let reversed: InvoiceSums
  /// Red ones take back more than it is.
  package let isReversedTooMuch: Bool
  /// What is to be posted and is not; zero once it is posted, and where there is nothing left.
  package let leftToPost: InvoiceSums
  /// Of a posted blue invoice: what the books hold too much, since red ones came.
  package let toReverse: InvoiceSums
  /// The reds that are to be posted to reverse it.
  package let redsToPost: [String]
  /// Tax that may still be selected, as far as that is a matter of sums; kind, use and risk are others.
  package let selectableTax: Money
  /// 进项转出 due.
  package let transfersDue: [Transfer]

  package var isPosted: Bool { history.posting != nil }
  package var isDeducted: Bool { history.deduction != nil }
  package var hasToReverse: Bool { toReverse.gross != .zero }

  /// - Parameters:
  ///   - family: the reds of a blue invoice, or the other reds of a red one's blue, with itself.
  ///   - blue: of a red invoice, the one that it takes back, if it is in the pool.
  /// - Throws: `value.overflow`.
  package init(_ own: Member, reds family: [Member] = [], blue: Member? = nil) throws(ValueError) {
    history = own.history
    sums = own.sums ?? .zero
    isAwaiting = own.sums == nil
    isRed = own.isRed
    hasBlue = blue != nil
    guard own.isRed else {
      let reverse = try Reverse(own, family)
      reversed = reverse.reversed
      reversal = reverse.reversal
      isReversedTooMuch = reverse.isTooMuch
      leftToPost = own.history.posting == nil ? reverse.unposted : .zero
      toReverse = reverse.excess
      redsToPost = reverse.redsToPost
      selectableTax = own.history.deduction == nil ? max(reverse.rest.tax, .zero) : .zero
      transfersDue = reverse.transfersDue
      return
    }
    reversed = .zero
    reversal = .none
    isReversedTooMuch = false
    toReverse = .zero
    redsToPost = []
    selectableTax = .zero
    transfersDue = []
    // Without its blue one nobody knows what the books hold: it is posted for itself.
    let isToPost = try blue.map { blue throws(ValueError) in
      try Reverse(blue, family).redsToPost.contains(own.number)
    }
    leftToPost = own.history.posting == nil && isToPost != false ? sums : .zero
  }

  /// What reds do to a blue invoice.
  private struct Reverse {
    var reversed = InvoiceSums.zero
    var reversal = Reversal.none
    var isTooMuch = false
    /// The blue invoice and all its reds.
    var rest: InvoiceSums
    /// The blue invoice and those reds that are not posted themselves: what is to be posted of it.
    var unposted: InvoiceSums
    var excess = InvoiceSums.zero
    var redsToPost: [String] = []
    var transfersDue: [Transfer] = []

    init(_ blue: Member, _ reds: [Member]) throws(ValueError) {
      let sums = blue.sums ?? .zero
      rest = sums
      unposted = sums
      guard !reds.isEmpty else { return }
      for red in reds {
        let taken = red.sums ?? .zero
        reversed = try reversed + taken
        rest = try rest + taken
        if red.history.posting == nil { unposted = try unposted + taken }
      }
      if blue.sums != nil, reversed.gross != .zero {
        isTooMuch = rest.gross < .zero
        reversal = rest.gross <= .zero ? .full : .part
      }
      if unposted.gross <= .zero, sums.gross > .zero { unposted = .zero }
      // The newest first: those that came before the posting are in what was posted.
      let newest = reds.sorted {
        ($0.history.receivedOn ?? .never, $0.number) > ($1.history.receivedOn ?? .never, $1.number)
      }
      try reverse(blue, newest)
      try transferOut(blue, newest)
    }

    private mutating func reverse(_ blue: Member, _ newest: [Member]) throws(ValueError) {
      guard let posted = blue.history.posting?.sums else { return }
      excess = try posted - unposted
      var left = excess.gross
      for red in newest where red.history.posting == nil {
        guard let taken = red.sums, taken.gross < .zero else { continue }
        let rest = try left + taken.gross
        if rest < .zero { continue }
        left = rest
        redsToPost.append(red.number)
      }
      redsToPost.sort()
    }

    private mutating func transferOut(_ blue: Member, _ newest: [Member]) throws(ValueError) {
      guard let deduction = blue.history.deduction else { return }
      var gone: [String: Money] = [:]
      var left = try deduction.tax - max(rest.tax, .zero)
      var kept = deduction.tax
      for transfer in deduction.transfers {
        kept = try kept - transfer.tax
        guard let redNo = transfer.redNo else { continue }
        gone[redNo] = try (gone[redNo] ?? .zero) + transfer.tax
        left = try left - transfer.tax
      }
      left = min(left, kept)
      for red in newest {
        guard left > .zero else { break }
        guard let taken = red.sums?.tax, let month = (red.issuedOn ?? red.history.receivedOn)?.month
        else { continue }
        let due = min(try .zero - taken - (gone[red.number] ?? .zero), left)
        if due <= .zero { continue }
        left = try left - due
        // Nothing goes out before it was taken in: a red one may come before the deduction of it all.
        transfersDue.append(
          Transfer(redNo: red.number, month: max(month, deduction.period), tax: due))
      }
      transfersDue.sort { ($0.month, $0.redNo) < ($1.month, $1.redNo) }
    }
  }
}

extension CivilDate {
  /// Before every day that is written.
  fileprivate static let never = CivilDate(number: .min)
}
