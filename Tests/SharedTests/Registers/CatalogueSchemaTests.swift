import GRDB
import Shared
import Testing

/// Holds the catalogue of registers and their SQL schema against each other.
struct CatalogueSchemaTests {
  let queue: DatabaseQueue

  init() throws {
    queue = try DatabaseQueue()
    let sql = try SchemaText.file()
    try queue.write { try $0.execute(sql: sql) }
  }

  @Test func everyTableIsARegisterAndStrict() throws {
    let tables = try queue.read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    }.filter { !($0["name"] as String).hasPrefix("sqlite_") }
    #expect(Set(tables.map { $0["name"] as String }) == Set(Catalogue.registers.map(\.table)))
    #expect(tables.allSatisfy { $0["strict"] == 1 })
  }

  @Test(arguments: Catalogue.registers.map(\.name))
  func columnsAreTheFields(_ name: String) throws {
    let register = try #require(Catalogue.register(named: name))
    let create = try queue.read { db in
      try String.fetchOne(
        db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?",
        arguments: [name])
    }
    var expected = ["id INTEGER PRIMARY KEY"]
    expected += register.fields.map { SchemaText.column($0, of: register) }
    if register.change == .revise {
      expected.append("revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0)")
    }
    let definitions = SchemaText.definitions(of: try #require(create))
    #expect(Array(definitions.prefix(expected.count)) == expected)
    let constraints = definitions.dropFirst(expected.count)
    #expect(
      constraints.allSatisfy {
        $0.hasPrefix("UNIQUE (") || $0.hasPrefix("FOREIGN KEY (") || $0.hasPrefix("CHECK (")
      }, "\(constraints)")
  }

  @Test(arguments: Catalogue.registers.map(\.name))
  func theNaturalKeyIsTheOnlyUniqueKey(_ name: String) throws {
    let register = try #require(Catalogue.register(named: name))
    let keys = try uniqueKeys(name)
    #expect(
      keys == [register.keys.map(\.column) + (register.change == .revise ? ["revision"] : [])])
  }

  @Test(arguments: Catalogue.registers.map(\.name))
  func foreignKeysAreTheReferences(_ name: String) throws {
    let register = try #require(Catalogue.register(named: name))
    let declared = register.references.filter(\.isForeignKey)
    let expected = Set(
      declared.map { reference in
        zip(reference.fields, reference.targets).map { "\($0)→\(reference.register).\($1)" }
      })
    let rows = try queue.read { db in
      try Row.fetchAll(
        db, sql: #"SELECT id, seq, "table", "from", "to" FROM pragma_foreign_key_list(?)"#,
        arguments: [name])
    }
    let found = Dictionary(grouping: rows, by: { $0["id"] as Int }).values.map { rows in
      rows.sorted { ($0["seq"] as Int) < $1["seq"] }.map { row in
        "\(row["from"] as String)→\(row["table"] as String).\(row["to"] as String)"
      }
    }
    #expect(Set(found) == expected)
    for reference in declared {
      #expect(try uniqueKeys(reference.register) == [reference.targets])
    }
  }

  @Test func referencesNameFieldsAndComeAfterTheirParents() throws {
    // The table of bills is made by another file: it is no register.
    var seen: Set<String> = ["bill"]
    for register in Catalogue.registers {
      seen.insert(register.name)
      for reference in register.references {
        #expect(seen.contains(reference.register), "\(register.name) → \(reference.register)")
        #expect(reference.fields.count == reference.targets.count)
        for field in reference.fields { #expect(register.index(of: field) != nil) }
        if let parent = Catalogue.register(named: reference.register) {
          for target in reference.targets { #expect(parent.index(of: target) != nil) }
        }
      }
      for field in register.group { #expect(register.index(of: field) != nil) }
    }
  }

  @Test func aForeignKeyHasAnIndexUnlessItsParentIsSmall() throws {
    let small: Set<String> = ["company", "property", "building", "fee_item"]
    for register in Catalogue.registers {
      let indexes = try queue.read { db in
        try String.fetchAll(
          db, sql: "SELECT name FROM pragma_index_list(?)", arguments: [register.name]
        ).map { index in
          try String.fetchAll(
            db, sql: "SELECT name FROM pragma_index_info(?) ORDER BY seqno", arguments: [index])
        }
      }
      for reference in register.references
      where reference.isForeignKey && !small.contains(reference.register) {
        #expect(
          indexes.contains { $0.starts(with: reference.fields) },
          "\(register.name).\(reference.fields)")
      }
    }
  }

  @Test func factsAreAppendOnly() throws {
    try queue.write { db in
      try db.execute(sql: property)
      try db.execute(
        sql: """
          INSERT INTO meter (meter_no, property_no) VALUES ('E1', 'X');
          INSERT INTO reading (meter_no, read_on, value_e6) VALUES ('E1', '2026-01-31', 1);
          INSERT INTO charge_term (contract_no, line, item, method) VALUES ('C', 1, 'rent', 'turnover');
          INSERT INTO turnover (contract_no, line, month, amount_fen) VALUES ('C', 1, '2026-01', 1);
          INSERT INTO payment (payment_no, property_no, paid_on, amount_fen)
            VALUES ('P', 'X', '2026-01-31', 1);
          INSERT INTO payment_line (payment_no, bill_no, amount_fen) VALUES ('P', 'B', 1);
          INSERT INTO asset (asset_no, name, acquired_on, cost_fen, method)
            VALUES ('A', 'a', '2026-01-31', 1, 'none');
          INSERT INTO asset_usage (asset_no, month, units_e6) VALUES ('A', '2026-01', 1);
          """)
    }
    let facts = Catalogue.registers.filter { $0.change != .update }
    #expect(
      facts.map(\.name) == ["reading", "turnover", "payment", "payment_line", "asset_usage"])
    for register in facts {
      // A group could be replaced, which removes rows.
      #expect(register.group.isEmpty)
      for statement in ["UPDATE \(register.table) SET id = 7", "DELETE FROM \(register.table)"] {
        let error = #expect(throws: DatabaseError.self) {
          try queue.write { try $0.execute(sql: statement) }
        }
        #expect(error?.message == "\(register.table) is append-only")
      }
    }
  }

  @Test func aContractMayStandBeforeTheOneThatItFollows() throws {
    try queue.write { db in
      try db.execute(sql: property)
      for (number, previous) in [("C-2", "C-1"), ("C-1", nil)] {
        try db.execute(
          sql: """
            INSERT INTO contract
              (contract_no, tenant_no, property_no, start_on, end_on, previous_contract_no)
              VALUES (?, 'T', 'X', '2026-01-01', '2026-12-31', ?)
            """, arguments: [number, previous])
      }
    }
    #expect(throws: DatabaseError.self) {
      try queue.write {
        try $0.execute(sql: "UPDATE contract SET previous_contract_no = 'C-9'")
      }
    }
  }

  /// Rows whose required fields have their examples; the bad row of a rule is laid over it.
  @Test func theSchemaRefusesWhatARuleRefuses() throws {
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = OFF") }
    for register in Catalogue.registers {
      var plain: [String: String] = [:]
      for field in register.fields where field.isKey || field.isRequired {
        plain[field.name] = field.example
      }
      if register.name == "charge_term" { plain["method"] = "metered" }
      if register.name == "asset" { plain["method"] = "none" }
      if register.name == "asset_event" { plain["amount"] = "1" }
      try insert(row(register, plain))
      // The roles of accounts and the sign of payments are held by triggers of later steps.
      let later: Set = ["account.role", "payment.amount"]
      for rule in register.rules where rule.level == .error && !later.contains(rule.id) {
        for item in cases where item.rule == rule.id {
          let error = #expect(throws: DatabaseError.self, "\(item.testDescription)") {
            try insert(row(register, plain.merging(item.bad) { $1 }))
          }
          #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_CHECK, "\(rule.id) \(error!)")
        }
      }
    }
  }

  private func insert(_ record: Shared.Record) throws {
    let register = record.register
    let values = register.fields.indices.map { index -> (any DatabaseValueConvertible)? in
      switch record.slots[index] {
      case .absent, .empty: nil
      case .number: record.numbers[index]
      case .text: record.text(register.fields[index].name)
      }
    }
    let columns = register.fields.map { "\"\($0.column)\"" }.joined(separator: ", ")
    let marks = register.fields.map { _ in "?" }.joined(separator: ", ")
    try queue.write { db in
      try db.execute(
        sql: "INSERT INTO \(register.table) (\(columns)) VALUES (\(marks))",
        arguments: StatementArguments(values))
    }
  }

  private let property = """
    INSERT INTO company (company_no, name, credit_code) VALUES ('W', '物业', '91330000142942095H');
    INSERT INTO property (property_no, name, company_no) VALUES ('X', '星河城', 'W');
    INSERT INTO tenant (tenant_no, name) VALUES ('T', '青禾');
    INSERT INTO fee_item (item, name, kind) VALUES ('rent', '租金', 'rent');
    INSERT INTO contract (contract_no, tenant_no, property_no, start_on, end_on)
      VALUES ('C', 'T', 'X', '2026-01-01', '2026-12-31');
    """

  private func uniqueKeys(_ table: String) throws -> [[String]] {
    try queue.read { db in
      try String.fetchAll(
        db, sql: "SELECT name FROM pragma_index_list(?) WHERE \"unique\"", arguments: [table]
      ).map { index in
        try String.fetchAll(
          db, sql: "SELECT name FROM pragma_index_info(?) ORDER BY seqno", arguments: [index])
      }
    }
  }
}
