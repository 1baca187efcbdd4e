import Shared

/// The `einv` instance of a posted invoice: 电子凭证会计数据标准, 全面数字化的电子发票 (推广应用版), taxonomy of
/// 2023-12-31. The order of elements is that of the two official instances, which differ.
struct XBRLInstance {
  var number: String
  var isSpecial: Bool
  var isRed: Bool
  var sellerName: String?
  var sellerTaxNo: String?
  var sums: Invoice.Sums
  var requestedAt: String?
  var isMatched: Bool
  var isChecked: Bool
  /// The accounting entity: our company.
  var entityCode: String
  var entityName: String
  var voucher: String
  var bookedOn: CivilDate
  var period: CivilMonth
  var summary: String?
  var entries: [AccountingEntry]
  /// Of a special invoice: what is deducted, and when.
  var deductedIn: CivilMonth?
  var transferredOut: Money

  func write(to output: ByteOutput) {
    let xml = XMLWriter(output)
    xml.declaration()
    xml.element("xbrli:xbrl", XBRLInstance.namespaces) {
      xml.empty(
        "link:schemaRef",
        [("xlink:type", "simple"), ("xlink:href", "einv_entry_point_2023-12-31.xsd")])
      xml.element("xbrli:context", [("id", "c1")]) {
        xml.element("xbrli:entity") {
          xml.element(
            "xbrli:identifier", [("scheme", "http://xbrl.mof.gov.cn")], text: entityCode)
        }
        xml.element("xbrli:period") { xml.element("xbrli:instant", text: bookedOn.description) }
      }
      xml.element("xbrli:unit", [("id", "u1")]) {
        xml.element("xbrli:measure", text: "iso4217:CNY")
      }
      let facts = Facts(xml)
      facts.text("InvoiceNumber", number)
      if isSpecial { special(facts) } else { ordinary(facts) }
    }
  }

  private static let namespaces = [
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    (
      "xsi:schemaLocation",
      "http://www.xbrl.org/2003/linkbase http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd"
    ),
    ("xmlns:link", "http://www.xbrl.org/2003/linkbase"),
    ("xmlns:einv", "http://xbrl.mof.gov.cn/taxonomy/2023-12-31/einv"),
    ("xmlns:iso4217", "http://www.xbrl.org/2003/iso4217"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
    ("xmlns:xbrli", "http://www.xbrl.org/2003/instance"),
  ]

  private func special(_ facts: Facts) {
    facts.text("SellerName", sellerName)
    facts.text("SellerIdNum", sellerTaxNo)
    facts.money("TotalAmWithoutTax", sums.net)
    facts.text("RequestTime", requestedAt)
    facts.money("TotalTaxAm", sums.tax)
    facts.money("TotalTax-includedAmount", sums.gross)
    if isMatched { facts.text("MatchingStateBetweenBusinessDocumentsAndVatEinvoice", "已匹配") }
    facts.flag("WhetherEinvoiceIsRedEinvoice", isRed)
    facts.flag("WhetherEinvoiceHasBeenBooked", true)
    facts.flag("WhetherEinvoiceHasBeenChecked", isChecked)
    entity(facts)
    voucher(facts)
    facts.flag("WhetherEinvoiceUsageHasBeenConfirmed", deductedIn != nil)
    if deductedIn != nil { facts.text("UsageConfirmation", "抵扣税款") }
    facts.flag("WhetherInputVatHasBeenTransferredOut", transferredOut != .zero)
    if transferredOut != .zero { facts.money("AmountOfTransferredOutInputVat", transferredOut) }
    if let deductedIn { facts.text("PeriodOfUsageConfirmation", deductedIn.description) }
  }

  private func ordinary(_ facts: Facts) {
    if isMatched { facts.text("MatchingStateBetweenBusinessDocumentsAndVatEinvoice", "已匹配") }
    facts.flag("WhetherEinvoiceIsRedEinvoice", isRed)
    facts.flag("WhetherEinvoiceHasBeenChecked", isChecked)
    facts.flag("WhetherEinvoiceHasBeenBooked", true)
    entity(facts)
    voucher(facts)
    facts.text("SellerName", sellerName)
    facts.text("SellerIdNum", sellerTaxNo)
    facts.money("TotalAmWithoutTax", sums.net)
    facts.money("TotalTaxAm", sums.tax)
    facts.money("TotalTax-includedAmount", sums.gross)
    facts.text("RequestTime", requestedAt)
  }

  private func entity(_ facts: Facts) {
    facts.text("UnifiedSocialCreditCodeOfAccountingEntity", entityCode)
    facts.text("NameOfAccountingEntity", entityName)
  }

  private func voucher(_ facts: Facts) {
    facts.tuple("InformationOfAccountingDocumentsTuple") {
      facts.text("NumberOfAccountingDocuments", voucher)
      facts.text("PostingDate", bookedOn.description)
      facts.text("AccountingPeriod", period.description)
      facts.text("SummaryOfAccountingDocuments", summary)
      for entry in entries {
        facts.tuple("InformationOfDebitAndCreditEntryTuple") {
          facts.text("DebitOrCredit", entry.side.zh)
          facts.text("NameOfGeneralLedgerSubject", entry.account)
          facts.text("NameOfSubsidiaryLedgerSubject", entry.detail)
          facts.money("RecordedAmount", entry.amount)
        }
      }
    }
  }

  /// The elements of the taxonomy, in the one context.
  private struct Facts {
    let xml: XMLWriter

    init(_ xml: XMLWriter) {
      self.xml = xml
    }

    /// Nothing is written of what is not known.
    func text(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      xml.element("einv:" + name, [("contextRef", "c1")], text: value)
    }

    func flag(_ name: String, _ value: Bool) { text(name, value ? "true" : "false") }

    func money(_ name: String, _ value: Money) {
      xml.element(
        "einv:" + name, [("decimals", "2"), ("contextRef", "c1"), ("unitRef", "u1")],
        text: value.description)
    }

    func tuple(_ name: String, content: () -> Void) {
      xml.element("einv:" + name, content: content)
    }
  }
}
