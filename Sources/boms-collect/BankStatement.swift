import Shared

/// The money that a bank's statement says came in.
struct BankStatement {
  private(set) var entries: [Reconciliation.Entry] = []
  /// The digits of our accounts that it is of.
  private(set) var accounts: Set<String> = []
  let outgoing: Int

  /// The register of payments, of which a statement knows less: no number, no property.
  private static let register = Register(
    Catalogue.payment.name, Catalogue.payment.zh,
    fields: Catalogue.payment.fields.map { field in
      var field = field
      field.isKey = false
      field.isRequired = ["paid_on", "amount"].contains(field.name)
      return field
    },
    rules: Catalogue.payment.rules)

  /// - Throws: `ExitStatus.badData` if a row cannot be read: what is wrong was written out.
  init(_ file: String, _ input: InputOptions, _ findings: FindingWriter) throws {
    let register = BankStatement.register
    let constants = try input.constants(for: register)
    var isGood = true
    var entries: [Reconciliation.Entry] = []
    func report(_ finding: Finding) {
      if finding.level == .error { isGood = false }
      findings.write(finding)
    }
    let reader = RegisterReader(
      register: register, ignoreUnknown: true, encoding: input.encoding,
      map: try input.columnMap(for: register, findings), constants: constants, report: report)
    let source = try input.source(file, findings)
    let isRead = try reader.read(source) { record, row in
      guard row.isGood, let on = record.date("paid_on"), let fen = record.number("amount") else {
        return
      }
      for rule in register.rules {
        guard let violation = rule.check(record) else { continue }
        report(
          Finding(
            rule.level, rule: rule.id, file: source.name, line: row.line, field: violation.field,
            message: violation.message, hint: violation.hint))
      }
      let account = AccountNumber.digits(record.text("our_account"))
      if account == nil, !record.has("payment_no") {
        report(
          Finding(
            rule: "reconcile.no-account", file: source.name, line: row.line, field: "our_account",
            message: Phrase(
              "the row has neither our account nor a payment's number", "该行没有收款账号，也没有收款单号"),
            hint: Phrase(
              "say whose statement it is with --set our_account=…",
              "请用 --set our_account=… 指定对账单的账号")))
      }
      entries.append(
        Reconciliation.Entry(
          no: record.text("payment_no"), account: account, reference: record.text("reference"),
          on: on, amount: Money(fen: fen), payer: record.text("payer_name")))
    }
    outgoing = reader.outgoing
    findings.finish()
    guard isRead, isGood else { throw ExitStatus.badData }
    self.entries = entries
    accounts = Set(entries.compactMap(\.account))
    if let index = register.index(of: "our_account"),
      let digits = AccountNumber.digits(constants[index])
    {
      accounts.insert(digits)
    }
  }

  /// Leaves out what lies before `from` and after `to`.
  /// - Returns: the days that are compared; nil if there is neither an entry nor a span.
  mutating func limit(from: CivilDate?, to: CivilDate?) -> Period? {
    let days = entries.map(\.on)
    guard let first = from ?? days.min(), let last = to ?? days.max() else { return nil }
    let span = Period(first, max(first, last))
    entries = entries.filter { span.contains($0.on) }
    return span
  }
}
