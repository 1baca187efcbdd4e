extension Catalogue {
  /// 资产变动: what happens to an asset on a day. A row may be corrected or, with `--replace`, taken
  /// out: what is booked stays, and the next run books the difference.
  package static let assetEvent = Register(
    "asset_event", "资产变动",
    Phrase("what happens to an asset on a day", "资产在某日发生的变动"),
    group: ["asset_no"],
    fields: [
      .code("asset_no", "资产编号").key.eg("GD00001"),
      .date("on", "日期").key.eg("2026-10-09"),
      .choice("kind", "变动类型", Choice.assetEvents).key.eg("impair"),
      .money("amount", "金额", .notNegative).eg("1200.00")
        .note("impair: the loss; improve: what is added to the cost", "减值：减值金额；改良：增加的原值"),
      .integer("life_months", "使用月数", 1...1200).called("预计使用寿命（月）").eg("96")
        .note(
          "improve, re_estimate: the new life as a whole, from the first month",
          "改良、估计变更：新的全部使用寿命，自首月起算"),
      .money("salvage", "残值", .notNegative).eg("3000.00"),
      .choice("method", "折旧方法", Choice.depreciationMethods).eg("straight_line"),
      .code("property_no", "项目编号").eg("XH02").note("transfer: where to", "转移：转入项目"),
      .text("location", "存放地点").eg("B座").note("transfer, count", "转移、盘点"),
      .text("custodian", "保管人").eg("王工"),
      .text("department", "部门").eg("工程部"),
      .flag("found", "是否盘到").eg("yes"),
      .choice("way", "处置方式", Choice.disposalWays).eg("scrap"),
      .money("proceeds", "处置收入", .notNegative).eg("300.00")
        .note("without VAT, after the costs of the disposal", "不含税，扣除清理费用后"),
      .text("note", "备注").eg("损坏报废"),
    ],
    references: [Reference("asset_no", "asset"), Reference("property_no", "property")],
    rules: [
      needs(
        "asset_event.amount", ["impair", "improve"], [Named("amount", "金额")],
        isGiven: { $0.number("amount") ?? 0 > 0 },
        Phrase("say how much, above zero", "请填写大于零的金额")),
      needs(
        "asset_event.estimate", ["re_estimate"],
        [Named("life_months", "使用月数"), Named("salvage", "残值"), Named("method", "折旧方法")],
        Phrase("say what is estimated anew", "请填写变更后的估计")),
      needs(
        "asset_event.transfer", ["transfer"],
        [
          Named("property_no", "项目编号"), Named("location", "存放地点"),
          Named("custodian", "保管人"), Named("department", "部门"),
        ],
        Phrase("say where it goes or who has it", "请填写转入的项目、地点、保管人或部门")),
      needs(
        "asset_event.found", ["count"], [Named("found", "是否盘到")],
        Phrase("write yes or no", "请填写是或否")),
      needs(
        "asset_event.way", ["dispose"], [Named("way", "处置方式")],
        Phrase("sale, scrap, loss, damage or donate", "出售、报废、盘亏、毁损或捐赠")),
      unusedEventField,
    ])

  /// That an event of these kinds has one of the fields.
  private static func needs(
    _ id: String, _ kinds: Set<String>, _ fields: [Named],
    isGiven: (@Sendable (borrowing Record) -> Bool)? = nil, _ hint: Phrase
  ) -> RowRule {
    let names = fields.map(\.name).joined(separator: ", ")
    let headings = fields.map(\.zh).joined(separator: "、")
    let words = Choice.assetEvents.filter { kinds.contains($0.code) }
    let one = fields.count > 1
    return RowRule(
      id,
      Phrase(
        "kind \(words.map(\.code).joined(separator: " and ")) has \(one ? "one of " : "")\(names)",
        "\(words.map(\.zh).joined(separator: "、"))须有\(headings)\(one ? "之一" : "")")
    ) { record in
      guard let kind = record.text("kind"), kinds.contains(kind) else { return nil }
      if let isGiven {
        if isGiven(record) { return nil }
      } else {
        for field in fields where record.has(field.name) { return nil }
      }
      let word = words.first { $0.code == kind }?.zh ?? kind
      return Violation(
        fields[0].name,
        Phrase(
          "kind '\(kind)' needs \(one ? "one of " : "")\(names)",
          "变动类型“\(word)”须填写\(headings)\(one ? "之一" : "")"),
        hint: hint)
    }
  }

  private static let unusedEventField = RowRule(
    "asset_event.unused-field", .warning,
    Phrase("fields that the kind does not use are empty", "变动类型不使用的字段留空")
  ) { record in
    guard let kind = record.text("kind"), let used = usedFields[kind] else { return nil }
    var unused: [Field] = []
    for field in record.register.fields
    where !field.isKey && field.name != "note" && !used.contains(field.name)
      && record.has(field.name)
    {
      unused.append(field)
    }
    guard let first = unused.first else { return nil }
    let names = unused.map(\.name).joined(separator: ", ")
    let headings = unused.map(\.zh).joined(separator: "、")
    return Violation(
      first.name,
      Phrase("kind '\(kind)' does not use \(names)", "该变动类型不使用\(headings)"),
      hint: Phrase("leave \(names) empty, or correct the kind", "请清空\(headings)，或更正变动类型"))
  }

  private static let usedFields: [String: Set<String>] = [
    "impair": ["amount"], "improve": ["amount", "life_months"],
    "re_estimate": ["life_months", "salvage", "method"],
    "transfer": ["property_no", "location", "custodian", "department"],
    "count": ["found", "location"], "dispose": ["way", "proceeds"],
  ]
}

extension Choice {
  static let assetEvents = [
    Choice("impair", "减值"), Choice("improve", "改良"), Choice("re_estimate", "估计变更"),
    Choice("transfer", "转移"), Choice("count", "盘点"), Choice("dispose", "处置"),
  ]
  package static let disposalWays = [
    Choice("sale", "出售"), Choice("scrap", "报废"), Choice("loss", "盘亏"),
    Choice("damage", "毁损"), Choice("donate", "捐赠"),
  ]
}
