import Shared

/// Instances of the 会计数据标准: `einv` (数电票, written by the one who booked it), `rai` (铁路电子客票),
/// `atr` (航空运输电子客票行程单). The day of the taxonomy stands in the namespace and may be any.
///
/// Source: 电子凭证会计数据标准 (推广应用版), 财政部.
enum XBRLInvoice {
  /// - Throws: `invoice.dialect-known`, `invoice.one-per-file`.
  static func read(
    _ root: XMLElement, carrier: Carrier, _ findings: inout [InvoiceFinding]
  ) throws(InvoiceFinding) -> InvoiceText {
    let facts = root.children.compactMap { taxonomy($0) }
    guard let taxonomy = facts.first else { throw .unknownDialect("xbrl") }
    let numbers = root.children.filter { $0.isNamed(taxonomy.number) }.compactMap(\.text)
    if Set(numbers).count > 1 { throw .manyInvoices(numbers.count) }
    var text = InvoiceText(carrier: carrier, dialect: .xbrl)
    findings += ElementWalk.read(root, taxonomy.layout, into: &text)
    text.splitNumber()
    text.headerNumber = text.number
    switch taxonomy {
    case .einv: completeEinv(&text, root)
    case .rai: completeRail(&text, root)
    case .atr: try completeAir(&text, root)
    }
    return text
  }

  private enum Taxonomy: String, CaseIterable {
    case einv, rai, atr

    /// The element with the number of the invoice.
    var number: StaticString {
      switch self {
      case .einv: "InvoiceNumber"
      case .rai: "ElectronicInvoiceRailwayETicketNumber"
      case .atr: "ElectronicInvoiceAirTransportReceiptNumber"
      }
    }

    var layout: ElementWalk.Layout {
      switch self {
      case .einv: XBRLInvoice.einv
      case .rai: XBRLInvoice.rail
      case .atr: XBRLInvoice.air
      }
    }
  }

  private static func taxonomy(_ element: XMLElement) -> Taxonomy? {
    guard let namespace = element.namespace,
      namespace.hasPrefix("http://xbrl.mof.gov.cn/taxonomy/"),
      let name = namespace.split(separator: "/").last
    else { return nil }
    return Taxonomy(rawValue: String(name))
  }

  // MARK: 数电票

  private static func completeEinv(_ text: inout InvoiceText, _ root: XMLElement) {
    switch root.child("WhetherEinvoiceIsRedEinvoice")?.text {
    case "true", "1": text.issueType = "N"
    case "false", "0": text.issueType = "Y"
    default: break
    }
    // Only the entry point of 专票 has elements of deduction; that of 普票 has none of them.
    if root.child("WhetherEinvoiceUsageHasBeenConfirmed") != nil
      || root.child("WhetherInputVatHasBeenTransferredOut") != nil
    {
      text.kindCode = "01"
    }
  }

  private static let einv = ElementWalk.Layout(
    fields: ElementTree(
      [
        ("InvoiceNumber", \.number),
        ("SellerName", \.seller.name),
        ("SellerIdNum", \.seller.taxNumber),
        // Whoever booked it is its buyer.
        ("NameOfAccountingEntity", \.buyer.name),
        ("UnifiedSocialCreditCodeOfAccountingEntity", \.buyer.taxNumber),
        ("TotalAmWithoutTax", \.net),
        ("TotalTaxAm", \.tax),
        ("TotalTax-includedAmount", \.gross),
        ("RequestTime", \.requestedAt),
      ], roles: frame),
    lines: ElementTree([]))

  /// What every instance has and no invoice needs.
  private static var frame: [String: ElementTree<InvoiceText>.Role] {
    ["schemaRef": .left, "context": .left, "unit": .left]
  }

  // MARK: 铁路电子客票

  private static func completeRail(_ text: inout InvoiceText, _ root: XMLElement) {
    text.kindName = text.kindName ?? "电子发票（铁路电子客票）"
    text.lines = [
      InvoiceText.LineText(
        itemName: "铁路客票", net: text.net, rate: root.child("TaxRate")?.text, tax: text.tax,
        gross: text.gross)
    ]
  }

  private static let rail = ElementWalk.Layout(
    fields: ElementTree(
      [
        ("TypeOfVoucher", \.kindName),
        ("ElectronicInvoiceRailwayETicketNumber", \.number),
        ("DateOfIssue", \.requestedAt),
        ("Fare", \.gross),
        ("TotalAmountExcludingTax", \.net),
        ("TaxAmount", \.tax),
        ("NameOfPurchaser", \.buyer.name),
        ("UnifiedSocialCreditCodeOfPurchaser", \.buyer.taxNumber),
        // Of all tickets that were seen these are empty.
        ("IssueParty", \.seller.name),
        ("IssuePartyCode", \.seller.taxNumber),
        ("NumberOfOriginalInvoice", \.blueNumber),
        ("Remarks", \.remark),
      ], roles: frame),
    lines: ElementTree([]))

  // MARK: 航空运输电子客票行程单

  /// What is taxed is fare and fuel surcharge. 民航发展基金 and 其他税费 are paid with the ticket but are
  /// no price of anything: they stay extras, and 价税合计 is without them.
  /// - Throws: `invoice.air-total` if the parts are not the total.
  private static func completeAir(
    _ text: inout InvoiceText, _ root: XMLElement
  ) throws(InvoiceFinding) {
    text.kindName = text.kindName ?? "电子发票（航空运输电子客票行程单）"
    text.seller.name = text.seller.name ?? root.child("IssueParty")?.text
    func fen(_ name: StaticString) -> Int64? {
      guard var amount = root.child(name)?.text else { return nil }
      return amount.withUTF8 { NumberText.plain($0, places: 2) }
    }
    guard let fare = fen("Fare"), let tax = fen("VatTaxAmount") else { return }
    let fuel = fen("FuelSurcharge") ?? 0
    let net = fare + fuel
    let gross = net + tax
    let outside = (fen("CivilAviationDevelopmentFund") ?? 0) + (fen("OtherTaxes") ?? 0)
    if let total = fen("TotalAmount"), total != gross + outside { throw .airTotal }
    text.net = "\(Money(fen: net))"
    text.gross = "\(Money(fen: gross))"
    text.lines = [
      InvoiceText.LineText(
        itemName: fuel == 0 ? "航空客票" : "航空客票（票价、燃油附加费）",
        net: text.net, rate: root.child("VatRate")?.text, tax: text.tax, gross: text.gross)
    ]
  }

  private static let air = ElementWalk.Layout(
    fields: ElementTree(
      [
        ("TypeOfVoucher", \.kindName),
        ("ElectronicInvoiceAirTransportReceiptNumber", \.number),
        ("IssueDate", \.requestedAt),
        ("VatTaxAmount", \.tax),
        ("NameOfPurchaser", \.buyer.name),
        ("UnifiedSocialCreditCodeOfPurchaser", \.buyer.taxNumber),
        ("NameOfSeller", \.seller.name),
        ("UnifiedSocialCreditCodeOfSeller", \.seller.taxNumber),
      ], roles: frame),
    lines: ElementTree([]))
}

extension InvoiceText {
  /// Of an invoice from before 数电票 whoever booked it writes code and number as one (`export --xbrl` does).
  fileprivate mutating func splitNumber() {
    let parts = (number ?? "").split(separator: "-", omittingEmptySubsequences: false)
    guard code == nil, parts.count == 2 else { return }
    (code, number) = (String(parts[0]), String(parts[1]))
  }
}
