import ArgumentParser
import Shared

/// `boms-bill renew`: a contract goes on as a new one.
struct RenewCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "renew", "Make the contract that follows one, with its units, lines and meters.",
    examples: [
      "boms-bill renew HT-001 --end 2030-10-15 --dry-run --format table",
      "boms-bill renew HT-001 --end 2030-10-15 --raise 5 --deposit 90000",
      "boms-bill renew HT-001 --end 2030-10-15 --price 1=6.2 --no HT-001-2",
    ],
    discussion: """
      What is in force on the old contract's last day goes on, at the prices of that day; --raise \
      is for lines of rent, --price for any line. One-off amounts, rent-free time and price steps \
      do not go on, escalation counts anew. A meter goes over if it has a reading of the last day. \
      With --deposit what is missing from the deposits charged so far becomes a line. The same \
      command again changes nothing.
      """)

  @Argument(help: ArgumentHelp("The number of the contract that ends.", valueName: "contract"))
  var contract: String

  @Option(
    help: ArgumentHelp("The new contract's last day.", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var end: CivilDate

  @Option(
    help: ArgumentHelp(
      "Its first day; the day after the old one's last if not given.", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var start: CivilDate?

  @Option(help: ArgumentHelp("Its number; numbered if not given.", valueName: "contract"))
  var no: String?

  @Option(
    help: ArgumentHelp("A line's new price; may be repeated.", valueName: "line=price"),
    transform: LinePrice.parse)
  var price: [LinePrice] = []

  @Option(
    help: ArgumentHelp("Raise the prices of rent.", valueName: "percent"),
    transform: Fixed.parsePercent)
  var raise: Fixed?

  @Option(
    help: ArgumentHelp("When it was signed.", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var signedOn: CivilDate?

  @Option(
    help: ArgumentHelp("What the deposits are to sum to.", valueName: "yuan"),
    transform: Money.parse)
  var deposit: Money?

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if Set(price.map(\.line)).count < price.count {
      throw ValidationError("--price names a line twice")
    }
    if let raise, raise <= Fixed(millionths: -Fixed.hundred.millionths) {
      throw ValidationError("--raise takes a percent above -100")
    }
    if let no, no.isEmpty { throw ValidationError("--no takes a number") }
    if let deposit, deposit < .zero { throw ValidationError("--deposit takes an amount") }
  }

  func run() throws {
    let context = say.context()
    let renewal = Renewal(
      contractNo: contract, end: end, start: start, newNo: no,
      prices: Dictionary(
        price.map { ($0.line, $0.price) }, uniquingKeysWith: { first, _ in first }),
      raise: raise, signedOn: signedOn, deposit: deposit, asOf: asOf.day(context.environment))
    try ContractChangeRun(dryRun: dryRun, database: database, output: output, context: context)
      .run(renewal)
  }
}

/// `1=6.2`: a line and its price.
struct LinePrice {
  var line: Int
  var price: Fixed

  static func parse(_ argument: String) throws -> LinePrice {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let line = Int(parts[0]), (1...9999).contains(line) else {
      throw ValidationError("a line and its price, such as 1=6.2, are expected")
    }
    return LinePrice(line: line, price: try Fixed.parse(String(parts[1])))
  }
}
