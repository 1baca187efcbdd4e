import ArgumentParser
import Shared

/// `boms-db info`: how many rows each register and ledger has.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "info", Phrase("Show the schema version and how many rows each table has.", "显示数据库结构版本和各表的行数。"),
    examples: ["boms-db info --db mall.db", "boms-db info --format json"])

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let path = try database.path(context.environment)
    let books = try context.books(database, .inspecting)
    let columns = [
      Column(.text("table", "表")), Column(.text("name", "名称")),
      Column(.integer("rows", "行数", 0...Int.max)),
    ]
    let writer = output.writer(columns, context.environment)
    for table in try CheckStore.tables(books) {
      writer.text(table.name)
      writer.text(
        Catalogue.register(named: table.name)?.zh ?? InfoCommand.ledgers[table.name] ?? "")
      writer.integer(table.rows)
      try writer.endRow()
    }
    try writer.finish()
    var summary = Summary()
    summary.note(
      Phrase(
        "'\(path)', schema version \(Migration.latest)",
        "“\(path)”，结构版本 \(Migration.latest)"))
    let key = try books.read { try SealStore.keyID($0) }
    summary.note(
      key.map { Phrase("sealed with key \($0)", "已用密钥 \($0) 加密") }
        ?? Phrase(
          "phones, ids, accounts and addresses are not sealed ('boms-db key create')",
          "电话、证件号、账号、邮箱未加密（可用 'boms-db key create'）"))
    context.console.say(summary)
  }

  private static let ledgers = [
    "file_content": "原始文件", "file_packing": "文件压缩字典", "invoice": "发票", "invoice_charge": "发票与费用",
    "invoice_entry": "入账分录", "invoice_event": "发票事件", "invoice_extra": "发票其他内容",
    "invoice_file": "发票文件", "invoice_finding": "发票检查结果", "invoice_line": "发票明细",
    "invoice_request": "开票申请", "invoice_request_event": "开票申请状态",
    "invoice_request_lease": "开票租赁信息", "invoice_request_line": "开票申请明细",
    "invoice_request_part": "开票申请费用", "asset_month_event": "资产结账记录",
    "asset_movement": "资产价值变动", "count_surplus": "盘盈", "depreciation": "折旧",
    "depreciation_index": "折旧索引", "job_run": "运行记录", "seal": "加密密钥",
    "bill": "账单", "charge": "费用", "number_series": "编号", "billing_index": "出账索引",
    "month_event": "结账记录", "share_division": "公摊分摊", "share_part": "公摊份额",
    "share_void": "公摊作废", "reading_accepted": "读数确认", "bill_event": "账单挂起",
    "late_fee_waiver": "违约金减免", "allocation": "核销",
    "payment_claim": "认领", "payment_entry": "收款入账", "payment_void": "收款作废", "refund": "退款",
    "refund_line": "退款明细", "write_off": "坏账核销", "receipt": "收款收据", "accrual": "收入确认",
    "allocation_reason": "核销原因",
    "role_grant": "角色", "permission": "权限", "audit": "审计", "audit_change": "登记变更记录",
    "audit_purge": "审计清理", "audit_key": "审计密钥",
    "message": "已发消息", "obligation_done": "事项办结", "reminder": "提醒",
    "reminder_event": "提醒状态",
  ]
}
