import Shared

/// Every rule that looks at one invoice, in the order in which their findings are told.
enum InvoiceRules {
  static let all: [InvoiceRule] = [
    .numberForm, .numberHeaderAgrees, .required, .moneyForm, .netPlusTax, .linesSum, .lineTax,
    .linePrice, .capitalsAgree, .rateKnown, .creditCode, .regionKnown, .dateSane, .redComplete,
    .buyerIsUs, .buyerNameExact,
  ]
}

/// All rules over one invoice.
enum InvoiceCheck {
  /// What the texts say, and everything that the rules find in it. With an error among the findings
  /// the file is rejected; warnings are stored with it.
  static func run(
    _ text: consuming InvoiceText, _ setting: InvoiceSetting
  ) -> (invoice: Invoice?, findings: [InvoiceFinding]) {
    let item = InvoiceCase(text, setting)
    var findings: [InvoiceFinding] = []
    for rule in InvoiceRules.all { findings += rule.check(item, rule) }
    return (item.invoice, findings)
  }
}

extension [InvoiceFinding] {
  /// Whether one of them rejects the file.
  var isRejecting: Bool { contains { $0.level == .error } }
}
