import TestSupport
import Testing

@testable import Shared

/// What the schema refuses of requests for invoices, whichever program asks.
struct InvoiceRequestSchemaTests {
  /// A charge of 109 on request 1, exported, and 40 of it on red request 2.
  private func asked() throws -> FreshBooks {
    let books = try smallBooks()
    try books.run(
      """
      INSERT INTO bill (bill_no, kind, company_no, property_no, tenant_no, contract_no, bill_on,
        due_on, booked_on, month, serial, net_fen, tax_fen, amount_fen)
      VALUES ('B1', 'bill', 'CQ', 'P1', 'T1', 'C1', '2026-01-01', '2026-01-05', '2026-01-01',
        '2026-01', 1, 100, 9, 109);
      INSERT INTO charge (bill_no, contract_no, source, period_start, kind, line, item, period_end,
        tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
      VALUES ('B1', 'C1', 'L1', '2026-01-01', 'base', 1, 'rent', '2026-01-31', 90000, 100, 9, 109,
        '');
      INSERT INTO invoice_request (request_no, company_no, month, serial, colour, tenant_no,
        invoice_kind, buyer_name, buyer_is_person, requested_on, net_fen, tax_fen, gross_fen,
        blue_id, reason)
      VALUES ('R1', 'CQ', '2026-01', 1, 'blue', 'T1', 'ordinary', '甲', 0, '2026-01-02', 100, 9, 109,
          NULL, NULL),
        ('R2', 'CQ', '2026-01', 2, 'red', 'T1', 'ordinary', '甲', 0, '2026-01-03', -37, -3, -40, 1,
          '04');
      INSERT INTO invoice_request_line (request_id, line, item, item_name, tax_code, tax_rate_e6,
        net_fen, tax_fen, gross_fen)
      VALUES (1, 1, 'rent', '租金', '3040502020400000000', 90000, 100, 9, 109),
        (2, 1, 'rent', '租金', '3040502020400000000', 90000, -37, -3, -40);
      INSERT INTO invoice_request_part (request_id, charge_id, line, net_fen, tax_fen, gross_fen)
      VALUES (1, 1, 1, 100, 9, 109), (2, 1, 1, -37, -3, -40);
      INSERT INTO invoice_request_lease (request_id, seq, deed_no, region, address, from_on, to_on,
        cross_city, area_unit)
      VALUES (1, 1, '无', '浙江省杭州市西湖区', '文三路1号', '2026-01-01', '2026-01-31', 0, '㎡');
      INSERT INTO invoice_request_event (request_id, event, happened_on)
      VALUES (1, 'exported', '2026-01-03');
      INSERT INTO invoice (invoice_no, carrier) VALUES ('26', 'pdf'), ('27', 'pdf');
      """)
    return books
  }

  private func event(_ request: Int, _ event: String, invoice: String? = nil) -> String {
    """
    INSERT INTO invoice_request_event (request_id, event, happened_on, invoice_no, reason)
    VALUES (\(request), '\(event)', '2026-01-04', \(invoice.map { "'\($0)'" } ?? "NULL"), '甲')
    """
  }

  @Test(arguments: ["", "_line", "_part", "_lease", "_event"])
  func whatIsAskedForIsNeverChanged(_ part: String) throws {
    let books = try asked()
    let table = "invoice_request\(part)"
    let column = part == "" || part == "_event" ? "id" : "request_id"
    for sql in ["UPDATE \(table) SET \(column) = \(column) + 9", "DELETE FROM \(table)"] {
      let error = #expect(throws: BooksError.self) { try books.run(sql) }
      #expect(error?.message == "\(table) is append-only")
    }
  }

  @Test func aRequestStandsWhereItsLastEventPutsIt() throws {
    let books = try asked()
    func states() throws -> [String] {
      try books.texts("SELECT state FROM invoice_request_state ORDER BY request_id")
    }
    #expect(try states() == ["exported", "pending"])
    try books.run(event(1, "issued", invoice: "26"))
    #expect(try states() == ["issued", "pending"])
    try books.run(event(1, "unissued"))
    #expect(try states() == ["exported", "pending"])
    try books.run(event(1, "failed"))
    try books.run(event(2, "withdrawn"))
    #expect(try states() == ["failed", "withdrawn"])
  }

  @Test func whatIsIssuedOrWithdrawnStays() throws {
    let books = try asked()
    try books.run(event(1, "issued", invoice: "26"))
    for other in ["exported", "failed"] {
      let error = #expect(throws: BooksError.self) { try books.run(event(1, other)) }
      #expect(error?.message == "invoice_request.state")
    }
    // It has a red request too: which of the two refuses it is SQLite's choice.
    #expect(throws: BooksError.self) { try books.run(event(1, "withdrawn")) }
    try books.run(event(2, "withdrawn"))
    #expect(throws: BooksError.self) { try books.run(event(2, "exported")) }
    #expect(throws: BooksError.self) { try books.run(event(2, "issued", invoice: "27")) }
  }

  @Test func aBlueRequestIsNotWithdrawnBeforeItsRedOne() throws {
    let books = try asked()
    let error = #expect(throws: BooksError.self) { try books.run(event(1, "withdrawn")) }
    #expect(error?.message == "invoice_request.has-red")
    try books.run(event(2, "withdrawn"))
    try books.run(event(1, "withdrawn"))
  }

  @Test func anInvoiceIsThatOfOneRequest() throws {
    let books = try asked()
    try books.run(event(1, "issued", invoice: "26"))
    let error = #expect(throws: BooksError.self) {
      try books.run(event(2, "issued", invoice: "26"))
    }
    #expect(error?.message == "invoice_request.invoice-used")
    try books.run(event(2, "issued", invoice: "27"))
  }

  @Test func redTakesBackNoMoreThanBlueHas() throws {
    let books = try asked()
    func red(_ gross: Int) -> String {
      """
      INSERT INTO invoice_request (id, request_no, company_no, month, serial, colour, tenant_no,
        invoice_kind, buyer_name, buyer_is_person, requested_on, net_fen, tax_fen, gross_fen,
        blue_id, reason)
      VALUES (3, 'R3', 'CQ', '2026-01', 3, 'red', 'T1', 'ordinary', '甲', 0, '2026-01-03',
        \(gross), 0, \(gross), 1, '04');
      INSERT INTO invoice_request_line (request_id, line, item, item_name, tax_code, tax_rate_e6,
        net_fen, tax_fen, gross_fen)
      VALUES (3, 1, 'rent', '租金', '3040502020400000000', 90000, \(gross), 0, \(gross));
      INSERT INTO invoice_request_part (request_id, charge_id, line, net_fen, tax_fen, gross_fen)
      VALUES (3, 1, 1, \(gross), 0, \(gross));
      """
    }
    let error = #expect(throws: BooksError.self) { try books.run(red(-70)) }
    #expect(error?.message == "invoice_request.exceeds-blue")
    let fresh = try asked()
    try fresh.run(red(-69))
  }

  @Test func ofEachChargeItIsKnownWhatIsAskedForOutAndIssued() throws {
    let books = try asked()
    func sums() throws -> [String] {
      try books.texts(
        """
        SELECT charge_id || ' ' || asked_fen || ' ' || out_fen || ' ' || issued_fen || ' '
          || issued_tax_fen FROM charge_invoiced
        """)
    }
    #expect(try sums() == ["1 69 69 0 0"])
    try books.run(event(1, "issued", invoice: "26"))
    #expect(try sums() == ["1 69 69 109 9"])
    try books.run(event(2, "issued", invoice: "27"))
    #expect(try sums() == ["1 69 69 69 6"])
  }
}
