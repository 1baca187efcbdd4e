extension Catalogue {
  /// 免租期: a span in which an item is free, wholly or in part.
  package static let rentFree = Register(
    "rent_free", "免租期",
    Phrase("a span in which an item is free, wholly or in part", "全部或部分减免的期间"),
    group: ["contract_no"],
    fields: [
      .code("contract_no", "合同编号").key.eg("HT-2026-0001"),
      .code("item", "项目代码").key.eg("rent")
        .note(
          "'*': every term of method fixed, area and turnover",
          "“*”：所有固定、按面积、提成条款"),
      .date("from_on", "起").key.eg("2026-01-15"),
      .date("to_on", "止").required.eg("2026-02-28"),
      .percent("percent", "减免比例").or("100").eg("100"),
      .flag("turnover", "免租期内仍收提成").or("no").eg("no"),
    ],
    references: [
      Reference("contract_no", "contract"),
      Reference("item", "fee_item", isForeignKey: false),
    ],
    rules: [
      .order("rent_free.dates", Named("from_on", "起"), Named("to_on", "止")),
      .share("rent_free.percent", Named("percent", "减免比例")),
    ])
}
