import Shared

extension InvoiceRule {
  /// Places 3 and 4 of a 20-digit number: the province (GB/T 2260), or 91 to 95 for the five cities with
  /// a tax bureau of their own. That list is inferred from numbers seen, hence no more than a warning.
  static let regionKnown = InvoiceRule(
    "invoice.region-known", .warning,
    meaning: Phrase(
      "places 3 and 4 of the number are a province, or 91 to 95 (大连, 宁波, 厦门, 青岛, 深圳)",
      "发票号码第 3、4 位为省级代码，或 91 至 95（计划单列市）"),
    example: Phrase(
      "'26992000000000000101': there is no region 99", "“26992000000000000101”：没有地区代码 99"),
    remedy: Phrase("verify it with the tax bureau", "请到税务平台查验")
  ) { item, rule in
    guard let number = item.invoice?.number, number.isDigital, !number.hasKnownRegion else {
      return []
    }
    let region = number.text.dropFirst(2).prefix(2)
    return [
      rule.warning(
        field: "invoice_no", value: number.text,
        Phrase("'\(number)' has no known region ('\(region)')", "“\(number)”的地区代码“\(region)”未知"))
    ]
  }
}

extension InvoiceNumber {
  private static let regions: Set<Int> = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
    50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 91, 92, 93, 94, 95,
  ]

  fileprivate var hasKnownRegion: Bool {
    Int(text.dropFirst(2).prefix(2)).map(InvoiceNumber.regions.contains) ?? false
  }
}
