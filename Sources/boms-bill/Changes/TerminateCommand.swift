import ArgumentParser
import Shared

/// `boms-bill terminate`: a contract ends early.
struct TerminateCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "terminate", "End a contract on a day, and settle what is charged beyond it.",
    examples: [
      "boms-bill terminate HT-001 --on 2027-06-30 --dry-run --format table",
      "boms-bill terminate HT-001 --on 2027-06-30 --claw-back",
      "boms-bill terminate HT-001 --on 2027-06-30 --penalty 80000",
    ],
    discussion: """
      The day is the last one that is charged. The settlement goes to stdout: what is refunded and \
      charged by this, rent-free time that is clawed back, a penalty, one-off amounts after the \
      day, meters without a reading of the day, readings after it, and the deposits. Rent-free \
      time and penalty become lines of the contract that charge once. The same command again \
      changes nothing.
      """)

  @Argument(help: ArgumentHelp("The contract's number.", valueName: "contract"))
  var contract: String

  @Option(
    help: ArgumentHelp("The last day, which is charged.", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var on: CivilDate

  @Flag(help: "Charge the rent-free time up to the day after all.")
  var clawBack = false

  @Option(
    help: ArgumentHelp("As --claw-back, but only so much of it.", valueName: "percent"),
    transform: Fixed.parsePercent)
  var clawBackPercent: Fixed?

  @Option(
    help: ArgumentHelp("Charge a penalty on the day, tax included.", valueName: "yuan"),
    transform: Money.parse)
  var penalty: Money?

  @Option(
    help: ArgumentHelp(
      "Its fee item; the only one of kind penalty if not given.", valueName: "item"))
  var penaltyItem: String?

  @Flag(help: "Take one-off amounts after the day away unless they are charged already.")
  var cancelOnce = false

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if clawBack && clawBackPercent != nil {
      throw ValidationError("give --claw-back or --claw-back-percent, not both")
    }
    if let percent = clawBackPercent, percent <= .zero || percent > .hundred {
      throw ValidationError("--claw-back-percent takes a percent above 0, at most 100")
    }
    if let penalty, penalty <= .zero { throw ValidationError("--penalty takes an amount above 0") }
    if penaltyItem != nil && penalty == nil {
      throw ValidationError("--penalty-item goes with --penalty")
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
