import GRDB
import Shared

/// The audit for people.
enum AuditListStore {
  static let fields: [Field] = [
    .integer("seq", "序号", 1...Int.max), .text("at", "时间"), .text("user", "用户"),
    .text("account", "系统账号"), .text("host", "主机"), .text("run", "运行号"),
    .text("tool", "程序"), .text("command", "命令"), .text("arguments", "参数"),
    .text("outcome", "结果"), .text("counts", "行数"), .text("reason", "原因"),
    .integer("changes", "变更行数", 0...Int.max),
  ]
  static let changeFields: [Field] = [
    .integer("seq", "序号", 1...Int.max), .text("at", "时间"), .text("user", "用户"),
    .text("tool", "程序"), .text("command", "命令"), .text("register", "登记表"),
    .choice(
      "change", "变更",
      [Choice("new", "新增"), Choice("changed", "修改"), Choice("removed", "删除")]),
    .text("key", "主键"), .text("before", "变更前"), .text("after", "变更后"),
  ]

  struct Filter {
    var user: String?
    var tool: String?
    var command: String?
    var outcome: String?
    var register: String?
    var since: CivilDate?
    var until: CivilDate?
    var last: Int?
  }

  /// Of rows `a` of the audit; parameters 1 to 7.
  private static let condition = """
    (?1 IS NULL OR a.user = ?1) AND (?2 IS NULL OR a.tool = ?2)
    AND (?3 IS NULL OR a.command = ?3) AND (?4 IS NULL OR a.outcome = ?4)
    AND (?5 IS NULL OR a.at >= ?5) AND (?6 IS NULL OR a.at < ?6)
    """

  static func write(_ filter: Filter, _ db: Database, _ writer: RecordWriter) throws {
    try write(
      """
      SELECT * FROM (
        SELECT a.seq, a.at, a.user, a.account, a.host, a.run, a.tool, a.command, a.arguments,
          a.outcome, a.counts, a.reason,
          (SELECT count(*) FROM audit_change c WHERE c.seq = a.seq)
        FROM audit a
        WHERE \(condition) AND (?7 IS NULL OR EXISTS (
          SELECT 1 FROM audit_change c WHERE c.seq = a.seq AND c.register = ?7))
        ORDER BY a.seq DESC LIMIT ?8
      ) ORDER BY seq
      """, filter, db, writer)
  }

  static func writeChanges(_ filter: Filter, _ db: Database, _ writer: RecordWriter) throws {
    try write(
      """
      SELECT seq, at, user, tool, command, register,
        CASE WHEN before IS NULL THEN 'new' WHEN after IS NULL THEN 'removed' ELSE 'changed' END,
        key, before, after FROM (
        SELECT a.seq, a.at, a.user, a.tool, a.command, c.register, c.key, c.before, c.after,
          c.number
        FROM audit_change c JOIN audit a ON a.seq = c.seq
        WHERE \(condition) AND (?7 IS NULL OR c.register = ?7)
        ORDER BY c.seq DESC, c.number DESC LIMIT ?8
      ) ORDER BY seq, number
      """, filter, db, writer)
  }

  private static func write(
    _ query: String, _ filter: Filter, _ db: Database, _ writer: RecordWriter
  ) throws {
    let rows = try SQLStatement(db, query)
    rows.bind(1, filter.user)
    rows.bind(2, filter.tool)
    rows.bind(3, filter.command)
    rows.bind(4, filter.outcome)
    rows.bind(5, filter.since)
    rows.bind(6, filter.until?.next)
    rows.bind(7, filter.register)
    rows.bind(8, filter.last ?? -1)
    while try rows.step() { try writer.row(rows.cells(rows.columnCount)) }
  }
}
