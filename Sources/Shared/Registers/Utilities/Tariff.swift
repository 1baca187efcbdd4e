extension Catalogue {
  /// 费率: prices of a metered supply; the rows with one from_on are one version.
  package static let tariff = Register(
    "tariff", "费率",
    Phrase(
      "prices of a metered supply; rows with one from_on are one version", "抄表计费的单价；同一起始日为一个版本"),
    group: ["tariff_no"],
    fields: [
      .code("tariff_no", "费率编号").key.eg("P-2026"),
      .date("from_on", "起").key.eg("2026-07-01"),
      .choice("register", "时段", Choice.meterRegisters).key.eg("total"),
      .decimal("tier_from", "阶梯起", .notNegative).key.or("0").eg("5000")
        .note(
          "the price is for usage above this, in kWh, m³ or what the meter counts",
          "单价适用于超过此用量的部分，单位同表计"),
      .decimal("price", "单价", .notNegative, unit: "元").required.eg("1.26")
        .note("per kWh, m³ or what the meter counts", "每度、每立方米等，单位同表计"),
      .choice("tier_basis", "阶梯周期", Choice.tierBases).or("month").eg("month"),
    ])
}

extension Choice {
  /// The registers of a meter with time-of-use prices (分时电价); a plain meter has one, `total`.
  package static let meterRegisters = [
    Choice("total", "总"), Choice("sharp", "尖"), Choice("peak", "峰"), Choice("flat", "平"),
    Choice("valley", "谷"), Choice("deep", "深谷"),
  ]
  static let tierBases = [Choice("month", "月"), Choice("year", "年")]
}
