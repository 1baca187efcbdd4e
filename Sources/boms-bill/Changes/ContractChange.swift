import Shared

/// A change of one contract: its registers and the bills that follow, as one step.
protocol ContractChange {
  static var columns: [ChangeColumn] { get }

  var contractNo: String { get }
  var asOf: CivilDate { get }

  /// Changes the registers and bills the contract; what it throws undoes all of it.
  /// - Parameter language: that of the sentences in the records.
  func apply(_ db: BooksConnection, _ language: Language) throws -> ChangeOutcome
}

struct ChangeOutcome {
  /// What was done, for the summary: `contract 'C1' ends on 2026-05-10`.
  var what: Phrase
  /// Whether the registers were as asked already.
  var isUnchanged = false
  var rows: [ChangeRow] = []
  var warnings: [Phrase] = []
  /// For the summary.
  var notes: [Phrase] = []
  var bills = BillRun.Outcome()
}

/// How the three commands run.
struct ContractChangeRun {
  let dryRun: Bool
  let database: DatabaseOptions
  let output: OutputOptions
  let context: Context

  func run<Change: ContractChange>(_ change: Change) throws {
    let books = try context.books(
      database, .writing,
      changing: [
        "contract", "contract_unit", "charge_term", "price_step", "rent_free", "turnover",
        "turnover_tier", "meter_install",
      ])
    let writer = output.writer(Change.columns.map { Column($0.field) }, context.environment)
    let outcome = try books.write(dryRun: dryRun) { try change.apply($0, context.language) }
    do {
      for row in outcome.rows { try row.write(Change.columns, to: writer) }
      try writer.finish()
    } catch let failure as Failure where !dryRun {
      throw Failure(
        failure.status,
        Phrase(
          "the change is stored, but could not be printed: \(failure.message.en)",
          "变更已写入，但未能输出：\(failure.message.zh)"),
        hint: Phrase(
          "nothing is lost: the same command again prints it", "数据未丢失，再次执行同一命令即可输出"))
    }
    for warning in outcome.warnings { context.console.warn(warning) }
    // A pool of shared costs does not stand against a change.
    for failed in outcome.bills.failed {
      context.console.warn(
        Phrase(
          "\(failed.subject.en) is left out: \(failed.reason.en)",
          "\(failed.subject.zh)未出账：\(failed.reason.zh)"))
    }
    context.console.say(summary(outcome, asOf: change.asOf))
  }

  private func summary(_ outcome: ChangeOutcome, asOf: CivilDate) -> Summary {
    let posted = outcome.bills.posted
    var summary = Summary(
      (Phrase("charges", "费用"), posted.charges),
      (Phrase("adjustments", "其中调整"), outcome.bills.adjustments),
      (Phrase("bills", "账单"), posted.bills), (Phrase("credit notes", "冲减单"), posted.creditNotes))
    summary.note(
      Phrase("amount \(posted.amounts.amount.grouped)", "金额 \(posted.amounts.amount.grouped)"))
    summary.note(Phrase("as of \(asOf)", "截至 \(asOf)"))
    summary.note(outcome.what)
    for note in outcome.notes { summary.note(note) }
    if outcome.isUnchanged {
      summary.note(Phrase("it was so already, nothing changed", "原已如此，未作变更"))
    }
    if dryRun { summary.note(.dryRun) }
    return summary
  }
}

extension ContractChange {
  /// Bills the contract as `boms-bill run` does.
  /// - Throws: `change.not-computable` if it cannot be billed after the change.
  func bill(_ contractNo: String, _ db: BooksConnection) throws -> BillRun.Outcome {
    let run = BillRun(asOf: asOf, ignoresIndex: true, contract: contractNo)
    let outcome = try run.run(db) {}
    if let failed = outcome.failed.first(where: { $0.contractNo == contractNo }) {
      throw ValueError(
        "change.not-computable",
        Phrase(
          "contract '\(contractNo)' cannot be billed after the change: \(failed.reason.en)",
          "变更后合同“\(contractNo)”无法出账：\(failed.reason.zh)"),
        hint: Phrase(
          "nothing is changed; correct what the sentence names first", "未作变更，请先更正所述问题"))
    }
    return outcome
  }

  func requireSigned(_ lease: Lease, _ rule: String) throws {
    if lease.isSigned { return }
    throw ValueError(
      rule,
      Phrase(
        "contract '\(contractNo)' is not signed, so nothing of it is billed",
        "合同“\(contractNo)”状态不是“已签”，不出账"),
      hint: Phrase(
        "change a draft with boms-import", "草稿请用 boms-import 修改"))
  }
}

/// The rules over many rows, asked before a change and after it: what the change breaks is refused.
struct ChangedRules {
  private let registers: Set<String>
  private let store: SetRuleStore
  private let before: Set<[String]>

  init(_ db: BooksConnection, _ registers: Set<String>, contracts: [String]) throws {
    self.registers = registers
    store = try SetRuleStore(db)
    for contract in contracts { try store.touch(contract: contract) }
    before = Set(try ChangedRules.broken(store, registers).map { [$0.rule.id] + $0.texts })
  }

  private static func broken(
    _ store: SetRuleStore, _ registers: Set<String>
  ) throws -> [(rule: SetRule, texts: [String])] {
    try SetRule.all.filter { !registers.isDisjoint(with: $0.registers) }
      .flatMap { rule in try store.broken(rule.id).map { (rule, $0.texts) } }
  }

  /// - Parameter contract: one that is new.
  /// - Returns: what is only to be warned of.
  /// - Throws: the rule's sentence.
  func requireKept(contract: String? = nil) throws -> [Phrase] {
    if let contract { try store.touch(contract: contract) }
    var warnings: [Phrase] = []
    for (rule, texts) in try ChangedRules.broken(store, registers)
    where !before.contains([rule.id] + texts) {
      let message = rule.message(texts)
      if rule.level == .error { throw ValueError(rule.id, message, hint: rule.hint) }
      warnings.append(message)
    }
    return warnings
  }
}
