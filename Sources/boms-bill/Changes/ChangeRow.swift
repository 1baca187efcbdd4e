import Shared

/// One record of what a change of a contract brings about.
struct ChangeRow {
  enum Kind: String, CaseIterable {
    case refund, charge
    case lateFee = "late_fee"
    case clawBack = "claw_back"
    case penalty
    case onceLater = "once_later"
    case missingReading = "missing_reading"
    case lateReading = "late_reading"
    case deposit, unit, term, closed, opened
    case priceStep = "price_step"
    case meter, first
    case notCopied = "not_copied"

    var zh: String {
      switch self {
      case .refund: "退还"
      case .charge: "应补"
      case .lateFee: "逾期违约金"
      case .clawBack: "追回免租"
      case .penalty: "提前解约违约金"
      case .onceLater: "终止日后一次性费用"
      case .missingReading: "缺止码"
      case .lateReading: "终止日后读数"
      case .deposit: "押金"
      case .unit: "铺位"
      case .term: "条款"
      case .closed: "关闭条款"
      case .opened: "新条款"
      case .priceStep: "调价"
      case .meter: "装表"
      case .first: "首期"
      case .notCopied: "未延续"
      }
    }
  }

  var contractNo: String
  var kind: Kind
  var line: Int?
  var item: String?
  var method: LeaseTerm.Method?
  var unitNo: String?
  var from: CivilDate?
  var to: CivilDate?
  var oldPrice: Fixed?
  var price: Fixed?
  var per: LeaseTerm.Per?
  var meterNo: String?
  var register: MeterRegister?
  var reading: Fixed?
  var billNo: String?
  var billOn: CivilDate?
  var dueOn: CivilDate?
  var amounts: Amounts?
  var explain = ""

  init(_ contractNo: String, _ kind: Kind) {
    self.contractNo = contractNo
    self.kind = kind
  }
}

extension ChangeRow {
  /// A charge that the law computes, recorded or not.
  init(_ contractNo: String, _ kind: Kind, _ charge: Charge, _ language: Language) {
    self.init(contractNo, kind)
    line = charge.line
    item = charge.item
    (from, to) = (charge.period.from, charge.period.to)
    (billOn, dueOn) = (charge.billOn, charge.dueOn)
    amounts = charge.amounts
    explain = Explanation.text(charge, language)
  }

  init(_ contractNo: String, _ kind: Kind, _ install: MeterInstall) {
    self.init(contractNo, kind)
    line = install.line
    meterNo = install.meterNo
    register = install.register
  }
}

/// The columns of such records; each command shows those that it fills.
enum ChangeColumn {
  case contractNo, kind, line, item, method, unitNo, from, to, oldPrice, price, per, meterNo
  case register, reading, billNo, billOn, dueOn, net, tax, amount, explain

  static let terminate: [ChangeColumn] = [
    .contractNo, .kind, .line, .item, .from, .to, .meterNo, .register, .reading, .billNo, .billOn,
    .dueOn, .net, .tax, .amount, .explain,
  ]
  static let renew: [ChangeColumn] = [
    .contractNo, .kind, .line, .item, .method, .unitNo, .from, .to, .oldPrice, .price, .per,
    .meterNo, .register, .reading, .billNo, .billOn, .dueOn, .net, .tax, .amount, .explain,
  ]
  static let amend: [ChangeColumn] = [
    .contractNo, .kind, .line, .item, .method, .from, .to, .oldPrice, .price, .per, .meterNo,
    .register, .reading, .billNo, .billOn, .dueOn, .net, .tax, .amount, .explain,
  ]

  var field: Field {
    switch self {
    case .contractNo: .code("contract_no", "合同编号")
    case .kind:
      .choice("kind", "类别", ChangeRow.Kind.allCases.map { Choice($0.rawValue, $0.zh) })
    case .line: .integer("line", "行号", 1...9999)
    case .item: .code("item", "项目代码")
    case .method: .choice("method", "计费方式", Choice.chargeMethods)
    case .unitNo: .codes("unit_no", "铺位号")
    case .from: .date("period_start", "账期起")
    case .to: .date("period_end", "账期止")
    case .oldPrice: .decimal("old_price", "原单价")
    case .price: .decimal("price", "单价")
    case .per: .choice("per", "计价单位", Choice.timeUnits)
    case .meterNo: .code("meter_no", "表号")
    case .register: .choice("register", "时段", Choice.meterRegisters)
    case .reading: .decimal("reading", "读数")
    case .billNo: .code("bill_no", "账单号")
    case .billOn: .date("bill_on", "出账日")
    case .dueOn: .date("due_on", "应收日期")
    case .net: .money("net", "不含税金额")
    case .tax: .money("tax", "税额")
    case .amount: .money("amount", "价税合计")
    case .explain: .text("explain", "说明")
    }
  }
}

extension ChangeRow {
  func write(_ columns: [ChangeColumn], to writer: RecordWriter) throws {
    func put(_ text: String?) {
      if let text { writer.text(text) } else { writer.null() }
    }
    func put(_ date: CivilDate?) {
      if let date { writer.date(date) } else { writer.null() }
    }
    func put(_ number: Int64?) {
      if let number { writer.integer(number) } else { writer.null() }
    }
    for column in columns {
      switch column {
      case .contractNo: put(contractNo)
      case .kind: put(kind.rawValue)
      case .line: put(line.map(Int64.init))
      case .item: put(item)
      case .method: put(method?.rawValue)
      case .unitNo: put(unitNo)
      case .from: put(from)
      case .to: put(to)
      case .oldPrice: put(oldPrice?.millionths)
      case .price: put(price?.millionths)
      case .per: put(per?.rawValue)
      case .meterNo: put(meterNo)
      case .register: put(register?.rawValue)
      case .reading: put(reading?.millionths)
      case .billNo: put(billNo)
      case .billOn: put(billOn)
      case .dueOn: put(dueOn)
      case .net: put(amounts?.net.fen)
      case .tax: put(amounts?.tax.fen)
      case .amount: put(amounts?.amount.fen)
      case .explain: put(explain.isEmpty ? nil : explain)
      }
    }
    try writer.endRow()
  }
}
