import Shared

/// Hands messages to a program, one after the other, and records what became of each.
struct Delivery {
  let books: Books
  let packer: Packer
  let program: OutsideProgram
  let asOf: CivilDate
  let now: () -> Instant

  /// So many temporary failures in a row: the service is down, and the others wait for the next run.
  static let patience = 3

  struct Outcome {
    var sent = 0
    var failed = 0
    var givenUp = 0
    /// Not tried any more in this run.
    var left = 0
    var touched: [Int64] = []
    var failures: [Failed] = []
  }

  struct Failed {
    var reminders: [Int64]
    var to: String
    var reason: String
  }

  /// What a program's ending says of the message.
  private enum Verdict {
    case sent
    case later(String)
    /// It is of no use to try again: the address or the message is refused.
    case never(String)
    /// The program itself cannot be run.
    case broken(String)
  }

  /// - Throws: `Failure` 69 if the program cannot be run at all: then nothing counts as tried.
  func deliver(_ parcels: [Outbox.Parcel]) throws -> Outcome {
    var outcome = Outcome()
    var inARow = 0
    for (index, parcel) in parcels.enumerated() {
      if inARow == Delivery.patience {
        outcome.left = parcels[index...].reduce(0) { $0 + $1.waiting.count }
        break
      }
      // Meanwhile somebody may have taken note of it.
      let ids = try stillWaiting(parcel.ids)
      var parcel = parcel
      parcel.waiting.removeAll { !ids.contains($0.reminder.id) }
      if parcel.waiting.isEmpty { continue }
      let message = try packer.message(parcel)
      let (ending, said) = try program.run(message.text())
      let verdict = Delivery.verdict(ending, hiding(message, in: said), program.timeout)
      outcome.touched += parcel.ids
      switch verdict {
      case .sent:
        inARow = 0
        outcome.sent += parcel.waiting.count
        try books.write { db in
          try OutboxStore(db).sent(message, parcel.ids, on: asOf, at: now())
        }
      case .later(let reason):
        inARow += 1
        try fail(parcel, message, reason, isFinal: false, &outcome)
      case .never(let reason):
        inARow = 0
        try fail(parcel, message, reason, isFinal: true, &outcome)
      case .broken(let reason):
        throw Failure(
          .unavailable,
          Phrase(
            "'\(program.command)' cannot be run: \(reason)",
            "无法运行“\(program.command)”：\(reason)"),
          hint: Phrase("nothing more was sent; see --via", "未再发送消息，请检查 --via"))
      }
    }
    return outcome
  }

  private func stillWaiting(_ ids: [Int64]) throws -> Set<Int64> {
    try books.read { db in
      let store = try OutboxStore(db)
      return Set(try ids.filter { try store.tries(of: $0).isPending })
    }
  }

  private func fail(
    _ parcel: Outbox.Parcel, _ message: OutgoingMessage, _ reason: String, isFinal: Bool,
    _ outcome: inout Outcome
  ) throws {
    let at = now()
    try books.write { db in
      let store = try OutboxStore(db)
      // Meanwhile it may have been withdrawn, or somebody took note of it.
      for waiting in parcel.waiting where try store.tries(of: waiting.reminder.id).isPending {
        let wait = isFinal ? nil : BackOff.wait(after: waiting.tries.failed + 1)
        try store.failed(
          waiting.reminder.id, on: asOf, at: at, reason: reason,
          next: wait.map(at.adding(seconds:)))
        if wait == nil { outcome.givenUp += 1 } else { outcome.failed += 1 }
      }
    }
    outcome.failures.append(
      Failed(
        reminders: parcel.ids,
        to: ReminderAddress.masked(parcel.address, parcel.channel), reason: reason))
  }

  /// Endings as in sysexits: bad data, no such user or host will not do at the next try either.
  private static func verdict(
    _ ending: OutsideProgram.Ending, _ said: String, _ timeout: Int
  ) -> Verdict {
    func reason(_ text: String) -> String { said.isEmpty ? text : "\(text): \(said)" }
    switch ending {
    case .exited(0): return .sent
    case .exited(65), .exited(67), .exited(68): return .never(reason("refused"))
    case .exited(let status) where [64, 78, 126, 127].contains(status):
      return .broken(reason("status \(status)"))
    case .exited(let status): return .later(reason("status \(status)"))
    case .signalled(let signal): return .later(reason("signal \(signal)"))
    // What it said last is its shell's word of the end that it was put to.
    case .timedOut: return .later("no answer within \(timeout) s")
    }
  }

  /// The end of what a program said, on one line, without addresses.
  private func hiding(_ message: OutgoingMessage, in said: String) -> String {
    let lines = said.split(whereSeparator: \.isNewline).map {
      $0.filter { !$0.isWhitespace || $0 == " " }
    }.filter { !$0.isEmpty }
    let masked = ReminderAddress.masked(message.address, message.channel)
    let text = lines.suffix(3).joined(separator: " | ")
      .split(separator: message.address, omittingEmptySubsequences: false)
      .joined(separator: masked)
    return String(
      String.UnicodeScalarView(
        Masking.addresses(in: String(text.suffix(400))).unicodeScalars.map {
          $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? " " : $0
        }))
  }
}
