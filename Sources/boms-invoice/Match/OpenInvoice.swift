import Shared

/// An invoice that is matched to nothing yet, on the side of one of our companies.
struct OpenInvoice {
  var id: Int64
  var no: String
  var kind: String?
  var isRed: Bool
  var blueNo: String?
  var issuedOn: CivilDate
  /// Our company; the other party is the buyer of what we sell, the seller of what we buy.
  var companyNo: String
  var partyTaxNo: String?
  var partyName: String?
  var net: Money
  var tax: Money
  var gross: Money
  var remark: String?
  var fileID: Int64?
  /// Its direction in outputs.
  var direction: MatchDirection

  /// Whether the other party is the one with this number and name. The number decides where both
  /// have one.
  func isParty(taxNo: String?, name: String?) -> Bool {
    if let taxNo, let partyTaxNo { return taxNo.uppercased() == partyTaxNo.uppercased() }
    guard let name, let partyName else { return false }
    return comparableName(name) == comparableName(partyName)
  }

  var amounts: Amounts { Amounts(net: net, tax: tax, amount: gross) }

  /// Whether the sums are those, but for the cents that rounding moves between net and tax.
  func isWorth(gross: Money, tax: Money) -> Bool {
    self.gross == gross && abs(self.tax.fen - tax.fen) <= OpenInvoice.taxTolerance
  }

  /// What the bureau's and our rounding of one invoice's tax may differ by, in fen (`invoice.line-tax`).
  private static let taxTolerance: Int64 = 6
}

/// 进项 or 销项.
enum MatchDirection: String, CaseIterable {
  case out, `in`
}

/// What an invoice is for, as it is kept with the event: `request:KP-…`, `bill:…`, `purchase:…`; a red
/// invoice without a request of its own is for its blue one.
struct MatchTarget: Hashable, CustomStringConvertible {
  enum Kind: String, CaseIterable {
    case request, bill, charge, invoice, purchase
  }

  var kind: Kind
  var no: String

  var description: String { "\(kind.rawValue):\(no)" }

  init(_ kind: Kind, _ no: String) {
    self.kind = kind
    self.no = no
  }

  /// As it is written on a command line.
  init?(argument: String) {
    guard let colon = argument.firstIndex(of: ":"),
      let kind = Kind(rawValue: String(argument[..<colon]))
    else { return nil }
    let no = String(argument[argument.index(after: colon)...])
    guard !no.isEmpty else { return nil }
    self.init(kind, no)
  }
}

/// So much of a charge, known by its first row, is on an invoice.
struct ChargePart: Hashable {
  var chargeID: Int64
  var net: Money
  var tax: Money
  var gross: Money

  /// The same parts with the sums of the invoice: what rounding moved goes to the largest part.
  static func fitted(_ parts: [ChargePart], to invoice: OpenInvoice) throws -> [ChargePart] {
    var parts = parts
    guard
      let largest = parts.indices.max(by: { abs(parts[$0].gross.fen) < abs(parts[$1].gross.fen) })
    else { return [] }
    let tax = try parts.reduce(Money.zero) { try $0 + $1.tax }
    parts[largest].tax = try parts[largest].tax + (invoice.tax - tax)
    parts[largest].net = try parts[largest].gross - parts[largest].tax
    return parts
  }

  var amounts: Amounts { Amounts(net: net, tax: tax, amount: gross) }

  var reversed: ChargePart {
    ChargePart(
      chargeID: chargeID, net: Money(fen: -net.fen), tax: Money(fen: -tax.fen),
      gross: Money(fen: -gross.fen))
  }
}
