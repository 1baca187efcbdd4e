import ArgumentParser
import Shared

/// Of which company and days the journal is asked for.
struct JournalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only the books of this company (journal, vouchers).", valueName: "no"))
  var company: String?

  @Option(
    help: ArgumentHelp("Only this month (journal, vouchers).", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(
    help: ArgumentHelp("From this day on (journal, vouchers).", valueName: "day"),
    transform: CivilDate.parse)
  var from: CivilDate?

  @Option(
    help: ArgumentHelp("Up to this day (journal, vouchers).", valueName: "day"),
    transform: CivilDate.parse)
  var to: CivilDate?

  func validate() throws {
    if month != nil, from != nil || to != nil {
      throw ValidationError("--month cannot stand with --from or --to")
    }
    if let from, let to, from > to { throw ValidationError("--from is after --to") }
  }

  var isGiven: Bool { company != nil || month != nil || from != nil || to != nil }

  /// Nothing after the day that the books are looked at.
  func period(asOf day: CivilDate) -> JournalPeriod {
    JournalPeriod(
      companyNo: company, from: month?.first ?? from, to: min(month?.last ?? to ?? day, day))
  }
}

/// The part of the journal that is asked for.
struct JournalPeriod {
  /// nil: of every company.
  var companyNo: String?
  /// nil: from the first.
  var from: CivilDate?
  var to: CivilDate
}
