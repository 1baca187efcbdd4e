import GRDB
import Shared

/// Requests as records: what `request list` and every command that changes some writes.
struct RequestRecordsStore {
  static let fields: [Field] = [
    .code("request_no", "发票流水号"), .choice("colour", "蓝字红字", Choice.colours),
    .choice("state", "状态", RequestState.allCases.map { Choice($0.rawValue, $0.zh) }),
    .code("company_no", "收款主体"), .code("tenant_no", "租户编号"), .text("buyer_name", "购买方名称"),
    .choice("invoice_kind", "发票类型", Choice.kinds),
    .choice("business", "特定业务类型", [Choice("lease", "不动产经营租赁服务")]),
    .date("requested_on", "申请日"), .integer("lines", "行数", 0...2000),
    .money("net", "不含税金额"), .money("tax", "税额"), .money("gross", "价税合计"),
    .date("since_on", "状态日"), .code("invoice_no", "发票号码"),
    .code("blue_request_no", "蓝字流水号"), .code("blue_no", "蓝字发票号码"),
    .choice("red_reason", "冲红原因", RedReason.allCases.map { Choice($0.rawValue, $0.meaning.zh) }),
    .text("reason", "原因"),
  ]

  /// Which requests.
  struct Selection {
    var numbers: [String] = []
    var states: [RequestState] = []
    var colour: String?
    var companyNo: String?
    var tenantNo: String?
    var month: CivilMonth?
    /// Only those written after this one, and these.
    var after: (last: Int64, and: Set<Int64>)?
  }

  let db: Database

  /// - Throws: `Failure` 66 for a number that is not known.
  func forEach(
    _ selection: Selection, _ body: (_ id: Int64, _ cells: [Cell]) throws -> Void
  ) throws {
    for number in selection.numbers { _ = try RequestRecordsStore.id(of: number, db) }
    let rows = try SQLStatement(
      db,
      """
      SELECT r.request_no, r.colour, s.state, r.company_no, r.tenant_no, r.buyer_name,
        r.invoice_kind, r.business, r.requested_on,
        (SELECT count(*) FROM invoice_request_line l WHERE l.request_id = r.id), r.net_fen,
        r.tax_fen, r.gross_fen, s.since_on, s.invoice_no, b.request_no, t.invoice_no, r.reason,
        s.reason, r.id
      FROM invoice_request r JOIN invoice_request_state s ON s.request_id = r.id
      LEFT JOIN invoice_request b ON b.id = r.blue_id
      LEFT JOIN invoice_request_state t ON t.request_id = b.id
      WHERE r.colour = coalesce(?1, r.colour) AND r.company_no = coalesce(?2, r.company_no)
        AND r.tenant_no = coalesce(?3, r.tenant_no) AND r.month = coalesce(?4, r.month)
      ORDER BY r.id
      """)
    rows.bind(1, selection.colour)
    rows.bind(2, selection.companyNo)
    rows.bind(3, selection.tenantNo)
    rows.bind(4, selection.month?.description)
    let numbers = Set(selection.numbers)
    let states = Set(selection.states.map(\.rawValue))
    while try rows.step() {
      if !numbers.isEmpty, !numbers.contains(rows.text(0)) { continue }
      if !states.isEmpty, !states.contains(rows.text(2)) { continue }
      if let after = selection.after, rows.integer(19) <= after.last,
        !after.and.contains(rows.integer(19))
      {
        continue
      }
      try body(rows.integer(19), rows.cells(RequestRecordsStore.fields.count))
    }
  }

  /// - Throws: `Failure` 66 if there is no such request.
  static func id(of number: String, _ db: Database) throws -> Int64 {
    if let id = try Int64.fetchOne(
      db, sql: "SELECT id FROM invoice_request WHERE request_no = ?", arguments: [number])
    {
      return id
    }
    throw Failure(
      .noInput, Phrase("there is no request '\(number)'", "没有流水号为“\(number)”的开票申请"),
      hint: Phrase("'boms-invoice request list' lists them", "可用 'boms-invoice request list' 查看"))
  }
}

extension Choice {
  static let colours = [Choice("blue", "蓝字"), Choice("red", "红字")]
  static let kinds = [Choice("special", "增值税专用发票"), Choice("ordinary", "普通发票")]
}
