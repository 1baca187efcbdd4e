import GRDB
import Shared

/// Everything that the pool knows of one invoice.
struct InvoiceDetail {
  struct Section {
    let name: String
    let zh: String
    let fields: [Field]
    var rows: [[Cell]]
  }

  /// Why what only the file says is left out.
  let damage: Failure?
  /// One value each.
  let facts: [(field: Field, cell: Cell)]
  let sections: [Section]
}

enum InvoiceDetailStore {
  /// What an invoice says beyond the columns of the list.
  private static let more: [Field] = [
    .code("confirmation_no", "红字确认单编号"), .text("requested_at", "开票时间"),
    .text("issued_at", "生成时间"), .text("capitals", "价税合计（大写）"),
    .text("seller_address", "销方地址"), .code("seller_phone", "销方电话"),
    .text("seller_bank", "销方开户行"), .code("seller_account", "销方账号"),
    .text("buyer_address", "购方地址"), .code("buyer_phone", "购方电话"),
    .text("buyer_bank", "购方开户行"), .code("buyer_account", "购方账号"),
    .text("drawer", "开票人"), .text("remark", "备注"), .code("version", "版本"),
    .code("bureau_code", "税务机关代码"), .text("bureau_name", "税务机关"),
    .choice(
      "signature", "签名", [Choice("absent", "无"), Choice("present_unverified", "有，未验证")]),
  ]

  /// - Returns: nil if the pool had no such invoice on the day.
  static func detail(
    _ number: String, _ id: Int64, _ db: Database, asOf day: CivilDate, _ language: Language
  ) throws -> InvoiceDetail? {
    let store = try InvoiceListStore(db, asOf: day)
    let found = try store.listed(number) { ($0.standing, try $0.cells()) }
    guard let (standing, cells) = found else { return nil }
    let names = more.map(\.name)
    let row = try SQLStatement(
      db, "SELECT \(names.joined(separator: ", ")) FROM invoice WHERE id = ?1")
    row.bind(1, id)
    _ = try row.step()
    let said = row.cells(names.count)
    let file = standing.history.fileID
    let (signed, damage) = try signature(of: (id, number), file, db)
    // What was found is a section of its own.
    let facts = zip(InvoiceFields.all + more + signature, cells + said + signed)
      .filter { $0.0.name != "findings" }.map { (field: $0, cell: $1) }
    return InvoiceDetail(
      damage: damage, facts: facts,
      sections: [
        try section("lines", "明细", lines, "invoice_line", "file_id = ?1 ORDER BY line", file, db),
        try extras(file, db), try findings(id, db, language),
        try section(
          "files", "文件", files, "invoice_file f JOIN file_content c ON c.id = f.content_id",
          "invoice_id = ?1 ORDER BY f.id", id, db),
        try section(
          "events", "事件", events, "invoice_event", "invoice_id = ?1 ORDER BY seq", id, db),
        try family(number, standing, store, db),
      ])
  }

  private static let signature: [Field] = [
    .code("signature_algorithm", "签名算法"), .code("signature_format", "签名格式"),
    .text("signed_at", "签名时间"),
  ]

  /// What the signature says of itself stands in the file, which is kept: it is read from there.
  private static func signature(
    of invoice: (id: Int64, number: String), _ fileID: Int64?, _ db: Database
  ) throws -> ([Cell], damage: Failure?) {
    let nothing = signature.map { _ in Cell.null }
    guard let fileID else { return (nothing, nil) }
    do {
      let file = try InvoiceFileStore(db).file(of: invoice, id: fileID)
      let reading = file.bytes.withUnsafeBytes { InvoiceReader().read($0, name: file.name) }
      let signature = reading.text?.signature
      return ([Cell(signature?.algorithm), Cell(signature?.format), Cell(signature?.time)], nil)
    } catch let failure as Failure where failure.status == .inputOutput {
      return (nothing, failure)
    }
  }

  private static let lines = InvoiceFields.lines.map { ($0, $0.column) }

  private static let files: [(Field, String)] = [
    (.integer("file_id", "文件编号", 1...Int.max), "f.id"),
    (.choice("carrier", "载体", InvoiceFields.carriers), "carrier"), (.text("file", "文件"), "name"),
    (.text("member", "压缩包内文件"), "member"), (.date("received_on", "收到日期"), "received_on"),
    (.choice("result", "处理结果", InvoiceFields.results), "result"), (.money("net", "金额"), "net_fen"),
    (.money("tax", "税额"), "tax_fen"), (.money("gross", "价税合计"), "gross_fen"),
    (.integer("bytes", "字节数", 0...Int.max), "coalesce(c.size, length(c.bytes))"),
    (.code("sha256", "SHA-256"), "lower(hex(c.sha256))"),
  ]

  private static let events: [(Field, String)] = [
    (.date("happened_on", "日期"), "happened_on"),
    (.choice("kind", "事件", InvoiceEvent.Kind.allCases.map { Choice($0.rawValue, $0.zh) }), "kind"),
    (.integer("file_id", "文件编号", 1...Int.max), "file_id"), (.code("code", "代码"), "code"),
    (.month("period", "期间"), "period"), (.code("voucher", "凭证号"), "voucher"),
    (.money("net", "金额"), "net_fen"), (.money("tax", "税额"), "tax_fen"),
    (.money("gross", "价税合计"), "gross_fen"), (.code("other_no", "关联单号"), "other_no"),
    (.text("reason", "原因"), "reason"),
  ]

  private static func section(
    _ name: String, _ zh: String, _ columns: [(field: Field, sql: String)], _ table: String,
    _ filter: String, _ id: Int64?, _ db: Database
  ) throws -> InvoiceDetail.Section {
    let sql = columns.map(\.sql).joined(separator: ", ")
    let rows = try SQLStatement(db, "SELECT \(sql) FROM \(table) WHERE \(filter)")
    rows.bind(1, id)
    var section = InvoiceDetail.Section(
      name: name, zh: zh, fields: columns.map(\.field), rows: [])
    while try rows.step() { section.rows.append(rows.cells(columns.count)) }
    return section
  }

  /// 特定业务, 附加要素 and what is unknown.
  private static func extras(_ file: Int64?, _ db: Database) throws -> InvoiceDetail.Section {
    try section(
      "extras", "其他要素", [(.text("path", "路径"), "path"), (.text("text", "内容"), "text")],
      "invoice_extra", "file_id = ?1 ORDER BY seq", file, db)
  }

  /// Of all its files: those of the one that is kept aside are what the reader came for.
  private static func findings(
    _ id: Int64, _ db: Database, _ language: Language
  ) throws -> InvoiceDetail.Section {
    try section(
      "findings", "检查提示",
      [
        (.integer("file_id", "文件编号", 1...Int.max), "n.file_id"),
        (
          .choice("level", "级别", [Choice("error", "错误"), Choice("warning", "警告")]), "level"
        ), (.code("rule", "规则"), "rule"), (.code("field", "字段"), "field"),
        (.integer("line", "行", 1...Int.max), "line"),
        (.text("message", "说明"), language == .zh ? "message_zh" : "message_en"),
      ], "invoice_finding n JOIN invoice_file f ON f.id = n.file_id",
      "f.invoice_id = ?1 ORDER BY n.file_id, n.seq", id, db)
  }

  /// The reds of a blue one, the blue of a red one.
  private static func family(
    _ number: String, _ standing: InvoiceStanding, _ store: InvoiceListStore, _ db: Database
  ) throws -> InvoiceDetail.Section {
    let wanted: [Field] = InvoiceFields.all.filter {
      [
        "invoice_no", "is_red", "issued_on", "net", "tax", "gross", "received_on", "posting",
        "voucher", "left_to_post", "deduction",
      ].contains($0.name)
    }
    let places = wanted.compactMap { field in
      InvoiceFields.all.firstIndex { $0.name == field.name }
    }
    let others = try SQLStatement(
      db,
      standing.isRed
        ? """
        SELECT b.invoice_no FROM invoice i JOIN invoice b ON b.invoice_no = i.blue_no
        WHERE i.invoice_no = ?1
        """
        : "SELECT invoice_no FROM invoice WHERE blue_no = ?1 AND is_red = 1 ORDER BY issued_on, id")
    others.bind(1, number)
    var section = InvoiceDetail.Section(
      name: standing.isRed ? "blue" : "reds", zh: standing.isRed ? "蓝字发票" : "红字发票",
      fields: wanted, rows: [])
    while try others.step() {
      let row = try store.listed(others.text(0)) { listed in
        let cells = try listed.cells()
        return places.map { cells[$0] }
      }
      if let row { section.rows.append(row) }
    }
    return section
  }
}
