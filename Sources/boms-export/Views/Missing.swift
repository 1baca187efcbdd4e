import Shared

extension Export {
  /// 缺报缺抄: what should have been reported and read by a day, and was not.
  static let missing = Export(
    name: "missing", zh: "缺报缺抄",
    summary: Phrase(
      "turnover reports and meter readings that should be there as of a day and are not",
      "截至某日应报未报的营业额、应抄未抄的表计"),
    columns: MissingRow.fields
  ) { db, selection, day, writer in
    try MissingFactsStore(db, asOf: day).forEach { row in
      try ComputedRow(cells: row.cells).write(selection, to: writer)
    }
  }
}
