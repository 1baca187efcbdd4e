import Shared

/// 盘点表: what goes out and comes back.
enum CountSheet {
  struct Row {
    var line: Int
    var assetNo: String?
    var name: String?
    var propertyNo: String?
    /// Nil: not counted yet.
    var found: Bool?
    /// Where it really is; nil: where the books have it.
    var location: String?
    var countedOn: CivilDate
    var note: String?
  }

  static let fields: [Field] = [
    .code("asset_no", "资产编号"), .text("name", "资产名称"), .text("category", "类别"),
    .code("property_no", "项目编号"), .text("book_location", "账面存放地点"),
    .text("custodian", "保管人"), .flag("found", "是否盘到"), .text("location", "实际存放地点"),
    .date("counted_on", "盘点日期"), .text("note", "备注"),
  ]

  private static let register = Register(
    "count", "盘点表", Phrase("the sheet of a count", "盘点表"), fields: fields)

  /// - Parameter day: of rows that say no other.
  /// - Throws: `ExitStatus.badData` if a row cannot be read: what is wrong was written out.
  static func read(
    _ file: String, _ input: InputOptions, day: CivilDate, _ findings: FindingWriter
  ) throws -> [Row] {
    var isGood = true
    var rows: [Row] = []
    var seen: Set<String> = []
    func report(_ finding: Finding) {
      if finding.level == .error { isGood = false }
      findings.write(finding)
    }
    let source = try input.source(file, findings)
    let reader = RegisterReader(
      register: register, encoding: input.encoding,
      map: try input.columnMap(for: register, findings),
      constants: try input.constants(for: register), report: report)
    let isRead = try reader.read(source) { record, raw in
      guard raw.isGood else { return }
      let row = Row(
        line: raw.line, assetNo: record.text("asset_no"), name: record.text("name"),
        propertyNo: record.text("property_no"), found: record.flag("found"),
        location: record.text("location"), countedOn: record.date("counted_on") ?? day,
        note: record.text("note"))
      if let number = row.assetNo, !seen.insert(number).inserted {
        report(
          Finding(
            rule: "count.duplicate-key", file: source.name, line: raw.line, field: "asset_no",
            value: number,
            message: Phrase("asset '\(number)' stands in the sheet twice", "资产“\(number)”在表中重复"),
            hint: Phrase("keep one of the two rows", "两行只保留一行")))
      }
      if row.assetNo == nil, row.name == nil {
        report(
          Finding(
            rule: "count.nameless", file: source.name, line: raw.line, field: "name",
            message: Phrase(
              "the row has neither a number nor a name", "该行既没有资产编号也没有名称"),
            hint: Phrase("write what it is", "请填写名称")))
      }
      rows.append(row)
    }
    findings.finish()
    guard isRead, isGood else { throw ExitStatus.badData }
    return rows
  }
}
