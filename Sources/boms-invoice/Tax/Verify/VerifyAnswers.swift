import Shared

/// The tax platform's answers, read by heading.
struct VerifyAnswers {
  struct Entry {
    var number: InvoiceNumber
    var file: String
    var line: Int
    var answer: Verification
    var status: BureauStatus?
    var issuedOn: CivilDate?
    var net: Money?
    var tax: Money?
    var gross: Money?
  }

  private(set) var entries: [Entry] = []

  static let register = Register(
    "verify_answer", "查验结果",
    fields: BureauList.numberFields + [
      .text("answer_code", "结果代码").called(
        "查验结果代码", "返回代码", "返回码", "状态码", "查验代码", "查验状态代码"),
      .text("answer", "查验结果").called("查验状态", "结果", "查验结果描述", "结果描述", "查验情况"),
      .date("issued_on", "开票日期").called("开票时间").withTime,
      .money("gross", "价税合计"),
      .money("net", "金额").called("不含税金额", "合计金额", "开具金额"),
      .money("tax", "税额").called("合计税额", "票面税额"),
      .text("status", "发票状态"),
    ])

  /// - Throws: `ExitStatus.badData` if anything cannot be read: what is wrong was written out.
  init(_ files: [String], _ input: InputOptions, _ findings: FindingWriter) throws {
    let register = VerifyAnswers.register
    let map = try input.columnMap(for: register, findings)
    let constants = try input.constants(for: register)
    var isGood = true
    for file in files {
      let source = try input.source(file, findings)
      let reader = RegisterReader(
        register: register, ignoreUnknown: true, encoding: input.encoding, map: map,
        constants: constants
      ) { finding in
        if finding.level == .error { isGood = false }
        findings.write(finding)
      }
      let isRead = try reader.read(source) { record, row in
        guard row.isGood, !BureauSheet.isSum(row) else { return }
        do throws(ValueError) {
          entries.append(try VerifyAnswers.entry(record, source.name, row.line))
        } catch {
          isGood = false
          findings.write(
            Finding(
              rule: error.rule, file: source.name, line: row.line, message: error.message,
              hint: error.hint))
        }
      }
      if !isRead { isGood = false }
    }
    if isGood { return }
    findings.finish()
    throw ExitStatus.badData
  }

  private static func entry(
    _ record: Record, _ file: String, _ line: Int
  ) throws(ValueError) -> Entry {
    guard let number = InvoiceNumber(record) else { throw BureauSheet.noNumber(record) }
    let texts = ["answer_code", "answer"].compactMap { record.text($0) }
    guard let answer = texts.lazy.compactMap({ Verification(written: $0) }).first else {
      let said = texts.joined(separator: " ")
      throw ValueError(
        "verify.answer",
        said.isEmpty
          ? Phrase("the row has no answer", "该行没有查验结果")
          : Phrase("'\(said)' is no answer that is known", "“\(said)”不是可识别的查验结果"),
        hint: Phrase(
          "00 agrees, 01 failed, 02 not found, 03 differs, 04 not ours, or the Chinese words",
          "应为 00 一致、01 失败、02 查无、03 不一致、04 非本单位，或对应的文字"))
    }
    func money(_ field: String) -> Money? { record.number(field).map(Money.init(fen:)) }
    return Entry(
      number: number, file: file, line: line, answer: answer,
      status: record.text("status").flatMap(BureauStatus.init(written:)),
      issuedOn: record.date("issued_on"), net: money("net"), tax: money("tax"),
      gross: money("gross"))
  }
}
