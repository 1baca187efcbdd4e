/// How a tenant has paid in the last twelve months (信用), and the grade that follows from it.
///
/// Every fen of a charge was paid on time, paid late, written off or is open; a day on which the bill
/// was on hold is nobody's delay.
package struct TenantStanding: Sendable, Equatable {
  /// Charges whose due day passed in the window.
  package var charges = 0
  package var due = Money.zero
  package var onTime = Money.zero
  package var late = Money.zero
  /// What is open of the charges of the window and on hold: neither paid nor refused.
  package var held = Money.zero
  /// By the amount, in days to one place; what is overdue counts to the day. Nil: nothing was due.
  package var averageDaysLate: Fixed?
  package var longestDaysLate = 0
  /// What is open past its due day and not on hold, of charges of any age.
  package var overdue = Money.zero
  package var overdueDays = 0
  /// Of charges of any age.
  package var writtenOff = Money.zero
}

extension TenantStanding {
  /// A charge that was asked for, neither a deposit nor a late fee.
  package struct Debt: Sendable {
    /// The later of the due day and the day of the bill: nobody pays before being asked.
    package var dueOn: CivilDate
    /// Less what credit notes settled of it.
    package var amount: Money
    /// In any order; those of one day and the opposite amount are as if they had never been.
    package var payments: [(on: CivilDate, amount: Money)]
    package var writtenOff: Money
    /// Days on hold (争议挂起).
    package var holds: [Period]

    package init(
      dueOn: CivilDate, amount: Money, payments: [(on: CivilDate, amount: Money)] = [],
      writtenOff: Money = .zero, holds: [Period] = []
    ) {
      self.dueOn = dueOn
      self.amount = amount
      self.payments = payments
      self.writtenOff = writtenOff
      self.holds = holds
    }

    func paidByDay() throws(ValueError) -> [CivilDate: Money] {
      var paid: [CivilDate: Money] = [:]
      for payment in payments {
        paid[payment.on] = try (paid[payment.on] ?? .zero) + payment.amount
      }
      return paid
    }

    /// The days after the due day to a day, without those on hold.
    func daysLate(on day: CivilDate) -> Int {
      guard day > dueOn else { return 0 }
      let late = Period(dueOn.next, day)
      return late.days - holds.reduce(0) { $0 + ($1.intersection(late)?.days ?? 0) }
    }
  }

  /// The first day of the window that ends with a day.
  package static func first(of day: CivilDate) -> CivilDate { day.adding(months: -12).next }

  /// - Parameter debts: those of one tenant whose due day is in the window, and older ones of which
  ///   something is open or written off.
  package init(_ debts: [Debt], asOf day: CivilDate) throws(ValueError) {
    let first = TenantStanding.first(of: day)
    // Fen × days.
    var weight: Int128 = 0
    for debt in debts where debt.dueOn < day {
      let isInWindow = debt.dueOn >= first
      var open = try debt.amount - debt.writtenOff
      for (on, amount) in try debt.paidByDay() where amount != .zero {
        open = try open - amount
        guard isInWindow else { continue }
        let days = debt.daysLate(on: on)
        if days > 0 { late = try late + amount } else { onTime = try onTime + amount }
        weight += Int128(amount.fen) * Int128(days)
        longestDaysLate = max(longestDaysLate, days)
      }
      writtenOff = try writtenOff + debt.writtenOff
      let isHeld = debt.holds.contains { $0.contains(day) }
      if open > .zero, !isHeld {
        let days = debt.daysLate(on: day)
        overdue = try overdue + open
        overdueDays = max(overdueDays, days)
        if isInWindow { weight += Int128(open.fen) * Int128(days) }
      }
      if isInWindow, debt.amount > .zero {
        charges += 1
        due = try due + debt.amount
        if isHeld { held = try held + open }
      }
    }
    longestDaysLate = max(longestDaysLate, overdueDays)
    if due > .zero {
      let tenths = try roundHalfUp(weight * 10, over: Int128(due.fen))
      averageDaysLate = Fixed(millionths: tenths * (Fixed.one / 10))
    }
  }

  /// What was paid on time in percent of what was due and not on hold.
  package func onTimePercent() throws(ValueError) -> Fixed? { try onTime.percent(of: due - held) }
}

extension TenantStanding {
  package enum Grade: String, Sendable, CaseIterable {
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"
  }

  /// What a grade bears at most; who goes beyond it in anything has the next one.
  struct Limit {
    var grade: Grade
    /// How long something may be overdue on the day.
    var overdueDays: Int
    /// How late something of the window may have been paid.
    var longestDaysLate: Int
    /// At least so much paid on time, in percent.
    var onTimePercent: Int64
  }

  static let limits = [
    Limit(grade: .a, overdueDays: 0, longestDaysLate: 30, onTimePercent: 95),
    Limit(grade: .b, overdueDays: 30, longestDaysLate: 90, onTimePercent: 80),
    Limit(grade: .c, overdueDays: 90, longestDaysLate: .max, onTimePercent: 0),
  ]

  /// The grade, and why it is no better; no grade where nothing was due.
  package func grade() throws(ValueError) -> (grade: Grade?, why: Phrase) {
    if writtenOff > .zero {
      return (
        .d, Phrase("\(writtenOff.grouped) was written off", "有坏账核销 \(writtenOff.grouped)")
      )
    }
    let onTime = try onTimePercent()
    if onTime == nil, overdue == .zero {
      return (nil, Phrase("nothing was due in the last twelve months", "近十二个月无到期应收"))
    }
    var why = Phrase(
      "\(text(onTime)) of what was due was paid on time, nothing is overdue",
      "按期付款比例 \(text(onTime))，无逾期")
    for limit in TenantStanding.limits {
      let reasons = reasons(beyond: limit, onTime)
      guard let first = reasons.first else { return (limit.grade, why) }
      why = reasons.dropFirst().reduce(first) {
        Phrase("\($0.en); \($1.en)", "\($0.zh)；\($1.zh)")
      }
    }
    return (.d, why)
  }

  private func reasons(beyond limit: Limit, _ onTime: Fixed?) -> [Phrase] {
    var reasons: [Phrase] = []
    if overdueDays > limit.overdueDays {
      reasons.append(
        Phrase(
          "\(overdue.grouped) is overdue, for up to \(overdueDays) days",
          "逾期未付 \(overdue.grouped)，最长 \(overdueDays) 天"))
    }
    if longestDaysLate > limit.longestDaysLate, longestDaysLate > overdueDays {
      reasons.append(
        Phrase("paid up to \(longestDaysLate) days late", "最长迟付 \(longestDaysLate) 天"))
    }
    if let onTime, onTime.millionths < limit.onTimePercent * Fixed.one {
      reasons.append(
        onTime <= .zero
          ? Phrase("nothing was paid on time", "无按期付款")
          : Phrase("only \(text(onTime)) was paid on time", "按期付款比例仅 \(text(onTime))"))
    }
    return reasons
  }

  private func text(_ percent: Fixed?) -> String {
    percent.map { "\($0)%" } ?? "–"
  }
}
