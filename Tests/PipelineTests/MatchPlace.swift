import TestSupport

extension Workspace {
  static let sellers = ["A": "91330106MACKX4QG41", "B": "91330000142942095H"]

  /// Puts an invoice of one of our companies into the pool, as import leaves it. Amounts in fen; a red
  /// one names its blue one and is below zero.
  func issue(
    _ no: String, by company: String, to buyer: String, on day: String, _ net: Int64, _ tax: Int64,
    blue: String? = nil, remark: String? = nil, lines: [Int64]? = nil
  ) throws {
    try receive(
      no, seller: (Workspace.sellers[company] ?? company, company),
      buyer: (nil, buyer), day, net, tax, blue, remark, lines ?? [net])
  }

  /// Puts an invoice of a supplier into the pool.
  func receiveInvoice(
    _ no: String, from supplier: String, taxNo: String? = nil, to company: String, on day: String,
    _ net: Int64, _ tax: Int64, blue: String? = nil
  ) throws {
    try receive(
      no, seller: (taxNo, supplier), buyer: (Workspace.sellers[company] ?? company, company), day,
      net,
      tax, blue, nil, [net])
  }

  private func receive(
    _ no: String, seller: (String?, String), buyer: (String?, String), _ day: String, _ net: Int64,
    _ tax: Int64, _ blue: String?, _ remark: String?, _ lines: [Int64]
  ) throws {
    func text(_ value: String?) -> String { value.map { "'\($0)'" } ?? "NULL" }
    let id = "(SELECT max(id) FROM invoice)"
    try TestDatabase.run(
      """
      INSERT INTO file_content (sha256, bytes) VALUES (randomblob(32), x'2A');
      INSERT INTO invoice (invoice_no, file_id, carrier, kind, is_red, blue_no, issued_on,
        seller_tax_no, seller_name, buyer_tax_no, buyer_name, net_fen, tax_fen, gross_fen, remark)
      VALUES ('\(no)', (SELECT coalesce(max(id), 0) + 1 FROM invoice_file), 'xml', 'ordinary',
        \(blue == nil ? 0 : 1), \(text(blue)), '\(day)', \(text(seller.0)), '\(seller.1)',
        \(text(buyer.0)), '\(buyer.1)', \(net), \(tax), \(net + tax), \(text(remark)));
      INSERT INTO invoice_file (invoice_id, content_id, carrier, name, received_on, result)
      VALUES (\(id), (SELECT max(id) FROM file_content), 'xml', 'a.xml', '\(day)', 'new');
      INSERT INTO invoice_event (invoice_id, seq, kind, happened_on, code)
      VALUES (\(id), 1, 'received', '\(day)', 'xml');
      """ + "\n"
        + lines.enumerated().map { index, net in
          """
          INSERT INTO invoice_line (file_id, line, net_fen, rate_kind, tax_rate_e6)
          VALUES ((SELECT max(id) FROM invoice_file), \(index + 1), \(net), 'taxed', 90000);
          """
        }.joined(separator: "\n"), file("m.db"))
  }

  /// Asks for an invoice, or with `blue` for a red one, as `boms-invoice request` does.
  func ask(
    _ no: String, _ company: String, _ tenant: String, _ buyer: String, on day: String,
    _ parts: (charge: String, net: Int64, tax: Int64)..., blue: String? = nil,
    remark: String? = nil
  ) throws {
    let (net, tax) = parts.reduce((0, 0)) { ($0.0 + $1.net, $0.1 + $1.tax) }
    let id = "(SELECT max(id) FROM invoice_request)"
    let blueID = blue.map { "(SELECT id FROM invoice_request WHERE request_no = '\($0)')" }
    try TestDatabase.run(
      """
      INSERT INTO invoice_request (request_no, company_no, month, serial, colour, tenant_no,
        invoice_kind, buyer_name, buyer_is_person, requested_on, net_fen, tax_fen, gross_fen, blue_id,
        reason, remark)
      SELECT '\(no)', '\(company)', substr('\(day)', 1, 7), 9000 + count(*),
        '\(blue == nil ? "blue" : "red")', '\(tenant)', 'ordinary', '\(buyer)', 0, '\(day)', \(net),
        \(tax), \(net + tax), \(blueID ?? "NULL"), \(blue == nil ? "NULL" : "'04'"),
        \(remark.map { "'\($0)'" } ?? "NULL") FROM invoice_request;
      """ + "\n"
        + parts.enumerated().map { index, part in
          let charge = """
            (SELECT id FROM charge WHERE contract_no || ' ' || item = '\(part.charge)'
              AND adjusts IS NULL AND kind <> 'opening')
            """
          return """
            INSERT INTO invoice_request_line (request_id, line, item, item_name, tax_code,
              tax_rate_e6, net_fen, tax_fen, gross_fen)
            SELECT \(id), \(index + 1), item, item, '3040502020400000000', 90000, \(part.net),
              \(part.tax), \(part.net + part.tax) FROM charge WHERE id = \(charge);
            INSERT INTO invoice_request_part (request_id, line, charge_id, net_fen, tax_fen, gross_fen)
            VALUES (\(id), \(index + 1), \(charge), \(part.net), \(part.tax), \(part.net + part.tax));
            """
        }.joined(separator: "\n"), file("m.db"))
  }

  @discardableResult
  func match(_ day: String, _ options: String...) throws -> Run {
    try run(
      "boms-invoice", ["match", "--db", "m.db", "--as-of", day, "--lang", "en"] + options)
  }

  /// `invoice result target (candidates)`.
  func matches(_ day: String, _ options: String...) throws -> [String] {
    let run = try run(
      "boms-invoice",
      ["match", "--db", "m.db", "--as-of", day, "--format", "csv", "--quiet"] + options)
    guard run.status == 0 else { return run.errorLines }
    return records(run.out).map { row in
      [row["invoice_no"], row["result"], row["matched_to"], row["candidates"]]
        .compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: " ")
    }
  }

  /// The output tax by month of a company and rate: `month net tax | invoiced | uninvoiced`.
  func outputVAT(_ company: String, _ day: String) throws -> [String] {
    records(try export("output_vat", "--as-of", day)).filter { $0["company_no"] == company }.map {
      "\($0["month"] ?? "") \($0["item"] ?? "") \($0["tax"] ?? "") \($0["invoiced_tax"] ?? "") "
        + "\($0["uninvoiced_tax"] ?? "")"
    }
  }

  func rentCharge(_ contract: String) throws -> String {
    try TestDatabase.texts(
      """
      SELECT id FROM charge WHERE contract_no = '\(contract)' AND item = 'rent'
        AND adjusts IS NULL AND kind <> 'opening'
      """, file("m.db"))[0]
  }
}

extension Workspace {
  /// What `boms-db check` finds, but for the files of the invoices here, which came from nowhere, and
  /// for the requests, which are of parts of charges.
  func checkWithoutFiles() throws -> [String] {
    let places = ["invoice.files,", "invoice.content,", "invoice_request."]
    return try check().filter { line in !places.contains { line.hasPrefix($0) } }
  }
}
