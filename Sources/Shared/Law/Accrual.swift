/// A row to be booked: what a month of a group is worth more (or less) than the books have.
package struct Accrual: Sendable {
  /// Charges earned, and straight-line income above them.
  package struct Sums: Sendable, Equatable {
    package var earned = Money.zero
    package var straight = Money.zero
    /// What of `earned` the old books billed (期初已开); below zero what is billed here and was earned
    /// there.
    package var brought = Money.zero

    package init() {}

    init(earned: Money, straight: Money, brought: Money) {
      self.earned = earned
      self.straight = straight
      self.brought = brought
    }

    /// Earned and straight together.
    package func income() throws(ValueError) -> Money { try earned + straight }

    package mutating func add(_ other: Sums) throws(ValueError) {
      earned = try earned + other.earned
      straight = try straight + other.straight
      brought = try brought + other.brought
    }

    static func - (a: Sums, b: Sums) throws(ValueError) -> Sums {
      Sums(
        earned: try a.earned - b.earned, straight: try a.straight - b.straight,
        brought: try a.brought - b.brought)
    }
  }

  let path: RevenueRecognition.Path
  package let month: CivilMonth
  package let revision: Int64
  /// What the row books.
  package let missing: Sums
  /// What the month should have.
  package let wanted: Sums
  /// What it has.
  package let booked: Sums
  /// What was recognized in the months before it.
  let before: Sums

  package var group: RevenueRecognition.Group { path.group }

  /// The sentence of an accountant:
  /// `租金净额合计 1,200,000.00 ÷ 24 个月 = 50,000.00/月；合同应计 0.00，直线法差额 50,000.00`.
  package func explanation(_ language: Language) throws(ValueError) -> String {
    let zh = language == .zh
    var text = ""
    if let line = path.line {
      text = try spread(line, zh)
      text +=
        zh
        ? "；合同应计 \(wanted.earned.grouped)，直线法差额 \(wanted.straight.grouped)"
        : "; charged for the month \(wanted.earned.grouped), "
          + "difference \(wanted.straight.grouped)"
    } else {
      text = try parts(zh)
    }
    if wanted.brought != .zero {
      if !text.isEmpty { text += zh ? "；" : "; " }
      text +=
        zh
        ? "期初已开 \(wanted.brought.grouped)"
        : "billed before the start \(wanted.brought.grouped)"
    }
    if booked != Sums() {
      let (income, difference) = (try booked.income(), try missing.income())
      text +=
        zh
        ? "；已确认 \(income.grouped)，本次 \(difference.grouped)"
        : "; recognized \(income.grouped), now \(difference.grouped)"
    }
    return text
  }

  private func spread(_ line: StraightLine, _ zh: Bool) throws(ValueError) -> String {
    let left = try path.left(before)
    let income = try wanted.income().grouped
    var text = zh ? "租金净额合计 \(path.total.grouped)" : "net rent \(path.total.grouped)"
    let recognized = try path.total - left
    if recognized != .zero {
      text +=
        zh
        ? " − 已确认 \(recognized.grouped) = \(left.grouped)"
        : " − recognized \(recognized.grouped) = \(left.grouped)"
    }
    if month < line.days.from.month {
      return zh
        ? text + "，\(line.days.from) 起确认" : text + ", recognized from \(line.days.from)"
    }
    if month == line.days.to.month {
      return zh ? text + "，末月确认余额" : text + ", the last month takes the rest"
    }
    if month > line.days.to.month {
      return zh ? text + "，余额一次确认" : text + ", the rest at once"
    }
    let (share, rest) = (line.share(of: month), line.left(from: month))
    text += zh ? " ÷ \(rest) 个月" : " ÷ \(rest) months"
    if share.part > 0 {
      return text + (zh ? " × \(share) 个月 = \(income)" : " × \(share) = \(income)")
    }
    return text + (zh ? " = \(income)/月" : " = \(income) a month")
  }

  /// The charges that are earned in the month, by days.
  private func parts(_ zh: Bool) throws(ValueError) -> String {
    var sentences: [String] = []
    var sum = Money.zero
    var count = 0
    for earning in path.earnings {
      let now =
        try earning.earned(through: month.last) - earning.earned(through: month.first.previous)
      if now == .zero { continue }
      sum = try sum + now
      count += 1
      if sentences.count < 3 { sentences.append(earning.sentence(now, in: month, zh)) }
    }
    if count > sentences.count {
      sentences.append(zh ? "等 \(count) 笔，合计 \(sum.grouped)" : "\(count) in all, \(sum.grouped)")
    }
    let late = try wanted.earned - sum
    if late != .zero {
      sentences.append(zh ? "以前月份 \(late.grouped)" : "of months before \(late.grouped)")
    }
    if wanted.straight != .zero {
      sentences.append(
        zh
          ? "冲回直线法差额 \(wanted.straight.grouped)"
          : "difference taken back \(wanted.straight.grouped)")
    }
    return sentences.joined(separator: zh ? "；" : "; ")
  }
}

extension Earning {
  /// `L2 [2026-10-01…2026-12-31] 30,000.00 × 31/92 日 = 10,108.70`.
  fileprivate func sentence(_ now: Money, in month: CivilMonth, _ zh: Bool) -> String {
    let text = "\(source) [\(days)] \(net.grouped)"
    guard !isEarnedAtEnd,
      let its = Period(month.first, month.last).intersection(days), its != days
    else { return text }
    return text + " × \(its.days)/\(days.days) \(zh ? "日" : "days") = \(now.grouped)"
  }
}
