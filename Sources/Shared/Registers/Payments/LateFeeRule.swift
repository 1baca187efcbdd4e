extension Catalogue {
  /// 违约金规则: what an overdue charge bears a day, in force from a day on.
  package static let lateFeeRule = Register(
    "late_fee_rule", "违约金规则",
    Phrase("what an overdue charge bears a day, from a day on", "逾期费用按日加收的违约金"),
    group: ["property_no"],
    fields: [
      .code("property_no", "项目编号").key.eg("XH01"),
      .code("item", "项目代码").key.eg("*")
        .note("'*': every item without a rule of its own", "“*”：没有单独规则的所有项目"),
      .date("from_on", "起").key.eg("2026-01-01"),
      .permille("rate_permille", "日费率‰").required.eg("0.5").note("a day", "按日"),
      .integer("grace_days", "宽限天数", 0...366).or("0").eg("3"),
      .choice("grace_mode", "宽限方式", Choice.graceModes).or("skip").eg("waive"),
      .percent("cap_percent", "上限%").eg("30")
        .note("of the charge; empty: no cap", "占该笔费用的比例；留空：不设上限"),
    ],
    references: [
      Reference("property_no", "property"),
      Reference("item", "fee_item", isForeignKey: false),
    ],
    rules: [
      .number(
        "late_fee_rule.rate", Named("rate_permille", "日费率‰"),
        asks: Phrase("must be from 0 to 1000", "应在 0 至 1000 之间"),
        hint: Phrase("write 5 in ten thousand as 0.5 or 万分之五", "万分之五请写作 0.5 或 万分之五")
      ) { (0...1000 * Fixed.one).contains($0) },
      .number(
        "late_fee_rule.high-rate", Named("rate_permille", "日费率‰"), level: .warning,
        asks: Phrase("should be at most 5‰ a day", "不应超过每日 5‰"),
        hint: Phrase(
          "see whether the rate is per mille a day; 0.5 is customary", "请确认为每日千分率；通常为 0.5")
      ) { $0 <= 5 * Fixed.one },
      .share("late_fee_rule.cap", Named("cap_percent", "上限%")),
    ])
}

extension Choice {
  static let graceModes = [Choice("skip", "宽限期免计"), Choice("waive", "逾期后全额起算")]
}
