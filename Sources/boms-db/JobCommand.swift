import ArgumentParser
import Shared

/// `boms-db job`: what the jobs of the night did.
struct JobCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "job", "Note what a step of the night did, and list what the last nights did.",
    examples: [
      "boms-db job list --last 7 --format table",
      "boms-db job list --failed",
    ],
    subcommands: [JobListCommand.self, JobNoteCommand.self])
}

struct JobListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list", "List the steps of the last runs, with how long they took and how they ended.",
    examples: ["boms-db job list --format table", "boms-db job list --last 30 --failed"])

  @Option(help: ArgumentHelp("How many runs, the newest.", valueName: "number"))
  var last = 3

  @Flag(help: "Only steps that failed.")
  var failed = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if last < 1 { throw ValidationError("--last takes a number, 1 or more") }
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
    "note", "Note a step; what it said comes on standard input.",
    examples: [
      "boms-db job note bill --run night-1 --begun '2026-11-29 02:10:05' < said"
    ],
    discussion: "For scripts/nightly. The last line of the input is kept as the step's summary.")

  @Argument(help: ArgumentHelp("The step.", valueName: "step"))
  var step: String

  @Option(name: .customLong("run"), help: ArgumentHelp("What belongs together.", valueName: "name"))
  var batch: String

  @Option(help: ArgumentHelp("When it began.", valueName: "YYYY-MM-DD HH:MM:SS"))
  var begun: String

  @Option(help: "How long it took.")
  var seconds = 0

  @Option(help: "With what it ended.")
  var status = 0

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    guard begun.utf8.count == 19, CivilDate(iso: String(begun.prefix(10))) != nil else {
      throw ValidationError("--begun takes a day and a time, YYYY-MM-DD HH:MM:SS")
    }
    guard (0...255).contains(status), seconds >= 0, !step.isEmpty, !batch.isEmpty else {
      throw ValidationError("--status is 0 to 255, --seconds 0 or more, names are not empty")
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
