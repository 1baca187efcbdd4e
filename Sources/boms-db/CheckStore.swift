import GRDB
import Shared

/// What must hold of a database at any time.
enum CheckStore {
  struct Found {
    var rule: String
    var subject: String
    var message: Phrase
  }

  struct Rule: Sendable {
    var id: String
    var find: @Sendable (Database) throws -> [Found]
  }

  static func tables(_ books: Books) throws -> [(name: String, rows: Int64)] {
    try books.read { db in
      let names = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
          ORDER BY name
          """)
      return try names.map { name in
        (name, try Int64.fetchOne(db, sql: "SELECT count(*) FROM \"\(name)\"") ?? 0)
      }
    }
  }

  static func findings(_ db: Database, progress: () -> Void = {}) throws -> [Found] {
    var found: [Found] = []
    for rule in rules {
      found += try rule.find(db)
      progress()
      // Of a damaged file nothing else can be asked.
      if rule.id == "db.integrity", !found.isEmpty { break }
    }
    return found
  }

  static let rules: [Rule] = books + invoices

  private static let books: [Rule] = [
    Rule(id: "db.integrity") { db in
      try String.fetchAll(db, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }.map {
        Found(
          rule: "db.integrity", subject: "",
          message: Phrase("the file is damaged: \($0)", "数据库文件损坏：\($0)"))
      }
    },
    Rule(id: "db.foreign-key") { db in
      try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
        let table: String = row[0] ?? ""
        let parent: String = row[2] ?? ""
        let id: Int64 = row[1] ?? 0
        return Found(
          rule: "db.foreign-key", subject: "\(table) \(id)",
          message: Phrase(
            "row \(id) of \(table) refers to a row of \(parent) that is not there",
            "\(table) 的第 \(id) 行引用了不存在的 \(parent) 记录"))
      }
    },
    Rule(id: "audit.chain") { db in
      try AuditVerification(db).findings.map { finding in
        Found(
          rule: "audit.chain", subject: finding.seq.map { "audit \($0)" } ?? "",
          message: finding.message)
      }
    },
    rule(
      "bill.totals",
      """
      SELECT b.bill_no FROM bill b
      LEFT JOIN (SELECT bill_no, sum(net_fen) net, sum(tax_fen) tax, sum(amount_fen) amount,
        count(*) rows FROM charge GROUP BY bill_no) c ON c.bill_no = b.bill_no
      WHERE c.rows IS NULL OR c.net <> b.net_fen OR c.tax <> b.tax_fen OR c.amount <> b.amount_fen
      """,
      Phrase("the bill is not the sum of its charges", "账单金额不等于其费用之和")),
    rule(
      "bill.sides",
      """
      SELECT c.id FROM charge c JOIN bill b ON b.bill_no = c.bill_no
      WHERE c.contract_no <> b.contract_no OR (c.amount_fen < 0) <> (b.kind = 'credit_note')
      """,
      Phrase(
        "the charge is on a bill of another contract or the other sign",
        "费用所在账单的合同或正负不符")),
    rule(
      "bill.numbers",
      """
      SELECT b.company_no || ' ' || b.month FROM bill b
      LEFT JOIN number_series s ON s.series = 'bill/' || b.company_no AND s.period = b.month
      GROUP BY b.company_no, b.month
      HAVING min(b.serial) <> 1 OR max(b.serial) <> count(*) OR s.last IS NOT max(b.serial)
      """,
      Phrase("the numbers of the month have a gap", "该月账单编号不连续")),
    rule(
      "charge.adjusts",
      """
      SELECT a.id FROM charge a LEFT JOIN charge c ON c.id = a.adjusts
      WHERE a.kind = 'adjust' AND (c.id IS NULL OR c.kind = 'adjust'
        OR c.contract_no <> a.contract_no OR c.source <> a.source
        OR c.period_start <> a.period_start OR c.item <> a.item)
      """,
      Phrase("the adjustment does not name what it adjusts", "调整未指明被调整的费用")),
    rule(
      "charge.void",
      """
      SELECT v.adjusts FROM charge v JOIN charge c ON c.id = v.adjusts OR c.adjusts = v.adjusts
      WHERE v.voids = 1 GROUP BY v.adjusts
      HAVING sum(c.net_fen) <> 0 OR sum(c.tax_fen) <> 0 OR sum(c.amount_fen) <> 0
      """,
      Phrase("the charge was taken back, but not all of it", "费用已作废，但未全额冲回")),
    rule(
      "share.division",
      """
      SELECT d.pool_no || ' ' || d.period FROM share_division d
      LEFT JOIN share_part p ON p.division_id = d.id
      GROUP BY d.id HAVING coalesce(sum(p.amount_fen), 0) + d.own_fen <> d.amount_fen
      """,
      Phrase("the parts of the pool do not sum to it", "公摊各份之和不等于总额")),
    rule(
      "invoice_request.sums",
      """
      SELECT r.request_no FROM invoice_request r
      LEFT JOIN (SELECT request_id, sum(net_fen) net, sum(tax_fen) tax, sum(gross_fen) gross
        FROM invoice_request_line GROUP BY 1) l ON l.request_id = r.id
      WHERE l.request_id IS NULL OR l.net <> r.net_fen OR l.tax <> r.tax_fen
        OR l.gross <> r.gross_fen
      UNION
      SELECT r.request_no FROM invoice_request_line l JOIN invoice_request r ON r.id = l.request_id
      LEFT JOIN invoice_request_part p ON p.request_id = l.request_id AND p.line = l.line
      GROUP BY l.request_id, l.line HAVING coalesce(sum(p.gross_fen), 0) <> l.gross_fen
        OR (min(p.gross_fen) < 0) <> (r.colour = 'red')
      """,
      Phrase(
        "the request is not the sum of its lines, or a line not that of its charges",
        "开票申请不等于明细之和，或明细不等于费用之和")),
    rule(
      "invoice_request.numbers",
      """
      SELECT r.company_no || ' ' || r.month FROM invoice_request r
      LEFT JOIN number_series s ON s.series = 'invoice_request/' || r.company_no
        AND s.period = r.month
      GROUP BY r.company_no, r.month
      HAVING min(r.serial) <> 1 OR max(r.serial) <> count(*) OR s.last IS NOT max(r.serial)
      """,
      Phrase("the numbers of the month have a gap", "该月流水号不连续")),
    // A charge was worth its rows so far each time that something was asked for: of some such sum no
    // more can stand.
    rule(
      "invoice_request.worth",
      """
      SELECT 'charge ' || a.charge_id FROM charge_invoiced a
      JOIN (SELECT root, max(worth) AS most FROM (
          SELECT coalesce(adjusts, id) AS root,
            sum(amount_fen) OVER (PARTITION BY coalesce(adjusts, id) ORDER BY id) AS worth
          FROM charge) GROUP BY root) w ON w.root = a.charge_id
      WHERE a.asked_fen NOT BETWEEN 0 AND w.most
      """,
      Phrase(
        "more is asked for than the charge was ever worth, or less than nothing",
        "已申请开票金额超过费用曾有的金额，或小于零")),
    rule(
      "invoice_request.red",
      """
      SELECT r.request_no FROM invoice_request r JOIN invoice_request b ON b.id = r.blue_id
      JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
      JOIN invoice_request_state t ON t.request_id = b.id
      WHERE t.state = 'withdrawn' OR b.colour <> 'blue' OR b.company_no <> r.company_no
        OR b.tenant_no <> r.tenant_no
      UNION
      SELECT b.request_no FROM invoice_request b JOIN invoice_request_part p ON p.request_id = b.id
      JOIN (SELECT r.blue_id, p.charge_id, sum(p.gross_fen) AS gross_fen
        FROM invoice_request r JOIN invoice_request_part p ON p.request_id = r.id
        JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
        WHERE r.colour = 'red' GROUP BY 1, 2) k ON k.blue_id = b.id AND k.charge_id = p.charge_id
      WHERE p.gross_fen + k.gross_fen < 0
      """,
      Phrase(
        "red requests take back what is not on the blue one", "红字申请冲回了蓝字申请中没有的金额")),
    rule(
      "allocation.sums",
      """
      SELECT 'charge ' || c.id FROM charge_open o JOIN charge c ON c.id = o.charge_id
      WHERE o.open_fen NOT BETWEEN min(c.amount_fen, 0) AND max(c.amount_fen, 0)
      UNION ALL
      SELECT 'payment ' || p.payment_no FROM payment_left l
      JOIN payment p ON p.payment_no = l.payment_no
      WHERE p.amount_fen > 0 AND l.left_fen NOT BETWEEN 0 AND p.amount_fen
      UNION ALL
      SELECT 'opening ' || o.id FROM opening_left l JOIN opening_balance o ON o.id = l.opening_id
      WHERE l.left_fen NOT BETWEEN 0 AND o.amount_fen
      UNION ALL
      SELECT 'deposit ' || charge_id FROM deposit_left WHERE used_fen > 0 AND left_fen < 0
      """,
      Phrase(
        "more is allocated than the charge or the money comes to", "核销金额超过费用或款项")),
    rule(
      "allocation.account",
      """
      SELECT a.id FROM allocation a
      JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
      LEFT JOIN payment_owner p ON p.payment_no = a.payment_no
      LEFT JOIN charge k ON k.id = a.credit_id LEFT JOIN bill n ON n.bill_no = k.bill_no
      LEFT JOIN charge d ON d.id = a.deposit_id LEFT JOIN bill h ON h.bill_no = d.bill_no
      LEFT JOIN opening o ON o.id = a.opening_id
      WHERE NOT EXISTS (SELECT 1 FROM payment_void v WHERE v.payment_no = a.payment_no)
        AND (coalesce(p.tenant_no, n.tenant_no, h.tenant_no, o.tenant_no) IS NOT b.tenant_no
          OR coalesce(p.property_no, n.property_no, h.property_no, o.property_no)
            IS NOT b.property_no
          OR coalesce(CASE p.pays_any WHEN 0 THEN p.entry_company_no END, n.company_no,
            h.company_no, o.company_no, b.company_no) <> b.company_no)
      """,
      Phrase(
        "the money is of another tenant, property or company than the charge",
        "款项与费用的租户、项目或收款主体不符")),
    rule(
      "journal.balanced",
      """
      SELECT company_no || ' ' || document || ' ' || document_no || ' ' || booked_on
      FROM journal_entry GROUP BY company_no, document, document_no, booked_on, red
      HAVING sum(amount_fen) <> 0
      """,
      Phrase("debit and credit of the document are not equal", "该单据的凭证借贷不平")),
    rule(
      "journal.ties", journalTies,
      Phrase(
        "the journal's account is not what the ledger says", "凭证科目发生额与明细账不符")),
    rule(
      "deposit.held",
      """
      SELECT DISTINCT contract_no || ' ' || item || ' ' || company_no FROM (
        SELECT contract_no, item, company_no, sum(sum(amount_fen)) OVER (
          PARTITION BY contract_no, item, company_no ORDER BY booked_on) AS held_fen
        FROM deposit_movement GROUP BY contract_no, item, company_no, booked_on)
      WHERE held_fen < 0 ORDER BY 1
      """,
      Phrase("more of the deposit is used than was held on a day", "某日已用押金超过结存")),
    rule(
      "receipt.numbers",
      """
      SELECT r.company_no || ' ' || r.month FROM receipt r
      LEFT JOIN number_series s ON s.series = 'receipt/' || r.company_no AND s.period = r.month
      GROUP BY r.company_no, r.month
      HAVING min(r.serial) <> 1 OR max(r.serial) <> count(*) OR s.last IS NOT max(r.serial)
      """,
      Phrase("the numbers of the month's receipts have a gap", "该月收据编号不连续")),
    rule(
      "refund.numbers",
      """
      SELECT r.company_no || ' ' || r.month FROM refund r
      LEFT JOIN number_series s ON s.series = 'refund/' || r.company_no AND s.period = r.month
      GROUP BY r.company_no, r.month
      HAVING min(r.serial) <> 1 OR max(r.serial) <> count(*) OR s.last IS NOT max(r.serial)
      """,
      Phrase("the numbers of the month's refunds have a gap", "该月退款编号不连续")),
    rule(
      "refund.totals",
      """
      SELECT r.refund_no FROM refund r LEFT JOIN refund_line l ON l.refund_id = r.id
      GROUP BY r.id HAVING coalesce(sum(l.amount_fen), 0) <> r.amount_fen
      UNION ALL
      SELECT v.refund_no FROM refund v JOIN refund r ON r.id = v.reverses
      WHERE v.amount_fen <> -r.amount_fen OR v.company_no <> r.company_no
        OR v.tenant_no IS NOT r.tenant_no OR v.property_no <> r.property_no
      """,
      Phrase(
        "the refund is not the sum of its lines, or not the opposite of what it takes back",
        "退款金额不等于其明细之和，或与所冲回的退款不符")),
    rule(
      "payment_void.in-use",
      """
      SELECT v.payment_no FROM payment_void v
      JOIN payment_left l ON l.payment_no = v.payment_no WHERE l.left_fen <> 0
      UNION ALL
      SELECT v.payment_no FROM payment_void v
      WHERE NOT EXISTS (SELECT 1 FROM payment_entry e WHERE e.payment_no = v.payment_no)
      """,
      Phrase(
        "the payment is void, but something of it is allocated or refunded, or it was never entered",
        "收款已作废，但仍有核销或退款，或从未入账")),
    rule(
      "invoice.charges",
      """
      SELECT i.invoice_no FROM invoice i
      LEFT JOIN invoice_match m ON m.invoice_id = i.id AND m.side = 'out'
      LEFT JOIN (SELECT invoice_id, sum(net_fen) AS net_fen, sum(tax_fen) AS tax_fen
        FROM invoice_charge GROUP BY invoice_id) s ON s.invoice_id = i.id
      WHERE (m.invoice_id IS NOT NULL OR s.invoice_id IS NOT NULL)
        AND (coalesce(s.net_fen, 0) <> iif(m.invoice_id IS NULL, 0, i.net_fen)
          OR coalesce(s.tax_fen, 0) <> iif(m.invoice_id IS NULL, 0, i.tax_fen))
      """,
      Phrase(
        "the charges of the invoice do not sum to it, or it has some and is matched to nothing",
        "发票对应的费用合计与发票金额不符，或未匹配却有对应费用")),
    rule(
      "invoice.requests",
      """
      SELECT coalesce(s.invoice_no, i.invoice_no)
      FROM (SELECT request_id, invoice_no FROM invoice_request_state WHERE state = 'issued') s
      FULL JOIN (SELECT DISTINCT c.request_id, v.invoice_no FROM invoice_match m
          JOIN invoice v ON v.id = m.invoice_id JOIN invoice_charge c ON c.invoice_id = v.id
            AND c.reverses IS NULL
            AND NOT EXISTS (SELECT 1 FROM invoice_charge r WHERE r.reverses = c.id)
          WHERE m.side = 'out') i
        ON i.request_id = s.request_id AND i.invoice_no = s.invoice_no
      WHERE s.request_id IS NULL OR i.request_id IS NULL
      """,
      Phrase(
        "the invoice of a request is matched to something else, or a matched one is not issued",
        "开票申请的发票匹配到别处，或已匹配的申请未标记为已开")),
    Rule(id: "accrual.straight-line") { try straightLine($0) },
    Rule(id: "billing.index") { try index($0) },
    Rule(id: "depreciation.law") { try depreciation($0) },
  ]

  /// What the accounts of the journal come to on each day, against the ledgers that they sum up: so
  /// they agree at the end of every month, and on any other day.
  private static let journalTies = """
    WITH entry AS MATERIALIZED (
      SELECT role, company_no, booked_on, sum(amount_fen) AS amount_fen FROM journal_entry
      GROUP BY role, company_no, booked_on
    ), owed AS (
      SELECT c.id, b.company_no, b.booked_on, i.kind,
        CASE WHEN coalesce(r.kind, c.kind) = 'opening' THEN 0 ELSE c.tax_fen END AS tax_fen
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      LEFT JOIN charge r ON r.id = c.adjusts
      WHERE i.kind <> 'deposit'
    ), side AS (
      SELECT role AS tie, company_no, booked_on, amount_fen FROM entry
      WHERE role IN ('receivable', 'deposit', 'straight_line', 'output_vat')
      UNION ALL
      SELECT 'receivable', o.company_no, m.booked_on, -m.amount_fen
      FROM charge_movement m JOIN owed o ON o.id = m.charge_id
      UNION ALL
      SELECT 'credit', company_no, booked_on, amount_fen FROM entry
      WHERE role IN ('credit', 'unclaimed')
      UNION ALL
      SELECT 'credit', coalesce(e.company_no, o.company_no), m.booked_on, m.amount_fen
      FROM money_movement m LEFT JOIN payment_entry e ON e.payment_no = m.payment_no
      LEFT JOIN opening o ON o.id = m.opening_id
      UNION ALL
      SELECT 'deposit', company_no, booked_on, amount_fen FROM deposit_movement
      UNION ALL
      SELECT 'straight_line', company_no, booked_on, -straight_fen FROM accrual
      UNION ALL
      SELECT 'straight_line', company_no, since, -amount_fen FROM opening
      WHERE kind = 'straight_line'
      UNION ALL
      SELECT 'output_vat', o.company_no, t.booked_on, t.tax_fen
      FROM tax_movement t JOIN owed o ON o.id = t.charge_id
      UNION ALL
      SELECT 'output_vat_pending', company_no, booked_on, amount_fen FROM entry
      WHERE role IN ('output_vat', 'output_vat_pending')
      UNION ALL
      SELECT 'output_vat_pending', company_no, booked_on, tax_fen FROM owed
      UNION ALL
      SELECT 'intercompany', '', booked_on, amount_fen FROM entry WHERE role = 'intercompany'
      UNION ALL
      -- Assets: what stands on their accounts is what the ledgers of assets say; 固定资产清理 is empty.
      SELECT role, company_no, booked_on, amount_fen FROM entry
      WHERE role = 'asset_clearing' OR role IN (SELECT cost_role FROM asset_role
        UNION SELECT depreciation_role FROM asset_role
        UNION SELECT impairment_role FROM asset_role)
      UNION ALL
      SELECT CASE n.leg WHEN 1 THEN r.cost_role WHEN 2 THEN r.depreciation_role
          ELSE r.impairment_role END, m.company_no, m.booked_on,
        CASE n.leg WHEN 1 THEN -m.cost_fen WHEN 2 THEN m.accumulated_fen
          ELSE m.impairment_fen END
      FROM asset_change m JOIN asset_role r ON r.asset_no = m.asset_no
      JOIN (SELECT 1 AS leg UNION ALL SELECT 2 UNION ALL SELECT 3) n
    )
    SELECT tie || ' ' || company_no || ' ' || booked_on FROM side
    GROUP BY tie, company_no, booked_on HAVING sum(amount_fen) <> 0
    """

  /// A rule whose query gives what breaks it, first column.
  static func rule(_ id: String, _ sql: String, _ message: Phrase) -> Rule {
    Rule(id: id) { db in
      try Row.fetchAll(db, sql: sql).map { row in
        Found(rule: id, subject: row[0].map { "\($0)" } ?? "", message: message)
      }
    }
  }

  /// The index of what the night looks at, against the facts: of a contract that is not marked,
  /// nothing that is recorded is worth something else, nothing billed before its next billing day
  /// is missing, and that day is the right one.
  private static func index(_ db: Database) throws -> [Found] {
    var found: [Found] = []
    let stored = try SQLStatement(
      db, "SELECT next_bill_on, changed, next_fee_on FROM billing_index WHERE contract_no = ?")
    try Look.at(db, .all(property: nil, contract: nil))
    let taxes = try TaxTable(db)
    let fees = try LateFeeRuleStore.isIdle(db) ? nil : try LateFeeRuleStore(db)
    let cursor = try LeaseCursor(db, withCourses: fees != nil)
    while let entry = try cursor.next() {
      let contractNo = entry.lease.contractNo
      func add(_ en: String, _ zh: String) {
        found.append(Found(rule: "billing.index", subject: contractNo, message: Phrase(en, zh)))
      }
      stored.bind(1, contractNo)
      defer { stored.reset() }
      guard try stored.step() else {
        add("the contract is not in the index", "合同不在出账索引中")
        continue
      }
      if stored.integer(1) != 0 { continue }
      let next = try stored.optionalDate(0)
      // Without a next day nothing may ever be billed: any day will do.
      let asOf = next?.previous ?? entry.lease.endOn.adding(days: 100_000)
      do {
        let plan = try Billing(entry.lease, taxes: taxes, billingFrom: entry.billingFrom)
          .plan(asOf: asOf, recorded: entry.recorded)
        if !plan.subtraction.new.isEmpty {
          add("a charge is missing before the next billing day", "下次出账日之前有未出账费用")
        }
        if !plan.subtraction.adjustments.isEmpty {
          add("what is recorded is worth something else now", "已计费用与现行合同不符")
        }
        if plan.nextBillOn != next {
          add(
            "the next billing day is \(plan.nextBillOn?.description ?? "none")",
            "下次出账日应为 \(plan.nextBillOn?.description ?? "无")")
        }
        guard let fees else { continue }
        let nextFee = try stored.optionalDate(2)
        let late = try fees.billing(of: entry).plan(
          asOf: nextFee?.previous ?? entry.lease.endOn.adding(days: 100_000),
          recorded: entry.recorded, courses: entry.courses)
        if !late.subtraction.new.isEmpty || !late.subtraction.adjustments.isEmpty {
          add("a late fee is missing, or is worth something else now", "违约金缺失或与现行规则不符")
        }
        if late.nextFeeOn != nextFee {
          add(
            "the next day for late fees is \(late.nextFeeOn?.description ?? "none")",
            "下次违约金日应为 \(late.nextFeeOn?.description ?? "无")")
        }
      } catch let error as ValueError {
        add("cannot be computed: \(error.message.en)", "无法计算：\(error.message.zh)")
      }
    }
    return found
  }
}
