import GRDB
import Shared

/// What jobs did (运行记录).
enum JobStore {
  static let fields: [Field] = [
    .text("run", "批次"), .text("step", "步骤"), .text("begun_at", "开始时间"),
    .integer("seconds", "用时（秒）", 0...Int.max), .integer("status", "状态", 0...255),
    .text("summary", "结果"), .text("counts", "计数"),
  ]

  struct Row {
    var run: String
    var step: String
    var begunAt: String
    var seconds: Int
    var status: Int
    var summary: JobSummary?
  }

  static func add(_ row: Row, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO job_run (run, step, begun_at, seconds, status, summary, counts)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        row.run, row.step, row.begunAt, row.seconds, row.status, row.summary?.line,
        row.summary?.counts,
      ])
  }

  /// The newest runs, in the order in which they went.
  static func write(last: Int, failed: Bool, _ db: Database, _ writer: RecordWriter) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT run, step, begun_at, seconds, status, summary, counts FROM job_run
      WHERE (?2 = 0 OR status <> 0)
        AND run IN (SELECT run FROM job_run GROUP BY run ORDER BY max(id) DESC LIMIT ?1)
      ORDER BY id
      """)
    rows.bind(1, last)
    rows.bind(2, failed ? 1 : 0)
    while try rows.step() {
      try writer.row(rows.cells(fields.count))
    }
  }
}
