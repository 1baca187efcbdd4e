extension Catalogue {
  /// 固定资产: a thing that is used for years and loses its value month by month.
  package static let asset = Register(
    "asset", "固定资产",
    Phrase("a thing that is used for years and loses its value over them", "使用多年、按月计提折旧的资产"),
    fields: [
      .code("asset_no", "资产编号").key.called("编号").eg("GD00001"),
      .text("name", "资产名称").required.called("名称").eg("中央空调主机"),
      .text("category", "类别").called("分类", "资产类别").eg("中央空调"),
      .code("property_no", "项目编号").eg("XH01")
        .note(
          "its company keeps the asset; may be empty where there is one company",
          "资产计入该项目的收款主体；仅有一个主体时可留空"),
      .text("location", "存放地点").eg("A座"),
      .text("custodian", "保管人").eg("李工"),
      .text("supplier", "供应商").eg("某某制冷设备有限公司"),
      .code("serial_no", "序列号").eg("SN-20260103-01"),
      .date("acquired_on", "取得日期").required.called("购置日期", "购入日期").eg("2026-01-03"),
      .date("in_service_on", "启用日期").eg("2026-01-05")
        .note("empty: the day of acquisition", "留空：同取得日期"),
      .money("cost", "原值", .positive).required.eg("1090951.81"),
      .money("salvage", "预计净残值", .notNegative).eg("54547.59"),
      .percent("salvage_percent", "残值率").eg("5")
        .note("of the cost, instead of salvage", "占原值的比例，与预计净残值二选一"),
      .integer("life_months", "预计使用寿命（月）", 1...1200).called("使用月数").eg("120")
        .note("from the first month; '使用月数' is read too", "自首月起算；表头也可写“使用月数”"),
      .choice("method", "折旧方法", Choice.depreciationMethods).required.eg("straight_line"),
      .choice("straight_line_form", "直线法形式", Choice.straightLineForms).or("fixed").eg("fixed")
        .note(
          "fixed: the same amount each month; remaining: what is left ÷ the months left, each month",
          "固定：每月等额；剩余：每月按余额 ÷ 剩余月数重算"),
      .decimal("total_units", "总工作量", .positive).eg("60000")
        .note("of the whole life, for method units", "工作量法：全部寿命的工作量"),
      .integer("opening_months", "期初已提月数", 0...1200).or("0").eg("24")
        .note(
          "what the old books charged before: the next month is the first here",
          "原系统已计提的月数，本系统自其下月起计提"),
      .money("opening_accumulated", "期初累计折旧", .notNegative).or("0").eg("207280.85"),
      .money("opening_impairment", "期初减值", .notNegative).or("0").eg("0"),
      .choice("kind", "资产类型", Choice.assetKinds).or("fixed").eg("fixed"),
      .text("department", "部门").called("使用部门").eg("工程部"),
      .code("expense_account", "折旧费用科目").eg("660201")
        .note(
          "of the general ledger; empty: that of the role depreciation_expense",
          "总账科目编码；留空：用途为 depreciation_expense（折旧费用）的科目"),
    ],
    references: [Reference("property_no", "property")],
    rules: [
      .order(
        "asset.in-service", Named("acquired_on", "取得日期"), Named("in_service_on", "启用日期")),
      twoSalvages, salvageAboveCost,
      .partOfWhole("asset.salvage-percent", Named("salvage_percent", "残值率")),
      life, taxLife, wholeYears, totalUnits, openingMonths, openingLife, openingValues,
    ])

  private static let twoSalvages = RowRule(
    "asset.salvage-twice",
    Phrase("salvage and salvage_percent exclude each other", "预计净残值与残值率二选一")
  ) { record in
    guard record.has("salvage"), record.has("salvage_percent") else { return nil }
    return Violation(
      "salvage_percent",
      Phrase(
        "salvage '\(record.shown("salvage"))' and salvage_percent "
          + "'\(record.shown("salvage_percent"))' are both given",
        "同时填写了预计净残值“\(record.shown("salvage"))”和残值率“\(record.shown("salvage_percent"))”"),
      hint: Phrase("keep one of the two", "请只保留其一"))
  }

  private static let salvageAboveCost = RowRule(
    "asset.salvage", Phrase("salvage is not above cost", "预计净残值不超过原值")
  ) { record in
    guard let salvage = record.number("salvage"), let cost = record.number("cost"), salvage > cost
    else { return nil }
    return Violation(
      "salvage",
      Phrase(
        "salvage '\(record.shown("salvage"))' is above cost '\(record.shown("cost"))'",
        "预计净残值“\(record.shown("salvage"))”超过原值“\(record.shown("cost"))”"),
      hint: Phrase("correct one of the two; both are in yuan", "请更正其一，两者单位均为元"))
  }

  private static let life = RowRule(
    "asset.life",
    Phrase("life_months is given unless the method is none", "除不计提外须填写预计使用寿命")
  ) { record in
    guard let method = record.text("method"), method != "none", !record.has("life_months") else {
      return nil
    }
    return Violation(
      "life_months",
      Phrase("method '\(method)' needs life_months", "该折旧方法须填写预计使用寿命（月）"),
      hint: Phrase(
        "give the life in months, or method none", "请填写月数；不折旧的资产折旧方法填“不计提”"))
  }

  private static let taxLife = RowRule(
    "asset.tax-life", .warning,
    Phrase(
      "the life of a category that tax law names is not below its minimum",
      "税法列明类别的使用寿命不低于最低折旧年限")
  ) { record in
    guard record.text("kind") == "fixed", let months = record.number("life_months"),
      let category = record.text("category"), let tax = TaxLife(category: category),
      months < tax.months
    else { return nil }
    return Violation(
      "life_months",
      Phrase(
        "life_months '\(months)' of category '\(category)' is below the \(tax.months) of tax law",
        "类别“\(category)”的使用寿命“\(months)”个月低于税法最低折旧年限 \(tax.months) 个月"),
      hint: Phrase(
        "fine for the books: the difference is adjusted in the tax return; shortened by rule it is at "
          + "least \(tax.shortenedMonths)",
        "账上可以如此，差额在所得税申报时调整；符合加速折旧的不低于 \(tax.shortenedMonths) 个月"))
  }

  private static let wholeYears = RowRule(
    "asset.whole-years",
    Phrase(
      "double_declining and sum_of_years have a life in whole years",
      "双倍余额递减法、年数总和法的使用寿命为整年")
  ) { record in
    guard let method = record.text("method"),
      method == "double_declining" || method == "sum_of_years",
      let months = record.number("life_months"), months % 12 != 0
    else { return nil }
    return Violation(
      "life_months",
      Phrase(
        "life_months '\(months)' is not a number of whole years, which method '\(method)' needs",
        "预计使用寿命“\(months)”个月不是整年，该折旧方法按整年计算"),
      hint: Phrase(
        "write the years × 12", "请填写年数 × 12"))
  }

  private static let totalUnits = RowRule(
    "asset.total-units", Phrase("method units has total_units", "工作量法须有总工作量")
  ) { record in
    guard record.text("method") == "units", !record.has("total_units") else { return nil }
    return Violation(
      "total_units", Phrase("method 'units' needs total_units", "工作量法须填写总工作量"),
      hint: Phrase(
        "give what it can do in its life: km, hours, pieces", "请填写全部寿命的工作量：公里、小时、件"))
  }

  private static let openingMonths = RowRule(
    "asset.opening-months",
    Phrase("opening_accumulated comes with opening_months", "期初累计折旧与期初已提月数一并填写")
  ) { record in
    guard let accumulated = record.number("opening_accumulated"), accumulated > 0,
      record.number("opening_months") ?? 0 == 0, record.text("method") != "none"
    else { return nil }
    return Violation(
      "opening_months",
      Phrase(
        "opening_accumulated '\(record.shown("opening_accumulated"))' without opening_months",
        "填写了期初累计折旧“\(record.shown("opening_accumulated"))”而没有期初已提月数"),
      hint: Phrase(
        "say how many months the old books charged", "请填写原系统已计提的月数"))
  }

  private static let openingLife = RowRule(
    "asset.opening-life",
    Phrase("opening_months is not above life_months", "期初已提月数不超过预计使用寿命")
  ) { record in
    guard let months = record.number("opening_months"), let life = record.number("life_months"),
      months > life
    else { return nil }
    return Violation(
      "opening_months",
      Phrase(
        "opening_months '\(months)' is above life_months '\(life)'",
        "期初已提月数“\(months)”超过预计使用寿命“\(life)”"),
      hint: Phrase(
        "an asset that is used on after its life has opening_months as long as its life",
        "超期使用的资产，期初已提月数填预计使用寿命"))
  }

  private static let openingValues = RowRule(
    "asset.opening-value",
    Phrase(
      "opening_accumulated and opening_impairment are not above cost", "期初累计折旧与期初减值之和不超过原值")
  ) { record in
    guard let cost = record.number("cost"), let accumulated = record.number("opening_accumulated"),
      let impairment = record.number("opening_impairment"), impairment > cost - accumulated
    else { return nil }
    return Violation(
      "opening_accumulated",
      Phrase(
        "opening_accumulated '\(record.shown("opening_accumulated"))' and opening_impairment "
          + "'\(record.shown("opening_impairment"))' are more than cost '\(record.shown("cost"))'",
        "期初累计折旧“\(record.shown("opening_accumulated"))”与期初减值"
          + "“\(record.shown("opening_impairment"))”之和超过原值“\(record.shown("cost"))”"),
      hint: Phrase("correct one of the three", "请更正其中一项"))
  }
}

extension Choice {
  package static let depreciationMethods = [
    Choice("straight_line", "年限平均法").called("直线法", "平均年限法"), Choice("units", "工作量法"),
    Choice("double_declining", "双倍余额递减法").called("双倍余额递减"),
    Choice("sum_of_years", "年数总和法").called("年数总和"),
    Choice("none", "不计提"),
  ]
  /// Why a month is charged, or not.
  package static let depreciationReasons = DepreciationMonth.Reason.allCases.map {
    Choice($0.rawValue, $0.zh)
  }
  static let straightLineForms = [Choice("fixed", "固定"), Choice("remaining", "剩余")]
  package static let assetKinds = [
    Choice("fixed", "固定资产"), Choice("intangible", "无形资产"),
    Choice("investment_property", "投资性房地产"), Choice("deferred", "长期待摊费用"),
    Choice("right_of_use", "使用权资产"),
  ]
}
