/// What a charge term must satisfy by itself: its fields fit its method, and its due date is said
/// once.
enum ChargeTermRules {
  static let all: [RowRule] = [
    price, per, guaranteeBasis, negativePrice, rebate,
    .partOfWhole("charge_term.percent", Named("percent", "提成比例")),
    turnoverAnchor, onceDay, unusedField,
    cycle, due, dueMonth, escalationPair, escalation,
    .rate("charge_term.tax-rate", Named("tax_rate", "税率")),
    .span("charge_term.dates"),
  ]

  private static let price = RowRule(
    "charge_term.price",
    Phrase("methods fixed, area and once have a price", "固定、按面积、一次性须有单价")
  ) { record in
    guard let method = record.text("method"), ["fixed", "area", "once"].contains(method),
      !record.has("price")
    else { return nil }
    return Violation(
      "price",
      Phrase("method '\(method)' needs a price", "计费方式“\(word(method))”须填写单价"),
      hint: method == "once"
        ? Phrase("give the amount in price", "请在单价中填写金额")
        : Phrase("give price and per", "请填写单价和计价单位"))
  }

  private static let per = RowRule(
    "charge_term.per",
    Phrase(
      "methods fixed and area, and a guarantee, have the unit of time of their price",
      "固定、按面积以及提成的保底须有计价单位")
  ) { record in
    guard let method = record.text("method"), !record.has("per"),
      method == "fixed" || method == "area" || method == "turnover" && record.has("price")
    else { return nil }
    return Violation(
      "per",
      method == "turnover"
        ? Phrase("a guarantee needs per", "保底须填写计价单位")
        : Phrase("method '\(method)' needs per", "计费方式“\(word(method))”须填写计价单位"),
      hint: Phrase(
        "say what time the price is for: day, month, quarter, half_year or year",
        "请填写单价的时间单位：日、月、季、半年或年"))
  }

  private static let guaranteeBasis = RowRule(
    "charge_term.guarantee-basis",
    Phrase("a guarantee says whether it is per m²", "保底须说明是否按面积")
  ) { record in
    guard record.text("method") == "turnover", record.has("price"),
      !record.has("guarantee_basis")
    else { return nil }
    return Violation(
      "guarantee_basis",
      Phrase("a guarantee needs guarantee_basis", "有保底时须填写保底口径"),
      hint: Phrase(
        "fixed: price is the whole guarantee; area: price is per m²",
        "固定：单价为保底总额；按面积：单价为每㎡"))
  }

  private static let negativePrice = RowRule(
    "charge_term.negative-price",
    Phrase("a price per m² and a guarantee are not negative", "按面积的单价和保底不为负")
  ) { record in
    guard let method = record.text("method"), method == "area" || method == "turnover",
      let price = record.fixed("price"), price < .zero
    else { return nil }
    return Violation(
      "price",
      Phrase(
        "price '\(price)' of method '\(method)' is negative",
        "计费方式“\(word(method))”的单价“\(price)”为负"),
      hint: Phrase(
        "a rebate is a term of method fixed or once with a negative price",
        "减免请另设单价为负的固定或一次性条款"))
  }

  private static let rebate = RowRule(
    "charge_term.rebate", .warning,
    Phrase("a negative price is a rebate", "负单价为减免")
  ) { record in
    guard let method = record.text("method"), method == "fixed" || method == "once",
      let price = record.fixed("price"), price < .zero
    else { return nil }
    return Violation(
      "price",
      Phrase("price '\(price)' is negative: a rebate", "单价“\(price)”为负，将作为减免"),
      hint: Phrase("remove the sign if it is a charge", "如为收费，请去掉负号"))
  }

  private static let turnoverAnchor = RowRule(
    "charge_term.turnover-anchor",
    Phrase("method turnover follows calendar periods", "提成条款使用自然周期")
  ) { record in
    guard record.text("method") == "turnover", record.text("anchor") == "start" else { return nil }
    return Violation(
      "anchor",
      Phrase("method 'turnover' cannot have anchor 'start'", "提成条款不能使用合同周期"),
      hint: Phrase(
        "use calendar: turnover is reported by calendar month",
        "请改为自然周期：营业额按自然月上报"))
  }

  private static let onceDay = RowRule(
    "charge_term.once-day", .warning,
    Phrase("method once has its day", "一次性条款须有日期")
  ) { record in
    guard record.text("method") == "once", !record.has("on") else { return nil }
    return Violation(
      "on",
      Phrase(
        "method 'once' has no day: the term's first day is taken", "一次性条款未填日期：按条款首日计"),
      hint: Phrase(
        "give the day from which the due date is counted",
        "请填写计算应收日的基准日"))
  }

  /// Which fields no term of the method reads. Timing, lead days, rounding, tax, company, units and
  /// the due rules stand outside: every method either reads them or naturally has them.
  private static func unused(by method: String) -> [String] {
    let amount = ["price", "per", "guarantee_basis", "percent", "true_up"]
    let periods = [
      "cycle_months", "anchor", "proration", "escalate_percent", "escalate_months", "price_places",
    ]
    switch method {
    case "fixed", "area": return ["guarantee_basis", "percent", "true_up", "on"]
    case "turnover": return ["on"]
    case "metered", "share": return amount + periods + ["on"]
    case "once": return amount.dropFirst() + periods
    default: return []
    }
  }

  private static let unusedField = RowRule(
    "charge_term.unused-field", .warning,
    Phrase(
      "fields that the method does not use are empty or have their default",
      "计费方式不使用的字段留空或为默认值")
  ) { record in
    guard let method = record.text("method") else { return nil }
    var fields: [Field] = []
    for name in unused(by: method) where record.has(name) {
      guard let index = record.register.index(of: name) else { continue }
      let field = record.register.fields[index]
      if record.shown(name) != field.defaultText { fields.append(field) }
    }
    guard let first = fields.first else { return nil }
    let names = fields.map(\.name).joined(separator: ", ")
    let headings = fields.map(\.zh).joined(separator: "、")
    return Violation(
      first.name,
      Phrase(
        "method '\(method)' does not use \(names)",
        "计费方式“\(word(method))”不使用\(headings)"),
      hint: Phrase("leave \(names) empty, or correct the method", "请清空\(headings)，或更正计费方式"))
  }

  private static let cycle = RowRule.number(
    "charge_term.cycle-months", Named("cycle_months", "账期月数"),
    asks: Phrase("must be 1, 2, 3, 6 or 12", "应为 1、2、3、6 或 12"),
    hint: Phrase(
      "choose a number of months that divides a year", "请选择能整除一年的月数")
  ) { [1, 2, 3, 6, 12].contains($0) }

  private static let due = RowRule(
    "charge_term.due",
    Phrase("due_day and due_days exclude each other", "应收日与应收天数二选一")
  ) { record in
    guard record.has("due_day"), record.has("due_days") else { return nil }
    return Violation(
      "due_days",
      Phrase(
        "due_day '\(record.shown("due_day"))' and due_days '\(record.shown("due_days"))' "
          + "are both given",
        "同时填写了应收日“\(record.shown("due_day"))”和应收天数“\(record.shown("due_days"))”"),
      hint: Phrase(
        "keep due_day for a day of the month, or due_days to count from the base date",
        "按每月固定日收取保留应收日，按基准日推算保留应收天数"))
  }

  private static let dueMonth = RowRule(
    "charge_term.due-month",
    Phrase("due_month goes with due_day", "应收月份与应收日同用")
  ) { record in
    guard record.has("due_month"), !record.has("due_day") else { return nil }
    return Violation(
      "due_month",
      Phrase("due_month is given without due_day", "填写了应收月份而没有应收日"),
      hint: Phrase("add due_day, or leave due_month empty", "请补充应收日，或清空应收月份"))
  }

  private static let escalationPair = RowRule(
    "charge_term.escalation-pair",
    Phrase(
      "escalate_percent and escalate_months come together", "递增比例与递增月数须同时填写")
  ) { record in
    let hasPercent = record.has("escalate_percent")
    guard hasPercent != record.has("escalate_months") else { return nil }
    let (given, missing) =
      hasPercent
      ? (Named("escalate_percent", "递增比例"), Named("escalate_months", "递增月数"))
      : (Named("escalate_months", "递增月数"), Named("escalate_percent", "递增比例"))
    return Violation(
      missing.name,
      Phrase(
        "\(given.name) is given without \(missing.name)",
        "填写了\(given.zh)而没有\(missing.zh)"),
      hint: Phrase("give both, or neither", "请同时填写，或同时留空"))
  }

  private static let escalation = RowRule.number(
    "charge_term.escalation", Named("escalate_percent", "递增比例"),
    asks: Phrase("must be above -100", "应大于 -100"),
    hint: Phrase("a price cannot fall by the whole or more", "单价不能下降百分之百或更多")
  ) { $0 > -Fixed.hundred.millionths }

  /// The Chinese word of a method.
  private static func word(_ method: String) -> String {
    Choice.chargeMethods.first { $0.code == method }?.zh ?? method
  }
}
