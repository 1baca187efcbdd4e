import Shared

extension Export {
  /// 信用: how each tenant has paid, with a grade and why.
  static let tenantStanding = Export(
    name: "tenant_standing", zh: "租户信用",
    summary: Phrase(
      "how each tenant paid in the twelve months to a day, with a grade and why",
      "截至某日近十二个月各租户的付款记录、信用等级及理由"),
    columns: [
      .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"),
      .integer("charges", "应收笔数", 0...Int.max), .money("due", "应收金额"),
      .money("on_time", "按期付款"), .money("late", "逾期付款"),
      .percent("on_time_percent", "按期付款比例"), .decimal("average_days_late", "平均逾期天数"),
      .integer("longest_days_late", "最长逾期天数", 0...Int.max), .money("overdue", "当前逾期金额"),
      .integer("overdue_days", "当前逾期天数", 0...Int.max),
      .integer("voided_payments", "作废收款笔数", 0...Int.max), .money("written_off", "坏账核销"),
      .choice(
        "grade", "信用等级", TenantStanding.Grade.allCases.map { Choice($0.rawValue, $0.rawValue) }),
      .text("why", "理由"),
    ]
  ) { db, selection, day, writer in
    try TenantStandingStore(db, on: day).forEach { tenant in
      let standing = try TenantStanding(tenant.debts, asOf: day)
      let (grade, why) = try standing.grade()
      try ComputedRow(cells: [
        .text(tenant.tenantNo), .text(tenant.name), Cell(standing.charges), Cell(standing.due),
        Cell(standing.onTime), Cell(standing.late), Cell(try standing.onTimePercent()),
        Cell(standing.averageDaysLate), Cell(standing.longestDaysLate), Cell(standing.overdue),
        Cell(standing.overdueDays), Cell(tenant.bounced), Cell(standing.writtenOff),
        Cell(grade?.rawValue), .text(why.text(selection.language)),
      ]).write(selection, to: writer)
    }
  }
}
