extension Catalogue {
  /// 抄表: what a register of a meter showed on a day. A corrected reading is a new revision.
  package static let reading = Register(
    "reading", "抄表",
    Phrase("what a meter showed on a day", "表计某日的读数"),
    change: .revise,
    fields: [
      .code("meter_no", "表号").key.eg("E00002"),
      .date("read_on", "抄表日期").key.called("抄表日").eg("2026-09-30"),
      .choice("register", "时段", Choice.meterRegisters).key.or("total").eg("total"),
      .decimal("value", "读数", .notNegative).required.called("本期读数", "本次读数").eg("1579.3")
        .note("in kWh, m³ or what the meter counts, before the multiplier", "表面读数，未乘倍率"),
      .text("source", "来源").eg("人工"),
    ],
    references: [Reference("meter_no", "meter")])
}
