extension Catalogue {
  /// 收费条款: one line of a contract, how an amount arises and when it is due.
  package static let chargeTerm = Register(
    "charge_term", "收费条款",
    Phrase("one line of a contract: how an amount arises and when it is due", "合同的一条收费：如何计费、何时应收"),
    group: ["contract_no"],
    fields: [
      .code("contract_no", "合同编号").key.called("合同号").eg("HT-2026-0001"),
      .integer("line", "行号", 1...9999).key.eg("1"),
      .code("item", "收费项目").required.called("费用项目").eg("rent"),
      .codes("unit_no", "铺位号").eg("A-L1-002;A-L1-003")
        .note("empty: all units of the contract", "留空：合同的全部铺位"),
      .code("company_no", "收款主体").eg("WY")
        .note("empty: the contract's, then the property's", "留空：同合同，其次同项目"),
      .choice("method", "计费方式", Choice.chargeMethods).required.eg("area"),
      .decimal("price", "单价", unit: "元").eg("5.5")
        .note(
          "per unit of time; area: also per ㎡; once: the amount; turnover: the guarantee",
          "按计价单位；按面积时为每㎡；一次性时为金额；提成时为保底"),
      .choice("per", "计价单位", Choice.timeUnits).eg("day")
        .note("the unit of time of price", "单价的时间单位"),
      .choice("guarantee_basis", "保底口径", Choice.guaranteeBases).eg("fixed")
        .note("turnover: whether the guarantee is per ㎡", "提成：保底是否按面积"),
      .percent("percent", "提成比例").eg("12.5")
        .note("of the month's turnover; empty: turnover_tier", "占当月营业额；留空：按提成阶梯"),
      .choice("true_up", "年度结算", Choice.trueUps).or("none").eg("year"),
      .integer("cycle_months", "账期月数", 1...12).or("1").eg("3").note(
        "1, 2, 3, 6 or 12", "1、2、3、6 或 12"),
      .choice("anchor", "账期起算", Choice.anchors).or("calendar").eg("start"),
      .choice("timing", "收取时点", Choice.timings).or("advance").eg("advance"),
      .integer("due_day", "应收日", 1...31).eg("25")
        .note("of the month; a day that it lacks is its last", "当月无此日时为月末"),
      .choice("due_month", "应收月份", Choice.dueMonths).eg("previous")
        .note(
          "with due_day: before, of or after the base date's month",
          "与应收日同用：基准日的上月、当月或次月"),
      .integer("due_days", "应收天数", -366...366).eg("10")
        .note("days from the base date, instead of due_day", "自基准日起的天数，与应收日二选一"),
      .date("first_due_on", "首期应收日").eg("2026-01-20")
        .note("replaces the due date of the first period", "替代首期的应收日"),
      .integer("lead_days", "提前出账天数", 0...366).or("0").eg("10")
        .note("days that the bill is made before it is due", "在应收日之前出账的天数"),
      .choice("proration", "折算方式", Choice.prorations).or("actual").eg("actual"),
      .percent("escalate_percent", "递增比例").eg("5"),
      .integer("escalate_months", "递增月数", 1...1200).eg("12"),
      .integer("price_places", "单价小数位", 0...6).or("2").eg("2")
        .note("of the escalated price", "递增后单价的小数位数"),
      .rate("tax_rate", "税率").eg("0.09")
        .note("empty: the item's in force on the due date", "留空：应收日有效的项目税率"),
      .flag("tax_included", "是否含税").or("yes").eg("yes"),
      .choice("rounding", "取整", Choice.roundings).or("fen").eg("fen"),
      .date("from_on", "起").eg("2026-01-15").note("empty: the contract's start", "留空：同合同"),
      .date("to_on", "止").eg("2028-01-14").note("empty: the contract's end", "留空：同合同"),
      .date("on", "日期").eg("2026-01-15").note("once: the base date", "一次性：基准日"),
    ],
    references: [
      Reference("contract_no", "contract"),
      Reference("item", "fee_item"),
      Reference("unit_no", "unit", isForeignKey: false),
      Reference("company_no", "company"),
    ],
    rules: ChargeTermRules.all)
}

extension Choice {
  package static let chargeMethods = [
    Choice("fixed", "固定"), Choice("area", "按面积"), Choice("turnover", "提成"),
    Choice("metered", "抄表"), Choice("share", "公摊"), Choice("once", "一次性").called("单次"),
  ]
  package static let timeUnits = [
    Choice("day", "日").called("天"), Choice("month", "月"), Choice("quarter", "季").called("季度"),
    Choice("half_year", "半年"), Choice("year", "年"),
  ]
  static let guaranteeBases = [Choice("fixed", "固定"), Choice("area", "按面积")]
  static let trueUps = [Choice("none", "否"), Choice("year", "年度取高")]
  static let anchors = [Choice("calendar", "自然周期"), Choice("start", "合同周期")]
  static let timings = [Choice("advance", "预收"), Choice("arrears", "后收")]
  static let dueMonths = [
    Choice("previous", "上月"), Choice("same", "当月").called("本月"), Choice("next", "次月").called("下月"),
  ]
  static let prorations = [
    Choice("actual", "实际天数").called("按实际天数"), Choice("d30", "30天"), Choice("d365", "365天"),
    Choice("whole", "整月"),
  ]
  static let roundings = [Choice("fen", "分"), Choice("jiao", "角"), Choice("yuan", "元")]
}
