import Shared

/// Wanted minus asked for. What is worth more than was asked for is asked for; what is worth less is
/// taken back: a request that nobody outside has seen is withdrawn and asked for anew, of one that is
/// exported or issued a red request takes back the difference.
struct IssuePlan: Sendable {
  struct Withdrawal: Hashable, Sendable {
    var request: Int64
    var reason: Phrase
  }

  /// What a red request takes back of a charge on a blue one.
  struct RedPart: Hashable, Sendable {
    var blue: Int64
    var charge: Int64
    /// Above zero.
    var amounts: Amounts
    var reason: RedReason
  }

  struct BluePart: Hashable, Sendable {
    var charge: Int64
    var amounts: Amounts
  }

  private(set) var withdrawals: [Withdrawal] = []
  private(set) var reds: [RedPart] = []
  private(set) var blues: [BluePart] = []
  /// Charges that are not asked for yet, by why.
  private(set) var waiting: [IssueCharge.Wait: Int] = [:]
  /// Charges that are worth less than nothing, and have no invoice of their own.
  private(set) var belowZero: [Int64] = []

  /// All requests, the oldest first; those that are withdrawn here stand no more.
  private let requests: [AskedRequest]
  private var stands: [Bool]
  /// The places of the requests in which a charge is, and of the red ones of a blue one.
  private var places: [Int64: [Int]] = [:]
  private var redPlaces: [Int64: [Int]] = [:]

  /// - Parameters:
  ///   - requests: all that stand of these charges.
  ///   - changed: open requests that would be written differently today, and why.
  init(
    _ charges: [IssueCharge], _ requests: [AskedRequest], changed: [Withdrawal]
  ) throws(ValueError) {
    let requests = requests.sorted { $0.id < $1.id }
    self.requests = requests
    stands = requests.map { _ in true }
    for (place, request) in requests.enumerated() {
      for charge in Set(request.parts.map(\.charge)) { places[charge, default: []].append(place) }
      if let blue = request.blueID { redPlaces[blue, default: []].append(place) }
    }
    withdraw(changed)
    while try withdrawOverruled(charges) {}
    for charge in charges {
      try takeBack(charge)
      try ask(charge)
    }
  }

  // MARK: What is asked for

  private func standing(_ places: [Int]?) -> [AskedRequest] {
    (places ?? []).filter { stands[$0] }.map { requests[$0] }
  }

  /// Blue less red of a charge.
  private func asked(_ charge: Int64) throws(ValueError) -> Amounts {
    var sum = Amounts.zero
    for request in standing(places[charge]) {
      for part in request.parts where part.charge == charge { sum = try sum + part.amounts }
    }
    return sum
  }

  /// A line of a blue request, and what of the charge is left on it.
  private struct Left {
    var blue: AskedRequest
    var part: AskedRequest.Part
    var amounts: Amounts
    /// Whether it was asked for at another rate than the charge has.
    var isWrong: Bool
  }

  /// The newest first, those at a wrong rate before all others.
  private func left(of charge: IssueCharge) throws(ValueError) -> [Left] {
    var found: [Left] = []
    for blue in standing(places[charge.id]).reversed() where !blue.isRed {
      let reds = standing(redPlaces[blue.id])
      for part in blue.parts where part.charge == charge.id {
        var amounts = part.amounts
        for red in reds {
          for back in red.parts where back.charge == charge.id {
            amounts = try amounts + back.amounts
          }
        }
        if amounts.amount == .zero { continue }
        found.append(
          Left(
            blue: blue, part: part, amounts: amounts, isWrong: part.taxRate != charge.taxRate))
      }
    }
    return found.filter(\.isWrong) + found.filter { !$0.isWrong }
  }

  /// How much has to be taken back: what was asked for at a wrong rate, and what is asked for beyond
  /// the worth.
  private func excess(_ charge: IssueCharge, _ left: [Left]) throws(ValueError) -> Money {
    var wrong = Money.zero
    var right = Money.zero
    for line in left {
      if line.isWrong {
        wrong = try wrong + line.amounts.amount
      } else {
        right = try right + line.amounts.amount
      }
    }
    return try wrong + max(.zero, right - max(.zero, charge.worth.amount))
  }

  // MARK: Withdrawing

  private mutating func withdraw(_ all: [Withdrawal]) {
    for withdrawal in all {
      // What takes it back goes first.
      let reds = redPlaces[withdrawal.request] ?? []
      for place in reds + requests.indices(of: withdrawal.request) where stands[place] {
        stands[place] = false
        withdrawals.append(
          Withdrawal(request: requests[place].id, reason: withdrawal.reason))
      }
    }
  }

  /// Withdraws open requests that the charges have overtaken.
  /// - Returns: whether there were any: what else was on them has to be looked at again.
  private mutating func withdrawOverruled(_ charges: [IssueCharge]) throws(ValueError) -> Bool {
    let before = withdrawals.count
    for charge in charges {
      let left = try left(of: charge)
      let isTooMuch = try excess(charge, left) > .zero
      for line in left where line.blue.isOpen {
        // A blue one that came back from the bureau while a red one waited for it is outdated, too.
        if isTooMuch || !standing(redPlaces[line.blue.id]).isEmpty {
          withdraw([
            Withdrawal(
              request: line.blue.id,
              reason: Phrase("its charges are worth something else", "费用金额已变更，撤回后重新申请"))
          ])
        }
      }
      let asked = try asked(charge.id).amount
      if !isTooMuch, asked < charge.worth.amount {
        // One that takes back another rate stays, whether or not the new one can be asked for.
        for red in standing(places[charge.id])
        where red.isRed && red.isOpen && !red.byHand
          && red.parts.contains(where: { $0.charge == charge.id && $0.taxRate == charge.taxRate })
        {
          withdraw([
            Withdrawal(
              request: red.id,
              reason: Phrase("its charges are worth more again", "费用金额已恢复，不再冲红"))
          ])
        }
      }
    }
    return withdrawals.count > before
  }

  // MARK: Asking

  private mutating func takeBack(_ charge: IssueCharge) throws(ValueError) {
    let left = try left(of: charge)
    var rest = try excess(charge, left)
    var exact = try asked(charge.id) - charge.worth
    for line in left where rest > .zero {
      let gross = min(rest, line.amounts.amount)
      // All that is left, to the fen; else what the books say the difference is, where that is it.
      let amounts: Amounts =
        if gross == line.amounts.amount {
          line.amounts
        } else if gross == exact.amount {
          exact
        } else {
          try Amounts(gross: gross, rate: line.part.taxRate)
        }
      reds.append(
        RedPart(
          blue: line.blue.id, charge: charge.id, amounts: amounts,
          reason: line.isWrong ? .mistake : charge.redReason))
      rest = try rest - gross
      exact = try exact - amounts
    }
  }

  private mutating func ask(_ charge: IssueCharge) throws(ValueError) {
    if charge.worth.amount < .zero {
      belowZero.append(charge.id)
      return
    }
    var asked = try asked(charge.id)
    for red in reds where red.charge == charge.id { asked = try asked - red.amounts }
    let missing = try charge.wanted.amount - asked.amount
    guard missing > .zero else { return }
    if let wait = charge.waits {
      waiting[wait, default: 0] += 1
      return
    }
    let amounts =
      charge.wanted == charge.worth
      ? try charge.worth - asked : try Amounts(gross: missing, rate: charge.taxRate)
    blues.append(BluePart(charge: charge.id, amounts: amounts))
  }
}

extension [AskedRequest] {
  /// The place of a request in the order of their ids; none where it is not here.
  fileprivate func indices(of id: Int64) -> [Int] {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].id == id ? [low] : []
  }
}
