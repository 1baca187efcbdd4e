import ArgumentParser
import Shared

/// `boms-invoice request list`: the requests, and how each stands.
struct RequestListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list", "Write the requests, and how each stands.",
    examples: [
      "boms-invoice request list --format table",
      "boms-invoice request list --status requested --status failed",
      "boms-invoice request list --status pending --colour red --headings zh",
      "boms-invoice request list --month 2026-11 --company CQ --format json",
    ])

  @Option(
    name: .customLong("status"),
    help: ArgumentHelp(
      "Only those that stand so; may be given again "
        + "(requested 待开, pending 待确认, exported 已导出, failed 失败, issued 已开, withdrawn 已撤回).",
      valueName: "status"))
  var states: [RequestState] = []

  @Option(help: ArgumentHelp("Only blue or only red ones.", valueName: "blue|red"))
  var colour: Colour?

  @Option(
    help: ArgumentHelp("Only those asked for in this month.", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(help: ArgumentHelp("Only invoices of this company.", valueName: "no"))
  var company: String?

  @Option(help: ArgumentHelp("Only invoices to this tenant.", valueName: "no"))
  var tenant: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  enum Colour: String, ExpressibleByArgument, CaseIterable {
    case blue, red
  }

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .reading)
    let writer = output.writer(
      RequestRecordsStore.fields.map { Column($0) }, context.environment,
      titled: Phrase("requests", "开票申请"))
    try books.read { db in
      try RequestRecordsStore(db: db).forEach(
        RequestRecordsStore.Selection(
          states: states, colour: colour?.rawValue, companyNo: company, tenantNo: tenant,
          month: month)
      ) { try writer.row($1) }
    }
    try writer.finish()
  }
}

/// The English word or the Chinese one, as in the records.
extension RequestState: ExpressibleByArgument {
  init?(argument: String) {
    guard
      let state = RequestState.allCases.first(where: {
        $0.rawValue == argument || $0.zh == argument
      })
    else { return nil }
    self = state
  }
}
