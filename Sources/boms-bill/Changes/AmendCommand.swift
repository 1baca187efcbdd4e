import ArgumentParser
import Shared

/// `boms-bill amend`: a line is closed and another carries it on.
struct AmendCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "amend",
    Phrase(
      "Close a line of a contract the day before, and carry it on changed.", "合同条款在前一天截止，变更后接续。"),
    examples: [
      "boms-bill amend HT-001 1 --from 2027-01-01 --price 6.2 --dry-run",
      "boms-bill amend HT-001 2 --from 2027-01-01 --set company_no=WY",
      "boms-bill amend HT-001 1 --from 2027-01-01 --set due_day=5 --set lead_days=",
    ],
    discussion: Phrase(
      """
      The new line has every field of the old one but for those that are set; its price is the one \
      in force on the day. Price steps, turnover tiers and meters go with it, meters with their \
      reading of the day before. What is charged beyond the day on the old line is given back, and \
      charged on the new one. An empty value empties a field. 'boms-import --describe charge_term' \
      lists the fields. The same command again changes nothing.
      """,
      """
      除 --set 指定的字段外，新条款与旧条款相同；单价取当日执行的单价。调价、提成阶梯和表计随\
      之转入，表计带上前一天的读数。旧条款在此日之后已计的费用退回，改按新条款计收。值留空则清\
      空该字段。'boms-import --describe charge_term' 列出各字段。重复执行同一命令不再变动。
      """))

  @Argument(help: .boms("The contract's number.", "合同编号。", valueName: "contract"))
  var contract: String

  @Argument(help: .boms("The line that is closed.", "要截止的条款。", valueName: "line"))
  var line: Int

  @Option(
    help: .boms("The first day of the new line.", "新条款的第一天。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var from: CivilDate

  @Option(
    name: .customLong("set"),
    help: .boms(
      "A field of the new line; may be repeated.", "新条款的一个字段；可重复。", valueName: "field=value"),
    transform: Amendment.Setting.parse)
  var fields: [Amendment.Setting] = []

  @Option(help: .boms("As --set price=.", "同 --set price=。", valueName: "price"))
  var price: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
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
      throw ValidationError(
        "say what changes: --price PRICE or --set FIELD=VALUE",
        "请说明变更什么：--price PRICE 或 --set FIELD=VALUE")
    }
    if Set(settings.map(\.field)).count < settings.count {
      throw ValidationError("a field is set twice", "同一字段指定了两次")
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
      throw ValidationError(
        "a field and its value, such as due_day=5, are expected", "应为字段和值，如 due_day=5")
    }
    guard let field = Amendment.field(String(parts[0])) else {
      throw ValidationError(
        "charge_term has no field '\(parts[0])' that could be set; 'boms-import --describe "
          + "charge_term' lists them",
        "charge_term（收费条款）没有可修改的字段“\(parts[0])”，可用 'boms-import --describe charge_term' 查看")
    }
    return Amendment.Setting(field: field.name, value: String(parts[1]))
  }
}
