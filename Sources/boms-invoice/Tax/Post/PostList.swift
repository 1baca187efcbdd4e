import Shared

/// Numbers of invoices to be posted, from a CSV or one a line.
struct PostList {
  private(set) var postings: [Posting] = []

  static let register = Register(
    "posting", "入账",
    fields: BureauList.numberFields + [
      .code("voucher", "凭证号").called("凭证编号", "记账凭证号", "凭证字号"),
      .month("period", "会计期间").called("入账期间", "记账期间"),
      .date("on", "入账日期").called("记账日期", "凭证日期").withTime,
      .text("summary", "摘要"),
    ])

  /// - Parameter given: what the command line says of every row that says nothing itself.
  /// - Throws: `ExitStatus.badData` if anything cannot be read: what is wrong was written out.
  init(
    _ file: String, _ given: Posting, _ input: InputOptions, _ findings: FindingWriter
  ) throws {
    let source = try input.source(file, findings)
    try source.prepareRereading()
    var isGood = true
    func report(_ finding: Finding) {
      if finding.level == .error { isGood = false }
      findings.write(finding)
    }
    if try PostList.isPlain(source, input.encoding) {
      do {
        try CSVReader.read(try TextStream(source, encoding: input.encoding)) { row in
          var posting = given.of(row.text(0))
          (posting.file, posting.line) = (source.name, row.line)
          postings.append(posting)
        }
      } catch let bad as BadInput {
        report(bad.finding)
      }
    } else {
      let register = PostList.register
      let reader = RegisterReader(
        register: register, ignoreUnknown: true, encoding: input.encoding,
        map: try input.columnMap(for: register, findings),
        constants: try input.constants(for: register), report: report)
      let isRead = try reader.read(source) { record, row in
        guard row.isGood, !BureauSheet.isSum(row) else { return }
        guard let number = InvoiceNumber(record) else {
          let why = BureauSheet.noNumber(record)
          return report(
            Finding(
              rule: why.rule, file: source.name, line: row.line, message: why.message,
              hint: why.hint))
        }
        postings.append(
          Posting(
            number: number.text, voucher: record.text("voucher") ?? given.voucher,
            period: record.text("period").flatMap(CivilMonth.init(iso:)) ?? given.period,
            on: record.date("on") ?? given.on, summary: record.text("summary") ?? given.summary,
            file: source.name, line: row.line))
      }
      if !isRead { isGood = false }
    }
    for posting in postings where posting.voucher == nil || posting.period == nil {
      report(
        Finding(
          rule: "post.incomplete", file: posting.file, line: posting.line, value: posting.number,
          message: Phrase(
            "invoice '\(posting.number)' has no voucher or no period",
            "发票“\(posting.number)”没有凭证号或会计期间"),
          hint: Phrase(
            "fill the columns, or say it for all with --voucher and --period",
            "请填写该列，或用 --voucher、--period 统一指定")))
    }
    if isGood { return }
    findings.finish()
    throw ExitStatus.badData
  }

  /// Whether there are no headings: the first line is a number.
  private static func isPlain(_ source: InputSource, _ encoding: TextEncoding) throws -> Bool {
    var first: String?
    do {
      try CSVReader.read(try TextStream(source, encoding: encoding)) { row in
        if first == nil { first = row.text(0) }
      }
    } catch is BadInput {
      // What is wrong is said where the rows are read.
    }
    return first.flatMap(InvoiceNumber.init(written:)) != nil
  }
}
