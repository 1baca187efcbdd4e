import Shared

/// A lease's income from first to last month: what is booked, then what will be.
enum StraightLineSchedule {
  struct Row {
    var group: RevenueRecognition.Group
    var month: CivilMonth
    var sums: Accrual.Sums
    /// The differences through the month, that of the start included.
    var balance: Money
    /// What is booked for the month; nil for months to come.
    var recorded: Money?
    var explain: String
  }

  static func rows(
    of contractNo: String, _ language: Language, _ db: BooksConnection
  ) throws -> [Row] {
    try Look.at(db, .all(property: nil, contract: contractNo))
    guard let entry = try AccrualCursor(db).next() else { return [] }
    let revenue = try entry.revenue()
    let newest = entry.recorded.map(\.month).max()
    let sentences = try AccrualStore.sentences(of: contractNo, db)
    var rows: [Row] = []
    for path in revenue.paths {
      guard let line = path.line else { continue }
      let end = newest.map { max(line.days.to.month, $0.adding(1)) } ?? line.days.to.month
      let booked = entry.recorded.filter { $0.group == path.group }
      let coming = try revenue.accruals(through: end, recorded: entry.recorded)
        .filter { $0.group == path.group }
      var balance = path.opening
      for month in Set(booked.map(\.month) + coming.map(\.month)).sorted() {
        var sums = Accrual.Sums()
        var recorded: Money?
        for row in booked where row.month == month {
          try sums.add(row.sums)
          recorded = try sums.income()
        }
        var said = sentences[path.group]?[month] ?? []
        for accrual in coming where accrual.month == month {
          try sums.add(accrual.missing)
          said.append(try accrual.explanation(language))
        }
        balance = try balance + sums.straight
        rows.append(
          Row(
            group: path.group, month: month, sums: sums, balance: balance, recorded: recorded,
            explain: said.joined(separator: "；")))
      }
    }
    return rows
  }
}
