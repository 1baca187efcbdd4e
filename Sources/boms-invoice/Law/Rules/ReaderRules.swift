import Shared

extension InvoiceRule {
  /// What a reader finds before there is an invoice to look at, and what is a state and no finding:
  /// they stand here for the documents.
  static let onePerFile = InvoiceRule(
    "invoice.one-per-file", .error,
    meaning: Phrase(
      "a file holds one invoice; of two, none is taken in", "一个文件只含一张发票；含多张的整份拒收"),
    example: Phrase("two EInvoice elements in one file", "一个文件中有两个 EInvoice 节点"),
    remedy: Phrase(
      "ask for one file an invoice, as the tax bureau delivers them", "请按税务平台交付的方式，一票一文件")
  ) { _, _ in [] }

  static let dialectKnown = InvoiceRule(
    "invoice.dialect-known", .error,
    meaning: Phrase(
      "the XML is that of the tax bureau (EInvoice), or that of 2019 which OFD files carry (eInvoice)",
      "XML 为税务平台格式（EInvoice）或 OFD 附带的 2019 版格式（eInvoice）"),
    example: Phrase("a root element '发票' or 'business'", "根节点为“发票”或“business”"),
    remedy: Phrase(
      "export the invoice as XML or OFD from the tax bureau's site, not from another program",
      "请从电子税务局导出 XML 或 OFD，勿用其他软件转换的文件")
  ) { _, _ in [] }

  static let elementRepeated = InvoiceRule(
    "invoice.element-repeated", .error,
    meaning: Phrase(
      "an element that comes once comes once, or says the same again",
      "只应出现一次的元素只出现一次，或再次出现时值相同"),
    example: Phrase("a tax of '90.00' and another of '9.00'", "合计税额出现“90.00”和“9.00”两个值"),
    remedy: Phrase("take the file from the tax platform anew", "请从税务平台重新下载")
  ) { _, _ in [] }

  static let signatureState = InvoiceRule(
    "invoice.signature-state", .state,
    meaning: Phrase(
      "'absent' or 'present_unverified', never more: the file carries no certificate with which its signature could be verified",
      "“absent”（无签名）或“present_unverified”（有签名、未验证）：文件中没有可供验证的证书，故不作“有效”判断"),
    example: Phrase("'present_unverified'", "“present_unverified”"),
    remedy: Phrase(
      "whether an invoice is genuine the tax bureau's check says: 'boms-invoice verify'",
      "真伪以税务平台查验结果为准：'boms-invoice verify'")
  ) { _, _ in [] }
}

extension InvoiceRules {
  /// All rules that the documents list: also those of the readers and of the pool.
  static let documented: [InvoiceRule] =
    [.dialectKnown, .onePerFile, .elementRepeated] + all + [RedWithinBlue.rule, .signatureState]
}
