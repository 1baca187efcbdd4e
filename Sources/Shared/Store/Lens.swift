import GRDB

/// Through what a command sees the books: the rows of which properties, and whether what is
/// sensitive is shown.
///
/// It is temporary views that have the names of the tables. SQLite looks for a name among them
/// first, so whatever a tool asks, it sees no more than this, and no export, list or statement has to
/// think of it. Where the books are sealed, the views open the values, for commands that write too;
/// these write to `main.` what they seal themselves.
package struct Lens: Sendable {
  /// Nil: of all properties, and what belongs to none.
  private let properties: Set<String>?
  private let reveals: Bool

  package init(properties: Set<String>?, reveals: Bool) {
    self.properties = properties
    self.reveals = reveals
  }

  /// Lets unqualified names in all SQL of this connection mean what may be seen, until another lens
  /// is put on. Outside of a transaction: what is made in one that only reads goes with it.
  package func put(on db: Database) throws {
    try remove(from: db)
    let isSealed = try SealStore.keyID(db) != nil
    var tables = !reveals || isSealed ? Set(SensitiveColumn.byTable.keys) : []
    if let properties {
      try note(properties, on: db)
      tables.formUnion(Belonging.tables.filter { $0.value.condition != nil }.keys)
    }
    if tables.isEmpty { return }
    var sql = "BEGIN;\n"
    let names = try SQLStatement(db, "SELECT name FROM pragma_table_info(?)")
    for table in tables.sorted() {
      let condition = properties == nil ? nil : (Belonging.tables[table] ?? .nobody).condition
      sql += """
        CREATE TEMP VIEW "\(table)" AS SELECT \(try columns(of: table, isSealed, names))
        FROM main."\(table)" t WHERE \(condition ?? "1");

        """
    }
    // What the schema's own views read has to go through the lens as well.
    let views = try SQLStatement(
      db, "SELECT name, sql FROM main.sqlite_schema WHERE type = 'view' ORDER BY rowid")
    while try views.step() {
      if properties == nil, !SensitiveColumn.views.contains(views.text(0)) { continue }
      sql += "CREATE TEMP VIEW" + views.text(1).dropFirst("CREATE VIEW".count) + ";\n"
    }
    try db.execute(sql: sql + "COMMIT")
  }

  /// - Parameter names: the columns of a table.
  private func columns(
    of table: String, _ isSealed: Bool, _ names: SQLStatement
  ) throws -> String {
    guard let sensitive = SensitiveColumn.byTable[table], !reveals || isSealed else { return "t.*" }
    names.bind(1, table)
    defer { names.reset() }
    var columns: [String] = []
    while try names.step() {
      let name = names.text(0)
      var value = "t.\"\(name)\""
      if let column = sensitive.first(where: { $0.column == name }) {
        if isSealed { value = column.unsealing }
        if !reveals { value = column.masking(value) }
        value += " AS \"\(name)\""
      }
      columns.append(value)
    }
    return columns.joined(separator: ", ")
  }

  /// Whether this connection sees the rows of some properties only.
  package static func isLimited(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema
          WHERE type = 'table' AND name = 'seen_property')
        """) ?? false
  }

  /// The properties, and the companies that have to do with them.
  private func note(_ properties: Set<String>, on db: Database) throws {
    try db.execute(
      sql: """
        CREATE TEMP TABLE seen_property (property_no TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TEMP TABLE seen_company (company_no TEXT PRIMARY KEY) WITHOUT ROWID
        """)
    let insert = try SQLStatement(db, "INSERT INTO temp.seen_property VALUES (?)")
    for property in properties {
      insert.bind(1, property)
      try insert.run()
    }
    try db.execute(
      sql: """
        INSERT INTO temp.seen_company
        SELECT company_no FROM main.property
          WHERE property_no IN (SELECT property_no FROM temp.seen_property)
        UNION SELECT company_no FROM main.contract
          WHERE company_no IS NOT NULL
            AND property_no IN (SELECT property_no FROM temp.seen_property)
        UNION SELECT t.company_no FROM main.charge_term t
          JOIN main.contract c ON c.contract_no = t.contract_no
          WHERE t.company_no IS NOT NULL
            AND c.property_no IN (SELECT property_no FROM temp.seen_property)
        """)
  }

  private func remove(from db: Database) throws {
    let views = try String.fetchAll(
      db, sql: "SELECT name FROM sqlite_temp_schema WHERE type = 'view'")
    for view in views { try db.execute(sql: "DROP VIEW temp.\(view.quotedDatabaseIdentifier)") }
    try db.execute(
      sql: "DROP TABLE IF EXISTS temp.seen_property; DROP TABLE IF EXISTS temp.seen_company")
  }
}

extension Books {
  /// From here on these books are read through the lens.
  package func look(through lens: Lens) throws {
    try withConnection { try lens.put(on: $0) }
  }
}
