import GRDB
import TestSupport
import Testing

@testable import Shared

struct RowsInsertTests {
  @Test(arguments: [0, 1, 7, 8, 9, 20]) func rowsComeInTheirOrderHoweverManyThereAre(_ count: Int)
    throws
  {
    let queue = try DatabaseQueue()
    let rows = try queue.write { db -> [String] in
      try db.execute(sql: "CREATE TABLE t (n INTEGER PRIMARY KEY, twice, name)")
      let insert = RowsInsert(db, into: "t (n, twice, name)", columns: 2) { value in
        "(\(value(1)), 2 * \(value(1)), \(value(2)))"
      }
      try insert.run((0..<count).map { "row \($0)" }) { after, row, statement, before in
        statement.bind(before + 1, after)
        statement.bind(before + 2, row)
      }
      return try String.fetchAll(
        db, sql: "SELECT n || ' ' || twice || ' ' || name FROM t ORDER BY n")
    }
    #expect(rows == (0..<count).map { "\($0) \(2 * $0) row \($0)" })
  }

  @Test func whatTheTableRefusesIsThrown() throws {
    let queue = try DatabaseQueue()
    #expect(throws: DatabaseError.self) {
      try queue.write { db in
        try db.execute(sql: "CREATE TABLE t (n INTEGER PRIMARY KEY)")
        try RowsInsert(db, into: "t (n)", columns: 1) { "(\($0(1)))" }
          .run([1, 2, 1]) { _, row, statement, before in statement.bind(before + 1, row) }
      }
    }
  }
}
