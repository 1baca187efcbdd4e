import Shared

/// Gives up what is open of a bill, or takes that back.
struct WriteOffRun {
  let billNo: String
  /// Nil: of all items.
  let item: String?
  let asOf: CivilDate
  let reason: String

  struct Outcome {
    var records: [[Cell]] = []
    var amount = Money.zero
    /// What is open of deposits, and stays so.
    var deposit = Money.zero
  }

  /// - Parameter asked: nil: all that is open.
  /// - Throws: `Failure` 66 for a bill or an item that is not known, 65 for a deposit or for more than
  ///   is open.
  func writeOff(_ asked: Money?, _ db: BooksConnection) throws -> Outcome {
    let store = try WriteOffStore(db)
    let charges = try charges(store)
    let debts = charges.filter { !$0.isDeposit }
    let open = try sum(debts.map(\.open))
    var outcome = Outcome(deposit: try sum(charges.filter(\.isDeposit).map(\.open)))
    if debts.isEmpty || (open <= .zero && outcome.deposit > .zero) {
      throw ValueError(
        "write_off.deposit",
        Phrase(
          "only deposits are open on bill '\(billNo)', and a deposit is no debt",
          "账单“\(billNo)”未付的只有押金，押金不是欠款，不能核销"),
        hint: Phrase(
          "a deposit that is not asked for any more: change the contract, or void the bill",
          "不再收取的押金，请变更合同或作废账单"))
    }
    if let asked, asked > open {
      throw ValueError(
        "write_off.exceeds-charge",
        Phrase(
          "of bill '\(billNo)' \(open.grouped) is open on \(asOf) and ever since, less than "
            + asked.grouped,
          "账单“\(billNo)”自 \(asOf) 起始终未付的为 \(open.grouped)，少于 \(asked.grouped)"),
        hint: Phrase(
          "without --amount all that is open is written off", "不带 --amount 时核销全部未付金额"))
    }
    outcome.amount = asked ?? open
    let parts = try InOrder.parts(of: outcome.amount, from: debts.map(\.open))
    let last = try store.last()
    for (charge, part) in zip(debts, parts) where part > .zero {
      try store.add(part, of: charge, on: asOf, reason: reason)
    }
    outcome.records = try store.records(after: last)
    return outcome
  }

  func reverse(_ db: BooksConnection) throws -> Outcome {
    let store = try WriteOffStore(db)
    let charges = try charges(store)
    let last = try store.last()
    var outcome = Outcome()
    for row in try store.standing(of: charges) {
      try store.takeBack(row, on: asOf, reason: reason)
      outcome.amount = try outcome.amount + row.amount
    }
    outcome.records = try store.records(after: last)
    return outcome
  }

  /// The bill's charges above zero.
  private func charges(_ store: WriteOffStore) throws -> [WriteOffStore.Charge] {
    let all = try store.charges(onBill: billNo, asOf: asOf)
    if all.isEmpty {
      throw ValueError(
        "write_off.credit-note",
        Phrase(
          "'\(billNo)' is a credit note: nothing is owed on it", "“\(billNo)”为冲减单，没有欠款"))
    }
    guard let item else { return all }
    let chosen = all.filter { $0.item == item }
    if chosen.isEmpty {
      throw Failure(
        .noInput,
        Phrase(
          "bill '\(billNo)' has no charge of item '\(item)'",
          "账单“\(billNo)”没有收费项目“\(item)”的费用"),
        hint: Phrase(
          "it has: \(Set(all.map(\.item)).sorted().joined(separator: ", "))",
          "该账单的项目：\(Set(all.map(\.item)).sorted().joined(separator: "、"))"))
    }
    return chosen
  }

  private func sum(_ amounts: [Money]) throws(ValueError) -> Money {
    var sum = Money.zero
    for amount in amounts { sum = try sum + amount }
    return sum
  }
}
