import Shared

// What is found when a file meets what the pool has already.

extension InvoiceFinding {
  static func conflict(_ number: String, _ ours: Invoice.Sums, _ theirs: Invoice.Sums) -> Self {
    let (field, ourMoney, theirMoney) =
      ours.gross != theirs.gross
      ? ("gross", ours.gross, theirs.gross)
      : ours.tax != theirs.tax
        ? ("tax", ours.tax, theirs.tax) : ("net", ours.net, theirs.net)
    return InvoiceFinding(
      .error, "invoice.conflict", field: field, value: theirMoney.description,
      Phrase(
        "the pool has invoice '\(number)' with '\(ourMoney)', this file says '\(theirMoney)'; it is "
          + "kept aside",
        "票池中发票“\(number)”为“\(ourMoney)”，本文件为“\(theirMoney)”，已另存，未覆盖"),
      hint: Phrase(
        "look at both with 'boms-invoice show', then 'boms-invoice resolve'",
        "请用 'boms-invoice show' 比对，再用 'boms-invoice resolve' 处理"))
  }

  /// What another file of the same money says otherwise.
  static func differences(_ invoice: Invoice, _ known: InvoiceStore.Known) -> [Self] {
    func difference(_ field: String, _ zh: String, _ ours: String?, _ theirs: String?) -> Self? {
      guard let ours, let theirs, ours != theirs else { return nil }
      let isMasked = field != "issued_on"
      let (ourWord, theirWord) =
        isMasked ? (Masking.identity(ours), Masking.identity(theirs)) : (ours, theirs)
      return InvoiceFinding(
        .warning, "invoice.values-differ", field: field, value: theirWord,
        Phrase(
          "the pool has \(field) '\(ourWord)', this file '\(theirWord)'",
          "\(zh)：票池中为“\(ourWord)”，本文件为“\(theirWord)”"),
        hint: Phrase(
          "one of the two was changed: verify the invoice with the tax bureau",
          "两份文件必有一份被改动，请到税务平台查验"))
    }
    return [
      difference(
        "issued_on", "开票日期", known.issuedOn?.description, invoice.issuedOn?.description),
      difference("seller_tax_no", "销方识别号", known.sellerTaxNo, invoice.seller.taxNumber),
      difference("buyer_tax_no", "购方识别号", known.buyerTaxNo, invoice.buyer.taxNumber),
    ].compactMap { $0 }
  }

  /// A file that the schema or a computation refuses.
  init(refused error: any FailureConvertible) {
    let failure = error.asFailure
    if let value = error as? ValueError {
      self.init(.error, value.rule, value.message, hint: value.hint)
    } else {
      self.init(.error, "invoice.refused", failure.message, hint: failure.hint)
    }
  }
}
