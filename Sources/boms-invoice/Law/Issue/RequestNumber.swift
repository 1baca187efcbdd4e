import Shared

/// 发票流水号: requests run without gaps per company and month: `CQ-KP2611-0001`.
enum RequestNumber {
  static let series = "invoice_request"
  /// What the tax bureau takes.
  static let limit = 20

  /// - Parameter serial: from 1.
  /// - Throws: `request.number` if the company's number leaves too little room.
  static func text(
    companyNo: String, month: CivilMonth, serial: Int64
  ) throws(ValueError) -> String {
    let digits = String(serial)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    let yearAndMonth = String(month.year % 100 * 100 + month.month)
    let number = "\(companyNo)-KP\(yearAndMonth)-\(padding)\(digits)"
    guard number.count <= limit else {
      throw ValueError(
        "request.number",
        Phrase(
          "'\(number)' is longer than the \(limit) characters of a 发票流水号",
          "发票流水号“\(number)”超过 \(limit) 字符"),
        hint: hint)
    }
    return number
  }

  /// Whether up to 9,999 requests a month have a number.
  static func fits(companyNo: String) -> Bool {
    companyNo.count + "-KP2611-0001".count <= limit
  }

  static let hint = Phrase(
    "the number of a company that issues invoices has 8 characters at most",
    "开票的收款主体编号请不超过 8 个字符")
}
