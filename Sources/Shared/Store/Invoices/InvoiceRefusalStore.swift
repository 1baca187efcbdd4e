import GRDB

/// What the schema refuses to let happen to an invoice, in words.
package enum InvoiceRefusalStore {
  /// - Returns: nil for an error that is none of these.
  package static func error(_ error: DatabaseError) -> ValueError? {
    guard let rule = error.message, let known = refusals[rule] else { return nil }
    return ValueError(rule, known.message, hint: known.hint)
  }

  private static let refusals: [String: (message: Phrase, hint: Phrase?)] = [
    "invoice.posted-already": (
      Phrase("it is posted already", "该发票已入账"),
      Phrase(
        "'boms-invoice show NUMBER' tells by which voucher; 'boms-invoice unpost' takes it back",
        "可用 'boms-invoice show 发票号码' 查看凭证；'boms-invoice unpost' 可撤销入账")
    ),
    "invoice.not-posted": (Phrase("it is not posted", "该发票未入账"), nil),
    "invoice.reversed": (
      Phrase("red invoices have taken all of it back", "该发票已被全额红冲"),
      Phrase(
        "there is nothing left of it to post or to select",
        "已无可入账或可勾选的余额")
    ),
    "invoice.in-conflict": (
      Phrase(
        "two files with this number say other money, and it is in conflict",
        "该号码有两份金额不同的文件，存在冲突"),
      Phrase(
        "compare them with 'boms-invoice show NUMBER', then 'boms-invoice resolve NUMBER'",
        "请用 'boms-invoice show 发票号码' 比对，再用 'boms-invoice resolve 发票号码' 处理")
    ),
    "invoice.not-in-conflict": (Phrase("it is not in conflict", "该发票没有冲突"), nil),
    "invoice.no-original": (
      Phrase(
        "only its PDF has come, the original (XML or OFD) has not",
        "只收到 PDF，原件（XML 或 OFD）待补"),
      Phrase(
        "import the XML or the OFD of it first", "请先导入该发票的 XML 或 OFD 文件")
    ),
    "invoice.deducted-already": (
      Phrase("it is deducted already", "该发票已抵扣"),
      Phrase(
        "'boms-invoice show NUMBER' tells in which period",
        "可用 'boms-invoice show 发票号码' 查看所属期")
    ),
    "invoice.not-deducted": (Phrase("it is not deducted", "该发票未抵扣"), nil),
    "invoice.selected-already": (Phrase("it is selected already", "该发票已勾选"), nil),
    "invoice.not-selected": (Phrase("it is not selected", "该发票未勾选"), nil),
    "invoice.red": (
      Phrase("it is a red invoice and cannot be deducted", "红字发票不能抵扣"),
      Phrase(
        "what it takes back is transferred out of its blue invoice",
        "其税额应从对应蓝字发票作进项转出")
    ),
    "invoice.transferred-out": (
      Phrase("more would be transferred out than was deducted", "进项转出将超过已抵扣税额"), nil
    ),
    "invoice.event-day": (
      Phrase(
        "something of the kind was recorded for a later day already", "已有日期更晚的同类记录"),
      Phrase("give that day or a later one with --as-of", "请用 --as-of 指定该日或之后的日期")
    ),
    "invoice.money": (
      Phrase("the sums of an invoice in the pool never change", "票池中发票的金额不得更改"), nil
    ),
    "invoice.in-use": (
      Phrase(
        "it is posted, selected or deducted, and the sums must stay as they are",
        "该发票已入账、勾选或抵扣，金额不得更改"),
      Phrase(
        "take that back first ('boms-invoice unpost'), or keep the file that is used",
        "请先撤销（如 'boms-invoice unpost'），或保留已使用的文件")
    ),
  ]
}
