import ArgumentParser
import Shared

/// `boms-invoice request list`: the requests, and how each stands.
struct RequestListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list", Phrase("Write the requests, and how each stands.", "列出开票申请及其状态。"),
    examples: [
      "boms-invoice request list --format table",
      "boms-invoice request list --status requested --status failed",
      "boms-invoice request list --status pending --colour red --headings zh",
      "boms-invoice request list --month 2026-11 --company CQ --format json",
    ])

  @Option(
    name: .customLong("status"),
    help: .boms(
      "Only those that stand so; may be given again "
        + "(requested 待开, pending 待确认, exported 已导出, failed 失败, issued 已开, withdrawn 已撤回).",
      "只列此状态的；可重复（requested 待开、pending 待确认、exported 已导出、failed 失败、issued 已开、withdrawn 已撤回）。",
      valueName: "status"))
  var states: [RequestState] = []

  @Option(help: .boms("Only blue or only red ones.", "只列蓝字或只列红字申请。", valueName: "blue|red"))
  var colour: Colour?

  @Option(
    help: .boms("Only those asked for in this month.", "只列此月份申请的。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(help: .boms("Only invoices of this company.", "只处理此收款主体的申请。", valueName: "no"))
  var company: String?

  @Option(help: .boms("Only invoices to this tenant.", "只处理开给此租户的申请。", valueName: "no"))
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
