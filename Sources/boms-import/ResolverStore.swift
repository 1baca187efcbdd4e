import Shared

/// Fills key fields that may be left empty: the line of a turnover where the contract has one
/// turnover term, the number of a contract that is numbered on import, that of a payment which its
/// bank has numbered.
final class Resolver {
  private let register: Register
  private let turnoverLines: SQLStatement?
  private let contractStart: SQLStatement?
  private let knownContract: SQLStatement?
  private let numbers: ContractNumbers?

  init(_ table: RegisterStore) throws {
    register = table.register
    let db = table.db
    turnoverLines =
      register.name == "turnover"
      ? try SQLStatement(
        db, "SELECT line FROM charge_term WHERE contract_no = ? AND method = 'turnover'") : nil
    contractStart =
      register.name == "contract_unit"
      ? try SQLStatement(db, "SELECT start_on FROM contract WHERE contract_no = ?") : nil
    guard register.name == "contract" else {
      (knownContract, numbers) = (nil, nil)
      return
    }
    knownContract = try SQLStatement(
      db,
      """
      SELECT contract_no FROM contract
      WHERE tenant_no = ? AND property_no = ? AND start_on = ? AND kind = coalesce(?, 'lease') AND brand IS ?
        AND contract_no GLOB '*-[0-9][0-9][0-9][0-9]-A[0-9]*' ORDER BY contract_no LIMIT 1
      """)
    numbers = try ContractNumbers(db)
  }

  /// - Returns: why the row cannot be resolved, or nil.
  func resolve(_ record: Record) throws -> RegisterStore.Refusal? {
    if let turnoverLines { return try resolveLine(record, turnoverLines) }
    if let contractStart { return try resolveStart(record, contractStart) }
    if numbers != nil { try number(record) }
    if register.name == "payment", !record.has("payment_no") { return numberPayment(record) }
    return nil
  }

  /// The same row of a statement gets the same number whenever it is imported.
  private func numberPayment(_ record: Record) -> RegisterStore.Refusal? {
    guard let index = register.index(of: "payment_no") else { return nil }
    if let account = AccountNumber.digits(record.text("our_account")),
      let reference = record.text("reference")
    {
      record.set(index, text: "\(account.suffix(4))-\(reference)")
      return nil
    }
    return RegisterStore.Refusal(
      "payment.number", field: "payment_no",
      Phrase(
        "a payment without a number needs our_account and reference, of which one is made",
        "没有收款单号时，须有收款账号和流水号才能编号"),
      hint: Phrase("write the number, or both", "请填写收款单号，或补齐这两项"))
  }

  /// A unit is let from the contract's first day on where nothing else is said.
  private func resolveStart(
    _ record: Record, _ start: SQLStatement
  ) throws -> RegisterStore.Refusal? {
    guard let index = register.index(of: "from_on"), !record.has("from_on"),
      let contract = record.text("contract_no")
    else { return nil }
    start.bind(1, contract)
    defer { start.reset() }
    // Of a contract that is not there, the schema refuses the row, and the reference is named.
    if try start.step() {
      record.set(index, date: try start.date(0))
    }
    return nil
  }

  private func resolveLine(
    _ record: Record, _ lines: SQLStatement
  ) throws -> RegisterStore.Refusal? {
    guard let index = register.index(of: "line"), !record.has("line"),
      let contract = record.text("contract_no")
    else { return nil }
    lines.bind(1, contract)
    var found: [Int64] = []
    while try lines.step() { found.append(lines.integer(0)) }
    lines.reset()
    if found.count == 1 {
      record.set(index, number: found[0])
      return nil
    }
    var refusal = RegisterStore.Refusal(
      "turnover.line", field: "line",
      found.isEmpty
        ? Phrase(
          "contract '\(contract)' has no turnover term", "合同“\(contract)”没有提成条款")
        : Phrase(
          "contract '\(contract)' has \(found.count) turnover terms, so the line is needed",
          "合同“\(contract)”有 \(found.count) 条提成条款，必须填写行号"),
      hint: found.isEmpty ? nil : Phrase("write the line of the term", "请填写条款行号"))
    if found.isEmpty { refusal.missing = RegisterStore.Missing(register: "charge_term") }
    return refusal
  }

  /// A contract without a number gets the next one. The same tenant, property, kind, brand and first
  /// day again is the same contract, so that a second import adds nothing.
  private func number(_ record: Record) throws {
    guard let index = register.index(of: "contract_no"), !record.has("contract_no"),
      let knownContract, let numbers,
      let property = record.text("property_no"), let start = record.date("start_on")
    else { return }
    knownContract.bind(1, record.text("tenant_no"))
    knownContract.bind(2, property)
    knownContract.bind(3, start)
    knownContract.bind(4, record.text("kind"))
    knownContract.bind(5, record.text("brand"))
    defer { knownContract.reset() }
    if try knownContract.step() {
      record.set(index, text: knownContract.text(0))
      return
    }
    record.set(index, text: try numbers.next(property: property, start: start))
  }
}
