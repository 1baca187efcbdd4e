import GRDB
import Shared

/// The ledger of requests: what is written of one, and what happens to it.
final class RequestStore {
  private let db: Database
  private let numbers: NumberSeries
  private let insert: SQLStatement
  private let insertLine: SQLStatement
  private let insertPart: SQLStatement
  private let insertLease: SQLStatement
  private let insertEvent: SQLStatement

  init(_ db: Database) throws {
    self.db = db
    numbers = try NumberSeries(db, RequestNumber.series)
    func sealed(_ column: String, _ value: String) throws -> String {
      try RequestStore.sealed(column, value, db)
    }
    insert = try SQLStatement(
      db,
      """
      INSERT INTO main.invoice_request (request_no, company_no, month, serial, colour, tenant_no,
        invoice_kind, business, buyer_name, buyer_is_person, buyer_tax_no, buyer_address,
        buyer_phone, buyer_bank, buyer_account, buyer_email, requested_on, remark, net_fen, tax_fen,
        gross_fen)
      VALUES (?1, ?2, ?3, ?4, 'blue', ?5, ?6, ?7, ?8, ?9, \(try sealed("buyer_tax_no", "?10")), ?11,
        \(try sealed("buyer_phone", "?12")), ?13, \(try sealed("buyer_account", "?14")),
        \(try sealed("buyer_email", "?15")), ?16, \(try sealed("remark", "?17")), ?18, ?19, ?20)
      """)
    insertLine = try SQLStatement(
      db,
      """
      INSERT INTO invoice_request_line (request_id, line, item, item_name, tax_code, unit, quantity,
        price, tax_rate_e6, policy, net_fen, tax_fen, gross_fen)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertPart = try SQLStatement(
      db,
      """
      INSERT INTO invoice_request_part (request_id, charge_id, line, net_fen, tax_fen, gross_fen)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    insertLease = try SQLStatement(
      db,
      """
      INSERT INTO invoice_request_lease (request_id, seq, unit_no, deed_no, region, address, from_on,
        to_on, cross_city, area_unit)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertEvent = try SQLStatement(
      db,
      """
      INSERT INTO invoice_request_event (request_id, event, happened_on, reason)
      VALUES (?, ?, ?, ?)
      """)
  }

  /// A value of the request whose number is bound first, as it is to be stored.
  private static func sealed(_ column: String, _ value: String, _ db: Database) throws -> String {
    try SensitiveColumn.of("invoice_request", column)?.sealing(value, key: ["?1"], in: db) ?? value
  }

  /// Writes the last numbers taken back; before the transaction ends.
  func save() throws {
    try numbers.save()
  }

  func last() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(id) FROM invoice_request") ?? 0
  }

  // MARK: Asking

  @discardableResult
  func append(
    _ content: RequestContent, companyNo: String, tenantNo: String, _ sums: Amounts,
    on day: CivilDate
  ) throws -> Int64 {
    let serial = try numbers.next(companyNo, month: day.month)
    let buyer = content.buyer
    insert.bind(
      1, try RequestNumber.text(companyNo: companyNo, month: day.month, serial: serial))
    insert.bind(2, companyNo)
    insert.bind(3, day.month.description)
    insert.bind(4, serial)
    insert.bind(5, tenantNo)
    insert.bind(6, buyer.kind.rawValue)
    insert.bind(7, content.business?.rawValue)
    insert.bind(8, buyer.name)
    insert.bind(9, buyer.isPerson ? 1 : 0)
    insert.bind(10, buyer.taxNo)
    insert.bind(11, buyer.address)
    insert.bind(12, buyer.phone)
    insert.bind(13, buyer.bank)
    insert.bind(14, buyer.account)
    insert.bind(15, buyer.email)
    insert.bind(16, day)
    insert.bind(17, content.remark)
    insert.bind(18, sums.net)
    insert.bind(19, sums.tax)
    insert.bind(20, sums.amount)
    try insert.run()
    let id = insert.lastInsertedRowID
    for (index, line) in content.lines.enumerated() { try append(line, index + 1, to: id) }
    for (index, lease) in content.leases.enumerated() { try append(lease, index + 1, to: id) }
    return id
  }

  private func append(_ line: RequestContent.Line, _ number: Int, to id: Int64) throws {
    insertLine.bind(1, id)
    insertLine.bind(2, number)
    insertLine.bind(3, line.item)
    insertLine.bind(4, line.itemName)
    insertLine.bind(5, line.taxCode)
    insertLine.bind(6, line.unit)
    insertLine.bind(7, line.quantity)
    insertLine.bind(8, line.price)
    insertLine.bind(9, line.taxRate)
    insertLine.bind(10, line.policy)
    insertLine.bind(11, line.amounts.net)
    insertLine.bind(12, line.amounts.tax)
    insertLine.bind(13, line.amounts.amount)
    try insertLine.run()
    for part in line.parts { try append(part.charge, part.amounts, line: number, to: id) }
  }

  private func append(
    _ charge: Int64, _ amounts: Amounts, line: Int, to id: Int64
  ) throws {
    insertPart.bind(1, id)
    insertPart.bind(2, charge)
    insertPart.bind(3, line)
    insertPart.bind(4, amounts.net)
    insertPart.bind(5, amounts.tax)
    insertPart.bind(6, amounts.amount)
    try insertPart.run()
  }

  private func append(_ lease: RequestContent.LeaseRow, _ number: Int, to id: Int64) throws {
    insertLease.bind(1, id)
    insertLease.bind(2, number)
    insertLease.bind(3, lease.unitNo)
    insertLease.bind(4, lease.deedNo)
    insertLease.bind(5, lease.region)
    insertLease.bind(6, lease.address)
    insertLease.bind(7, lease.period.from)
    insertLease.bind(8, lease.period.to)
    insertLease.bind(9, lease.isCrossCity ? 1 : 0)
    insertLease.bind(10, lease.areaUnit)
    try insertLease.run()
  }

  // MARK: Taking back

  /// What a red request takes back of a charge.
  struct Back {
    var charge: Int64
    /// Above zero.
    var amounts: Amounts
  }

  /// A red request against a blue one, on its lines: the buyer is that of the blue invoice.
  func appendRed(
    of blue: Int64, _ backs: [Back], _ reason: RedReason, byHand: Bool, on day: CivilDate
  ) throws {
    let lines = try redLines(of: blue, backs)
    var sums = Amounts.zero
    for line in lines { sums = try sums + line.amounts }
    func sealed(_ column: String, _ value: String) throws -> String {
      try RequestStore.sealed(column, value, db)
    }
    let companyNo =
      try String.fetchOne(
        db, sql: "SELECT company_no FROM invoice_request WHERE id = ?", arguments: [blue]) ?? ""
    let serial = try numbers.next(companyNo, month: day.month)
    try db.execute(
      sql: """
        INSERT INTO main.invoice_request (request_no, company_no, month, serial, colour, tenant_no,
          invoice_kind, business, buyer_name, buyer_is_person, buyer_tax_no, buyer_address,
          buyer_phone, buyer_bank, buyer_account, buyer_email, requested_on, net_fen, tax_fen,
          gross_fen, blue_id, reason, by_hand)
        SELECT ?1, company_no, ?2, ?3, 'red', tenant_no, invoice_kind, business, buyer_name,
          buyer_is_person, \(try sealed("buyer_tax_no", "buyer_tax_no")), buyer_address,
          \(try sealed("buyer_phone", "buyer_phone")), buyer_bank,
          \(try sealed("buyer_account", "buyer_account")), \(try sealed("buyer_email", "buyer_email")), ?4, ?5, ?6, ?7, id, ?8, ?9
        FROM invoice_request WHERE id = ?10
        """,
      arguments: [
        try RequestNumber.text(companyNo: companyNo, month: day.month, serial: serial),
        day.month.description, serial, "\(day)", -sums.net.fen, -sums.tax.fen, -sums.amount.fen,
        reason.rawValue, byHand, blue,
      ])
    let id = db.lastInsertedRowID
    for line in lines {
      try db.execute(
        sql: """
          INSERT INTO invoice_request_line (request_id, line, item, item_name, tax_code, unit,
            tax_rate_e6, policy, net_fen, tax_fen, gross_fen)
          SELECT ?1, line, item, item_name, tax_code, unit, tax_rate_e6, policy, ?2, ?3, ?4
          FROM invoice_request_line WHERE request_id = ?5 AND line = ?6
          """,
        arguments: [
          id, -line.amounts.net.fen, -line.amounts.tax.fen, -line.amounts.amount.fen, blue,
          line.number,
        ])
      for back in line.backs {
        try append(back.charge, try .zero - back.amounts, line: line.number, to: id)
      }
    }
  }

  private struct RedLine {
    /// That of the blue request.
    var number: Int
    var amounts: Amounts
    var backs: [Back]
  }

  /// All that is left of a line is taken back to the fen; of a part the tax is reckoned anew.
  private func redLines(of blue: Int64, _ backs: [Back]) throws -> [RedLine] {
    let left = try SQLStatement(
      db,
      """
      SELECT l.line, b.tax_rate_e6, sum(l.net_fen), sum(l.tax_fen), sum(l.gross_fen)
      FROM invoice_request_part p
      JOIN invoice_request_line b ON b.request_id = p.request_id AND b.line = p.line
      JOIN invoice_request r ON r.id = p.request_id OR r.blue_id = p.request_id
      JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
      JOIN invoice_request_line l ON l.request_id = r.id AND l.line = p.line
      WHERE p.request_id = ? AND p.charge_id = ? GROUP BY l.line
      """)
    var lines: [RedLine] = []
    var whole: [Int: (left: Amounts, rate: Fixed)] = [:]
    for back in backs {
      left.bind(1, blue)
      left.bind(2, back.charge)
      guard try left.step() else { continue }
      let number = Int(left.integer(0))
      whole[number] = (
        Amounts(net: left.money(2), tax: left.money(3), amount: left.money(4)), left.fixed(1)
      )
      left.reset()
      if let at = lines.firstIndex(where: { $0.number == number }) {
        lines[at].backs.append(back)
      } else {
        lines.append(RedLine(number: number, amounts: .zero, backs: [back]))
      }
    }
    for index in lines.indices {
      var gross = Money.zero
      for back in lines[index].backs { gross = try gross + back.amounts.amount }
      guard let (left, rate) = whole[lines[index].number] else { continue }
      lines[index].amounts = gross == left.amount ? left : try Amounts(gross: gross, rate: rate)
    }
    return lines.sorted { $0.number < $1.number }
  }

  // MARK: Events

  enum Event: String {
    case exported, failed, withdrawn
  }

  func add(_ event: Event, to request: Int64, on day: CivilDate, reason: String? = nil) throws {
    insertEvent.bind(1, request)
    insertEvent.bind(2, event.rawValue)
    insertEvent.bind(3, day)
    insertEvent.bind(4, reason)
    try insertEvent.run()
  }

  struct Standing {
    var id: Int64
    var number: String
    var state: RequestState
    /// Of its newest event.
    var reason: String?
  }

  /// How the request of a number stands; nil if there is none.
  func newest(_ number: String) throws -> Standing? {
    let rows = try SQLStatement(
      db,
      """
      SELECT r.id, r.request_no, s.state, s.reason FROM invoice_request r
      JOIN invoice_request_state s ON s.request_id = r.id WHERE r.request_no = ?
      """)
    rows.bind(1, number)
    return try rows.step() ? standing(rows) : nil
  }

  private func standing(_ rows: SQLStatement) -> Standing? {
    guard let state = RequestState(rawValue: rows.text(2)) else { return nil }
    return Standing(
      id: rows.integer(0), number: rows.text(1), state: state, reason: rows.optionalText(3))
  }

  /// A request and the red ones that take it back, these first, without what is withdrawn.
  func standing(with id: Int64) throws -> [Standing] {
    let rows = try SQLStatement(
      db,
      """
      SELECT r.id, r.request_no, s.state, s.reason FROM invoice_request r
      JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
      WHERE r.id = ?1 OR r.blue_id = ?1 ORDER BY r.id = ?1, r.id
      """)
    rows.bind(1, id)
    var found: [Standing] = []
    while try rows.step() {
      if let request = standing(rows) { found.append(request) }
    }
    return found
  }
}
