import Shared

/// One register's table during an import: upserts rows by their natural key and remembers where
/// each came from.
final class RegisterStore {
  enum Stored {
    case new, changed, unchanged
    /// Refused, and why.
    case refused(Refusal)
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
  /// References that are looked at before a row is stored: those that the schema does not hold.
  private let ownReferences: [ReferenceCheck]
  /// The others, asked for only when the schema refuses a row.
  let foreignKeys: [ReferenceCheck]
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
    // The schema sees rows that somebody who is limited to properties does not. To name one must not
    // make it his: with a contract of his, the other's tenant would be.
    ownReferences =
      try Lens.isLimited(db) ? references : references.filter { !$0.isForeignKey }
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
      for check in ownReferences {
        guard let value = try check.unknown(record) else { continue }
        // A property that is not his says of the row itself that it is not.
        let isOfOther = check.isForeignKey && check.reference.register == "property"
        return .refused(isOfOther ? otherProperty() : unknown(value, check))
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

  // MARK: Rows that are there

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
