import GRDB
import Shared

/// What must hold of a database at any time.
enum CheckStore {
  struct Found {
    var rule: String
    var subject: String
    var message: Phrase
  }

  struct Rule: Sendable {
    var id: String
    var find: @Sendable (Database) throws -> [Found]
  }

  static func tables(_ books: Books) throws -> [(name: String, rows: Int64)] {
    try books.read { db in
      let names = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
          ORDER BY name
          """)
      return try names.map { name in
        (name, try Int64.fetchOne(db, sql: "SELECT count(*) FROM \"\(name)\"") ?? 0)
      }
    }
  }

  /// What was found, and how many rules were asked.
  static func findings(
    _ db: Database, progress: () -> Void = {}
  ) throws -> (found: [Found], rules: Int) {
    var found: [Found] = []
    for (index, rule) in rules.enumerated() {
      do {
        found += try rule.find(db)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        found.append(damage(rule.id, error.message ?? ""))
      }
      progress()
      // Of a damaged file nothing else can be asked.
      if rule.id == "db.integrity", !found.isEmpty { return (found, index + 1) }
    }
    return (found, rules.count)
  }

  /// What is wrong with a file whose damage shut the door.
  static func findings(_ path: String, wait: Int, shutBy error: DatabaseError) -> [Found] {
    let shut = damage("db.integrity", error.message ?? "")
    let found = try? Books.withDamagedDoor(path, wait: wait)?.read(integrity)
    return [shut] + (found ?? []).filter { $0.message != shut.message }
  }

  private static func damage(_ rule: String, _ text: String) -> Found {
    Found(
      rule: rule, subject: "",
      message: Phrase("the file is damaged: \(text)", "数据库文件损坏：\(text)"))
  }

  /// What SQLite finds; where the damage ends the looking too, all that came before.
  private static func integrity(_ db: Database) throws -> [Found] {
    var found: [Found] = []
    do {
      let lines = try String.fetchCursor(db, sql: "PRAGMA integrity_check(100)")
      while let line = try lines.next() {
        if line != "ok" { found.append(damage("db.integrity", line)) }
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      found.append(damage("db.integrity", error.message ?? ""))
    }
    return found
  }

  static let rules: [Rule] = files + bills + money + journal + requests + invoices

  /// The file itself.
  private static let files: [Rule] = [
    Rule(id: "db.integrity", find: integrity),
    Rule(id: "db.foreign-key") { db in
      try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
        let table: String = row[0] ?? ""
        let parent: String = row[2] ?? ""
        let id: Int64 = row[1] ?? 0
        return Found(
          rule: "db.foreign-key", subject: "\(table) \(id)",
          message: Phrase(
            "row \(id) of \(table) refers to a row of \(parent) that is not there",
            "\(table) 的第 \(id) 行引用了不存在的 \(parent) 记录"))
      }
    },
    Rule(id: "seal.clear") { db in
      guard try SealStore.keyID(db) != nil, case let clear = try SealStore.clear(db), clear > 0
      else { return [] }
      return [
        Found(
          rule: "seal.clear", subject: "",
          message: Phrase(
            "\(clear) sensitive values stand in the clear; 'boms-db key create' seals them",
            "有 \(clear) 个敏感值为明文；可用 'boms-db key create' 加密"))
      ]
    },
    Rule(id: "audit.chain") { db in
      try AuditVerification(db).findings.map { finding in
        Found(
          rule: "audit.chain", subject: finding.seq.map { "audit \($0)" } ?? "",
          message: finding.message)
      }
    },
  ]

  /// A rule whose query gives what breaks it, first column.
  static func rule(_ id: String, _ sql: String, _ message: Phrase) -> Rule {
    Rule(id: id) { db in
      try Row.fetchAll(db, sql: sql).map { row in
        Found(rule: id, subject: row[0].map { "\($0)" } ?? "", message: message)
      }
    }
  }

  /// The numbers that a table has from its series: of a company and month from 1 on, without a gap, up to
  /// the series' last.
  static func numbers(_ id: String, of table: String, _ message: Phrase) -> Rule {
    rule(
      id,
      """
      SELECT r.company_no || ' ' || r.month FROM \(table) r
      LEFT JOIN number_series s ON s.series = '\(table)/' || r.company_no AND s.period = r.month
      GROUP BY r.company_no, r.month
      HAVING min(r.serial) <> 1 OR max(r.serial) <> count(*) OR s.last IS NOT max(r.serial)
      """, message)
  }
}
