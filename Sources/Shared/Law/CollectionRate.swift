/// How much of what fell due in a month was collected (收缴率), and how much of what was overdue when the
/// month began was recovered in it (清欠率).
package struct CollectionRate: Sendable, Equatable {
  package var month: CivilMonth
  /// Charges due in the month, less what credit notes settled of them.
  package var due = Money.zero
  /// What of them was paid, until the day as of which is asked.
  package var collected = Money.zero
  /// What was open when the month began of charges due before; what was taken back or billed in the
  /// month with an earlier due day is among it.
  package var arrears = Money.zero
  /// What of it was paid in the month.
  package var recovered = Money.zero

  /// In percent, two places half up; nil where nothing was due.
  package func rate() throws(ValueError) -> Fixed? { try collected.percent(of: due) }

  package func recoveryRate() throws(ValueError) -> Fixed? { try recovered.percent(of: arrears) }
}

extension CollectionRate {
  /// Something that was booked about charges that fall due in one month, of one place: all of a kind
  /// and a month in one sum.
  package struct Movement: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case charged, collected, netted
      case writtenOff = "written_off"
    }

    package var kind: Kind
    package var dueIn: CivilMonth
    package var bookedIn: CivilMonth
    /// Where it takes back something, the month in which that was booked.
    package var undoes: CivilMonth?
    /// Whether the charges were brought over from the old books: they are arrears from the start.
    package var isOpening: Bool
    /// Below zero only where something is taken back.
    package var amount: Money

    package init(
      _ kind: Kind, _ amount: Money, dueIn: CivilMonth, bookedIn: CivilMonth,
      undoes: CivilMonth? = nil, isOpening: Bool = false
    ) {
      self.kind = kind
      self.dueIn = dueIn
      self.bookedIn = bookedIn
      self.undoes = undoes
      self.isOpening = isOpening
      self.amount = amount
    }
  }

  /// - Parameter movements: of one place, in any order.
  /// - Returns: a row for each month, to the last one, in which something was due or overdue.
  package static func rates(
    of movements: [Movement], through last: CivilMonth
  ) throws(ValueError) -> [CollectionRate] {
    guard let first = movements.map({ min($0.dueIn, $0.bookedIn) }).min(), first <= last else {
      return []
    }
    var rates: [CollectionRate] = []
    for number in first.number...last.number {
      var rate = CollectionRate(month: CivilMonth(number: number))
      for movement in movements { try rate.add(movement) }
      if rate != CollectionRate(month: rate.month) { rates.append(rate) }
    }
    return rates
  }

  private mutating func add(_ movement: Movement) throws(ValueError) {
    if movement.isOpening ? movement.dueIn <= month : movement.dueIn < month {
      try addToArrears(movement)
    } else if movement.dueIn == month {
      switch movement.kind {
      case .charged: due = try due + movement.amount
      case .netted: due = try due - movement.amount
      case .collected: collected = try collected + movement.amount
      case .writtenOff: break
      }
    }
  }

  private mutating func addToArrears(_ movement: Movement) throws(ValueError) {
    guard movement.bookedIn <= month else { return }
    // What was settled before and is open again was open when the month began.
    let isBefore = (movement.undoes ?? movement.bookedIn) < month
    switch movement.kind {
    case .charged: arrears = try arrears + movement.amount
    case .netted: arrears = try arrears - movement.amount
    case .collected where isBefore, .writtenOff where isBefore:
      arrears = try arrears - movement.amount
    case .collected: recovered = try recovered + movement.amount
    case .writtenOff: break
    }
  }
}
