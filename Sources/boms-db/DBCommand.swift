import ArgumentParser
import Shared

/// Makes the database, brings it to the newest schema, and checks the books.
@main
struct DBCommand: Tool {
  static let configuration = CommandConfiguration.boms(
    "boms-db", "Make, migrate and check the database.",
    examples: [
      "boms-db init --db mall.db",
      "boms-db check --db mall.db",
      "BOMS_DB=mall.db boms-db info",
    ],
    subcommands: [InitCommand.self, MigrateCommand.self, CheckCommand.self, InfoCommand.self])

  static let exits: [ExitStatus] = [
    .some, .noInput, .cannotCreate, .inputOutput, .busy, .settings,
  ]
}
