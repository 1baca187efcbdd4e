import ArgumentParser
import Shared

/// `boms-bill accept`: an implausible reading is right.
struct AcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "accept",
    Phrase("Accept an implausible reading, so that its charge goes through.", "确认异常读数，使其费用得以计收。"),
    examples: ["boms-bill accept E00002 2026-09-30 --reason 现场复核无误"],
    discussion: Phrase(
      """
      A usage over ten times the median of the last six is not charged until it is accepted. The \
      next run bills it. A reading that is corrected afterwards has to be accepted again.
      """,
      """
      用量超过前六次中位数十倍的，确认之前不计费。确认后，下次出账时计费。读数此后如有更正，须\
      重新确认。
      """))

  @Argument(help: .boms("The meter's number.", "表号。", valueName: "meter"))
  var meter: String

  @Argument(
    help: .boms("The reading day.", "抄表日期。", valueName: "YYYY-MM-DD"), transform: CivilDate.parse)
  var date: CivilDate

  @Option(help: .boms("Why it is right.", "为何读数无误。"))
  var reason: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, .writing)
    let held = try books.write(dryRun: dryRun) { db in try accept(db, on: day) }
    var summary = Summary((Phrase("charges let through", "放行费用"), held))
    summary.note(Phrase("meter \(meter), \(date)", "表 \(meter)，\(date)"))
    if held == 0 { summary.note(Phrase("nothing waits for it", "没有待确认的费用")) }
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  /// - Returns: how many charges waited for it.
  private func accept(_ db: BooksConnection, on day: CivilDate) throws -> Int {
    let store = BillEventStore(db: db)
    let reading = try store.reading(meter, on: date)
    if reading.isAccepted { return 0 }
    var held = 0
    for contractNo in reading.contracts {
      try Look.at(db, .all(property: nil, contract: contractNo))
      guard let entry = try LeaseCursor(db).next() else { continue }
      let metering = try Metering(entry.lease)
      for term in entry.lease.terms where term.method == .metered {
        held += try metering.bills(line: term.line)
          .count { $0.meterNo == meter && $0.days.to == date && $0.isHeld }
      }
    }
    if held > 0 { try store.accept(meter, date, reading: reading.id, on: day, reason: reason) }
    return held
  }
}
