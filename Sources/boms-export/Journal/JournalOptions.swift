import ArgumentParser
import Shared

/// Of which company and days the journal is asked for.
struct JournalOptions: ParsableArguments {
  @Option(
    help: .boms(
      "Only the books of this company (journal, vouchers).", "只导出此收款主体的账（journal、vouchers）。",
      valueName: "no"))
  var company: String?

  @Option(
    help: .boms(
      "Only this month (journal, vouchers).", "只导出此月份（journal、vouchers）。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(
    help: .boms(
      "From this day on (journal, vouchers).", "自此日起（journal、vouchers）。", valueName: "day"),
    transform: CivilDate.parse)
  var from: CivilDate?

  @Option(
    help: .boms("Up to this day (journal, vouchers).", "至此日止（journal、vouchers）。", valueName: "day"),
    transform: CivilDate.parse)
  var to: CivilDate?

  func validate() throws {
    if month != nil, from != nil || to != nil {
      throw ValidationError(
        "--month cannot stand with --from or --to", "--month 不能与 --from、--to 同用")
    }
    if let from, let to, from > to {
      throw ValidationError("--from is after --to", "--from 晚于 --to")
    }
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
