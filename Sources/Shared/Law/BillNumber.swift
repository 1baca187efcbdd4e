/// Numbers of bills run without gaps per company and month of booking: `CQ-202609-000001`.
package enum BillNumber {
  /// - Parameter serial: from 1.
  package static func text(companyNo: String, month: CivilMonth, serial: Int64) -> String {
    let digits = String(serial)
    let padding = String(repeating: "0", count: max(0, 6 - digits.count))
    // `YYYYMM`; years have four digits.
    let yearAndMonth = String(month.year * 100 + month.month)
    return companyNo + "-" + yearAndMonth + "-" + padding + digits
  }
}
