import Shared

/// The month of tax whose return comes next: it is due within fifteen days after the month; where holidays
/// push the day, the tax bureau names a later one.
struct TaxPeriod: Equatable, Sendable {
  static let dueDay = 15

  let month: CivilMonth
  let dueOn: CivilDate

  init(openOn day: CivilDate) {
    let due = day.parts.day <= TaxPeriod.dueDay ? day.month : day.month.adding(1)
    month = due.adding(-1)
    dueOn = due.day(clamped: TaxPeriod.dueDay)
  }
}
