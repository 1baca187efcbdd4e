/// Days on which an overdue charge bears the same.
package struct LateFeeSpan: Sendable, Equatable {
  package var days: Period
  /// What is open when each of the days begins.
  package var open: Money
  /// A day, in ‰.
  package var ratePermille: Fixed

  /// Billionths of a fen: fen × millionths of a ‰ × days.
  var billionths: Int128? {
    let (daily, overflow) = Int128(open.fen)
      .multipliedReportingOverflow(by: Int128(ratePermille.millionths))
    let (product, tooLarge) = daily.multipliedReportingOverflow(by: Int128(days.days))
    return overflow || tooLarge ? nil : product
  }

  static let billion: Int128 = 1_000_000_000
}

/// A row of late fee (违约金) that a charge should have: dated the last day of its period, and
/// known by the first.
package struct LateFeePosting: Sendable, Equatable {
  /// The days from the last posting day to this one, whether or not each of them bears something.
  package var period: Period
  /// With tax, like the charge that it is on; above zero.
  package var amount: Money
  /// The days that bear something, in order.
  package var spans: [LateFeeSpan]
  /// What the spans come to, rounded, before cap and waiver.
  package var accrued: Money
  /// In percent of the charge, where the cap makes the amount smaller.
  package var cap: Fixed?
  /// What of the amount was waived (减免).
  package var waived: Money

  /// The day that the row is dated.
  package var postedOn: CivilDate { period.to }
}

extension Explanation {
  /// `35,000.00 × 0.5‰ × 26 日 = 455.00`, and where they count, the cap, what was waived, and that
  /// all rows of a charge together are rounded once.
  package static func text(_ posting: LateFeePosting, _ language: Language) -> String {
    let zh = language == .zh
    var text = posting.spans.map { span in
      let days = span.days.days
      let unit = zh ? "日" : days == 1 ? "day" : "days"
      return "\(span.open.grouped) × \(span.ratePermille)‰ × \(days) \(unit)"
        + (zh ? "（\(span.days)）" : " (\(span.days))")
    }.joined(separator: " + ")
    text += " = \(posting.accrued.grouped)"
    if posting.amount == posting.accrued { return text }
    var reasons: [String] = []
    if let cap = posting.cap { reasons.append(zh ? "封顶 \(cap)%" : "capped at \(cap)%") }
    if posting.waived != .zero {
      reasons.append(
        zh ? "减免 \(posting.waived.grouped)" : "\(posting.waived.grouped) waived")
    }
    if reasons.isEmpty { reasons.append(zh ? "累计取整" : "rounded with the days before") }
    return zh
      ? text + "，计 \(posting.amount.grouped)（\(reasons.joined(separator: "，"))）"
      : text + ", charged \(posting.amount.grouped) (\(reasons.joined(separator: ", ")))"
  }
}
