import ArgumentParser
import Shared

/// `boms-collect deposit`: money that is held for tenants (押金).
struct DepositCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "deposit",
    Phrase("Collect, use, give back and list the deposits of a contract.", "收取、使用、退还和列出合同的押金。"),
    examples: [
      "boms-collect deposit list HT-001 --format table",
      "boms-collect deposit deduct HT-001 --bill CQ-202611-000017 --reason 退租结算",
      "boms-collect deposit refund HT-001 --reason 退租结清",
    ],
    discussion: Phrase(
      """
      A charge of an item of kind deposit asks for a deposit; paying it is its collection, which the \
      night does as well. 'boms-export deposits' shows every contract.
      """,
      """
      押金类收费项目的费用即押金的应收，付清即收取，夜间任务也会处理。'boms-export deposits' \
      显示全部合同的押金。
      """),
    subcommands: [
      DepositCollectCommand.self, DepositDeductCommand.self, DepositRefundCommand.self,
      DepositTransferCommand.self, DepositForfeitCommand.self, DepositTakeBackCommand.self,
      DepositListCommand.self,
    ])
}

/// Whose deposits, and how much: what every decision about them takes.
struct DepositOptions: ParsableArguments {
  @Argument(help: .boms("The contract's number.", "合同编号。", valueName: "contract"))
  var contract: String

  @Option(help: .boms("Only deposits of this fee item.", "只处理此收费项目的押金。", valueName: "item"))
  var item: String?

  @Option(
    help: .boms(
      "How much, in yuan (default: as much as there is).", "金额，元（默认：全部可用的金额）。", valueName: "yuan"),
    transform: Money.parse)
  var amount: Money?

  func validate() throws {
    if let amount, amount <= .zero {
      throw ValidationError("--amount must be above zero", "--amount 应大于 0")
    }
  }
}

/// How the decisions run that let money pay charges.
struct DepositDecisionRun {
  let decision: Decision
  let output: OutputOptions

  /// - Parameter done: the word for what was done: `deducted`.
  func run(
    _ options: DepositOptions, done: Phrase, _ decide: (DepositDecision) throws -> Void
  ) throws {
    try run(
      options.contract, item: options.item, amount: options.amount, done: done, decide)
  }

  func run(
    _ contract: String, item: String? = nil, amount: Money? = nil, done: Phrase,
    _ decide: (DepositDecision) throws -> Void
  ) throws {
    let (context, day, books) = try decision.open(changing: ["charge_term"])
    let writer = output.writer(NewAllocations.fields.map { Column($0) }, context.environment)
    let outcome = try NewAllocations.record(
      in: books, dryRun: decision.dryRun, writer, context.language
    ) { db in
      let it = try DepositDecision(
        DepositStore(db, contract, item: item, on: day), amount,
        decision.reason)
      try decide(it)
      return try it.outcome()
    }
    var summary = Summary((Phrase("allocations", "核销"), outcome.allocations))
    summary.note(
      Phrase("\(done.en) \(outcome.amount.grouped)", "\(done.zh) \(outcome.amount.grouped)"))
    summary.note(Phrase("held \(outcome.held.grouped)", "结存 \(outcome.held.grouped)"))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
