import Shared

/// Takes charges back: each with all its adjustments, by a row that balances them. What is still
/// wanted is billed anew by the next run.
struct VoidRun {
  let asOf: CivilDate
  let reason: String

  struct Outcome {
    var posted = BillStore.Posted()
    /// What was taken back before.
    var already: [String] = []
  }

  /// - Throws: `Failure` 66 if a bill is not known, 65 for one that only adjusts others,
  ///   and for a deposit that is used.
  func run(bills: [String], _ db: BooksConnection) throws -> Outcome {
    var outcome = Outcome()
    var roots: [String: Set<Int64>] = [:]
    for billNo in bills {
      let bill = try VoidStore.charges(onBill: billNo, db)
      if bill.live.isEmpty { outcome.already.append(billNo) }
      if !bill.live.isEmpty, !bill.adjusted.isEmpty {
        let list = bill.adjusted.joined(separator: ", ")
        throw Failure(
          .badData,
          Phrase(
            "'\(billNo)' only adjusts \(list): it stands or falls with that",
            "“\(billNo)”仅为对账单 \(list) 的调整，不能单独作废"),
          hint: Phrase(
            "correct the facts and run again, or void \(list) as a whole",
            "请更正依据后重新出账，或整张作废 \(list)"))
      }
      let used = try VoidStore.usedDeposit(of: bill.live, db)
      if used > .zero {
        throw ValueError(
          "charge.deposit-used",
          Phrase(
            "\(used.grouped) of the deposit on bill '\(billNo)' is deducted, moved on or given back",
            "账单“\(billNo)”的押金已抵扣、转移或退还 \(used.grouped)"),
          hint: Phrase(
            "what used it has to be taken back first: "
              + "'boms-collect deposit take-back', or 'void' of the refund",
            "请先用 'boms-collect deposit take-back' 撤销其使用，或用 'void' 作废退款"))
      }
      roots[bill.contractNo, default: []].formUnion(bill.live)
    }
    outcome.posted = try void(roots, db)
    return outcome
  }

  /// Takes back what was charged of a pool of shared costs, so that it is divided again.
  func run(pool: String, month: CivilMonth, _ db: BooksConnection) throws -> Outcome {
    let store = ShareStore(db: db)
    var outcome = Outcome()
    guard let division = try store.standing(pool: pool, period: "\(month)") else {
      outcome.already.append(pool)
      outcome.posted = try void([:], db)
      return outcome
    }
    var roots: [String: Set<Int64>] = [:]
    for contractNo in division.contracts {
      roots[contractNo] = try VoidStore.charges(
        of: contractNo, source: "P\(pool)", start: month.first, db)
    }
    outcome.posted = try void(roots, db)
    try store.void(division, on: asOf, reason: reason)
    return outcome
  }

  private func void(
    _ roots: [String: Set<Int64>], _ db: BooksConnection
  ) throws -> BillStore.Posted {
    try requireNotInvoiced(Set(roots.values.joined()), db)
    let store = try BillStore(db)
    try Look.at(db, .these(Set(roots.lazy.filter { !$0.value.isEmpty }.map(\.key))))
    let cursor = try LeaseCursor(db)
    var voided: Set<Int64> = []
    while let entry = try cursor.next() {
      let ids = roots[entry.lease.contractNo] ?? []
      var taken = Subtraction()
      // What came to nothing by adjustments has nothing to take back.
      for recorded in entry.recorded
      where ids.contains(recorded.id) && recorded.amounts != .zero {
        taken.adjustments.append(try .void(recorded, reason: reason))
        voided.insert(recorded.id)
      }
      try store.stage(taken, of: entry, asOf: asOf)
    }
    // What had paid them pays what is billed in their place, from its own day on.
    let reversal = try SettlementReversal(db)
    try reversal.free(voided, on: asOf, reason: reason)
    var refusal: Phrase?
    let posted = try store.post { contractNo, error in
      let why = Phrase(refused: error)
      refusal = Phrase("contract '\(contractNo)': \(why.en)", "合同“\(contractNo)”：\(why.zh)")
    }
    if let refusal { throw Failure(.badData, refusal) }
    try reversal.setOff(voided)
    return posted
  }

  /// An invoice that is out is taken back first, or at the same time: a red one has to be asked for.
  private func requireNotInvoiced(_ charges: Set<Int64>, _ db: BooksConnection) throws {
    let bills = try VoidStore.invoicedBills(of: charges, db)
    guard let first = bills.first else { return }
    let list = bills.joined(separator: ", ")
    throw ValueError(
      "bill.invoiced",
      Phrase(
        "invoices are issued or asked for on \(list)", "账单 \(list) 已开票或已提交开票"),
      hint: Phrase(
        "ask for the red invoice first: 'boms-invoice request red \(first) --reason 01'",
        "请先申请红字发票：'boms-invoice request red \(first) --reason 01'"))
  }
}
