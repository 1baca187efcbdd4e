/// A rule over many rows, or over rows of several registers. It is held by a query of
/// `SetRuleStore` that gives the rows that break it.
package struct SetRule: Sendable {
  package let id: String
  package let level: Finding.Level
  /// After which registers it is asked.
  package let registers: [String]
  package let field: String?
  package let meaning: Phrase
  /// The sentence, from the texts that the query gives.
  package let message: @Sendable ([String]) -> Phrase
  package let hint: Phrase?
}

extension SetRule {
  /// Every rule over many rows, in the order of the registers.
  package static let all: [SetRule] = [
    SetRule(
      id: "tax_rate.untaxed-kind", level: .error, registers: ["tax_rate", "fee_item"],
      field: "tax_rate",
      meaning: Phrase(
        "an item that is passed through or a deposit has no tax rate", "代收代付和押金项目没有税率"),
      message: {
        Phrase(
          "item '\($0[0])' is passed through or a deposit and bears no tax",
          "项目“\($0[0])”为代收代付或押金，不计税")
      },
      hint: Phrase("leave the rate out", "请删除该税率")),
    SetRule(
      id: "contract.previous-contract", level: .error, registers: ["contract"],
      field: "previous_contract_no",
      meaning: Phrase("the previous contract is known", "原合同存在"),
      message: { Phrase("contract '\($0[0])' is not known", "合同“\($0[0])”不存在") },
      hint: Phrase("check the number, or leave it empty", "请核对编号，或留空")),
    SetRule(
      id: "contract.archived-early", level: .warning, registers: ["contract"], field: "status",
      meaning: Phrase(
        "a contract is archived when all its days are charged", "合同全部账期出账后才归档"),
      message: {
        Phrase(
          "contract '\($0[0])' runs to \($0[1]) but is charged to \($0[2]) only: archived, it is "
            + "billed no more",
          "合同“\($0[0])”至 \($0[1]) 到期，仅计费至 \($0[2])，归档后不再出账")
      },
      hint: Phrase(
        "leave it signed, or end it with terminated_on", "请保持“已签”，或填写终止日期")),
    SetRule(
      id: "contract_unit.let-twice", level: .error, registers: ["contract", "contract_unit"],
      field: "unit_no",
      meaning: Phrase(
        "a unit is in one contract of kind lease a day", "同一铺位同一天只能在一份租赁合同中"),
      message: {
        Phrase(
          "unit '\($0[0])' is let twice from \($0[2]) to \($0[3]): here and in contract '\($0[1])'",
          "铺位“\($0[0])”在 \($0[2]) 至 \($0[3]) 与合同“\($0[1])”重复出租")
      },
      hint: Phrase(
        "end the earlier contract (terminated_on) or the unit in it (to_on) first",
        "请先填写前一合同的终止日期，或该铺位的“止”日期")),
    SetRule(
      id: "contract_unit.property", level: .error, registers: ["contract", "contract_unit"],
      field: "unit_no",
      meaning: Phrase("a contract's units are of its property", "合同铺位属于合同的项目"),
      message: {
        Phrase(
          "unit '\($0[0])' is in property '\($0[1])', the contract in '\($0[2])'",
          "铺位“\($0[0])”属于项目“\($0[1])”，合同属于“\($0[2])”")
      },
      hint: nil),
    SetRule(
      id: "charge_term.units", level: .error, registers: ["contract_unit", "charge_term"],
      field: "unit_no",
      meaning: Phrase("the units that a term names are in its contract", "条款所列铺位在合同铺位中"),
      message: {
        Phrase(
          "unit '\($0[0])' is not among the units of contract '\($0[1])'",
          "铺位“\($0[0])”不在合同“\($0[1])”的铺位中")
      },
      hint: Phrase("add it to contract_unit, or correct the term", "请补充合同铺位，或更正条款")),
    SetRule(
      id: "charge_term.no-units", level: .warning, registers: ["charge_term"], field: "method",
      meaning: Phrase("a term by area has units", "按面积计费的条款有铺位"),
      message: {
        Phrase(
          "contract '\($0[0])' has no units, so this line charges nothing",
          "合同“\($0[0])”没有铺位，本条款不会产生费用")
      },
      hint: Phrase("import its contract_unit rows", "请导入合同铺位")),
    SetRule(
      id: "charge_term.untaxed-kind", level: .error, registers: ["charge_term", "fee_item"],
      field: "tax_rate",
      meaning: Phrase(
        "a term whose item is passed through or a deposit has no tax rate",
        "代收代付和押金条款没有税率"),
      message: {
        Phrase(
          "item '\($0[0])' is passed through or a deposit and bears no tax",
          "项目“\($0[0])”为代收代付或押金，不计税")
      },
      hint: Phrase("leave the rate empty", "请将税率留空")),
    SetRule(
      id: "charge_term.escalation-and-steps", level: .error,
      registers: ["charge_term", "price_step"], field: "escalate_percent",
      meaning: Phrase("a term has escalation or price steps, never both", "递增与调价不能并用"),
      message: {
        Phrase(
          "line \($0[1]) of contract '\($0[0])' has both escalation and price steps",
          "合同“\($0[0])”第 \($0[1]) 行既有递增又有调价")
      },
      hint: Phrase("keep one of the two", "请只保留其一")),
    SetRule(
      id: "price_step.method", level: .warning, registers: ["charge_term", "price_step"],
      field: "line",
      meaning: Phrase(
        "price steps belong to terms of method fixed, area or turnover",
        "调价用于固定、按面积或提成条款"),
      message: {
        Phrase(
          "line \($0[1]) of contract '\($0[0])' has method '\($0[2])', which has no price over time",
          "合同“\($0[0])”第 \($0[1]) 行的计费方式不使用调价")
      },
      hint: nil),
    SetRule(
      id: "charge_term.outside-contract", level: .warning, registers: ["contract", "charge_term"],
      field: "on",
      meaning: Phrase(
        "a term's days lie in its contract's", "条款日期在合同期内"),
      message: {
        Phrase(
          "\($0[1]) lies outside contract '\($0[0])', \($0[2]) to \($0[3])",
          "\($0[1]) 不在合同“\($0[0])”期内（\($0[2]) 至 \($0[3])）")
      },
      hint: nil),
    SetRule(
      id: "meter_install.overlap", level: .error, registers: ["meter_install"], field: "from_on",
      meaning: Phrase("a register of a meter is installed once a day", "同一表计时段同一天只安装一次"),
      message: {
        Phrase(
          "meter '\($0[0])' is installed from \($0[1]) already",
          "表“\($0[0])”自 \($0[1]) 起已安装")
      },
      hint: Phrase("close the earlier install (to_on, close_reading)", "请先填写前次装表的止和止码")),
    SetRule(
      id: "meter_install.line", level: .error, registers: ["meter_install", "charge_term"],
      field: "line",
      meaning: Phrase("an install names a metered line", "装表所属条款按抄表计费"),
      message: {
        Phrase(
          "line \($0[1]) of contract '\($0[0])' has method '\($0[2])', not metered",
          "合同“\($0[0])”第 \($0[1]) 行的计费方式不是抄表")
      },
      hint: Phrase("correct the line, or the method", "请更正行号或计费方式")),
    SetRule(
      id: "meter_install.two-lines", level: .error, registers: ["meter_install"], field: "line",
      meaning: Phrase(
        "the registers of a meter belong to one line of a contract at a time",
        "同一表计的各时段同时只属于合同的一行条款"),
      message: {
        Phrase(
          "meter '\($0[0])' counts for line \($0[1]) of contract '\($0[2])' already",
          "表“\($0[0])”已计入合同“\($0[2])”第 \($0[1]) 行")
      },
      hint: Phrase(
        "registers read together are one charge: put them on one line",
        "同时抄录的各时段合为一笔费用，请归入同一行")),
    SetRule(
      id: "payment_line.exceeds-payment", level: .error, registers: ["payment_line"],
      field: "amount",
      meaning: Phrase("the lines of a payment sum to no more than it", "收款分配合计不超过收款金额"),
      message: {
        Phrase(
          "the lines of payment '\($0[0])' sum to more than it is",
          "收款“\($0[0])”的分配合计超过收款金额")
      },
      hint: nil),
    SetRule(
      id: "asset_event.before-service", level: .warning, registers: ["asset", "asset_event"],
      field: "on",
      meaning: Phrase(
        "nothing happens to an asset before it is in service", "资产启用之后才发生变动"),
      message: {
        Phrase(
          "asset '\($0[0])' is in service from \($0[2]), and this happens on \($0[1])",
          "资产“\($0[0])”自 \($0[2]) 启用，而变动日期为 \($0[1])")
      },
      hint: Phrase(
        "correct one of the two days; an event before the acquisition counts as of that day",
        "请更正其中一个日期；早于取得日期的变动按取得日计")),
    SetRule(
      id: "asset_usage.not-charged", level: .warning, registers: ["asset", "asset_usage"],
      field: "month",
      meaning: Phrase(
        "units are those of an asset by units, from its first month",
        "工作量属于按工作量法计提的资产，且不早于首月"),
      message: {
        $0[2].isEmpty
          ? Phrase(
            "asset '\($0[0])' is not depreciated by units: the units of \($0[1]) are not used",
            "资产“\($0[0])”不按工作量法计提，\($0[1]) 的工作量不使用")
          : Phrase(
            "asset '\($0[0])' is charged from \($0[2]): the units of \($0[1]) are not charged",
            "资产“\($0[0])”自 \($0[2]) 起计提，\($0[1]) 的工作量不计提")
      },
      hint: Phrase(
        "see whether asset and month are right", "请核对资产编号和月份")),
  ]
}
