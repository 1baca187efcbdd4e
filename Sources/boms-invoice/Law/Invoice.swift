import Shared

/// An invoice, its values parsed. What is missing or cannot be read is nil; the rules say so.
///
/// A class, for all the strings in it: every rule takes it in hand, and would take each of them.
final class Invoice: Sendable {
  let number: InvoiceNumber
  let carrier: Carrier
  let kind: InvoiceKind?
  /// 特定业务类型, one of `BusinessType`.
  let business: BusinessType?
  let isRed: Bool
  /// Of a red invoice.
  let blueNumber: InvoiceNumber?
  let confirmationNumber: String?
  /// 开票日期.
  let issuedOn: CivilDate?
  /// Both times as the carrier writes them.
  let requestedAt: String?
  let issuedAt: String?
  let seller: InvoiceText.PartyText
  let buyer: InvoiceText.PartyText
  /// Nil only for an invoice of which nothing but the number is known.
  let sums: Sums?
  let capitals: String?
  let drawer: String?
  let remark: String?
  let version: String?
  let bureauCode: String?
  let bureauName: String?
  let isSigned: Bool
  let lines: [Line]
  let extras: [InvoiceText.Extra]

  typealias Sums = InvoiceSums

  /// What the texts of a carrier say; nil if there is no number to know the invoice by.
  init?(_ text: borrowing InvoiceText) {
    guard let written = text.number ?? text.headerNumber,
      let number = InvoiceNumber(code: text.code, number: written)
    else { return nil }
    let sums = Sums(text)
    let isRed = Invoice.isRed(text, sums)
    self.isRed = isRed
    self.number = number
    carrier = text.carrier
    kind = InvoiceKind(text)
    business = BusinessType(text.specific)
    blueNumber = isRed ? text.blueNumber.flatMap(InvoiceNumber.init(written:)) : nil
    confirmationNumber = isRed ? text.confirmationNumber : nil
    issuedOn = InvoiceValue.day(text.requestedAt) ?? InvoiceValue.day(text.issuedAt)
    requestedAt = text.requestedAt
    issuedAt = text.issuedAt
    seller = text.seller
    buyer = text.buyer
    self.sums = sums
    capitals = text.capitals
    drawer = text.drawer
    remark = text.remark
    version = text.version
    bureauCode = text.bureauCode
    bureauName = text.bureauName
    isSigned = text.isSigned
    var lines: [Line] = []
    for index in text.lines.indices {
      lines.append(Line(text, at: index, after: lines.last, isRed: isRed))
    }
    self.lines = lines
    extras = text.extras
  }

  /// A class, for the same reason.
  final class Line: Sendable {
    /// As the carrier writes it.
    let written: InvoiceText.LineText
    let net: Money?
    let rate: LineRate?
    /// Up to six places.
    let tax: Fixed?
    let gross: Fixed?
    /// 折扣行: takes off the line before.
    let isDiscount: Bool

    init(_ text: borrowing InvoiceText, at index: Int, after before: Line?, isRed: Bool) {
      let line = text.lines[index]
      net = InvoiceValue.roundedMoney(line.net)
      rate = line.rate.flatMap(LineRate.init)
      tax = InvoiceValue.fixed(line.tax)
      gross = InvoiceValue.fixed(line.gross)
      isDiscount = Line.isDiscount(line, net, after: before, isRed: isRed)
      written = line
    }

    /// 折扣行: right after the line that it takes off, of the same item, with the opposite sign and
    /// nothing counted. On a red invoice it gives back.
    private static func isDiscount(
      _ text: borrowing InvoiceText.LineText, _ net: Money?, after before: Line?, isRed: Bool
    ) -> Bool {
      guard let before, let net, net != .zero, (net > .zero) == isRed, text.quantity == nil,
        text.price == nil, let name = text.itemName
      else { return false }
      return name == before.written.itemName
    }
  }
}

/// 税率/征收率 of a line. 免税 and 不征税 are no rate of zero.
enum LineRate: Hashable, Sendable {
  case taxed(Fixed)
  case zero
  case exempt
  case nontaxable
  /// `***`: the carrier does not say.
  case masked
}
