extension Catalogue {
  /// 营业额: what a tenant reports to have sold in a month. A corrected report is a new revision.
  package static let turnover = Register(
    "turnover", "营业额",
    Phrase("what a tenant reports to have sold in a month", "租户上报的月营业额"),
    change: .revise,
    fields: [
      .code("contract_no", "合同编号").key.eg("HT-2026-0001"),
      .integer("line", "行号", 1...9999).key.resolved.eg("1")
        .note("may be empty with one turnover term", "合同仅有一条提成条款时可留空"),
      .month("month", "月份").key.eg("2026-02"),
      .money("amount", "营业额").required.eg("250000.00"),
      .date("reported_on", "上报日期").eg("2026-03-03"),
    ],
    references: [Reference(["contract_no", "line"], "charge_term")],
    rules: [
      .number(
        "turnover.negative", Named("amount", "营业额"), level: .warning,
        asks: Phrase("should not be negative", "不应为负"),
        hint: Phrase(
          "see whether returns really exceed the sales of the month", "请确认当月退货确实大于销售")
      ) { $0 >= 0 },
      reportedOn,
    ])

  private static let reportedOn = RowRule(
    "turnover.reported-on", .warning,
    Phrase("a month is not reported before it began", "上报日期不早于所报月份")
  ) { record in
    guard let month = record.text("month"), let day = record.date("reported_on"),
      day.description.prefix(7) < month
    else { return nil }
    return Violation(
      "reported_on",
      Phrase(
        "month '\(month)' is reported on '\(day)', before it began",
        "“\(month)”的营业额于“\(day)”上报，早于该月"),
      hint: Phrase("correct month or reported_on", "请更正月份或上报日期"))
  }
}
