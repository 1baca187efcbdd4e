import ArgumentParser
import Shared

/// `boms-bill amend`: a line is closed and another carries it on.
struct AmendCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "amend", "Close a line of a contract the day before, and carry it on changed.",
    examples: [
      "boms-bill amend HT-001 1 --from 2027-01-01 --price 6.2 --dry-run",
      "boms-bill amend HT-001 2 --from 2027-01-01 --set company_no=WY",
      "boms-bill amend HT-001 1 --from 2027-01-01 --set due_day=5 --set lead_days=",
    ],
    discussion: """
      The new line has every field of the old one but for those that are set; its price is the one \
      in force on the day. Price steps, turnover tiers and meters go with it, meters with their \
      reading of the day before. What is charged beyond the day on the old line is given back, and \
      charged on the new one. An empty value empties a field. 'boms-import --describe charge_term' \
      lists the fields. The same command again changes nothing.
      """)

  @Argument(help: ArgumentHelp("The contract's number.", valueName: "contract"))
  var contract: String

  @Argument(help: ArgumentHelp("The line that is closed.", valueName: "line"))
  var line: Int

  @Option(
    help: ArgumentHelp("The first day of the new line.", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var from: CivilDate

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("A field of the new line; may be repeated.", valueName: "field=value"),
    transform: Amendment.Setting.parse)
  var fields: [Amendment.Setting] = []

  @Option(help: ArgumentHelp("As --set price=.", valueName: "price"))
  var price: String?

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  private var settings: [Amendment.Setting] {
    fields + (price.map { [Amendment.Setting(field: "price", value: $0)] } ?? [])
  }

  func validate() throws {
    if settings.isEmpty {
      throw ValidationError("say what changes: --price PRICE or --set FIELD=VALUE")
    }
    if Set(settings.map(\.field)).count < settings.count {
      throw ValidationError("a field is set twice")
    }
  }

  func run() throws {
    let context = say.context()
    let amendment = Amendment(
      contractNo: contract, line: line, from: from, settings: settings,
      asOf: asOf.day(context.environment))
    try ContractChangeRun(dryRun: dryRun, database: database, output: output, context: context)
      .run(amendment)
  }
}

extension Amendment.Setting {
  /// `due_day=5`, by the field's name or its Chinese heading.
  static func parse(_ argument: String) throws -> Amendment.Setting {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw ValidationError("a field and its value, such as due_day=5, are expected")
    }
    guard let field = Amendment.field(String(parts[0])) else {
      throw ValidationError(
        "charge_term has no field '\(parts[0])' that could be set; 'boms-import --describe "
          + "charge_term' lists them")
    }
    return Amendment.Setting(field: field.name, value: String(parts[1]))
  }
}
