/// A word by which invoices are looked for; an invoice may be several.
package enum InvoiceStatus: String, Sendable, CaseIterable {
  /// 待补: only the PDF has come.
  case awaiting
  /// Other money under the same number, and nobody has said yet which counts.
  case conflict
  case red, blue
  /// A red one whose blue one is not in the pool.
  case blueMissing = "blue_missing"
  case posted
  /// Something of it is to be posted.
  case unposted
  case selected, deducted
  /// Tax of it could be deducted and is not.
  case undeducted
  /// Red ones take back a part or all of it.
  case reversed
  case reversedPart = "reversed_part"
  case reversedFull = "reversed_full"
  /// Red ones take back more than it is.
  case reversedTooMuch = "reversed_too_much"
  /// It is posted, and red ones have come since: a voucher is to be reversed.
  case toReverse = "to_reverse"
  /// It is deducted, and red ones have come since: tax is to go out.
  case toTransferOut = "to_transfer_out"
  case verified, unverified
  /// The tax platform's answer was not 00.
  case refuted
  /// 疑点 or 异常凭证.
  case risky
  case locked
  case matched, unmatched

  package func holds(_ it: InvoiceStanding, canBeDeducted: Bool) -> Bool {
    switch self {
    case .awaiting: it.isAwaiting
    case .conflict: it.history.isInConflict
    case .red: it.isRed
    case .blue: !it.isRed
    case .blueMissing: it.isRed && !it.hasBlue
    case .posted: it.isPosted
    case .unposted: it.leftToPost.gross != .zero
    case .selected: it.history.selection != nil
    case .deducted: it.isDeducted
    case .undeducted: canBeDeducted && it.selectableTax > .zero
    case .reversed: it.reversal != .none
    case .reversedPart: it.reversal == .part
    case .reversedFull: it.reversal == .full
    case .reversedTooMuch: it.isReversedTooMuch
    case .toReverse: it.hasToReverse
    case .toTransferOut: !it.transfersDue.isEmpty
    case .verified: it.history.verification?.word == .genuine
    case .unverified: it.history.verification == nil
    case .refuted: it.history.verification.map { $0.word != .genuine } ?? false
    case .risky: it.history.risk.map { $0.word != .normal } ?? false
    case .locked: it.history.lock?.word == .locked
    case .matched: !it.history.matches.isEmpty
    case .unmatched: it.history.matches.isEmpty
    }
  }
}

/// 入账 in one word.
package enum PostingState: String, Sendable, CaseIterable {
  case unposted, posted
  case toReverse = "to_reverse"
  /// There is nothing to post: reds took it back before, or it takes back what was not posted.
  case nothing

  package init(_ it: InvoiceStanding) {
    self =
      it.hasToReverse
      ? .toReverse
      : it.isPosted ? .posted : it.isAwaiting || it.leftToPost.gross != .zero ? .unposted : .nothing
  }

  package var zh: String {
    switch self {
    case .unposted: "未入账"
    case .posted: "已入账"
    case .toReverse: "待冲销"
    case .nothing: "无需入账"
    }
  }
}

/// 抵扣 in one word.
package enum DeductionState: String, Sendable, CaseIterable {
  case none, selected, deducted
  case toTransferOut = "to_transfer_out"

  package init(_ it: InvoiceStanding) {
    self =
      !it.transfersDue.isEmpty
      ? .toTransferOut
      : it.isDeducted ? .deducted : it.history.selection != nil ? .selected : .none
  }

  package var zh: String {
    switch self {
    case .none: "未抵扣"
    case .selected: "已勾选"
    case .deducted: "已抵扣"
    case .toTransferOut: "待转出"
    }
  }
}
