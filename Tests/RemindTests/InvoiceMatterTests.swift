import TestSupport
import Testing

/// Invoices of the pool, by their events.
struct InvoiceMatterTests {
  private let place: Workspace

  /// Two invoices from a stranger to company A, of October, one of November, and one of ours.
  init() throws {
    place = try RemindPlace.copy()
    try run(
      """
      INSERT INTO invoice (id, invoice_no, carrier, kind, issued_on, seller_tax_no, seller_name,
        buyer_tax_no, buyer_name, net_fen, tax_fen, gross_fen)
      VALUES (1, 'F1', 'xml', 'special', '2026-10-10', 'X', '电力', '91330106MACKX4QG41', '甲公司',
          10000, 1300, 11300),
        (2, 'F2', 'xml', 'ordinary', '2026-10-10', 'X', '电力', '91330106MACKX4QG41', '甲公司',
          100, 13, 113),
        (3, 'F3', 'xml', 'special', '2026-11-02', 'X', '电力', '91330106MACKX4QG41', '甲公司',
          100, 13, 113),
        (4, 'F4', 'xml', 'special', '2026-10-10', '91330106MACKX4QG41', '甲公司', 'Y', '甲店',
          100, 9, 109);
      """)
    for id in 1...4 { try event(id, 1, "received", "2026-10-\(10 + id)") }
    try place.importing("contact", "owner,property_no,email\n财务,*,fin@example.com\n")
  }

  private func run(_ sql: String) throws { try TestDatabase.run(sql, place.file("m.db")) }

  private func event(
    _ id: Int, _ seq: Int, _ kind: String, _ day: String, code: String? = nil
  ) throws {
    let isOfPeriod = kind == "selected" || kind == "deducted"
    try run(
      """
      INSERT INTO invoice_event (invoice_id, seq, kind, happened_on, code, period, tax_fen)
      VALUES (\(id), \(seq), '\(kind)', '\(day)', \(code.map { "'\($0)'" } ?? "NULL"),
        \(isOfPeriod ? "'2026-10', 1300" : "NULL, NULL"))
      """)
  }

  private func invoices(_ day: String) throws -> [String] {
    try place.reminded(day).filter { $0.hasPrefix("invoice") }.sorted()
  }

  @Test func anInvoiceThatNobodyHasVerifiedIsReminderOfUntilThereIsAnAnswer() throws {
    #expect(
      try invoices("2026-10-16") == [
        "invoice_unverified F1 3 财务", "invoice_unverified F2 3 财务",
        "invoice_unverified F3 3 财务",
      ])
    // No answer is none.
    try event(1, 2, "verified", "2026-10-17", code: "01")
    try event(2, 2, "verified", "2026-10-17", code: "02")
    #expect(try invoices("2026-10-26") == ["invoice_unverified F1 15 财务"])
    #expect(try place.states("2026-10-26").contains("invoice_unverified F2 3 withdrawn"))
  }

  @Test func whatCanBeDeductedIsReminderOfBeforeEachReturn() throws {
    for id in 1...4 { try event(id, 2, "verified", "2026-10-16", code: "00") }
    #expect(try invoices("2026-10-17") == [])
    // F3 is of November, F2 is ordinary, F4 is ours.
    #expect(try invoices("2026-11-05") == ["invoice_undeducted F1 -10 财务"])
    #expect(try invoices("2026-11-12") == ["invoice_undeducted F1 -3 财务"])
    // The return is gone: the next one.
    #expect(try invoices("2026-11-16") == [])
    #expect(try place.states("2026-11-16").contains("invoice_undeducted F1 -3 withdrawn"))
    #expect(
      try invoices("2026-12-05") == [
        "invoice_undeducted F1 -10 财务", "invoice_undeducted F3 -10 财务",
      ])
    try event(1, 3, "selected", "2026-12-06")
    try event(3, 3, "used", "2026-12-06", code: "welfare")
    #expect(try invoices("2026-12-12") == [])
    #expect(
      try place.states("2026-12-12").filter {
        $0.hasPrefix("invoice_undeducted") && $0.hasSuffix("queued")
      }
        == [])
  }

  @Test func whatIsTakenBackOrSuspectIsNotToBeDeducted() throws {
    for id in [1, 3] { try event(id, 2, "verified", "2026-10-16", code: "00") }
    try event(3, 3, "risk", "2026-11-20", code: "abnormal")
    try run(
      """
      INSERT INTO invoice (id, invoice_no, carrier, kind, is_red, blue_no, issued_on, seller_tax_no,
        seller_name, buyer_tax_no, buyer_name, net_fen, tax_fen, gross_fen)
      VALUES (5, 'R1', 'xml', 'special', 1, 'F1', '2026-10-20', 'X', '电力', '91330106MACKX4QG41',
        '甲公司', -10000, -1300, -11300);
      """)
    try event(5, 1, "received", "2026-10-20")
    #expect(try !invoices("2026-12-05").contains { $0.hasPrefix("invoice_undeducted") })
  }

  @Test func aRedRequestIsReminderOfUntilItsInvoiceComes() throws {
    try run(
      """
      INSERT INTO invoice_request (id, request_no, company_no, month, serial, colour, tenant_no,
        invoice_kind, buyer_name, buyer_is_person, requested_on, net_fen, tax_fen, gross_fen)
      VALUES (1, 'Q1', 'A', '2026-10', 1, 'blue', 'T1', 'ordinary', '甲店', 0, '2026-10-01', 100, 9,
        109);
      INSERT INTO invoice_request (id, request_no, company_no, month, serial, colour, tenant_no,
        invoice_kind, buyer_name, buyer_is_person, requested_on, net_fen, tax_fen, gross_fen, blue_id,
        reason)
      VALUES (2, 'Q2', 'A', '2026-10', 2, 'red', 'T1', 'ordinary', '甲店', 0, '2026-10-10', -100, -9,
        -109, 1, '03');
      """)
    let made = try place.reminded("2026-10-13")
    #expect(made.contains("red_request_pending Q2 3 财务"))
    try run(
      """
      INSERT INTO invoice_request_event (request_id, event, happened_on, reason)
      VALUES (2, 'withdrawn', '2026-10-14', '无需红冲')
      """)
    _ = try place.reminded("2026-10-14")
    #expect(try place.states("2026-10-14").contains("red_request_pending Q2 3 withdrawn"))
  }
}
