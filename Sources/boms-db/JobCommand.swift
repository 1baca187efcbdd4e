import ArgumentParser
import Shared

/// `boms-db job`: what the jobs of the night did.
struct JobCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "job",
    Phrase(
      "Note what a step of the night did, and list what the last nights did.",
      "登记夜间任务的步骤，列出最近几夜的运行情况。"),
    examples: [
      "boms-db job list --last 7 --format table",
      "boms-db job list --failed",
    ],
    subcommands: [JobListCommand.self, JobNoteCommand.self])
}

struct JobListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list",
    Phrase(
      "List the steps of the last runs, with how long they took and how they ended.",
      "列出最近几次运行的步骤、耗时和结果。"),
    examples: ["boms-db job list --format table", "boms-db job list --last 30 --failed"])

  @Option(help: .boms("How many runs, the newest.", "列出最近多少次运行。", valueName: "number"))
  var last = 3

  @Flag(help: .boms("Only steps that failed.", "只列失败的步骤。"))
  var failed = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if last < 1 { throw ValidationError("--last takes a number, 1 or more", "--last 应为不小于 1 的数字") }
  }

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .inspecting)
    let writer = output.writer(JobStore.fields.map { Column($0) }, context.environment)
    try books.read { try JobStore.write(last: last, failed: failed, $0, writer) }
    try writer.finish()
  }
}

struct JobNoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "note", Phrase("Note a step; what it said comes on standard input.", "登记一个步骤；其输出由标准输入给出。"),
    examples: [
      "boms-db job note bill --run night-1 --begun '2026-11-29 02:10:05' < said"
    ],
    discussion: Phrase(
      "For scripts/nightly. The last line of the input is kept as the step's summary.",
      "供 scripts/nightly 使用。输入的最后一行作为该步骤的摘要保存。"))

  @Argument(help: .boms("The step.", "步骤名称。", valueName: "step"))
  var step: String

  @Option(
    name: .customLong("run"), help: .boms("What belongs together.", "所属运行的名称。", valueName: "name"))
  var batch: String

  @Option(help: .boms("When it began.", "开始时间。", valueName: "YYYY-MM-DD HH:MM:SS"))
  var begun: String

  @Option(help: .boms("How long it took.", "耗时，秒。"))
  var seconds = 0

  @Option(help: .boms("With what it ended.", "结束时的退出码。"))
  var status = 0

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    guard begun.utf8.count == 19, CivilDate(iso: String(begun.prefix(10))) != nil else {
      throw ValidationError(
        "--begun takes a day and a time, YYYY-MM-DD HH:MM:SS",
        "--begun 应为日期和时间，写作 YYYY-MM-DD HH:MM:SS")
    }
    guard (0...255).contains(status), seconds >= 0, !step.isEmpty, !batch.isEmpty else {
      throw ValidationError(
        "--status is 0 to 255, --seconds 0 or more, names are not empty",
        "--status 为 0 至 255，--seconds 不小于 0，名称不能为空")
    }
  }

  func run() throws {
    let context = say.context()
    let said = try InputSource("-").text()
    let books = try context.books(database, .writing)
    try books.write { db in
      try JobStore.add(
        JobStore.Row(
          run: batch, step: step, begunAt: begun, seconds: seconds, status: status,
          summary: JobSummary(said: said)), db)
    }
  }
}
