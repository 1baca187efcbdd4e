// Facts, as SQL, and the entries of each kind of document, reckoned by hand.

extension JournalTests {
  // MARK: Facts

  /// A bill of one charge. What lowers names the charge that it lowers.
  static func bill(
    _ id: Int, _ item: String, net: Int, tax: Int = 0, on: String = "2026-01-01",
    due: String = "2026-01-05", kind: String = "base", lowers: Int? = nil, company: String = "CQ",
    contract: String = "C1"
  ) -> String {
    """
    INSERT INTO bill (bill_no, kind, company_no, property_no, tenant_no, contract_no, bill_on,
      due_on, booked_on, month, serial, net_fen, tax_fen, amount_fen)
    VALUES ('B\(id)', '\(net < 0 ? "credit_note" : "bill")', '\(company)', 'P1', 'T1',
      '\(contract)', '\(on)', '\(due)', '\(on)', '\(on.prefix(7))', \(id), \(net), \(tax),
      \(net + tax));
    INSERT INTO charge (id, bill_no, contract_no, source, period_start, kind, revision, item,
      period_end, adjusts, tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
    VALUES (\(id), 'B\(id)', '\(contract)', 'L\(lowers ?? id)', '2026-01-01',
      '\(lowers == nil ? kind : "adjust")', \(lowers == nil ? 0 : id), '\(item)', '2026-01-31',
      \(lowers.map(String.init) ?? "NULL"), \(tax == 0 ? 0 : tax * 1_000_000 / net), \(net), \(tax),
      \(net + tax), 'x');
    """
  }

  static func payment(
    _ no: String, _ fen: Int, on: String, tenant: String? = "T1", company: String = "CQ"
  ) -> String {
    """
    INSERT INTO payment (payment_no, tenant_no, property_no, paid_on, amount_fen)
    VALUES ('\(no)', \(tenant.map { "'\($0)'" } ?? "NULL"), 'P1', '\(on)', \(fen));
    INSERT INTO payment_entry (payment_no, company_no, pays_any, booked_on)
    VALUES ('\(no)', '\(company)', 1, '\(on)');
    """
  }

  static func claim(_ no: String, by tenant: String, on: String, match: String = "hand") -> String {
    """
    INSERT INTO payment_claim (payment_no, tenant_no, matched_by, claimed_on, booked_on, reason)
    VALUES ('\(no)', '\(tenant)', '\(match)', '\(on)', '\(on)', 'x');
    """
  }

  /// - Parameter money: `payment_no = 'S1'`, `credit_id = 2` and the like.
  static func use(
    _ money: String, for charge: Int, _ fen: Int, on: String, reverses: Int? = nil
  ) -> String {
    let parts = money.components(separatedBy: " = ")
    return """
      INSERT INTO allocation (\(parts[0]), charge_id, amount_fen, effective_on, booked_on, step,
        reverses)
      SELECT \(parts[1]), \(charge), \(fen), \(reverses == nil ? "'\(on)'" : "a.effective_on"),
        '\(on)', 'x', \(reverses.map(String.init) ?? "NULL")
      FROM (SELECT 1) LEFT JOIN allocation a ON a.id = \(reverses ?? 0);
      """
  }

  static func refund(
    _ no: Int, _ money: String, _ fen: Int, on: String, tenant: String? = "T1",
    reverses: Int? = nil, company: String = "CQ"
  ) -> String {
    let parts = money.components(separatedBy: " = ")
    return """
      INSERT INTO refund (id, refund_no, company_no, month, serial, property_no, tenant_no,
        refunded_on, booked_on, amount_fen, reason, reverses)
      VALUES (\(no), 'R\(no)', '\(company)', '\(on.prefix(7))', \(no), 'P1',
        \(tenant.map { "'\($0)'" } ?? "NULL"), '\(on)', '\(on)', \(fen), 'x',
        \(reverses.map(String.init) ?? "NULL"));
      INSERT INTO refund_line (refund_id, \(parts[0]), amount_fen)
      VALUES (\(no), \(parts[1]), \(fen));
      """
  }

  static func writeOff(_ charge: Int, _ fen: Int, on: String, reverses: Int? = nil) -> String {
    """
    INSERT INTO write_off (charge_id, amount_fen, written_off_on, booked_on, reason, reverses)
    VALUES (\(charge), \(fen), '\(on)', '\(on)', 'x', \(reverses.map(String.init) ?? "NULL"));
    """
  }

  static func opening(_ kind: String, _ item: String, _ fen: Int) -> String {
    """
    INSERT INTO opening_balance (id, contract_no, kind, item, due_on, amount_fen)
    VALUES (1, 'C1', '\(kind)', '\(item)', '2026-01-01', \(fen));
    """
  }

  static func accrue(
    _ item: String, _ earned: Int, _ straight: Int, brought: Int = 0, revision: Int = 0
  ) -> String {
    """
    INSERT INTO accrual (contract_no, company_no, item, month, revision, booked_on, earned_fen,
      straight_fen, brought_fen, explain)
    VALUES ('C1', 'CQ', '\(item)', '2026-01', \(revision), '2026-01-\(31 - revision)', \(earned),
      \(straight), \(brought), 'x');
    """
  }

  // MARK: Cases

  static let bills: [Case] = [
    Case(
      name: "rent is owed, and its tax falls due on the due day",
      facts: [bill(1, "rent", net: 10000, tax: 900)],
      entries: [
        "2026-01-01 bill B1 receivable 10900 C1/rent",
        "2026-01-01 bill B1 advance_rent -10000 C1/rent",
        "2026-01-01 bill B1 output_vat_pending -900 C1/rent",
        "2026-01-05 tax B1 output_vat_pending 900 C1/rent",
        "2026-01-05 tax B1 output_vat -900 C1/rent",
      ]),
    Case(
      name: "tax that is due on the day of the bill does not wait",
      facts: [bill(1, "mgmt", net: 10000, tax: 600, due: "2026-01-01")],
      entries: [
        "2026-01-01 bill B1 receivable 10600 C1/mgmt",
        "2026-01-01 bill B1 contract_liability -10000 C1/mgmt",
        "2026-01-01 bill B1 output_vat -600 C1/mgmt",
      ]),
    Case(
      name: "what is passed on is nobody's income",
      facts: [bill(1, "water", net: 500)],
      entries: [
        "2026-01-01 bill B1 receivable 500 C1/water",
        "2026-01-01 bill B1 pass_through -500 C1/water",
      ]),
    Case(
      name: "a late fee is a penalty, whatever item it is on",
      facts: [
        bill(1, "rent", net: 1000, tax: 90, due: "2026-01-01", kind: "late_fee"),
        bill(2, "rent", net: -500, tax: -45, on: "2026-01-02", due: "2026-01-02", lowers: 1),
        bill(3, "fine", net: 100, tax: 9, on: "2026-01-03", due: "2026-01-03", kind: "once"),
      ],
      entries: [
        "2026-01-01 bill B1 receivable 1090 C1/rent", "2026-01-01 bill B1 output_vat -90 C1/rent",
        "2026-01-01 bill B1 penalty_income -1000 C1/rent",
        "2026-01-02 credit_note B2 red receivable -545 C1/rent",
        "2026-01-02 credit_note B2 red output_vat 45 C1/rent",
        "2026-01-02 credit_note B2 red penalty_income 500 C1/rent",
        "2026-01-03 bill B3 receivable 109 C1/fine", "2026-01-03 bill B3 output_vat -9 C1/fine",
        "2026-01-03 bill B3 penalty_income -100 C1/fine",
      ]),
    Case(
      name: "what the old books billed is against the opening, its adjustments too",
      facts: [
        bill(1, "rent", net: 1000, tax: 90, kind: "opening"),
        bill(2, "rent", net: -100, tax: -9, on: "2026-01-08", lowers: 1),
      ],
      entries: [
        "2026-01-01 bill B1 receivable 1090 C1/rent", "2026-01-01 bill B1 opening -1090 C1/rent",
        "2026-01-08 credit_note B2 red receivable -109 C1/rent",
        "2026-01-08 credit_note B2 red opening 109 C1/rent",
      ]),
    Case(
      name: "a credit note is the bill in red, and its tax waits for that of the bill",
      facts: [
        bill(1, "rent", net: 10000, tax: 900),
        bill(2, "rent", net: -1000, tax: -90, on: "2026-01-03", due: "2026-01-03", lowers: 1),
      ],
      entries: [
        "2026-01-01 bill B1 receivable 10900 C1/rent",
        "2026-01-01 bill B1 advance_rent -10000 C1/rent",
        "2026-01-01 bill B1 output_vat_pending -900 C1/rent",
        "2026-01-03 credit_note B2 red receivable -1090 C1/rent",
        "2026-01-03 credit_note B2 red advance_rent 1000 C1/rent",
        "2026-01-03 credit_note B2 red output_vat_pending 90 C1/rent",
        "2026-01-05 tax B1 output_vat_pending 900 C1/rent",
        "2026-01-05 tax B1 output_vat -900 C1/rent",
        "2026-01-05 tax B2 red output_vat_pending -90 C1/rent",
        "2026-01-05 tax B2 red output_vat 90 C1/rent",
      ]),
    Case(
      name: "a deposit is in the books when it is paid",
      facts: [
        bill(1, "dep", net: 5000, kind: "once"), payment("S1", 4000, on: "2026-01-04"),
        use("payment_no = 'S1'", for: 1, 4000, on: "2026-01-04"),
      ],
      entries: [
        "2026-01-04 payment S1 bank 4000", "2026-01-04 payment S1 deposit -4000 C1/dep",
      ]),
  ]

  static let money: [Case] = [
    Case(
      name: "what is used on the day never was a credit, the rest is",
      facts: [
        bill(1, "water", net: 500), payment("S1", 800, on: "2026-01-02"),
        use("payment_no = 'S1'", for: 1, 500, on: "2026-01-02"),
        bill(2, "water", net: 200, on: "2026-01-09"),
        use("payment_no = 'S1'", for: 2, 200, on: "2026-01-09"),
      ],
      entries: [
        "2026-01-01 bill B1 receivable 500 C1/water",
        "2026-01-01 bill B1 pass_through -500 C1/water",
        "2026-01-02 payment S1 bank 800", "2026-01-02 payment S1 receivable -500 C1/water",
        "2026-01-02 payment S1 credit -300 T1",
        "2026-01-09 bill B2 receivable 200 C1/water",
        "2026-01-09 bill B2 pass_through -200 C1/water",
        "2026-01-09 payment S1 credit 200 T1", "2026-01-09 payment S1 receivable -200 C1/water",
      ]),
    Case(
      name: "tax falls due with what is paid early",
      facts: [
        bill(1, "rent", net: 10000, tax: 900, due: "2026-01-20"),
        payment("S1", 1090, on: "2026-01-02"),
        use("payment_no = 'S1'", for: 1, 1090, on: "2026-01-02"),
      ],
      entries: [
        "2026-01-01 bill B1 receivable 10900 C1/rent",
        "2026-01-01 bill B1 advance_rent -10000 C1/rent",
        "2026-01-01 bill B1 output_vat_pending -900 C1/rent",
        "2026-01-02 payment S1 bank 1090", "2026-01-02 payment S1 receivable -1090 C1/rent",
        "2026-01-02 tax B1 output_vat_pending 90 C1/rent",
        "2026-01-02 tax B1 output_vat -90 C1/rent",
        "2026-01-20 tax B1 output_vat_pending 810 C1/rent",
        "2026-01-20 tax B1 output_vat -810 C1/rent",
      ]),
    Case(
      name: "a payment is nobody's until it is claimed, and may be claimed by another",
      facts: [
        payment("S1", 800, on: "2026-01-02", tenant: nil), claim("S1", by: "T1", on: "2026-01-04"),
        claim("S1", by: "T2", on: "2026-01-06"),
      ],
      entries: [
        "2026-01-02 payment S1 bank 800", "2026-01-02 payment S1 unclaimed -800",
        "2026-01-04 claim S1 unclaimed 800", "2026-01-04 claim S1 credit -800 T1",
        "2026-01-06 claim S1 credit 800 T1", "2026-01-06 claim S1 credit -800 T2",
      ]),
    Case(
      name: "a payment that is matched on its day is its tenant's at once",
      facts: [
        payment("S1", 800, on: "2026-01-02", tenant: nil),
        claim("S1", by: "T1", on: "2026-01-02", match: "name"),
      ],
      entries: ["2026-01-02 payment S1 bank 800", "2026-01-02 payment S1 credit -800 T1"]),
    Case(
      name: "a payment that is not entered is in no books",
      facts: [
        """
        INSERT INTO payment (payment_no, tenant_no, property_no, paid_on, amount_fen)
        VALUES ('S1', 'T1', 'P1', '2026-01-02', 800);
        """
      ], entries: []),
    Case(
      name: "money of one company that pays another's charge stands between the two",
      facts: [
        bill(1, "water", net: 500, company: "WY"), payment("S1", 500, on: "2026-01-02"),
        use("payment_no = 'S1'", for: 1, 500, on: "2026-01-02"),
      ],
      entries: [
        "2026-01-02 payment S1 bank 500", "2026-01-02 payment S1 intercompany -500 WY",
        "WY 2026-01-01 bill B1 receivable 500 C1/water",
        "WY 2026-01-01 bill B1 pass_through -500 C1/water",
        "WY 2026-01-02 payment S1 intercompany 500 CQ",
        "WY 2026-01-02 payment S1 receivable -500 C1/water",
      ]),
    Case(
      name: "a payment that never was is taken back in red with what it had paid",
      facts: [
        bill(1, "water", net: 500), payment("S1", 800, on: "2026-01-02"),
        use("payment_no = 'S1'", for: 1, 500, on: "2026-01-02"),
        use("payment_no = 'S1'", for: 1, -500, on: "2026-01-09", reverses: 1),
        """
        INSERT INTO payment_void (payment_no, voided_on, booked_on, reason)
        VALUES ('S1', '2026-01-09', '2026-01-09', 'x');
        """,
      ],
      entries: [
        "2026-01-01 bill B1 receivable 500 C1/water",
        "2026-01-01 bill B1 pass_through -500 C1/water",
        "2026-01-02 payment S1 bank 800", "2026-01-02 payment S1 receivable -500 C1/water",
        "2026-01-02 payment S1 credit -300 T1",
        "2026-01-09 payment S1 red bank -800", "2026-01-09 payment S1 red receivable 500 C1/water",
        "2026-01-09 payment S1 red credit 300 T1",
      ]),
    Case(
      name: "a payment that never was is taken from who had claimed it, or from nobody",
      facts: [
        payment("S1", 800, on: "2026-01-02", tenant: nil), claim("S1", by: "T2", on: "2026-01-04"),
        payment("S2", 70, on: "2026-01-02", tenant: nil),
        """
        INSERT INTO payment_void (payment_no, voided_on, booked_on, reason)
        VALUES ('S1', '2026-01-09', '2026-01-09', 'x'), ('S2', '2026-01-09', '2026-01-09', 'x');
        """,
      ],
      entries: [
        "2026-01-02 payment S1 bank 800", "2026-01-02 payment S1 unclaimed -800",
        "2026-01-02 payment S2 bank 70", "2026-01-02 payment S2 unclaimed -70",
        "2026-01-04 claim S1 unclaimed 800", "2026-01-04 claim S1 credit -800 T2",
        "2026-01-09 payment S1 red bank -800", "2026-01-09 payment S1 red credit 800 T2",
        "2026-01-09 payment S2 red bank -70", "2026-01-09 payment S2 red unclaimed 70",
      ]),
  ]

  static let back: [Case] = [
    Case(
      name: "credits, unclaimed money, credit notes go back; the bank may return them",
      facts: [
        payment("S1", 800, on: "2026-01-02"), payment("S2", 70, on: "2026-01-02", tenant: nil),
        bill(1, "water", net: 500), bill(2, "water", net: -100, on: "2026-01-03", lowers: 1),
        refund(1, "payment_no = 'S1'", 300, on: "2026-01-04"),
        refund(2, "payment_no = 'S2'", 70, on: "2026-01-04", tenant: nil),
        refund(3, "credit_id = 2", 100, on: "2026-01-04"),
        refund(4, "payment_no = 'S1'", -300, on: "2026-01-05", reverses: 1),
      ],
      entries: [
        "2026-01-01 bill B1 receivable 500 C1/water",
        "2026-01-01 bill B1 pass_through -500 C1/water",
        "2026-01-02 payment S1 bank 800", "2026-01-02 payment S1 credit -800 T1",
        "2026-01-02 payment S2 bank 70", "2026-01-02 payment S2 unclaimed -70",
        "2026-01-03 credit_note B2 red receivable -100 C1/water",
        "2026-01-03 credit_note B2 red pass_through 100 C1/water",
        "2026-01-04 refund R1 credit 300 T1", "2026-01-04 refund R1 bank -300",
        "2026-01-04 refund R2 unclaimed 70", "2026-01-04 refund R2 bank -70",
        "2026-01-04 refund R3 receivable 100 C1/water", "2026-01-04 refund R3 bank -100",
        "2026-01-05 refund R4 red bank 300", "2026-01-05 refund R4 red credit -300 T1",
      ]),
    Case(
      name: "a credit note that pays another charge moves what is owed",
      facts: [
        bill(1, "water", net: 500), bill(2, "water", net: -100, on: "2026-01-03", lowers: 1),
        bill(3, "water", net: 400, on: "2026-01-03", contract: "C2"),
        use("credit_id = 2", for: 1, 30, on: "2026-01-04"),
        use("credit_id = 2", for: 3, 70, on: "2026-01-04"),
      ],
      entries: [
        "2026-01-01 bill B1 receivable 500 C1/water",
        "2026-01-01 bill B1 pass_through -500 C1/water",
        "2026-01-03 bill B3 receivable 400 C2/water",
        "2026-01-03 bill B3 pass_through -400 C2/water",
        "2026-01-03 credit_note B2 red receivable -100 C1/water",
        "2026-01-03 credit_note B2 red pass_through 100 C1/water",
        "2026-01-04 credit_use B2 receivable 70 C1/water",
        "2026-01-04 credit_use B2 receivable -70 C2/water",
      ]),
    Case(
      name: "a deposit pays a charge or another deposit, and goes back",
      facts: [
        bill(1, "dep", net: 5000, kind: "once"), payment("S1", 5000, on: "2026-01-02"),
        use("payment_no = 'S1'", for: 1, 5000, on: "2026-01-02"),
        bill(2, "dep", net: -1000, on: "2026-01-03", lowers: 1),
        bill(3, "water", net: 600, on: "2026-01-03"),
        bill(4, "dep", net: 700, on: "2026-01-03", kind: "once", contract: "C2"),
        use("deposit_id = 1", for: 3, 500, on: "2026-01-04"),
        use("deposit_id = 1", for: 4, 700, on: "2026-01-04"),
        use("credit_id = 2", for: 3, 100, on: "2026-01-05"),
        refund(1, "deposit_id = 1", 2800, on: "2026-01-06"),
        refund(2, "credit_id = 2", 900, on: "2026-01-06"),
      ],
      entries: [
        "2026-01-02 payment S1 bank 5000", "2026-01-02 payment S1 deposit -5000 C1/dep",
        "2026-01-03 bill B3 receivable 600 C1/water",
        "2026-01-03 bill B3 pass_through -600 C1/water",
        "2026-01-04 deposit B1 deposit 1200 C1/dep",
        "2026-01-04 deposit B1 receivable -500 C1/water",
        "2026-01-04 deposit B1 deposit -700 C2/dep",
        "2026-01-05 credit_use B2 deposit 100 C1/dep",
        "2026-01-05 credit_use B2 receivable -100 C1/water",
        "2026-01-06 refund R1 deposit 2800 C1/dep", "2026-01-06 refund R1 bank -2800",
        "2026-01-06 refund R2 deposit 900 C1/dep", "2026-01-06 refund R2 bank -900",
      ]),
    Case(
      name: "a charge is given up, and taken up again; a deposit that is given up was in no books",
      facts: [
        bill(1, "water", net: 500), bill(2, "dep", net: 100, kind: "once"),
        writeOff(1, 500, on: "2026-01-04"), writeOff(2, 100, on: "2026-01-04"),
        writeOff(1, -500, on: "2026-01-06", reverses: 1),
      ],
      entries: [
        "2026-01-01 bill B1 receivable 500 C1/water",
        "2026-01-01 bill B1 pass_through -500 C1/water",
        "2026-01-04 write_off W1 bad_debt 500 C1/water",
        "2026-01-04 write_off W1 receivable -500 C1/water",
        "2026-01-06 write_off W3 red bad_debt -500 C1/water",
        "2026-01-06 write_off W3 red receivable 500 C1/water",
      ]),
  ]

  static let openings: [Case] = [
    Case(
      name: "prepaid money of the old books is a credit that is used",
      facts: [
        opening("prepaid", "water", 800), bill(1, "water", net: 500),
        use("opening_id = 1", for: 1, 500, on: "2026-01-02"),
        refund(1, "opening_id = 1", 100, on: "2026-01-04"),
      ],
      entries: [
        "2026-01-01 opening C1 opening 800 C1/water", "2026-01-01 opening C1 credit -800 C1/water",
        "2026-01-01 bill B1 receivable 500 C1/water",
        "2026-01-01 bill B1 pass_through -500 C1/water",
        "2026-01-02 prepaid C1 credit 500 C1/water",
        "2026-01-02 prepaid C1 receivable -500 C1/water",
        "2026-01-04 refund R1 credit 100 C1/water", "2026-01-04 refund R1 bank -100",
      ]),
    Case(
      name: "a deposit of the old books is held, and may pay another company's charge",
      facts: [
        opening("deposit", "dep", 800), bill(1, "water", net: 500, company: "WY"),
        use("opening_id = 1", for: 1, 500, on: "2026-01-02"),
      ],
      entries: [
        "2026-01-01 opening C1 opening 800 C1/dep", "2026-01-01 opening C1 deposit -800 C1/dep",
        "2026-01-02 deposit C1 deposit 500 C1/dep", "2026-01-02 deposit C1 intercompany -500 WY",
        "WY 2026-01-01 bill B1 receivable 500 C1/water",
        "WY 2026-01-01 bill B1 pass_through -500 C1/water",
        "WY 2026-01-02 deposit C1 intercompany 500 CQ",
        "WY 2026-01-02 deposit C1 receivable -500 C1/water",
      ]),
    Case(
      name: "the straight-line difference of the old books is an asset",
      facts: [opening("straight_line", "rent", 800)],
      entries: [
        "2026-01-01 opening C1 straight_line 800 C1/rent",
        "2026-01-01 opening C1 opening -800 C1/rent",
      ]),
    Case(
      name: "what the old books billed comes in as it is earned; what they earned is owed",
      facts: [
        accrue("rent", 10000, 0, brought: 4000), accrue("mgmt", 500, 0, brought: -700),
        accrue("rent", -400, 0, brought: -400, revision: 1),
      ],
      entries: [
        "2026-01-30 opening C1 advance_rent 400 C1/rent",
        "2026-01-30 opening C1 opening -400 C1/rent",
        "2026-01-30 accrual C1 2026-01 red advance_rent -400 C1/rent",
        "2026-01-30 accrual C1 2026-01 red revenue_rent 400 C1/rent",
        "2026-01-31 opening C1 opening 4000 C1/rent",
        "2026-01-31 opening C1 advance_rent -4000 C1/rent",
        "2026-01-31 opening C1 contract_liability 700 C1/mgmt",
        "2026-01-31 opening C1 opening -700 C1/mgmt",
        "2026-01-31 accrual C1 2026-01 advance_rent 10000 C1/rent",
        "2026-01-31 accrual C1 2026-01 contract_liability 500 C1/mgmt",
        "2026-01-31 accrual C1 2026-01 revenue_rent -10000 C1/rent",
        "2026-01-31 accrual C1 2026-01 revenue_service -500 C1/mgmt",
      ]),
    Case(
      name: "income is out of what was billed, and the straight-line difference beside it",
      facts: [
        accrue("rent", 10000, 2000), accrue("mgmt", 500, 0), accrue("power", 300, 0),
        accrue("rent", -400, 0, revision: 1),
      ],
      entries: [
        "2026-01-30 accrual C1 2026-01 red advance_rent -400 C1/rent",
        "2026-01-30 accrual C1 2026-01 red revenue_rent 400 C1/rent",
        "2026-01-31 accrual C1 2026-01 straight_line 2000 C1/rent",
        "2026-01-31 accrual C1 2026-01 advance_rent 10000 C1/rent",
        "2026-01-31 accrual C1 2026-01 contract_liability 500 C1/mgmt",
        "2026-01-31 accrual C1 2026-01 contract_liability 300 C1/power",
        "2026-01-31 accrual C1 2026-01 revenue_rent -12000 C1/rent",
        "2026-01-31 accrual C1 2026-01 revenue_service -500 C1/mgmt",
        "2026-01-31 accrual C1 2026-01 revenue_resale -300 C1/power",
      ]),
  ]
}
