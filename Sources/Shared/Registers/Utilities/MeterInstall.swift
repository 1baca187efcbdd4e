extension Catalogue {
  /// 装表: a register of a meter counts for a charge term, from when to when. A swap is two.
  package static let meterInstall = Register(
    "meter_install", "装表",
    Phrase("a meter counts for a charge term, from when to when", "表计在某期间内计入某收费条款"),
    group: ["meter_no"],
    fields: [
      .code("meter_no", "表号").key.eg("E00002"),
      .choice("register", "时段", Choice.meterRegisters).key.or("total").eg("total"),
      .date("from_on", "起").key.eg("2026-01-15"),
      .date("to_on", "止").eg("2027-06-30"),
      .code("contract_no", "合同编号").required.eg("HT-2026-0001"),
      .integer("line", "收费条款行", 1...9999).required.eg("5"),
      .decimal("multiplier", "倍率", .positive).or("1").eg("60"),
      .code("tariff_no", "费率编号").required.eg("P-2026"),
      .decimal("open_reading", "起码", .notNegative).required.eg("516")
        .note("in kWh, m³ or what the meter counts, before the multiplier", "表面读数，未乘倍率"),
      .decimal("close_reading", "止码", .notNegative).eg("8230.5")
        .note("in kWh, m³ or what the meter counts, before the multiplier", "表面读数，未乘倍率"),
    ],
    references: [
      Reference("meter_no", "meter"),
      Reference(["contract_no", "line"], "charge_term"),
      Reference("tariff_no", "tariff", isForeignKey: false),
    ],
    rules: [.span("meter_install.dates")])
}
