import GRDB
import Shared

/// The charges that invoicing has to look at, and the requests that stand of them.
struct IssueChargeStore {
  struct Scope {
    /// Charges on bills of this day or before.
    var asOf: CivilDate
    var companyNo: String?
    var tenantNo: String?
    var contractNo: String?
    /// Whether only what was received is asked for.
    var isReceived = false
  }

  let db: Database
  let scope: Scope

  /// - Throws: `Failure` 66 for a company, tenant or contract that is not known.
  init(_ db: Database, _ scope: Scope) throws {
    self.db = db
    var scope = scope
    if let no = scope.companyNo { try KnownNumber.require("company", no, "收款主体", db) }
    if let no = scope.tenantNo { try KnownNumber.require("tenant", no, "租户", db) }
    if let no = scope.contractNo {
      try KnownNumber.require("contract", no, "合同", db)
      // What stands on one request with a charge of the contract has to be seen, too.
      scope.tenantNo = try String.fetchOne(
        db, sql: "SELECT tenant_no FROM contract WHERE contract_no = ?", arguments: [no])
    }
    self.scope = scope
  }

  /// Charges that are worth something else than was asked for, and all of which an open request is,
  /// in the order of the books. Deposits and money that is passed on have no invoices, nor has what the
  /// old books invoiced or a penalty without a tax code (no supply, no tax).
  func charges() throws -> [IssueCharge] {
    let rows = try SQLStatement(
      db,
      """
      WITH worth AS (
        SELECT coalesce(adjusts, id) AS id, sum(net_fen) AS net_fen, sum(tax_fen) AS tax_fen,
          sum(amount_fen) AS amount_fen, max(voids) AS voids, max(id) AS newest
        FROM charge GROUP BY 1
      ), open_charge AS (
        SELECT DISTINCT p.charge_id FROM invoice_request_part p JOIN invoice_request_state s
          ON s.request_id = p.request_id AND s.state IN ('requested', 'pending', 'failed')
      )
      SELECT c.id, c.bill_no, b.bill_on, c.contract_no, b.tenant_no, b.company_no, c.item,
        i.name || CASE c.kind WHEN 'late_fee' THEN '违约金' ELSE '' END, c.line, c.period_start,
        c.period_end, n.tax_rate_e6, coalesce(c.tax_code, i.tax_code), w.net_fen, w.tax_fen,
        w.amount_fen, c.quantity_e6, c.price_e6, w.voids,
        coalesce(t.terminated_on < c.period_end, 0),
        (SELECT e.event = 'hold' FROM bill_event e WHERE e.bill_no = c.bill_no
          ORDER BY e.id DESC LIMIT 1),
        EXISTS (SELECT 1 FROM invoice_request_part p JOIN invoice_request r ON r.id = p.request_id
          AND r.by_hand = 1 JOIN invoice_request_state s ON s.request_id = r.id
          AND s.state NOT IN ('issued', 'withdrawn') WHERE p.charge_id = c.id),
        CASE ?5 WHEN 1 THEN (SELECT coalesce(sum(l.amount_fen), 0) FROM allocation l
          JOIN charge x ON x.id = l.charge_id WHERE (x.id = c.id OR x.adjusts = c.id)
            AND l.credit_id IS NULL AND l.effective_on <= ?1) END,
        (SELECT CASE m.kind WHEN 'power' THEN '千瓦时' WHEN 'water' THEN '立方米'
          WHEN 'gas' THEN '立方米' END FROM meter m WHERE c.source = 'M' || m.meter_no),
        a.charge_id IS NULL AND c.contract_no <> coalesce(?4, c.contract_no)
      FROM worth w JOIN charge c ON c.id = w.id JOIN charge n ON n.id = w.newest
      JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      JOIN contract t ON t.contract_no = c.contract_no
      LEFT JOIN charge_invoiced a ON a.charge_id = c.id
      WHERE i.kind NOT IN ('deposit', 'pass_through')
        AND NOT (i.kind = 'penalty' AND coalesce(c.tax_code, i.tax_code) IS NULL)
        AND NOT (c.kind = 'opening' AND EXISTS (SELECT 1 FROM opening_balance o
          WHERE o.contract_no = c.contract_no AND o.kind = 'receivable' AND o.item = c.item
            AND o.invoiced = 1 AND c.source = 'O' || o.item || '/' || o.due_on))
        AND (b.bill_on <= ?1 OR a.charge_id IS NOT NULL)
        AND b.company_no = coalesce(?2, b.company_no) AND b.tenant_no = coalesce(?3, b.tenant_no)
        AND (w.amount_fen <> coalesce(a.asked_fen, 0) OR w.net_fen <> coalesce(a.asked_net_fen, 0)
          OR c.id IN (SELECT charge_id FROM open_charge))
      ORDER BY c.id
      """)
    rows.bind(1, scope.asOf)
    rows.bind(2, scope.companyNo)
    rows.bind(3, scope.tenantNo)
    rows.bind(4, scope.contractNo)
    rows.bind(5, scope.isReceived ? 1 : 0)
    var charges: [IssueCharge] = []
    while try rows.step() {
      if rows.integer(24) == 0 { charges.append(try charge(rows)) }
    }
    return charges
  }

  private func charge(_ rows: SQLStatement) throws -> IssueCharge {
    let worth = Amounts(net: rows.money(13), tax: rows.money(14), amount: rows.money(15))
    let rate = rows.fixed(11)
    var charge = IssueCharge(
      id: rows.integer(0), billNo: rows.text(1), month: try rows.date(2).month,
      contractNo: rows.text(3), tenantNo: rows.text(4), companyNo: rows.text(5),
      item: rows.text(6), itemName: rows.text(7), line: rows.optionalInt(8),
      period: Period(try rows.date(9), try rows.date(10)), taxRate: rate,
      taxCode: rows.optionalText(12), worth: worth, wanted: worth)
    if let received = rows.optionalInteger(22), received < worth.amount.fen {
      charge.wanted = try Amounts(gross: Money(fen: max(0, received)), rate: rate)
    }
    if let quantity = rows.optionalFixed(16), let price = rows.optionalFixed(17) {
      let measure = IssueCharge.Measure(
        quantity: quantity, price: price, unit: rows.optionalText(23))
      // A price that its tax comes on top of is not what the invoice multiplies.
      if measure.agrees(with: worth.amount) { charge.measure = measure }
    }
    charge.isVoid = rows.integer(18) == 1
    charge.endedEarly = rows.integer(19) == 1
    charge.waits = rows.integer(21) == 1 ? .red : rows.optionalInteger(20) == 1 ? .held : nil
    return charge
  }

  /// The requests that stand of these charges, with what of them is on each.
  func requests(of charges: [IssueCharge]) throws -> [AskedRequest] {
    let rows = try SQLStatement(
      db,
      """
      SELECT r.id, r.colour = 'red', s.state, r.blue_id, r.by_hand, p.net_fen, p.tax_fen,
        p.gross_fen, l.tax_rate_e6
      FROM invoice_request_part p JOIN invoice_request r ON r.id = p.request_id
      JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
      JOIN invoice_request_line l ON l.request_id = p.request_id AND l.line = p.line
      WHERE p.charge_id = ?
      """)
    var requests: [Int64: AskedRequest] = [:]
    for charge in charges {
      rows.bind(1, charge.id)
      while try rows.step() {
        let id = rows.integer(0)
        let part = AskedRequest.Part(
          charge: charge.id,
          amounts: Amounts(net: rows.money(5), tax: rows.money(6), amount: rows.money(7)),
          taxRate: rows.fixed(8))
        requests[
          id,
          default: AskedRequest(
            id: id, isRed: rows.integer(1) == 1,
            state: RequestState(rawValue: rows.text(2)) ?? .requested,
            blueID: rows.optionalInteger(3), byHand: rows.integer(4) == 1, parts: [])
        ].parts.append(part)
      }
      rows.reset()
    }
    return requests.values.sorted { $0.id < $1.id }
  }
}
