import Shared

/// A field that a text may have.
struct TextField: Sendable {
  let name: String
  /// What it is, for the documents.
  let meaning: Phrase
  let example: Fact

  init(_ name: String, _ en: String, _ zh: String, _ example: Fact) {
    self.name = name
    meaning = Phrase(en, zh)
    self.example = example
  }
}

/// Which fields the texts of a kind may have. A field without a value is empty.
enum TextFields {
  /// Of every kind.
  static let common = [
    TextField("today", "the day of the text", "文本日期", .date(day(20_779))),
    TextField("due_on", "the day on which it is due", "到期日、应收日", .date(day(20_772))),
    TextField("days", "days from one to the other", "距到期日或逾期的天数", .count(7)),
    TextField(
      "when", "`in 7 days`, `today`, `7 days ago`", "还有 7 天、今天、已过 7 天",
      .phrase(Phrase("7 days ago", "已过 7 天"))),
    TextField(
      "recipient", "to whom it goes; empty for a bare address", "接收人名称；直接填写地址的为空",
      .text("杭州青禾餐饮管理有限公司")),
    TextField("property_no", "property", "项目编号", .text("XH01")),
    TextField("property_name", "its name", "项目名称", .text("星河城购物中心")),
  ]

  static func own(_ kind: ReminderKind) -> [TextField] {
    switch kind {
    case .contractExpiry:
      tenant + [
        TextField("units", "its units", "铺位", .text("A-L1-002、A-L1-003")),
        TextField("start_on", "its first day", "合同开始日", .date(day(19_683))),
      ]
    case .rentDue: bill
    case .overdue:
      bill + [
        TextField(
          "late_fee", "late fees of the bill that are charged and open", "该账单已计收未付的违约金",
          .money(Money(fen: 3_150)))
      ]
    case .depositRefundDue:
      tenant + [
        TextField("held", "what is held", "在押金额", .money(Money(fen: 6_000_000))),
        TextField(
          "arrears", "what the contract owes", "该合同欠费", .money(Money(fen: 128_000))),
      ]
    case .obligation:
      [
        TextField("obligation_no", "its number", "事项编号", .text("ZZ-002")),
        TextField(
          "obligation_kind", "certificate, insurance …", "类别",
          .phrase(Phrase("insurance", "保险"))),
        TextField("subject", "what it is", "事项", .text("公众责任险")),
        TextField("owner", "who is in charge", "责任人", .text("周经理")),
      ]
    case .readingMissing:
      tenant + [
        TextField("meter_no", "meter", "表号", .text("E-0012")), month,
        TextField(
          "last_read_on", "the day of the reading before", "上次抄表日", .date(day(20_720))),
      ]
    case .turnoverMissing: tenant + [month]
    case .invoiceUnverified: invoice
    case .invoiceUndeducted:
      invoice + [TextField("tax", "its tax", "税额", .money(Money(fen: 82_569)))]
    case .redRequestPending:
      [
        TextField("request_no", "number of the request", "红字申请编号", .text("HZ-202611-0003")),
        TextField(
          "invoice_no", "number of the blue invoice", "蓝字发票号码",
          .text("26337000000012345678")),
        TextField("buyer_name", "buyer", "购买方", .text("杭州青禾餐饮管理有限公司")),
        TextField("amount", "amount with tax", "价税合计", .money(Money(fen: 1_000_000))),
      ]
    case .assetFullyDepreciated:
      [
        TextField("asset_no", "its number", "资产编号", .text("ZC-0001")),
        TextField("asset_name", "what it is", "资产名称", .text("柴油发电机组")),
        TextField("location", "where it is", "存放地点", .text("B1 设备间")),
        TextField("cost", "its cost", "原值", .money(Money(fen: 18_600_000))),
        TextField("net_value", "its book value", "账面净值", .money(Money(fen: 930_000))),
      ]
    }
  }

  /// Of a digest.
  static let digest = [
    TextField("today", "the day of the text", "文本日期", .date(day(20_779))),
    TextField("recipient", "to whom it goes", "接收人名称", .text("周经理")),
    TextField(
      "property_no", "the property, if all are of one", "项目编号（同一项目时）", .text("XH01")),
    TextField("property_name", "its name", "项目名称（同一项目时）", .text("星河城购物中心")),
    TextField("count", "how many reminders", "提醒数量", .count(2)),
    TextField("items", "the short texts, numbered", "各项短文本，带编号", .text("1. …")),
    TextField("letters", "the letters, one after the other", "各项正文，依次排列", .text("…")),
  ]

  /// Of the form of a channel.
  static let envelope = [
    TextField("to", "the address", "接收地址", .text("13800000000")),
    TextField("subject", "the subject", "标题", .text("…")),
    TextField("short", "the short text", "短文本", .text("…")),
    TextField("body", "the letter", "正文", .text("…")),
    TextField(
      "message_no", "the same if it is sent again", "消息编号，重发时不变", .text("boms.7b1f…")),
  ]

  static func names(_ kind: ReminderKind) -> [String] { (common + own(kind)).map(\.name) }

  private static let tenant = [
    TextField("contract_no", "contract", "合同编号", .text("HT-2024-0001")),
    TextField("tenant_no", "tenant", "租户编号", .text("T0001")),
    TextField("tenant_name", "the tenant's name", "租户名称", .text("杭州青禾餐饮管理有限公司")),
  ]

  private static let bill =
    tenant + [
      TextField("bill_no", "bill", "账单号", .text("CQ-202611-000017")),
      TextField(
        "items", "what is open, by fee item", "各收费项目未付金额", .text("租金 12,000.00、物业费 880.00")),
      TextField("amount", "the bill's amount", "账单金额", .money(Money(fen: 2_000_000))),
      TextField("open", "what of it is open", "未付金额", .money(Money(fen: 1_288_000))),
      TextField("company_name", "payee", "收款单位", .text("杭州星河商业管理有限公司")),
      TextField("bank_name", "the payee's bank", "收款开户银行", .text("中国工商银行杭州分行")),
      TextField("bank_account", "the payee's account", "收款账号", .text("1202020009000012345")),
      TextField("company_phone", "the payee's phone", "收款单位电话", .text("0571-88000000")),
    ]

  private static let month = TextField(
    "month", "the month that is missing", "缺少的月份",
    .month(CivilMonth(year: 2026, month: 10)))

  private static let invoice = [
    TextField("invoice_no", "invoice", "发票号码", .text("26337000000012345678")),
    TextField("issued_on", "its day", "开票日期", .date(day(20_760))),
    TextField("seller_name", "seller", "销售方", .text("杭州电力服务有限公司")),
    TextField("buyer_name", "buyer", "购买方", .text("杭州星河商业管理有限公司")),
    TextField("amount", "amount with tax", "价税合计", .money(Money(fen: 1_000_000))),
  ]

  private static func day(_ number: Int32) -> CivilDate { CivilDate(number: number) }
}

extension Fact {
  func text(_ language: Language) -> String {
    switch self {
    case .text(let text): text
    case .money(let money): money.grouped
    case .count(let count): Decimals.grouped(Int64(count), places: 0, atLeast: 0)
    case .phrase(let phrase): phrase.text(language)
    case .date(let date):
      language == .zh
        ? "\(date.parts.year)年\(date.parts.month)月\(date.parts.day)日" : "\(date)"
    case .month(let month):
      language == .zh ? "\(month.year)年\(month.month)月" : "\(month)"
    }
  }
}
