import Shared

/// One register's table during an import: upserts rows by their natural key and remembers where
/// each came from.
final class RegisterStore {
  enum Stored {
    case new, changed, unchanged
    /// Refused, and why.
    case refused(Refusal)
  }

  /// Why the database refuses a row.
  struct Refusal: Error {
    var rule: String
    var field: String?
    var message: Phrase
    var hint: Phrase?
    /// The register of the row that is missing, where that is why.
    var missing: String?

    init(_ rule: String, field: String? = nil, _ message: Phrase, hint: Phrase? = nil) {
      self.rule = rule
      self.field = field
      self.message = message
      self.hint = hint
    }
  }

  let register: Register
  private(set) var places = PlaceMap()
  /// The largest row id before the import: rows above it are new.
  let lastBefore: Int64

  let db: BooksConnection
  private let insert: SQLStatement
  private let find: SQLStatement
  private let update: SQLStatement
  private let same: SQLStatement
  private let existing: SQLStatement
  /// References that the schema holds, asked for only when it refuses a row, and the others.
  private let foreignKeys: [ReferenceCheck]
  private let otherReferences: [ReferenceCheck]
  private let fieldCount: Int32
  private let parser: FieldParser

  init(_ db: BooksConnection, _ register: Register) throws {
    self.db = db
    self.register = register
    parser = FieldParser(register)
    let columns = register.fields.map { "\"\($0.column)\"" }
    let keyPlaces = register.fields.indices.filter { register.fields[$0].isKey }
      .map { "?\($0 + 1)" }
    // What is sensitive is sealed on its way into the table; what is read comes out of the seal.
    let parameters = try register.fields.enumerated().map { index, field in
      try SensitiveColumn.of(register.table, field.column)?
        .sealing("?\(index + 1)", key: keyPlaces, in: db)
        ?? "?\(index + 1)"
    }
    let replacements = try register.fields.enumerated().map { index, field in
      try SensitiveColumn.of(register.table, field.column)?
        .resealing("?\(index + 1)", key: keyPlaces, in: db)
        ?? "?\(index + 1)"
    }
    let table = register.table
    fieldCount = Int32(columns.count)
    let revises = register.change == .revise
    let keys = register.fields.indices.filter { register.fields[$0].isKey }
    let keyMatch = keys.map { "\(columns[$0]) IS ?\($0 + 1)" }.joined(separator: " AND ")
    let newest = revises ? "ORDER BY revision DESC LIMIT 1" : ""
    let others = columns.indices.filter { !register.fields[$0].isKey }
    let isSame =
      others.isEmpty
      ? "1" : others.map { "\(columns[$0]) IS ?\($0 + 1)" }.joined(separator: " AND ")

    insert = try SQLStatement(
      db,
      """
      INSERT INTO main."\(table)" (\(columns.joined(separator: ", "))\(revises ? ", revision" : ""))
      VALUES (\(parameters.joined(separator: ", "))\(revises ? ", ?\(columns.count + 1)" : ""))
      ON CONFLICT DO NOTHING
      """)
    find = try SQLStatement(
      db,
      "SELECT id\(revises ? ", revision" : "") FROM \"\(table)\" WHERE \(keyMatch) \(newest)")
    let id = "?\(columns.count + 1)"
    same = try SQLStatement(db, "SELECT 1 FROM \"\(table)\" WHERE id = \(id) AND \(isSame)")
    update = try SQLStatement(
      db,
      others.isEmpty
        ? "SELECT 1 WHERE 0"
        : """
        UPDATE main."\(table)" AS t
        SET \(others.map { "\(columns[$0]) = \(replacements[$0])" }.joined(separator: ", "))
        WHERE id = \(id)
        """)
    existing = try SQLStatement(
      db,
      "SELECT \(columns.joined(separator: ", ")) FROM \"\(table)\" WHERE \(keyMatch) \(newest)")
    let last = try SQLStatement(db, "SELECT coalesce(max(id), 0) FROM \"\(table)\"")
    lastBefore = try last.step() ? last.integer(0) : 0
    last.reset()
    let references = try register.references.map { try ReferenceCheck(db, $0, in: register) }
    foreignKeys = references.filter(\.isForeignKey)
    otherReferences = references.filter { !$0.isForeignKey }
  }

  // MARK: Storing a row

  /// Fills the slots that the input has no column for with what the database has, or with the
  /// default where the row is new.
  func complete(_ record: Record) throws {
    if record.isComplete { return }
    bindKeys(existing, record)
    let isKnown = try existing.step()
    defer { existing.reset() }
    for index in register.fields.indices where record.slots[index] == .absent {
      if isKnown {
        record.read(index, from: existing, column: index)
      } else {
        parser.setDefault(of: record, at: index)
      }
    }
  }

  /// Puts what the database has in the place of values that are only masks of it: what was brought
  /// out masked comes back as no change.
  /// - Returns: why the row is refused, where a value is the mask of something else.
  func unmask(_ record: Record) throws -> Refusal? {
    for (index, field) in register.fields.enumerated() where field.isSensitive {
      guard record.slots[index] == .text,
        case let text = String(decoding: record.bytes(index), as: UTF8.self),
        Masking.isMask(text, field: field.name)
      else { continue }
      bindKeys(existing, record)
      defer { existing.reset() }
      if try existing.step() {
        if let known = existing.optionalText(index),
          text == known || Masking.mask(known, field: field.name) == text
        {
          record.set(index, text: known)
          continue
        }
      } else if register.change == .refuse {
        // A fact as it came: banks mask accounts in their statements.
        continue
      }
      return Refusal(
        "value.masked", field: field.name,
        Phrase(
          "'\(text)' is masked, and not the mask of what is stored",
          "“\(text)”是掩码，且与库中的值不对应"),
        hint: Phrase(
          "write the whole value; 'boms-export --reveal' brings values out unmasked",
          "请填写完整的值；'boms-export --reveal' 可导出完整的值"))
    }
    return nil
  }

  func store(_ record: Record, file: Int, line: Int) throws -> Stored {
    var place = PlaceMap.Place(file: file, line: line, isChanged: true)
    do {
      for check in otherReferences {
        if let value = try check.unknown(record) { return .refused(unknown(value, check)) }
      }
      bind(insert, record)
      if register.change == .revise { insert.bind(fieldCount + 1, 0) }
      if try insert.run() == 1 {
        places[insert.lastInsertedRowID] = place
        return .new
      }
      bindKeys(find, record)
      // There is such a row, and it is not seen.
      guard try find.step() else { return .refused(otherProperty()) }
      let id = find.integer(0)
      let revision = register.change == .revise ? find.integer(1) : 0
      find.reset()
      if let first = places[id] { return .refused(duplicate(of: first, file: file)) }
      bind(same, record)
      same.bind(fieldCount + 1, id)
      if try same.hasRow() {
        place.isChanged = false
        places[id] = place
        return .unchanged
      }
      switch register.change {
      case .refuse: return .refused(recorded())
      case .revise:
        bind(insert, record)
        insert.bind(fieldCount + 1, revision + 1)
        try insert.run()
        places[insert.lastInsertedRowID] = place
      case .update:
        bind(update, record)
        update.bind(fieldCount + 1, id)
        try update.run()
        places[id] = place
      }
      return .changed
    } catch let error as BooksError where error.resultCode == .SQLITE_CONSTRAINT {
      return .refused(try refusal(of: record, error))
    }
  }

  private func bind(_ statement: SQLStatement, _ record: Record) {
    for index in register.fields.indices { record.bind(index, to: statement, Int32(index + 1)) }
  }

  private func bindKeys(_ statement: SQLStatement, _ record: Record) {
    for (index, field) in register.fields.enumerated() where field.isKey {
      record.bind(index, to: statement, Int32(index + 1))
    }
  }

  // MARK: Why a row is refused

  /// What the schema's triggers hold fast once there are charges.
  private static let fixedOnceCharged = [
    "asset": Phrase(
      "the asset is booked: its kind and property stay", "该资产已入账：资产类型和项目不可修改"),
    "charge_term": Phrase(
      "the line has charges: its item, method, cycle, anchor, timing and company stay",
      "该行已有计费记录：收费项目、计费方式、账期月数、账期起算、收取时点、收款主体不可修改"),
    "contract": Phrase(
      "the contract has charges: its tenant, property and company stay, and it is no draft again",
      "该合同已有计费记录：租户、项目、收款主体不可修改，也不能改回草稿"),
    "fee_item": Phrase(
      "the item has charges: its kind stays", "该收费项目已有计费记录：类别不可修改"),
    "property": Phrase(
      "the property has bills or booked assets: its company stays, with assets also billing_from",
      "该项目已有账单或已入账资产：收款主体不可修改，有资产时系统启用日期也不可修改"),
    "share_pool": Phrase(
      "the pool has been divided: item, amount, basis, property and own area stay",
      "该公摊已分摊：收费项目、金额、分摊方式、项目、自持面积不可修改"),
  ]

  private func duplicate(of first: PlaceMap.Place, file: Int) -> Refusal {
    let keys = register.keys.map(\.name).joined(separator: ", ")
    let zhKeys = register.keys.map(\.zh).joined(separator: "、")
    let other = first.file == file ? ("", "") : (" of another file", "（另一文件）")
    return Refusal(
      "\(register.name).duplicate-key", field: register.keys.first?.name,
      Phrase(
        "the same \(keys) stands in line \(first.line)\(other.0) already",
        "与第 \(first.line) 行\(other.1)的\(zhKeys)重复"),
      hint: Phrase("keep one of the two rows", "两行只保留一行"))
  }

  private func unknown(_ value: String, _ check: ReferenceCheck) -> Refusal {
    let problem = check.problem(value)
    var refusal = Refusal(
      problem.rule, field: check.reference.fields.last, problem.message, hint: problem.hint)
    refusal.missing = check.reference.register
    return refusal
  }

  private func recorded() -> Refusal {
    Refusal(
      "\(register.name).recorded", field: register.keys.first?.name,
      Phrase("it is recorded already, with other content", "该记录已入账，且内容不同"),
      hint: Phrase(
        "a recorded row is never changed: add a row that corrects it under a number of its own",
        "已入账的记录不可修改：请用新编号另加一行更正"))
  }

  private func otherProperty() -> Refusal {
    Refusal(
      "\(register.name).other-property", field: register.keys.first?.name,
      Phrase(
        "the row is not one of your properties' alone", "该行不属于（或不只属于）您有权的项目"),
      hint: Phrase(
        "'boms-db whoami' shows your properties; somebody with a role for all can import it",
        "可用 'boms-db whoami' 查看有权的项目；请由拥有全部项目权限的人导入"))
  }

  private func schemaRefusal(_ text: String) -> Refusal {
    Refusal(
      "\(register.name).schema",
      Phrase("the database refuses the row: \(text)", "数据库拒绝该行：\(text)"))
  }

  private func refusal(of record: Record, _ error: BooksError) throws -> Refusal {
    let text = error.message ?? ""
    switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_FOREIGNKEY:
      for check in foreignKeys {
        if let value = try check.unknown(record) { return unknown(value, check) }
      }
      return schemaRefusal(text)
    case .SQLITE_CONSTRAINT_TRIGGER where text.hasSuffix(".fixed-once-charged"):
      return Refusal(
        text,
        RegisterStore.fixedOnceCharged[register.name]
          ?? Phrase("it has charges already", "已有计费记录"),
        hint: insteadOfChanging)
    case .SQLITE_CONSTRAINT_TRIGGER where text == "\(register.name).other-property":
      return otherProperty()
    case .SQLITE_CONSTRAINT_TRIGGER where text == "payment.reference-used":
      return try referenceUsed(record)
    default:
      return schemaRefusal(text)
    }
  }

  private func referenceUsed(_ record: Record) throws -> Refusal {
    let reference = record.text("reference") ?? ""
    let rows = try SQLStatement(
      db, "SELECT payment_no FROM payment_reference WHERE reference = ? AND account = ?")
    rows.bind(1, reference)
    rows.bind(2, AccountNumber.digits(record.text("our_account")))
    let number = try rows.step() ? rows.text(0) : ""
    return Refusal(
      "payment.reference-used", field: "reference",
      Phrase(
        "payment '\(number)' has reference '\(reference)' on the same account of ours",
        "收款单“\(number)”已使用同一收款账号的流水号“\(reference)”"),
      hint: Phrase(
        "the same money twice? Leave the row out; if '\(number)' was wrong, 'boms-collect void' it",
        "如为同一笔款项请删除该行；如“\(number)”有误请先用 'boms-collect void' 作废"))
  }

  /// What to do where a row with charges cannot be changed.
  private var insteadOfChanging: Phrase {
    switch register.name {
    case "asset":
      Phrase(
        "import an asset_event of kind transfer for another property", "换项目请导入“转移”资产变动")
    case "contract":
      Phrase("end it and make a new contract", "请终止原合同，另签新合同")
    case "property":
      Phrase("give new contracts a company_no of their own", "可在新合同上单独填写收款主体")
    case "share_pool":
      Phrase(
        "'boms-bill void --pool … --period …' takes the division back; then import it again",
        "请先执行 'boms-bill void --pool 公摊编号 --period 月份' 作废分摊，再重新导入")
    case "fee_item":
      Phrase("make another item for what is charged from now on", "请为今后的费用另设收费项目")
    default:
      Phrase("close the line (to_on) and add another", "请为原条款填写“止”日期，另加新的一行")
    }
  }

  /// The rows of a contract.
  func ids(ofContract contractNo: String) throws -> [Int64] {
    try ids(of: contractNo, by: "contract_no")
  }

  /// The rows with a number in a column.
  func ids(of number: String, by column: String) throws -> [Int64] {
    let rows = try SQLStatement(
      db, "SELECT id FROM \"\(register.table)\" WHERE \"\(column)\" = ? ORDER BY id")
    rows.bind(1, number)
    var ids: [Int64] = []
    while try rows.step() { ids.append(rows.integer(0)) }
    return ids
  }

  /// The places of a contract's rows, by the value of a field.
  func places(ofContract contractNo: String, by field: String) throws -> [Int64: PlaceMap.Place] {
    let rows = try SQLStatement(
      db, "SELECT id, \"\(field)\" FROM \"\(register.table)\" WHERE contract_no = ?")
    rows.bind(1, contractNo)
    var found: [Int64: PlaceMap.Place] = [:]
    while try rows.step() { found[rows.integer(1)] = places[rows.integer(0)] }
    return found
  }

  // MARK: Replacing groups

  /// The groups (contracts, tariffs …) that the import names.
  private var groups: Set<String> = []

  func noteGroup(_ record: Record) {
    if let field = register.group.first, let group = record.text(field) { groups.insert(group) }
  }

  /// Removes the rows of the groups that the import names but whose rows it does not have.
  /// - Parameter refused: is told the group of a row that other rows refer to.
  /// - Returns: how many rows were removed.
  func removeUnnamed(refused: (String) -> Void) throws -> Int {
    guard let field = register.group.first else { return 0 }
    let table = register.table
    let rows = try SQLStatement(
      db, "SELECT id FROM \"\(table)\" WHERE \"\(field)\" = ? ORDER BY id")
    let delete = try SQLStatement(db, "DELETE FROM main.\"\(table)\" WHERE id = ?")
    var removed = 0
    for group in groups.sorted() {
      var gone: [Int64] = []
      rows.bind(1, group)
      while try rows.step() {
        if places[rows.integer(0)] == nil { gone.append(rows.integer(0)) }
      }
      rows.reset()
      do {
        for id in gone {
          delete.bind(1, id)
          removed += try delete.run()
        }
      } catch let error as BooksError where error.resultCode == .SQLITE_CONSTRAINT {
        refused(group)
      }
    }
    return removed
  }
}
