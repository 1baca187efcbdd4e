import ArgumentParser
import Shared

/// `boms-bill hold`: a bill is in dispute (争议挂起).
struct HoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "hold", "Put bills on hold: while they are, they bear no late fee.",
    examples: ["boms-bill hold CQ-202611-000017 --reason 租户对面积有异议"],
    discussion: """
      A bill is on hold from the day of --as-of to the day before its release. The days between \
      never bear a late fee; the bill stays owed.
      """)

  @Argument(help: ArgumentHelp("The bills' numbers.", valueName: "bill"))
  var bills: [String]

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  func validate() throws { try Reason.check(reason) }

  func run() throws {
    let counts = try HoldChange(event: "hold", bills: bills, reason: reason)
      .run(say.context(), database, asOf, dryRun: dryRun)
    say.context().console.say(counts)
  }
}

/// `boms-bill release`: the dispute is over.
struct ReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "release", "Release bills from hold: from the day on they bear late fees again.",
    examples: ["boms-bill release CQ-202611-000017 --reason 已核实面积"])

  @Argument(help: ArgumentHelp("The bills' numbers.", valueName: "bill"))
  var bills: [String]

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  func validate() throws { try Reason.check(reason) }

  func run() throws {
    let counts = try HoldChange(event: "release", bills: bills, reason: reason)
      .run(say.context(), database, asOf, dryRun: dryRun)
    say.context().console.say(counts)
  }
}

/// A hold or a release of some bills.
private struct HoldChange {
  let event: String
  let bills: [String]
  let reason: String

  /// - Throws: `Failure` 66 for a bill that is not known, 65 for a day before the bill's last event.
  func run(
    _ context: Context, _ database: DatabaseOptions, _ asOf: AsOfOption, dryRun: Bool
  ) throws -> Summary {
    let day = asOf.day(context.environment)
    let books = try Books.open(try database.path(context.environment), wait: database.wait)
    var changed = 0
    try books.write(dryRun: dryRun) { db in
      let store = BillEventStore(db: db)
      for billNo in bills {
        _ = try BillEventStore.contract(ofBill: billNo, db)
        let newest = try store.newest(ofBill: billNo)
        if (newest?.event ?? "release") == event { continue }
        if let newest, day < newest.day {
          throw Failure(
            .badData,
            Phrase(
              "bill '\(billNo)' has an event of \(newest.day), after \(day)",
              "账单“\(billNo)”已有 \(newest.day) 的挂起记录，晚于 \(day)"))
        }
        try store.add(event, toBill: billNo, on: day, reason: reason)
        changed += 1
      }
    }
    var summary = Summary(
      event == "hold"
        ? (Phrase("put on hold", "已挂起"), changed) : (Phrase("released", "已解除挂起"), changed),
      (.unchanged, bills.count - changed))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if dryRun { summary.note(.dryRun) }
    return summary
  }
}
