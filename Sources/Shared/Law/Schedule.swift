/// The periods of a term and the days on which they are due and billed. Period `index` is computed
/// from the anchor every time, never from the period before, so that billing day 31 never drifts.
struct Schedule {
  let term: LeaseTerm
  /// The term's first and last day.
  let days: Period
  /// The month of the first calendar block (anchor `calendar` only).
  private let firstBlock: CivilMonth

  init(_ term: LeaseTerm, days: Period) {
    self.term = term
    self.days = days
    let month = days.from.month
    firstBlock = month.adding(-((month.month - 1) % term.cycleMonths))
  }

  /// The whole period, before it is cut at the term's first and last day.
  private func whole(_ index: Int) -> Period {
    let months = index * term.cycleMonths
    switch term.anchor {
    case .calendar:
      let block = firstBlock.adding(months)
      return Period(block.first, block.adding(term.cycleMonths).first.previous)
    case .start:
      return Period(
        days.from.adding(months: months),
        days.from.adding(months: months + term.cycleMonths).previous)
    }
  }

  /// The period cut at the term's days; nil after the last one.
  func period(_ index: Int) -> Period? {
    whole(index).intersection(days)
  }

  /// The month slices of a period, whole (before they are cut): calendar months, or anniversary
  /// months for anchor `start`.
  func slices(of index: Int) -> [Period] {
    let first = index * term.cycleMonths
    return (first..<first + term.cycleMonths).map { month in
      switch term.anchor {
      case .calendar:
        let month = firstBlock.adding(month)
        return Period(month.first, month.last)
      case .start:
        return Period(
          days.from.adding(months: month), days.from.adding(months: month + 1).previous)
      }
    }
  }

  func dueOn(_ period: Period, index: Int) -> CivilDate {
    if index == 0, let first = term.firstDueOn { return first }
    return dueOn(base: base(period))
  }

  /// The day that a due rule counts from.
  private func base(_ period: Period) -> CivilDate {
    term.timing == .advance ? period.from : period.to.next
  }

  func dueOn(base: CivilDate) -> CivilDate {
    if let day = term.dueDay {
      if let month = term.dueMonth {
        return base.month.adding(month.offset).day(clamped: day)
      }
      let sameMonth = base.month.day(clamped: day)
      return sameMonth >= base ? sameMonth : base.month.adding(1).day(clamped: day)
    }
    return base.adding(days: term.dueDays ?? 0)
  }

  /// The first period after the very first one that may fall due on or after `day`: those between
  /// fall due before, and a search need not see each month of a lease of twenty years.
  func firstIndex(dueFrom day: CivilDate) -> Int {
    // No period is due later than so many days after its last.
    let latest = 1 + (term.dueDay != nil ? 62 : term.dueDays ?? 0)
    let month = day.adding(days: -latest).month
    let first = term.anchor == .calendar ? firstBlock : days.from.month
    // A period that begins with the anniversary ends in the month in which the next one begins.
    return max(1, (Int(month.number - first.number) - 1) / term.cycleMonths)
  }

  /// No period that starts on or after `start` is billed before this day. Later periods' bounds
  /// are later, so a search may stop at the first bound that is too late.
  func earliestBillOn(from start: CivilDate) -> CivilDate {
    let shift =
      if term.dueDay != nil {
        term.dueMonth == .previous ? -62 : (term.dueMonth == .same ? -31 : 0)
      } else { term.dueDays ?? 0 }
    return start.adding(days: shift - term.leadDays)
  }

  /// No period that a scope asks for ends after this day: how far a price path is expanded.
  func latestDay(asked scope: Billing.Scope, _ source: String) -> CivilDate {
    let latestBilled = scope.asOf.adding(days: term.leadDays + max(0, -(term.dueDays ?? 0)) + 62)
    return max(latestBilled, scope.recordedThrough[source] ?? scope.asOf)
      .adding(months: term.cycleMonths + 1)
  }
}
