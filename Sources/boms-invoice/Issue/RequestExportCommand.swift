import ArgumentParser
import Shared

/// `boms-invoice request export`: what the tax bureau, or somebody's program, issues invoices from.
struct RequestExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "export",
    Phrase(
      "Write requests for the tax bureau: as its workbook, or as JSON.", "导出开票申请给税务局：批量开票模板或 JSON。"),
    examples: [
      "boms-invoice request export --xlsx issue.xlsx",
      "boms-invoice request export --xlsx issue.xlsx --company CQ",
      "boms-invoice request export > requests.json",
      "boms-invoice request export CQ-KP2611-0001 --again --xlsx again.xlsx",
    ],
    discussion: Phrase(
      """
      The workbook is the bureau's 批量开票-导入开票模板 V260401. A file has one company's requests and \
      2,000 rows a sheet at most: more go to issue-2.xlsx, those of several companies to issue-CQ.xlsx \
      and so on. Red requests are for the 红字信息确认单: they go out as JSON, once their blue invoice has \
      its number, and not in the workbook. What was written is marked exported and not written again \
      but with --again, which also takes those that failed.
      """,
      """
      工作簿为电子税务局的批量开票-导入开票模板 V260401。一个文件只含一个收款主体的申请，每张\
      工作表至多 2,000 行：多出的写入 issue-2.xlsx，有多个收款主体时写入 issue-CQ.xlsx 等。红\
      字申请用于红字信息确认单：待蓝字发票有号码后以 JSON 导出，不在工作簿中。写出的标记为已导\
      出，不再重复导出，除非加 --again，它也包括失败的申请。
      """))

  @Argument(help: .boms("Only requests of these numbers.", "只导出这些编号的申请。", valueName: "request"))
  var numbers: [String] = []

  @Option(
    help: .boms("Write the tax bureau's workbook.", "写出电子税务局的批量开票模板。", valueName: "file"),
    completion: .file())
  var xlsx: String?

  @Option(help: .boms("Without --xlsx: how to write them.", "未用 --xlsx 时的输出格式。", valueName: "json"))
  var format = Format.json

  @Option(help: .boms("Only invoices of this company.", "只处理此收款主体的申请。", valueName: "no"))
  var company: String?

  @Option(help: .boms("Only invoices to this tenant.", "只处理开给此租户的申请。", valueName: "no"))
  var tenant: String?

  @Flag(help: .boms("Write those too that were exported or failed.", "也写出已导出或失败的申请。"))
  var again = false

  @Flag(help: .boms("Write them, and do not mark them exported.", "写出申请，但不标记为已导出。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case json
  }

  func validate() throws {
    if let xlsx, !xlsx.hasSuffix(".xlsx") {
      throw ValidationError("--xlsx takes a file *.xlsx", "--xlsx 应为 *.xlsx 文件")
    }
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, .writing)
    var files: [String] = []
    var written: [RequestExportStore.Request] = []
    var left: [RequestExportStore.Request] = []
    try books.write(dryRun: dryRun) { db in
      (written, left) = try chosen(RequestExportStore(db))
      // The files are there before the books say so: what is marked exported is in a file.
      if let xlsx { files = try BatchFiles(path: xlsx, made: day).write(written) }
      let store = try RequestStore(db)
      for request in written { try store.add(.exported, to: request.id, on: day) }
    }
    if xlsx == nil { try print(written) }
    tell(written, left, files, day, context.console)
  }

  /// After the books are free again: nobody knows how long a reader of stdout takes.
  private func print(_ requests: [RequestExportStore.Request]) throws {
    do { try RequestJSON.write(requests, to: ByteOutput()) } catch let failure as Failure {
      if dryRun { throw failure }
      throw Failure(
        failure.status,
        Phrase(
          "\(requests.count) requests are marked exported, but could not be printed: "
            + failure.message.en,
          "\(requests.count) 笔申请已标记为已导出，但未能输出：\(failure.message.zh)"),
        hint: Phrase("--again writes them again", "可用 --again 再次导出"))
    }
  }

  /// What is written, and the red requests that wait: for the blue invoice's number, or for JSON.
  private func chosen(
    _ store: RequestExportStore
  ) throws -> (written: [RequestExportStore.Request], left: [RequestExportStore.Request]) {
    let states: [RequestState] = [.requested, .pending] + (again ? [.exported, .failed] : [])
    var selection = RequestRecordsStore.Selection(
      numbers: numbers, companyNo: company, tenantNo: tenant)
    if numbers.isEmpty { selection.states = states }
    let requests = try store.requests(selection)
    if let other = requests.first(where: { !states.contains($0.state) }) {
      throw ValueError(
        "request.state",
        Phrase(
          "request '\(other.number)' is \(other.state.rawValue)",
          "开票申请“\(other.number)”的状态为\(other.state.zh)"),
        hint: again
          ? nil
          : Phrase(
            "--again writes one again that was exported or failed", "已导出或失败的可用 --again 再次导出"))
    }
    let isReady = { (request: RequestExportStore.Request) in
      !request.isRed || (xlsx == nil && request.blueNo != nil)
    }
    return (requests.filter(isReady), requests.filter { !isReady($0) })
  }

  private func tell(
    _ written: [RequestExportStore.Request], _ left: [RequestExportStore.Request],
    _ files: [String], _ day: CivilDate, _ console: Console
  ) {
    var summary = Summary((Phrase("exported", "导出"), written.count))
    if !left.isEmpty {
      summary.note(
        xlsx == nil
          ? Phrase(
            "\(left.count) red requests wait for the number of their invoice",
            "\(left.count) 笔红字申请待蓝字发票号码")
          : Phrase(
            "\(left.count) red requests are not for this workbook", "\(left.count) 笔红字申请不在此模板中"))
    }
    for file in files { summary.note(Phrase("in '\(file)'", "写入“\(file)”")) }
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if dryRun { summary.note(.dryRun) }
    console.say(summary)
  }
}
