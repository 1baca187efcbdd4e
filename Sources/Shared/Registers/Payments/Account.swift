extension Catalogue {
  /// 科目: the account of the general ledger for each role of the journal.
  package static let account = Register(
    "account", "科目",
    Phrase("the account of the general ledger for each role of the journal", "凭证各用途对应的会计科目"),
    fields: [
      .code("role", "用途").key.eg("receivable"),
      .code("code", "科目编码").required.eg("1122"),
      .text("name", "科目名称").required.eg("应收账款"),
    ])
}
