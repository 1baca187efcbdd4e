extension Catalogue {
  /// 合同铺位: which units a contract has, with the area that is charged, from when to when.
  package static let contractUnit = Register(
    "contract_unit", "合同铺位",
    Phrase("the units of a contract and the areas that are charged", "合同的铺位及计租面积"),
    group: ["contract_no"],
    fields: [
      .code("contract_no", "合同编号").key.called("合同号").eg("HT-2026-0001"),
      .code("unit_no", "铺位号").key
        .called("铺位", "铺位编号", "商铺号", "商铺编号", "铺号").eg("A-L1-002"),
      .date("from_on", "起").key.resolved.called("起租日", "起租日期", "开始日期").eg("2026-01-15")
        .note("empty: the contract's start", "留空：同合同"),
      .date("to_on", "止").eg("2028-01-14")
        .note("empty: until the contract ends", "留空：至合同结束"),
      .decimal("area_m2", "计租面积", .positive, unit: "㎡").required
        .called("合同面积", "租赁面积", "面积").eg("149.94"),
    ],
    references: [Reference("contract_no", "contract"), Reference("unit_no", "unit")],
    rules: [.span("contract_unit.dates")])
}
