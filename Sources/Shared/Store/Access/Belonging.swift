/// To whom the rows of a table belong: what somebody who is limited to properties sees of it.
enum Belonging {
  /// The group's: fee items, tariffs, rates. Everybody sees them.
  case everybody
  /// Of no property by itself: only who sees all properties sees them.
  case nobody
  /// By the rows' own `property_no`; one without is the group's and is not seen.
  case property
  /// With the row that it names in another table.
  case with(_ table: String, by: String, _ target: String? = nil)
  /// By a condition on the row `t`.
  case where_(String)

  /// The condition on the row `t` for who is limited to the properties in `temp.seen_property`; nil:
  /// all rows. Other tables are asked as he sees them (`temp.`), so that conditions do not repeat.
  var condition: String? {
    switch self {
    case .everybody: nil
    case .nobody: "0"
    case .property: Belonging.isSeen("t.property_no")
    case .with(let table, let column, let target):
      """
      EXISTS (SELECT 1 FROM temp."\(table)" p WHERE p."\(target ?? column)" = t."\(column)")
      """
    case .where_(let condition): condition
    }
  }

  private static func isSeen(_ column: String) -> String {
    "\(column) IN (SELECT property_no FROM temp.seen_property)"
  }

  /// Seen if all that it is about is seen: what is about two properties says something of both.
  private static func whole(_ parts: String, by column: String, _ part: String) -> Belonging {
    .where_(
      """
      EXISTS (SELECT 1 FROM main."\(parts)" m WHERE m.\(column) = t.id)
      AND NOT EXISTS (SELECT 1 FROM main."\(parts)" m WHERE m.\(column) = t.id AND NOT \(part))
      """)
  }

  /// Every table of the schema; a test holds that none is missing.
  static let tables: [String: Belonging] = [
    "company": .where_("t.company_no IN (SELECT company_no FROM temp.seen_company)"),
    "property": .property,
    "building": .property,
    "unit": .property,
    "tenant": .where_(
      """
      EXISTS (SELECT 1 FROM main.contract c
        WHERE c.tenant_no = t.tenant_no AND \(isSeen("c.property_no")))
      """),
    // Leasing
    "fee_item": .everybody,
    "tax_rate": .everybody,
    "contract": .property,
    "contract_unit": ofContract,
    "charge_term": ofContract,
    "price_step": ofContract,
    "rent_free": ofContract,
    "opening_balance": ofContract,
    "turnover": ofContract,
    "turnover_tier": ofContract,
    "late_fee_rule": .property,
    // Meters and shared costs
    "tariff": .everybody,
    "meter": .property,
    "meter_install": ofContract,
    "reading": .with("meter", by: "meter_no"),
    "reading_accepted": .with("meter", by: "meter_no"),
    "share_pool": .property,
    "share_division": .where_(
      """
      EXISTS (SELECT 1 FROM temp.share_pool p
        WHERE p.pool_no = t.pool_no AND p.period = t.period)
      """),
    "share_part": ofContract,
    "share_void": .with("share_division", by: "division_id", "id"),
    // Bills and money
    "bill": .property,
    "bill_event": .with("bill", by: "bill_no"),
    "billing_index": ofContract,
    "charge": ofContract,
    "late_fee_waiver": ofCharge,
    "month_event": ofCompany,
    "number_series": .nobody,
    "payment": .property,
    "payment_line": ofPayment,
    "payment_entry": ofPayment,
    "payment_claim": ofPayment,
    "payment_void": ofPayment,
    "receipt": ofPayment,
    "allocation": ofCharge,
    "allocation_reason": .with("allocation", by: "allocation_id", "id"),
    "refund": .property,
    "refund_line": .with("refund", by: "refund_id", "id"),
    "write_off": ofCharge,
    "accrual": ofContract,
    "account": .everybody,
    // Invoices
    "invoice": .where_(
      """
      (EXISTS (SELECT 1 FROM main.invoice_charge m WHERE m.invoice_id = t.id)
        OR EXISTS (SELECT 1 FROM main.invoice_event e
          JOIN temp.purchase p ON p.purchase_no = e.other_no
          WHERE e.invoice_id = t.id AND e.kind = 'matched' AND e.code = 'purchase'))
      AND NOT EXISTS (SELECT 1 FROM main.invoice_charge m WHERE m.invoice_id = t.id
        AND NOT EXISTS (SELECT 1 FROM temp.charge c WHERE c.id = m.charge_id))
      AND NOT EXISTS (SELECT 1 FROM main.invoice_event e
        WHERE e.invoice_id = t.id AND e.kind = 'matched' AND e.code = 'purchase'
        AND NOT EXISTS (SELECT 1 FROM temp.purchase p WHERE p.purchase_no = e.other_no))
      """),
    "invoice_file": ofInvoice,
    "invoice_event": ofInvoice,
    "invoice_entry": ofInvoice,
    "file_content": .with("invoice_file", by: "id", "content_id"),
    "file_packing": .everybody,
    "invoice_line": ofFile,
    "invoice_extra": ofFile,
    "invoice_finding": ofFile,
    "invoice_charge": ofCharge,
    "invoice_request": whole(
      "invoice_request_part", by: "request_id",
      "EXISTS (SELECT 1 FROM temp.charge c WHERE c.id = m.charge_id)"),
    "invoice_request_part": ofCharge,
    "invoice_request_line": ofRequest,
    "invoice_request_lease": ofRequest,
    "invoice_request_event": ofRequest,
    "purchase": .property,
    // Assets: one that moved is seen where it stood and where it stands.
    "asset": .where_(
      """
      (\(isSeen("t.property_no")) OR EXISTS (SELECT 1 FROM main.asset_event e
        WHERE e.asset_no = t.asset_no AND \(isSeen("e.property_no"))))
      """),
    "asset_event": ofAsset,
    "asset_usage": ofAsset,
    "asset_month_event": ofCompany,
    "depreciation": .property,
    "depreciation_index": ofAsset,
    "asset_movement": .where_(
      "(\(isSeen("t.property_no")) OR \(isSeen("t.from_property_no")))"),
    "count_surplus": .property,
    // Reminders
    "obligation": .property,
    "obligation_done": .with("obligation", by: "obligation_no"),
    "reminder_rule": .where_("(t.property_no = '*' OR \(isSeen("t.property_no")))"),
    // A contact answers for a list of properties.
    "contact": .where_(
      """
      (t.property_no = '*' OR EXISTS (SELECT 1 FROM temp.seen_property s
        WHERE instr(';' || t.property_no || ';', ';' || s.property_no || ';') > 0))
      """),
    "reminder": .property,
    "reminder_event": .with("reminder", by: "reminder_id", "id"),
    "message": whole(
      "reminder_event", by: "message_id",
      "EXISTS (SELECT 1 FROM temp.reminder r WHERE r.id = m.reminder_id)"),
    // Running the programs
    "job_run": .nobody,
    "seal": .everybody,
    "permission": .everybody,
    "role_grant": .nobody,
    "audit": .nobody,
    "audit_change": .nobody,
    "audit_purge": .nobody,
    "audit_key": .nobody,
  ]

  /// Conditions on the row `t` of what is nobody's yet: who is limited to properties does not see it, and
  /// may name it, by which it becomes his.
  static let free: [String: String] = [
    "tenant": "NOT EXISTS (SELECT 1 FROM main.contract c WHERE c.tenant_no = t.tenant_no)"
  ]

  private static let ofContract = Belonging.with("contract", by: "contract_no")
  private static let ofCharge = Belonging.with("charge", by: "charge_id", "id")
  private static let ofPayment = Belonging.with("payment", by: "payment_no")
  private static let ofCompany = Belonging.with("company", by: "company_no")
  private static let ofInvoice = Belonging.with("invoice", by: "invoice_id", "id")
  private static let ofFile = Belonging.with("invoice_file", by: "file_id", "id")
  private static let ofRequest = Belonging.with("invoice_request", by: "request_id", "id")
  private static let ofAsset = Belonging.with("asset", by: "asset_no")
}
