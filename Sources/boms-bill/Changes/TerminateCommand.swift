import ArgumentParser
import Shared

/// `boms-bill terminate`: a contract ends early.
struct TerminateCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "terminate",
    Phrase("End a contract on a day, and settle what is charged beyond it.", "合同在某日终止，并结清此后已计的费用。"),
    examples: [
      "boms-bill terminate HT-001 --on 2027-06-30 --dry-run --format table",
      "boms-bill terminate HT-001 --on 2027-06-30 --claw-back",
      "boms-bill terminate HT-001 --on 2027-06-30 --penalty 80000",
    ],
    discussion: Phrase(
      """
      The day is the last one that is charged. The settlement goes to stdout: what is refunded and \
      charged by this, rent-free time that is clawed back, a penalty, one-off amounts after the \
      day, meters without a reading of the day, readings after it, and the deposits. Rent-free \
      time and penalty become lines of the contract that charge once. The same command again \
      changes nothing.
      """,
      """
      终止日是计费的最后一天。结算写到标准输出：由此退还和计收的费用、追回的免租、违约金、终止\
      日之后的一次性金额、缺终止日读数的表计、此后的读数，以及押金。追回的免租和违约金成为合同\
      的一次性收费条款。重复执行同一命令不再变动。
      """))

  @Argument(help: .boms("The contract's number.", "合同编号。", valueName: "contract"))
  var contract: String

  @Option(
    help: .boms("The last day, which is charged.", "最后一天，当日计费。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var on: CivilDate

  @Flag(help: .boms("Charge the rent-free time up to the day after all.", "追回终止日之前的免租，照常计收。"))
  var clawBack = false

  @Option(
    help: .boms(
      "As --claw-back, but only so much of it.", "同 --claw-back，但只追回此比例。", valueName: "percent"),
    transform: Fixed.parsePercent)
  var clawBackPercent: Fixed?

  @Option(
    help: .boms("Charge a penalty on the day, tax included.", "在终止日计收违约金，含税。", valueName: "yuan"),
    transform: Money.parse)
  var penalty: Money?

  @Option(
    help: .boms(
      "Its fee item; the only one of kind penalty if not given.", "违约金的收费项目；未指定时取唯一的违约金类项目。",
      valueName: "item"))
  var penaltyItem: String?

  @Flag(
    help: .boms(
      "Take one-off amounts after the day away unless they are charged already.",
      "取消终止日之后的一次性金额，已计收的除外。"))
  var cancelOnce = false

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if clawBack && clawBackPercent != nil {
      throw ValidationError(
        "give --claw-back or --claw-back-percent, not both",
        "--claw-back 与 --claw-back-percent 只能用一个")
    }
    if let percent = clawBackPercent, percent <= .zero || percent > .hundred {
      throw ValidationError(
        "--claw-back-percent takes a percent above 0, at most 100",
        "--claw-back-percent 应为大于 0、不超过 100 的百分比")
    }
    if let penalty, penalty <= .zero {
      throw ValidationError("--penalty takes an amount above 0", "--penalty 应为大于 0 的金额")
    }
    if penaltyItem != nil && penalty == nil {
      throw ValidationError("--penalty-item goes with --penalty", "--penalty-item 须与 --penalty 同用")
    }
  }

  func run() throws {
    let context = say.context()
    let termination = Termination(
      contractNo: contract, on: on, clawBack: clawBack ? .hundred : clawBackPercent,
      penalty: penalty, penaltyItem: penaltyItem, cancelsOnce: cancelOnce,
      asOf: asOf.day(context.environment))
    try ContractChangeRun(dryRun: dryRun, database: database, output: output, context: context)
      .run(termination)
  }
}
