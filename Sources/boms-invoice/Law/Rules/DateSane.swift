import Shared

extension InvoiceRule {
  /// A number is given when the invoice is made, with the year in its first two digits. Source: 税务总局
  /// pilots of 数电票 began on 2021-12-01.
  static let dateSane = InvoiceRule(
    "invoice.date-sane", .either,
    meaning: Phrase(
      "the day of issue can be read and is not after the day of the check (else a warning); it is not before the year in the number and not before 数电票 began on 2021-12-01 (else an error)",
      "开票日期可识别，且不晚于检查日（否则为警告）；不早于号码中的年份，也不早于 2021-12-01 数电票试点（否则为错误）"),
    example: Phrase(
      "number '26332000000000000101' of 2026 with the day '2025-05-06'",
      "号码“26332000000000000101”为 2026 年，开票日期“2025-05-06”"),
    remedy: Phrase(
      "the file contradicts itself: ask the seller for the original", "文件自相矛盾，请向销售方索取原件")
  ) { item, rule in
    guard let invoice = item.invoice else { return [] }
    guard let day = invoice.issuedOn else {
      guard let text = item.text.requestedAt ?? item.text.issuedAt else { return [] }
      return [
        rule.warning(
          field: "issued_on", value: text, Phrase("'\(text)' is no day", "“\(text)”不是日期"),
          hint: Phrase("look at the printed invoice", "请核对票面"))
      ]
    }
    var findings: [InvoiceFinding] = []
    if day > item.setting.asOf {
      findings.append(
        rule.warning(
          field: "issued_on", value: day.description,
          Phrase(
            "the day of issue '\(day)' is after \(item.setting.asOf)",
            "开票日期“\(day)”晚于 \(item.setting.asOf)"),
          hint: Phrase("look at this machine's clock, or at --as-of", "请检查本机时钟或 --as-of")))
    }
    guard let year = invoice.number.year else { return findings }
    // Asked for in the last minute of a year, numbered in the first of the next.
    let latest = max(day, InvoiceValue.day(invoice.issuedAt) ?? day)
    if latest.next.parts.year < year || latest.month < CivilMonth(year: 2021, month: 12) {
      findings.append(
        rule.error(
          field: "issued_on", value: day.description,
          latest.month < CivilMonth(year: 2021, month: 12)
            ? Phrase(
              "'\(day)' is before the first 20-digit numbers (2021-12-01)",
              "“\(day)”早于 20 位号码启用日（2021-12-01）")
            : Phrase(
              "the number '\(invoice.number)' is of \(year), the day of issue '\(day)'",
              "号码“\(invoice.number)”为 \(year) 年，开票日期为“\(day)”")))
    }
    return findings
  }
}

extension InvoiceNumber {
  /// The year in which a 20-digit number was given.
  var year: Int? { isDigital ? Int(text.prefix(2)).map { 2000 + $0 } : nil }
}
