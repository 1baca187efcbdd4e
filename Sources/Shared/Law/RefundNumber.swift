/// Numbers of refunds run without gaps per company and month of booking: `CQ-TK-202611-0001`.
package enum RefundNumber {
  /// - Parameter serial: from 1.
  package static func text(companyNo: String, month: CivilMonth, serial: Int64) -> String {
    let digits = String(serial)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(companyNo)-TK-\(month.year * 100 + month.month)-\(padding)\(digits)"
  }
}
