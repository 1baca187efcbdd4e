import GRDB

/// What of a charge is open, or of money is left, on a day and ever since. What is decided today for
/// an earlier day must not take what was there only later, nor what is gone meanwhile: then no balance
/// of a day in between falls below zero.
package final class StandingBalance {
  package enum Subject {
    /// A row of the ledger of charges above zero.
    case charge(Int64)
    /// One below zero: what of it is still owed to the tenant.
    case creditNote(Int64)
    case payment(String)
    /// A row of the opening balances that was prepaid.
    case prepaid(Int64)
  }

  private let ofCharge: SQLStatement
  private let ofPayment: SQLStatement
  private let ofPrepaid: SQLStatement

  package init(_ db: Database) throws {
    func movements(_ view: String, _ key: String) throws -> SQLStatement {
      try SQLStatement(
        db,
        """
        SELECT booked_on, sum(amount_fen) FROM \(view) WHERE \(key) = ?
        GROUP BY booked_on ORDER BY booked_on
        """)
    }
    ofCharge = try movements("charge_movement", "charge_id")
    ofPayment = try movements("money_movement", "payment_no")
    ofPrepaid = try movements("money_movement", "opening_id")
  }

  /// The least that is open or left from the end of the day on; not below zero.
  package func amount(of subject: Subject, from day: CivilDate) throws -> Money {
    let rows: SQLStatement
    var isOwed = false
    switch subject {
    case .charge(let id):
      rows = ofCharge
      rows.bind(1, id)
    case .creditNote(let id):
      isOwed = true
      rows = ofCharge
      rows.bind(1, id)
    case .payment(let no):
      rows = ofPayment
      rows.bind(1, no)
    case .prepaid(let id):
      rows = ofPrepaid
      rows.bind(1, id)
    }
    defer { rows.reset() }
    var balance = Money.zero
    var least: Money?
    while try rows.step() {
      // Before the first movement of a later day, the balance is that with which the day ends.
      if try rows.date(0) > day { least = min(least ?? balance, balance) }
      balance = isOwed ? try balance - rows.money(1) : try balance + rows.money(1)
    }
    return max(.zero, min(least ?? balance, balance))
  }
}
