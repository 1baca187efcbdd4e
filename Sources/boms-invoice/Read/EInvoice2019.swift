import Shared

/// The XML that OFD invoices of 2019 to 2021 carry as attachment, root `eInvoice`, children in
/// `http://www.edrm.org.cn/schema/e-invoice/2019`. Empty values may be blanks and line ends.
enum EInvoice2019 {
  static func read(
    _ root: XMLElement, carrier: Carrier, _ findings: inout [InvoiceFinding]
  ) -> InvoiceText {
    var text = InvoiceText(carrier: carrier, dialect: .einvoice2019)
    findings += ElementWalk.read(root, layout, into: &text)
    complete(&text, root)
    return text
  }

  static func complete(_ text: inout InvoiceText, _ root: XMLElement) {
    text.version = text.version ?? root.attribute("Version")
    text.isSigned = root.child("Signature")?.text != nil
    text.headerNumber = text.number
    // 0 正数, 1 负数; as 数电票 say it.
    switch text.issueType {
    case "0": text.issueType = "Y"
    case "1": text.issueType = "N"
    default: break
    }
    if let code = root.child("OriginalInvoiceCode")?.text, let number = text.blueNumber {
      text.blueNumber = "\(code)-\(number)"
    }
    text.completeFromRemark()
  }

  static let layout = ElementWalk.Layout(
    fields: ElementTree(
      [
        ("InvoiceCode", \.code),
        ("InvoiceNo", \.number),
        ("TypeCode", \.issueType),
        ("IssueDate", \.requestedAt),
        ("Buyer/BuyerName", \.buyer.name),
        ("Buyer/BuyerTaxID", \.buyer.taxNumber),
        // Address and phone, bank and account are one text each.
        ("Buyer/BuyerAddrTel", \.buyer.address),
        ("Buyer/BuyerFinancialAccount", \.buyer.bank),
        ("Seller/SellerName", \.seller.name),
        ("Seller/SellerTaxID", \.seller.taxNumber),
        ("Seller/SellerAddrTel", \.seller.address),
        ("Seller/SellerFinancialAccount", \.seller.bank),
        ("TaxExclusiveTotalAmount", \.net),
        ("TaxTotalAmount", \.tax),
        ("TaxInclusiveTotalAmount", \.gross),
        ("InvoiceClerk", \.drawer),
        ("Note", \.remark),
        ("OriginalInvoiceNo", \.blueNumber),
      ],
      roles: [
        "GoodsInfos/GoodsInfo": .line,
        "OriginalInvoiceCode": .left,
        "Signature": .left,
        "TaxControlCode": .left,
        "GraphCode": .left,
      ]),
    lines: ElementTree([
      ("Item", \.itemName),
      ("Specification", \.spec),
      ("MeasurementDimension", \.unit),
      ("Quantity", \.quantity),
      ("Price", \.price),
      ("Amount", \.net),
      ("TaxScheme", \.rate),
      ("TaxAmount", \.tax),
    ]))
}
