import Shared

extension Export {
  /// 退款: money that went back.
  static let refunds = Export(
    name: "refunds", zh: "退款",
    summary: Phrase(
      "money that went back by a day, a row for each part of it; what came back again is negative",
      "截至某日的退款，按款项来源逐行列示；被退回的为负数"),
    columns: RefundLines.fields
  ) { db, selection, day, writer in
    try ExportStore.write(
      db, from: "(\(RefundLines.select)) WHERE booked_on <= ?1", on: day,
      order: "company_no, month, serial, line", RefundLines.fields, selection, writer)
  }
}
