import GRDB
import Shared

/// The ledger of what is earned.
final class AccrualStore {
  private let insert: SQLStatement

  init(_ db: Database) throws {
    insert = try SQLStatement(
      db,
      """
      INSERT INTO accrual (contract_no, company_no, item, basis, month, revision, booked_on,
        earned_fen, straight_fen, brought_fen, explain)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """)
  }

  static func lastRow(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(id) FROM accrual") ?? 0
  }

  func add(_ row: AccrualRun.Missing) throws {
    let accrual = row.accrual
    insert.bind(1, row.contractNo)
    insert.bind(2, accrual.group.companyNo)
    insert.bind(3, accrual.group.item)
    insert.bind(4, accrual.group.basis.rawValue)
    insert.bind(5, accrual.month.description)
    insert.bind(6, accrual.revision)
    insert.bind(7, row.bookedOn)
    insert.bind(8, accrual.missing.earned)
    insert.bind(9, accrual.missing.straight)
    insert.bind(10, accrual.missing.brought)
    // As with charges: what was said when it was booked stays what was said, in Chinese.
    insert.bind(11, try accrual.explanation(.zh))
    try insert.run()
  }

  static let fields: [Field] = [
    .code("contract_no", "合同编号"), .code("company_no", "收款主体"), .code("item", "项目代码"),
    .choice("basis", "依据", bases), .month("month", "所属月份"),
    .integer("revision", "版次", 0...Int.max), .date("booked_on", "记账日期"),
    .money("earned", "合同应计"), .money("straight", "直线法差额"), .money("income", "确认收入"),
    .text("explain", "计算说明"), .money("brought", "期初已开"),
  ]

  private static let bases = [Choice("time", "按时间"), Choice("fact", "按实际")]

  /// The rows after one, in the order in which they were booked.
  static func write(_ db: Database, after last: Int64, _ writer: RecordWriter) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT contract_no, company_no, item, basis, month, revision, booked_on, earned_fen,
        straight_fen, earned_fen + straight_fen, explain, brought_fen
      FROM accrual WHERE id > ? ORDER BY id
      """)
    rows.bind(1, last)
    while try rows.step() {
      for column in 0..<rows.columnCount { rows.write(column, to: writer) }
      try writer.endRow()
    }
  }

  /// What was said of the rows of a contract, by group and month; the newest revision last.
  static func sentences(
    of contractNo: String, _ db: Database
  ) throws -> [RevenueRecognition.Group: [CivilMonth: [String]]] {
    let rows = try SQLStatement(
      db,
      """
      SELECT company_no, item, basis, month, explain FROM accrual WHERE contract_no = ? ORDER BY id
      """)
    rows.bind(1, contractNo)
    var found: [RevenueRecognition.Group: [CivilMonth: [String]]] = [:]
    while try rows.step() {
      let group = RevenueRecognition.Group(
        companyNo: rows.text(0), item: rows.text(1), basis: rows.text(2) == "fact" ? .fact : .time)
      found[group, default: [:]][try rows.month(3), default: []].append(rows.text(4))
    }
    return found
  }
}
