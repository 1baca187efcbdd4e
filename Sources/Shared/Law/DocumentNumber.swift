/// Numbers of receipts and refunds run without gaps per company and month, as those of bills do, with
/// a mark that tells them apart: `CQ-SJ-202611-0001`, `CQ-TK-202611-0001`.
package enum DocumentNumber: String, Sendable {
  /// 收据.
  case receipt = "SJ"
  /// 退款.
  case refund = "TK"

  /// The name of the series, for `NumberSeries`.
  package var series: String {
    switch self {
    case .receipt: "receipt"
    case .refund: "refund"
    }
  }

  /// - Parameter serial: from 1.
  package func text(companyNo: String, month: CivilMonth, serial: Int64) -> String {
    let digits = String(serial)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(companyNo)-\(rawValue)-\(month.year * 100 + month.month)-\(padding)\(digits)"
  }
}
