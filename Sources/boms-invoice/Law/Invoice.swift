import Shared

/// An invoice, its values parsed. What is missing or cannot be read is nil; the rules say so.
struct Invoice: Sendable {
  var number: InvoiceNumber
  var carrier: Carrier
  var kind: InvoiceKind?
  /// 特定业务类型, one of `BusinessType`.
  var business: BusinessType?
  var isRed: Bool
  /// Of a red invoice.
  var blueNumber: InvoiceNumber?
  var confirmationNumber: String?
  /// 开票日期.
  var issuedOn: CivilDate?
  /// Both times as the carrier writes them.
  var requestedAt: String?
  var issuedAt: String?
  var seller: InvoiceText.PartyText
  var buyer: InvoiceText.PartyText
  /// Nil only for an invoice of which nothing but the number is known.
  var sums: Sums?
  var capitals: String?
  var drawer: String?
  var remark: String?
  var version: String?
  var bureauCode: String?
  var bureauName: String?
  var isSigned: Bool
  var lines: [Line]
  var extras: [InvoiceText.Extra]

  typealias Sums = InvoiceSums

  struct Line: Sendable {
    var itemName: String?
    var spec: String?
    var unit: String?
    /// As printed.
    var quantity: String?
    var price: String?
    var net: Money?
    var rate: LineRate?
    /// Up to six places.
    var tax: Fixed?
    var gross: Fixed?
    var taxCode: String?
    /// 折扣行: takes off the line before.
    var isDiscount: Bool
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
