import ArgumentParser
import Shared

/// `boms-bill renew`: a contract goes on as a new one.
struct RenewCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "renew",
    Phrase(
      "Make the contract that follows one, with its units, lines and meters.",
      "续签：由原合同生成后续合同，含铺位、条款和表计。"),
    examples: [
      "boms-bill renew HT-001 --end 2030-10-15 --dry-run --format table",
      "boms-bill renew HT-001 --end 2030-10-15 --raise 5 --deposit 90000",
      "boms-bill renew HT-001 --end 2030-10-15 --price 1=6.2 --no HT-001-2",
    ],
    discussion: Phrase(
      """
      What is in force on the old contract's last day goes on, at the prices of that day; --raise \
      is for lines of rent, --price for any line. One-off amounts, rent-free time and price steps \
      do not go on, escalation counts anew. A meter goes over if it has a reading of the last day. \
      With --deposit what is missing from the deposits charged so far becomes a line. The same \
      command again changes nothing.
      """,
      """
      原合同最后一天仍执行的内容按当日单价延续；--raise 用于租金条款，--price 用于任一条款。一\
      次性金额、免租期和调价不延续，递增重新起算。表计有最后一天读数的一并转入。使用 \
      --deposit 时，押金不足部分生成一条收费条款。重复执行同一命令不再变动。
      """))

  @Argument(help: .boms("The number of the contract that ends.", "到期合同的编号。", valueName: "contract"))
  var contract: String

  @Option(
    help: .boms("The new contract's last day.", "新合同的最后一天。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var end: CivilDate

  @Option(
    help: .boms(
      "Its first day; the day after the old one's last if not given.", "新合同的第一天；未指定时为原合同最后一天的次日。",
      valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var start: CivilDate?

  @Option(
    help: .boms("Its number; numbered if not given.", "新合同的编号；未指定时自动编号。", valueName: "contract"))
  var no: String?

  @Option(
    help: .boms("A line's new price; may be repeated.", "条款的新单价；可重复。", valueName: "line=price"),
    transform: LinePrice.parse)
  var price: [LinePrice] = []

  @Option(
    help: .boms("Raise the prices of rent.", "租金单价上调的百分比。", valueName: "percent"),
    transform: Fixed.parsePercent)
  var raise: Fixed?

  @Option(
    help: .boms("When it was signed.", "签订日期。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var signedOn: CivilDate?

  @Option(
    help: .boms("What the deposits are to sum to.", "押金合计应达到的金额。", valueName: "yuan"),
    transform: Money.parse)
  var deposit: Money?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if Set(price.map(\.line)).count < price.count {
      throw ValidationError("--price names a line twice", "--price 对同一条款指定了两次")
    }
    if let raise, raise <= Fixed(millionths: -Fixed.hundred.millionths) {
      throw ValidationError("--raise takes a percent above -100", "--raise 应为大于 -100 的百分比")
    }
    if let no, no.isEmpty { throw ValidationError("--no takes a number", "--no 应为编号") }
    if let deposit, deposit < .zero {
      throw ValidationError("--deposit takes an amount", "--deposit 应为金额")
    }
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
      throw ValidationError("a line and its price, such as 1=6.2, are expected", "应为条款和单价，如 1=6.2")
    }
    return LinePrice(line: line, price: try Fixed.parse(String(parts[1])))
  }
}
