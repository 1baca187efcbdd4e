import Shared

/// A hold or a release of some bills.
struct HoldChange {
  let event: String
  let counted: Phrase
  let bills: [String]

  /// - Throws: `Failure` 66 for a bill that is not known, 65 for a day before the bill's last event.
  func run(_ decision: Decision) throws {
    let (context, day, books) = try decision.open()
    var changed = 0
    try books.write(dryRun: decision.dryRun) { db in
      let store = BillEventStore(db: db)
      for billNo in bills {
        _ = try BillEventStore.contract(ofBill: billNo, db)
        let billOn = try store.billOn(billNo)
        if day < billOn {
          throw Failure(
            .badData,
            Phrase(
              "bill '\(billNo)' is of \(billOn), after \(day)",
              "账单“\(billNo)”出账日为 \(billOn)，晚于 \(day)"))
        }
        let newest = try store.newest(ofBill: billNo)
        if (newest?.event ?? "release") == event { continue }
        if let newest, day < newest.day {
          throw Failure(
            .badData,
            Phrase(
              "bill '\(billNo)' was \(event == "hold" ? "released" : "put on hold") on "
                + "\(newest.day), after \(day)",
              "账单“\(billNo)”已于 \(newest.day) \(event == "hold" ? "解除挂起" : "挂起")，晚于 \(day)"),
            hint: Phrase("give a later --as-of", "请用 --as-of 指定更晚的日期"))
        }
        try store.add(event, toBill: billNo, on: day, reason: decision.reason)
        changed += 1
      }
    }
    var summary = Summary((counted, changed), (.unchanged, bills.count - changed))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
