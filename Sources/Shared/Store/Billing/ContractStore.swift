/// The registers of one contract, and what is recorded of it.
package final class ContractStore {
  package let db: BooksConnection
  package let contractNo: String

  /// - Throws: status 66 if there is no such contract.
  package init(_ db: BooksConnection, _ contractNo: String) throws {
    self.db = db
    self.contractNo = contractNo
    try BillStore.requireKnown(property: nil, contract: contractNo, db)
  }

  /// The contract as the law sees it now, with what is recorded.
  package func entry() throws -> LeaseCursor.Entry {
    try Look.at(db, .all(property: nil, contract: contractNo))
    guard let entry = try LeaseCursor(db).next() else {
      throw Failure(
        .bug, Phrase("contract '\(contractNo)' is gone", "合同“\(contractNo)”已不存在"))
    }
    return entry
  }

  // MARK: Records

  /// The contract's rows of a register, in the order of their keys.
  package func records(_ register: Register) throws -> [Record] {
    let columns = register.fields.map { "\"\($0.column)\"" }.joined(separator: ", ")
    let keys = register.keys.map { "\"\($0.column)\"" }.joined(separator: ", ")
    let rows = try SQLStatement(
      db, "SELECT \(columns) FROM \"\(register.table)\" WHERE contract_no = ? ORDER BY \(keys)")
    rows.bind(1, contractNo)
    var records: [Record] = []
    while try rows.step() {
      let record = Record(register)
      for index in register.fields.indices { record.read(index, from: rows, column: index) }
      records.append(record)
    }
    return records
  }

  /// - Throws: a rule of the register that the record breaks, or `reference.unknown`.
  /// - Returns: what is only to be warned of, each with its field.
  @discardableResult
  package func insert(_ record: Record) throws -> [Violation] {
    let register = record.register
    var warnings: [Violation] = []
    for rule in register.rules {
      guard let violation = rule.check(record) else { continue }
      if rule.level == .error {
        throw ValueError(rule.id, violation.message, hint: violation.hint)
      }
      warnings.append(violation)
    }
    for reference in register.references where reference.register != "contract" {
      let check = try ReferenceCheck(db, reference, in: register)
      if let value = try check.unknown(record) { throw check.problem(value) }
    }
    let columns = register.fields.map { "\"\($0.column)\"" }.joined(separator: ", ")
    let places = register.fields.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
    let insert = try SQLStatement(
      db, "INSERT INTO \"\(register.table)\" (\(columns)) VALUES (\(places))")
    for index in register.fields.indices { record.bind(index, to: insert, Int32(index + 1)) }
    try insert.run()
    return warnings
  }

  package func isKnown(contract: String) throws -> Bool {
    let known = try SQLStatement(db, "SELECT 1 FROM contract WHERE contract_no = ?")
    known.bind(1, contract)
    return try known.hasRow()
  }

  package func nextLine() throws -> Int {
    let last = try SQLStatement(
      db, "SELECT coalesce(max(line), 0) FROM charge_term WHERE contract_no = ?")
    last.bind(1, contractNo)
    defer { last.reset() }
    return try last.step() ? Int(last.integer(0)) + 1 : 1
  }

  /// The fee items of a kind, in order.
  package func items(ofKind kind: String) throws -> [String] {
    let rows = try SQLStatement(db, "SELECT item FROM fee_item WHERE kind = ? ORDER BY item")
    rows.bind(1, kind)
    var items: [String] = []
    while try rows.step() { items.append(rows.text(0)) }
    return items
  }

  /// The fee item by which a penalty is charged: the one that is named, or the only one there is.
  /// - Parameters:
  ///   - rule: what is broken where that is not clear.
  ///   - option: how the user names one.
  package func penaltyItem(_ named: String?, rule: String, option: String) throws -> String {
    let items = try items(ofKind: "penalty")
    if let named {
      if items.contains(named) { return named }
    } else if items.count == 1 {
      return items[0]
    }
    let known = items.joined(separator: ", ")
    throw ValueError(
      rule,
      named.map {
        Phrase("'\($0)' is no fee item of kind penalty", "“\($0)”不是违约金类收费项目")
      }
        ?? (items.isEmpty
          ? Phrase("there is no fee item of kind penalty", "没有违约金类收费项目")
          : Phrase(
            "there are several fee items of kind penalty: \(known)",
            "有多个违约金类收费项目：\(known)")),
      hint: items.isEmpty
        ? Phrase("import one to fee_item", "请先在收费项目中增加一项")
        : Phrase("name one with \(option): \(known)", "请用 \(option) 指定：\(known)"))
  }

  /// This contract and those that it follows, as long as tenant, property and kind are the same.
  package func chain() throws -> [String] {
    let rows = try SQLStatement(
      db,
      """
      WITH RECURSIVE chain (contract_no) AS (
        SELECT ?1
        UNION
        SELECT p.contract_no FROM chain
        JOIN contract c ON c.contract_no = chain.contract_no
        JOIN contract p ON p.contract_no = c.previous_contract_no
          AND p.tenant_no = c.tenant_no AND p.property_no = c.property_no AND p.kind = c.kind)
      SELECT contract_no FROM chain
      """)
    rows.bind(1, contractNo)
    var chain: [String] = []
    while try rows.step() { chain.append(rows.text(0)) }
    return chain
  }
}
