/// A line that is closed and carried on by another from a day on, so that the two together charge
/// what the one would, but for what is changed.
package struct TermSplit: Sendable {
  /// The days that the closed line keeps.
  package let before: Period
  /// The unit price in force on the day; nil where the line has none.
  package let price: Fixed?
  /// Whether the line's escalation, counted from the day, goes on as it did.
  package let keepsEscalation: Bool

  /// - Throws: `amend.once`, `amend.day`, `amend.turnover-month` or `amend.whole-month` where the
  ///   line cannot be divided on that day.
  package init(_ term: LeaseTerm, in lease: Lease, at day: CivilDate) throws(ValueError) {
    guard term.method != .once else {
      throw ValueError(
        "amend.once",
        Phrase(
          "line \(term.line) charges once and has no days to divide",
          "第 \(term.line) 行为一次性条款，没有可拆分的期间"),
        hint: Phrase("change it with boms-import --restate", "请用 boms-import --restate 修改"))
    }
    guard let days = lease.days(of: term), days.from < day, day <= days.to else {
      let days = lease.days(of: term)
      throw ValueError(
        "amend.day",
        Phrase(
          "line \(term.line) charges \(days.map { "\($0)" } ?? "no days"): it cannot be closed the "
            + "day before \(day)",
          "第 \(term.line) 行计费期间为 \(days.map { "\($0)" } ?? "空")，不能在 \(day) 的前一日关闭"),
        hint: Phrase(
          "give a day after its first; a whole line is changed with boms-import --restate",
          "请填写首日之后的日期；整行更正请用 boms-import --restate"))
    }
    if term.method == .turnover, day != day.month.first {
      throw ValueError(
        "amend.turnover-month",
        Phrase(
          "line \(term.line) is a turnover term, which changes with a calendar month: not on \(day)",
          "第 \(term.line) 行为提成条款，只能自月初变更，不能自 \(day)"),
        hint: Phrase("give the first day of a month", "请填写某月第一天"))
    }
    if term.proration == .whole, let months = term.per?.months, months > 0,
      !TermSplit.beginsMonth(term, from: days.from, day)
    {
      throw ValueError(
        "amend.whole-month",
        Phrase(
          "line \(term.line) pays a month begun as a whole: both lines would charge the month of "
            + "\(day)",
          "第 \(term.line) 行不足一月按一月：\(day) 所在月份会被两行重复计费"),
        hint: Phrase(
          "give the first day of one of its months", "请填写其计费月的第一天"))
    }
    before = Period(days.from, day.previous)
    // As if the line went on: it may be closed already.
    var open = term
    open.toOn = nil
    price = try lease.price(of: open, on: day)
    keepsEscalation = TermSplit.isAnniversary(day, of: term.fromOn ?? lease.startOn, term)
  }

  private static func beginsMonth(
    _ term: LeaseTerm, from first: CivilDate, _ day: CivilDate
  ) -> Bool {
    switch term.anchor {
    case .calendar: return day == day.month.first
    case .start:
      let months = Int(day.month.number - first.month.number)
      return first.adding(months: months) == day
    }
  }

  private static func isAnniversary(
    _ day: CivilDate, of first: CivilDate, _ term: LeaseTerm
  ) -> Bool {
    guard let every = term.escalateMonths, term.escalatePercent != nil else { return true }
    let months = Int(day.month.number - first.month.number)
    // A day that the month lacked would be lost for the anniversaries to come.
    return months % every == 0 && day.parts.day == first.parts.day
  }
}
