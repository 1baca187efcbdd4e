import GRDB

/// Whether the books are sealed, with which key, and how they come to be.
package enum SealStore {
  /// The id of the key that the books are sealed with; nil: values stand in the clear.
  package static func keyID(_ db: Database) throws -> String? {
    // Books of before keys have none.
    let isThere = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE name = 'seal')")
    return isThere == true ? try String.fetchOne(db, sql: "SELECT key_id FROM main.seal") : nil
  }

  /// Makes sealed books readable on this connection. Outside of a transaction.
  /// - Returns: the id of their key; nil: they are not sealed.
  /// - Throws: `Failure` 78 if there is no key file or it is another key's.
  static func unlock(_ db: Database, keyFile path: String?) throws -> String? {
    guard let file = try keyFile(db, path) else { return nil }
    try use(file, on: db)
    try Lens(properties: nil, reveals: true).put(on: db)
    return file.id
  }

  /// The key of the books; nil: they are not sealed.
  /// - Throws: as `unlock`.
  static func keyFile(_ db: Database, _ path: String?) throws -> KeyFile? {
    guard let id = try keyID(db) else { return nil }
    guard let path else {
      throw Failure(
        .settings,
        Phrase(
          "phones, accounts and the like in this database are sealed, and no key file is given",
          "数据库中的电话、账号等已加密，未指定密钥文件"),
        hint: Phrase("set BOMS_KEY_FILE to its path", "请将环境变量 BOMS_KEY_FILE 设为密钥文件路径"))
    }
    let file = try KeyFile(path)
    guard file.id == id else {
      throw Failure(
        .settings,
        Phrase(
          "the key in '\(path)' is \(file.id), the database is sealed with \(id)",
          "“\(path)”中的密钥为 \(file.id)，数据库使用的是 \(id)"),
        hint: Phrase("BOMS_KEY_FILE has to name the right one", "请让 BOMS_KEY_FILE 指向正确的密钥文件"))
    }
    return file
  }

  private static func use(_ file: KeyFile, on db: Database) throws {
    let seal = Seal(file)
    db.add(function: Seal.sealFunction(seal))
    db.add(function: Seal.unsealFunction(seal))
    db.add(function: AuditKey.function(file))
  }

  // MARK: Sealing

  /// Seals every sensitive value that stands in the clear, in a transaction of the caller.
  /// - Returns: how many values were sealed.
  package static func sealAll(_ db: Database, with file: KeyFile, on day: CivilDate) throws -> Int {
    let isSealed = try keyID(db) != nil
    try use(file, on: db)
    try db.execute(sql: "PRAGMA secure_delete = ON")
    var count = 0
    for (table, columns) in SensitiveColumn.byTable.sorted(by: { $0.key < $1.key }) {
      // A ledger's triggers refuse every change, and the audit's would note each row: what it says is
      // not changed here.
      let notes = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_temp_schema WHERE type = 'trigger' AND tbl_name = ?",
        arguments: [table])
      for note in notes {
        try db.execute(sql: "DROP TRIGGER temp.\(note.quotedDatabaseIdentifier)")
      }
      let triggers = try Row.fetchAll(
        db,
        sql: """
          SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = ?
          ORDER BY rowid
          """, arguments: [table])
      for trigger in triggers {
        let name: String = trigger[0]
        try db.execute(sql: "DROP TRIGGER main.\(name.quotedDatabaseIdentifier)")
      }
      for column in columns {
        let before = try sealed(column, db)
        try db.execute(
          sql: """
            UPDATE main."\(table)" AS t SET "\(column.column)" = \(column.sealing(
              "t.\"\(column.column)\"", key: column.key.map { "t.\"\($0)\"" }))
            WHERE t."\(column.column)" IS NOT NULL \(isSealed ? "AND NOT \(column.isSealed)" : "")
            """)
        count += try sealed(column, db) - before
      }
      // By its schema: unqualified, the table's name is that of the lens.
      for trigger in triggers {
        let text: String = trigger[1]
        try db.execute(sql: "CREATE TRIGGER main." + text.dropFirst("CREATE TRIGGER ".count))
      }
    }
    if !isSealed {
      try db.execute(
        sql: "INSERT INTO main.seal (id, key_id, sealed_on) VALUES (1, ?, ?)",
        arguments: [file.id, "\(day)"])
    }
    return count
  }

  /// How many values of a column are sealed.
  private static func sealed(_ column: SensitiveColumn, _ db: Database) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM main.\"\(column.table)\" t WHERE \(column.isSealed)") ?? 0
  }

  /// How many sensitive values stand in the clear.
  package static func clear(_ db: Database) throws -> Int {
    try SensitiveColumn.all.reduce(0) { sum, column in
      try sum
        + (Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM main."\(column.table)" t
            WHERE t."\(column.column)" IS NOT NULL AND \(column.isClear)
            """) ?? 0)
    }
  }

  /// Sealed values by column, each of which opens; and how many still stand in the clear.
  /// - Throws: if one does not open.
  package static func check(
    _ db: Database
  ) throws -> [(column: SensitiveColumn, sealed: Int, clear: Int)] {
    try SensitiveColumn.all.map { column in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT count(*) FILTER (WHERE \(column.isSealed) AND length(\(column.unsealing)) > 0),
            count(*) FILTER (WHERE \(column.isClear))
          FROM main."\(column.table)" t WHERE t."\(column.column)" IS NOT NULL
          """)
      return (column, row?[0] ?? 0, row?[1] ?? 0)
    }
  }
}

extension Books {
  /// Writes the whole file anew, so that nothing of what was changed is left in it or its log.
  /// - Throws: `Failure` 75 while others read the books.
  package func rewrite(wait: Int) throws {
    // On a connection without a lens: SQLite makes the tables anew by their names.
    try Books.openUnchecked(path, wait: wait).withConnection { db in
      try db.execute(sql: "VACUUM")
      let isBusy = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") != 0
      if isBusy {
        throw Failure(
          .busy,
          Phrase(
            "others read the database: old values may still stand in its log",
            "有其他程序正在读取数据库：日志中可能仍有原值"),
          hint: Phrase("run the same again", "请重新运行一次"))
      }
    }
  }
}
