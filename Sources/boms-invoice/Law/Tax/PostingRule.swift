import Shared

/// What of an invoice is to be posted, or why nothing is.
enum PostingRule {
  /// - Throws: the rule that says no, in a sentence about the invoice.
  static func sums(
    of standing: InvoiceStanding, number: String
  ) throws(ValueError) -> Invoice.Sums {
    let history = standing.history
    func refuse(_ rule: String, _ why: Phrase, _ hint: Phrase? = nil) -> ValueError {
      ValueError(
        rule, Phrase("invoice '\(number)' \(why.en)", "发票“\(number)”\(why.zh)"), hint: hint)
    }
    if standing.isAwaiting {
      throw refuse(
        "invoice.no-original",
        Phrase("has come as PDF only", "只收到 PDF，原件待补"),
        Phrase("import its XML or OFD first", "请先导入其 XML 或 OFD 文件"))
    }
    if history.isInConflict {
      throw refuse(
        "invoice.in-conflict",
        Phrase("is in conflict: two files say other sums", "存在冲突：同号不同金额"),
        Phrase(
          "compare them with 'boms-invoice show', then 'boms-invoice resolve'",
          "请用 'boms-invoice show' 比对，再用 'boms-invoice resolve' 处理"))
    }
    if let posting = history.posting {
      throw refuse(
        "invoice.posted-already",
        Phrase(
          "is posted already, by voucher '\(posting.voucher)' in \(posting.period)",
          "已入账，凭证“\(posting.voucher)”，期间 \(posting.period)"),
        Phrase(
          "'boms-invoice unpost' takes that back", "如需更正，请先用 'boms-invoice unpost' 撤销"))
    }
    if history.bureauStatus?.word == .void {
      throw refuse(
        "post.void", Phrase("is void by the bureau's list", "在税务局清单中已作废"))
    }
    if !standing.isRed, standing.reversal == .none,
      history.bureauStatus?.word == .reversedFull || history.bureauStatus?.word == .reversedPart
    {
      throw refuse(
        "post.red-missing",
        Phrase(
          "was taken back by a red invoice, by the bureau's list, which is not in the pool",
          "在税务局清单中已红冲，但红字发票不在票池中"),
        Phrase("import the red invoice first", "请先导入红字发票"))
    }
    if standing.leftToPost.gross == .zero {
      throw standing.isRed
        ? refuse(
          "post.red-counted",
          Phrase(
            "is in what is left of its blue invoice and is not posted itself",
            "已计入蓝字发票的余额，无需单独入账"),
          Phrase("post the blue invoice: it is posted for the rest", "请将蓝字发票按余额入账"))
        : refuse(
          "invoice.reversed",
          Phrase("is taken back in full by red invoices", "已被全额红冲"),
          Phrase("there is nothing left of it to post", "没有可入账的余额"))
    }
    return standing.leftToPost
  }
}
