/// The methods whose amounts arise from facts that come in: reports, readings, divided costs.
extension Billing {
  /// The excess of every reported month over its guarantee, and the settlement of every lease year
  /// that is wholly reported.
  func addTurnover(
    _ term: LeaseTerm, _ scope: Scope, to result: inout Result
  ) throws(ValueError) {
    guard let days = lease.days(of: term) else { return }
    let rent = try TurnoverRent(term, in: lease, days: days)
    let schedule = Schedule(term, days: days)
    let source = "L\(term.line)"
    for (its, report) in rent.reported {
      let dueOn = schedule.dueOn(base: its.to.next, reports: [report])
      let billOn = dueOn.adding(days: -term.leadDays)
      guard
        isWanted(
          billOn: billOn, dueOn: dueOn, start: its.from, source: source, scope, &result)
      else { continue }
      let month = try rent.month(report, days: its)
      let charge = try charge(
        term, kind: .turnover, source: source, period: its, billOn: billOn, dueOn: dueOn,
        rounded: try month.excess(term.rounding), basis: .turnover(month))
      if charge.amounts != .zero { result.charges.append(charge) }
    }
    guard term.settlesYear else { return }
    // A source of its own: the year begins where its first month does.
    let yearSource = "Y\(term.line)"
    for (its, reports) in rent.reportedYears {
      let dueOn = schedule.dueOn(base: its.to.next, reports: reports)
      let billOn = dueOn.adding(days: -term.leadDays)
      guard
        isWanted(
          billOn: billOn, dueOn: dueOn, start: its.from, source: yearSource, scope, &result)
      else { continue }
      let year = try rent.year(its, reports)
      let charge = try charge(
        term, kind: .turnover, source: yearSource, period: its, billOn: billOn, dueOn: dueOn,
        rounded: try year.settlement(), basis: .leaseYear(year))
      if charge.amounts != .zero { result.charges.append(charge) }
    }
  }

  /// A charge for each meter and day on which it was read. What a reading before the system starts
  /// closes was billed elsewhere, but counts for the tiers.
  func addMetered(
    _ term: LeaseTerm, _ metering: Metering, _ scope: Scope, to result: inout Result
  ) throws(ValueError) {
    // The term's own days do not bound it: the installs do.
    let schedule = Schedule(term, days: Period(lease.startOn, max(lease.startOn, lease.lastDay)))
    for bill in try metering.bills(line: term.line) {
      if let billingFrom, bill.days.to < billingFrom { continue }
      let source = "M\(bill.meterNo)"
      let dueOn = schedule.dueOn(base: bill.days.to.next)
      let billOn = dueOn.adding(days: -term.leadDays)
      guard
        isWanted(
          billOn: billOn, dueOn: dueOn, start: bill.days.from, source: source, scope, &result)
      else { continue }
      let charge = try charge(
        term, kind: .metered, source: source, period: bill.days, billOn: billOn, dueOn: dueOn,
        rounded: try bill.amount().rounded(to: term.rounding), basis: .metered(bill))
      if lease.isFromBooks && bill.isHeld {
        result.held.append(charge)
      } else if charge.amounts != .zero {
        result.charges.append(charge)
      }
    }
  }

  /// What the contract bears of the pools that have been divided, by the line that took part.
  func addShares(
    _ term: LeaseTerm, _ scope: Scope, to result: inout Result
  ) throws(ValueError) {
    for share in lease.shares where share.line == term.line {
      let source = "P\(share.poolNo)"
      let period = Period(share.month.first, share.month.last)
      guard let (dueOn, billOn) = lease.shareDays(line: term.line, month: share.month),
        isWanted(
          billOn: billOn, dueOn: dueOn, start: period.from, source: source, scope, &result)
      else { continue }
      let charge = try charge(
        term, kind: .share, source: source, period: period, billOn: billOn, dueOn: dueOn,
        rounded: try Exact(share.amount.fen, over: 100).rounded(to: term.rounding),
        basis: .share(share))
      if charge.amounts != .zero { result.charges.append(charge) }
    }
  }
}

extension Lease {
  /// When a share of a month's cost is due and billed by a line; nil if there is no such line.
  package func shareDays(
    line: Int, month: CivilMonth
  ) -> (dueOn: CivilDate, billOn: CivilDate)? {
    guard let term = terms.first(where: { $0.line == line }) else { return nil }
    let dueOn = Schedule(term, days: Period(month.first, month.last))
      .dueOn(base: month.adding(1).first)
    return (dueOn, dueOn.adding(days: -term.leadDays))
  }
}

extension Schedule {
  /// By the term's rule from the base date, and no earlier than by the rule from each day on which
  /// something was reported.
  func dueOn(base: CivilDate, reports: [TurnoverReport]) -> CivilDate {
    reports.reduce(dueOn(base: base)) { due, report in
      report.reportedOn.map { max(due, dueOn(base: $0)) } ?? due
    }
  }
}

extension Charge {
  /// The order within a line.
  func precedes(_ other: Charge) -> Bool {
    (period.from, kind.rawValue, source) < (other.period.from, other.kind.rawValue, other.source)
  }
}
